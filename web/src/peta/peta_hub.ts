// The map itself: MapLibre over the hub's tiles. Figures are joined to shapes by feature-state, so a change of indicator asks
// for no shape again. This module and MapLibre are one part of the build, loaded while the page already shows itself.

import type { Geometry } from "geojson";
import { Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, LayerSpecification, MapGeoJSONFeature, MapMouseEvent, MapSourceDataEvent, Tile, VectorTileSource } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { tokenHeader } from "../hub/token.ts";
import type { Look } from "./angka.ts";
import { levelAbove } from "./katalog.ts";
import { gapFilter, cakupanLayers, qualityLayers, nameLayers, signLayers, highlightLayers, sumberDayaLayers, proposalLayers, wilayahLayers, wksbmLayers, LAYER_ORDER, wilayahColours } from "./layers.ts";
import { COLOURS } from "./palette.ts";
import { PATTERNS } from "./patterns.ts";
import type { Camera } from "./view.ts";
import type { Level } from "../hub/wording.ts";

setWorkerUrl(workerUrl);

export type Box = readonly [number, number, number, number]; // west, south, east, north, degrees
export interface Hit {
  layer: string;
  properties: Record<string, unknown>;
  lon: number;
  lat: number;
}
export interface Place {
  rank: number;
  name: string;
  kode: string;
  lon: number;
  lat: number;
}
export interface Sign {
  sign: string;
  kode: string;
  lon: number;
  lat: number;
}
interface TileXyz {
  x: number;
  y: number;
  z: number;
}
export interface Events {
  onPoint: (hit: Hit | null, x: number, y: number) => void;
  onChoose: (hit: Hit) => void;
  onMove: (camera: Camera) => void;
  onFail: () => void;
  onBusy: (busy: boolean) => void;
  // regions in view; whether some are samples, no real boundaries; from which zoom the level is drawn, where it is not yet
  onVisible: (kode: Set<string>, isSample: boolean, startZoom: number | null) => void;
}

const INDONESIA: Box = [95, -11, 141, 6];
const LEGEND_WIDTH = 310; // px, as peta_area.css has it
const EDGE = 40; // px
const UNDER_WAY_MS = 50; // from the word that a source is another one to its tiles being asked for
const MOST_WAIT_MS = 2000;
const PRINT_PIXEL_RATIO = 2.5; // paper shows more points than a screen
const FINEST_TILES = 14; // finer zooms show these tiles larger
const CHOOSABLE = ["usulan", "titik", "wksbm", "mutu-titik", "mutu", "darat"]; // what lies on top first
const TERMS = {
  "Map.Title": "Peta. Tanda panah menggeser, tambah dan kurang memperbesar dan memperkecil.",
  "NavigationControl.ZoomIn": "Perbesar",
  "NavigationControl.ZoomOut": "Perkecil",
  "AttributionControl.ToggleAttribution": "Tampilkan sumber peta",
  "ScaleControl.Meters": "m",
  "ScaleControl.Kilometers": "km",
};

const boundsOf = ([west, south, east, north]: Box): [number, number, number, number] => [west, south, east, north];

/** The shapes of a level; `version` names the boundaries, so that browsers may keep their tiles for ever. */
function wilayahTiles(level: Level, version: string): string {
  return `/ubin/wilayah/{z}/{x}/{y}.mvt?tingkat=${level}${version === "" ? "" : `&v=${encodeURIComponent(version)}`}`;
}

export class PetaHub {
  readonly peta: MapLibre;
  private readonly events: Events;
  private queue: Promise<unknown>;
  private looks: ReadonlyMap<string, Look> = new Map<string, Look>();
  private highlighted = "";
  private chosen = "";
  private failures = 0;
  private readonly failedTiles = new Map<string, TileXyz[]>(); // source → tiles that did not come

  constructor(container: HTMLElement, camera: Camera | null, events: Events) {
    this.events = events;
    const start = camera === null ? { bounds: boundsOf(INDONESIA) } : { center: [camera.lon, camera.lat] satisfies [number, number], zoom: camera.zoom };
    this.peta = new MapLibre({
      container,
      ...start,
      style: { version: 8, sources: {}, layers: [{ id: "laut", type: "background", paint: { "background-color": COLOURS.sea } }] },
      attributionControl: false,
      locale: TERMS,
      maxZoom: 17,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      transformRequest: (url) => ({ url, headers: url.startsWith(`${location.origin}/`) ? tokenHeader() : {} }),
    });
    this.peta.touchZoomRotate.disableRotation();
    this.peta.keyboard.disableRotation();
    this.peta.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.peta.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-right");
    this.queue = new Promise<void>((resolve) => {
      this.peta.once("load", () => {
        for (const [name, image] of Object.entries(PATTERNS)) this.peta.addImage(name, image, { pixelRatio: 2 });
        this.peta.addSource("lingkaran", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
        this.peta.addSource("tanda", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
        this.peta.addSource("usulan", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
        resolve();
      });
    });
    this.listen();
  }

  private listen(): void {
    const { peta, events } = this;
    if (matchMedia("(hover: hover)").matches) peta.on("mousemove", (e) => this.point(e)); // a finger points by choosing
    peta.on("mouseout", () => this.point(null));
    peta.on("click", (e) => this.choose(e));
    peta.on("moveend", () => {
      const { lng, lat } = peta.getCenter();
      events.onMove({ zoom: peta.getZoom(), lon: lng, lat });
    });
    peta.on("error", (event) => {
      const { error } = event;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an error of a tile tells more than its type says
      if ("tile" in event && "sourceId" in event) this.noteFailed(String(event.sourceId), (event.tile as Tile).tileID.canonical);
      // tiles that did not come: again after a while, then the reader decides; what was refused will be refused again
      const status = "status" in error ? Number(error.status) : 0;
      this.failures++;
      if (this.failures <= 3 && (status < 400 || status === 429 || status >= 500)) setTimeout(() => this.reloadAll(), 1500 * this.failures);
      else events.onFail();
    });
    peta.on("dataloading", () => events.onBusy(true));
    peta.on("idle", () => {
      this.failures = 0;
      events.onBusy(false);
      if (peta.getLayer("darat") === undefined) return;
      const visible = peta.queryRenderedFeatures({ layers: ["darat"] });
      events.onVisible(new Set(visible.map((f) => String(f.properties["kode"]))), visible.some((f) => f.properties["contoh"] === true), this.startZoom());
    });
  }

  // From afar a level may be too much for one tile: it then says how many there are and from which zoom they are drawn.
  private startZoom(): number | null {
    const sources = ["wilayah", "celah"].filter((s) => this.peta.getSource(s) !== undefined);
    const zooms = sources.flatMap((s) => this.peta.querySourceFeatures(s, { sourceLayer: "terpotong" })).map((f) => Number(f.properties["mulai_zoom"]));
    return zooms.length === 0 ? null : Math.max(...zooms);
  }

  private noteFailed(source: string, { x, y, z }: TileXyz): void {
    this.failedTiles.set(source, [...(this.failedTiles.get(source) ?? []), { x, y, z }]);
  }

  // MapLibre asks for all tiles again except, for want of a worker, for those that did not come: they are named.
  private reload(name: string, source: VectorTileSource, tiles: readonly string[]): void {
    source.setTiles([...tiles]);
    this.peta.refreshTiles(name, this.failedTiles.get(name) ?? []);
    this.failedTiles.delete(name);
  }

  private hitAt(e: MapMouseEvent): MapGeoJSONFeature | undefined {
    const layers = CHOOSABLE.filter((l) => this.peta.getLayer(l) !== undefined);
    const box: [[number, number], [number, number]] = [[e.point.x - 3, e.point.y - 3], [e.point.x + 3, e.point.y + 3]]; // fingers are thick
    const topmost = this.peta.queryRenderedFeatures(box, { layers: layers.filter((l) => l !== "darat") })[0];
    return topmost ?? this.peta.queryRenderedFeatures(e.point, { layers: layers.filter((l) => l === "darat") })[0];
  }

  private point(e: MapMouseEvent | null): void {
    const hit = e === null ? undefined : this.hitAt(e);
    const kode = hit?.layer.id === "darat" ? String(hit.properties["kode"]) : "";
    if (kode !== this.highlighted) {
      this.mark(this.highlighted, { highlight: false });
      this.mark(kode, { highlight: true });
      this.highlighted = kode;
    }
    this.peta.getCanvas().style.cursor = hit === undefined ? "" : "pointer";
    if (e === null || hit === undefined) this.events.onPoint(null, 0, 0);
    else this.events.onPoint({ layer: hit.layer.id, properties: hit.properties, lon: e.lngLat.lng, lat: e.lngLat.lat }, e.point.x, e.point.y);
  }

  private choose(e: MapMouseEvent): void {
    const hit = this.hitAt(e);
    if (hit === undefined) return;
    // those of one desa without places of their own stay together however near one comes: the desa tells of them
    if (Number(hit.properties["banyak"] ?? 1) > 1 && hit.properties["kode_desa"] === undefined) this.peta.easeTo({ center: e.lngLat, zoom: Math.min(this.peta.getZoom() + 2, 14) });
    else this.events.onChoose({ layer: hit.layer.id, properties: hit.properties, lon: e.lngLat.lng, lat: e.lngLat.lat });
  }

  private mark(kode: string, state: Record<string, unknown>): void {
    if (kode !== "" && this.peta.getSource("wilayah") !== undefined) {
      this.peta.setFeatureState({ source: "wilayah", sourceLayer: "wilayah", id: kode }, state);
    }
  }

  // One after the other, from the moment the map can take them.
  private enqueue(work: () => unknown): void {
    this.queue = this.queue.then(work);
  }

  // The tiles of a source; the source and its layers come with its first tiles.
  private mount(source: string, address: string, layers: readonly LayerSpecification[]): void {
    const tiles = [`${location.origin}${address}`];
    const present = this.peta.getSource<VectorTileSource>(source);
    if (present === undefined) {
      const idProperty = source === "wilayah" || source === "celah" ? { promoteId: "kode" } : {};
      this.peta.addSource(source, { type: "vector", tiles, maxzoom: FINEST_TILES, ...idProperty });
    } else if (present.tiles[0] !== tiles[0]) this.reload(source, present, tiles);
    this.addLayers(layers);
  }

  private addLayers(layers: readonly LayerSpecification[]): void {
    for (const l of layers) {
      if (this.peta.getLayer(l.id) !== undefined) continue;
      const above = LAYER_ORDER.slice(LAYER_ORDER.indexOf(l.id) + 1).find((id) => this.peta.getLayer(id) !== undefined);
      this.peta.addLayer(l, above);
    }
  }

  private unmount(source: string, layers: readonly LayerSpecification[]): void {
    for (const l of layers) if (this.peta.getLayer(l.id) !== undefined) this.peta.removeLayer(l.id);
    if (this.peta.getSource(source) !== undefined) this.peta.removeSource(source);
  }

  /** The shapes of a level; `version` names the boundaries, so that browsers may keep their tiles for ever. */
  setLevel(level: Level, version: string): void {
    const above = levelAbove(level);
    this.enqueue(async () => {
      const before = this.peta.getSource<VectorTileSource>("wilayah")?.tiles[0];
      const isChange = before !== undefined && !before.endsWith(wilayahTiles(level, version));
      const asked = isChange ? this.tilesAskedFor("wilayah") : null;
      this.mount("induk", wilayahTiles(above ?? "PROVINSI", version), []);
      this.mount("wilayah", wilayahTiles(level, version), [...wilayahLayers(), ...highlightLayers(), ...nameLayers()]);
      this.peta.setLayoutProperty("tepi-induk", "visibility", above === null ? "none" : "visible");
      // MapLibre fetches a tile some steps after it was told to; colours that change before that make it look at the old one again
      await asked;
    });
  }

  private tilesAskedFor(source: string): Promise<void> {
    return new Promise((resolve) => {
      const limit = setTimeout(() => done(), MOST_WAIT_MS); // nothing is drawn in a window that nobody sees
      const done = () => {
        clearTimeout(limit);
        this.peta.off("sourcedata", look);
        setTimeout(resolve, UNDER_WAY_MS);
      };
      const look = (e: MapSourceDataEvent) => {
        if (e.sourceId === source && e.sourceDataType === "content") done();
      };
      this.peta.on("sourcedata", look);
    });
  }

  /** What each region looks like; the others are bare land. After setLevel. */
  setAngka(looks: ReadonlyMap<string, Look>, colours: readonly string[]): void {
    this.enqueue(() => {
      this.peta.setPaintProperty("darat", "fill-color", wilayahColours(colours));
      for (const kode of this.looks.keys()) if (!looks.has(kode)) this.mark(kode, { k: -3, s: -1 });
      for (const [kode, { k, s }] of looks) this.mark(kode, { k, s });
      this.looks = looks;
    });
  }

  /** Signs at regions, above their names. */
  setSigns(signs: readonly Sign[]): void {
    const features = signs.map(({ sign, kode, lon, lat }) => ({
      type: "Feature" as const, properties: { sign, kode }, geometry: { type: "Point" as const, coordinates: [lon, lat] },
    }));
    this.enqueue(() => {
      this.addLayers(signLayers());
      return this.peta.getSource<GeoJSONSource>("tanda")?.setData({ type: "FeatureCollection", features });
    });
  }

  setChosen(kode: string): void {
    this.enqueue(() => {
      this.mark(this.chosen, { chosen: false });
      this.mark(kode, { chosen: true });
      this.chosen = kode;
    });
  }

  setSumberDaya(kinds: readonly string[]): void {
    this.enqueue(() => {
      if (kinds.length === 0) this.unmount("sumber-daya", sumberDayaLayers());
      else this.mount("sumber-daya", `/ubin/sumber-daya/{z}/{x}/{y}.mvt?jenis=${kinds.join(",")}&aktif=true`, sumberDayaLayers());
    });
  }

  /** Gaps among the desa, and the area within reach. */
  setCakupan(cakupan: { gaps: readonly string[]; area: Geometry | null } | null, version: string): void {
    this.enqueue(() => {
      if (cakupan === null) return this.unmount("celah", cakupanLayers());
      this.mount("celah", wilayahTiles("DESA", version), cakupanLayers());
      for (const id of ["celah", "celah-tepi"]) this.peta.setFilter(id, gapFilter(cakupan.gaps));
      const { area } = cakupan;
      const features = area === null ? [] : [{ type: "Feature" as const, properties: {}, geometry: area }];
      return this.peta.getSource<GeoJSONSource>("lingkaran")?.setData({ type: "FeatureCollection", features });
    });
  }

  /** Where a new institution would help most. */
  setProposals(places: readonly Place[]): void {
    const features = places.map(({ rank, name, kode, lon, lat }) => ({
      type: "Feature" as const, properties: { urutan: rank, nama: name, kode }, geometry: { type: "Point" as const, coordinates: [lon, lat] },
    }));
    this.enqueue(() => {
      this.addLayers(proposalLayers());
      return this.peta.getSource<GeoJSONSource>("usulan")?.setData({ type: "FeatureCollection", features });
    });
  }

  setWksbm(jejaring: { skala: readonly string[]; tahap: readonly string[] } | null): void {
    this.enqueue(() => {
      if (jejaring === null) return this.unmount("wksbm", wksbmLayers());
      const params = Object.entries(jejaring).filter(([, v]) => v.length > 0).map(([k, v]) => `${k}=${v.join(",")}`).join("&");
      this.mount("wksbm", `/ubin/wksbm/{z}/{x}/{y}.mvt${params === "" ? "" : `?${params}`}`, wksbmLayers());
    });
  }

  /** What is wrong with boundaries, of those kinds. */
  setQuality(kinds: readonly string[]): void {
    this.enqueue(() => {
      if (kinds.length === 0) this.unmount("mutu-batas", qualityLayers());
      else this.mount("mutu-batas", `/ubin/mutu-batas/{z}/{x}/{y}.mvt?jenis=${kinds.join(",")}`, qualityLayers());
    });
  }

  /** Bring a box into view beside what lies on the map's left; `atOnce`: without flying, which would fetch on the way. */
  fit(box: Box, atOnce = false): void {
    const { clientWidth: width, clientHeight: height } = this.peta.getContainer();
    const edge = Math.min(28, height / 10);
    const padding = { top: edge, bottom: edge, right: edge, left: width > 760 ? LEGEND_WIDTH : edge };
    this.peta.fitBounds(boundsOf(box), { padding, maxZoom: 13, duration: atOnce ? 0 : this.flyingMs() });
  }

  /** After the map has become smaller: what was clicked comes back into view. */
  keepInView({ lon, lat }: { lon: number; lat: number }): void {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const { x, y } = this.peta.project([lon, lat]);
      const { clientWidth: width, clientHeight: height } = this.peta.getContainer();
      const isSeen = x > EDGE && y > EDGE && x < width - EDGE && y < height - EDGE;
      if (!isSeen) this.peta.easeTo({ center: [lon, lat], duration: this.flyingMs() });
    }));
  }

  moveTo({ zoom, lon, lat }: Camera): void {
    this.peta.jumpTo({ center: [lon, lat], zoom: zoom });
  }

  private flyingMs(): number {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 700;
  }

  /** Ask for all tiles again: another token, or some did not come. */
  reloadAll(): void {
    for (const name of ["wilayah", "induk", "sumber-daya", "celah", "wksbm", "mutu-batas"]) {
      const source = this.peta.getSource<VectorTileSource>(name);
      if (source !== undefined) this.reload(name, source, source.tiles);
    }
  }

  /** The map as it stands, as a picture; drawn and read in one go, before the browser clears it. */
  picture(): string {
    const ratio = this.peta.getPixelRatio();
    if (this.peta.getContainer().clientWidth > 0) this.peta.setPixelRatio(Math.max(ratio, PRINT_PIXEL_RATIO)); // hidden, it has no size
    this.peta.redraw();
    const picture = this.peta.getCanvas().toDataURL("image/png");
    this.peta.setPixelRatio(ratio);
    return picture;
  }

  close(): void {
    this.peta.remove();
  }
}
