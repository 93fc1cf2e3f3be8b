// The map itself: MapLibre over the hub's tiles. Figures are joined to shapes by feature-state, so a change of indicator asks
// for no shape again. This module and MapLibre are one part of the build, loaded while the page already shows itself.

import type { Geometry } from "geojson";
import { Map as Peta, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, LayerSpecification, MapGeoJSONFeature, MapMouseEvent, Tile, VectorTileSource } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { kepalaToken } from "./fetch.ts";
import type { Rupa } from "./angka.ts";
import { tingkatInduk } from "./katalog.ts";
import { celahDari, lapisanCakupan, lapisanMutu, lapisanNama, lapisanSorot, lapisanTitik, lapisanUsulan, lapisanWilayah, lapisanWksbm, URUTAN, warnaWilayah } from "./lapisan.ts";
import { WARNA } from "./palet.ts";
import { POLA } from "./pola.ts";
import type { Pandangan } from "./tampilan.ts";
import type { Tingkat } from "./tulisan.ts";

setWorkerUrl(workerUrl);

export type Kotak = readonly [number, number, number, number]; // west, south, east, north, degrees
export interface Kena {
  lapisan: string;
  sifat: Record<string, unknown>;
  lon: number;
  lat: number;
}
export interface Letak {
  urutan: number;
  nama: string;
  kode: string;
  lon: number;
  lat: number;
}
interface UbinXyz {
  x: number;
  y: number;
  z: number;
}
export interface Kejadian {
  arahkan: (kena: Kena | null, x: number, y: number) => void;
  pilih: (kena: Kena) => void;
  gerak: (pandangan: Pandangan) => void;
  gagal: () => void;
  sibuk: (sibuk: boolean) => void;
  // regions in view; whether some are samples, no real boundaries; from which zoom the level is drawn, where it is not yet
  tampak: (kode: Set<string>, contoh: boolean, mulai: number | null) => void;
}

const INDONESIA: Kotak = [95, -11, 141, 6];
const LEBAR_LEGENDA = 310; // px, as peta_bidang.css has it
const TITIK_CETAK = 2.5; // paper shows more points than a screen
const UBIN_TERHALUS = 14; // finer zooms show these tiles larger
const BISA_DIPILIH = ["usulan", "titik", "wksbm", "mutu-titik", "mutu", "darat"]; // what lies on top first
const ISTILAH = {
  "Map.Title": "Peta. Tanda panah menggeser, tambah dan kurang memperbesar dan memperkecil.",
  "NavigationControl.ZoomIn": "Perbesar",
  "NavigationControl.ZoomOut": "Perkecil",
  "AttributionControl.ToggleAttribution": "Tampilkan sumber peta",
  "ScaleControl.Meters": "m",
  "ScaleControl.Kilometers": "km",
};

const boundsOf = ([west, south, east, north]: Kotak): [number, number, number, number] => [west, south, east, north];

/** The shapes of a level; `versi` names the boundaries, so that browsers may keep their tiles for ever. */
function ubinWilayah(tingkat: Tingkat, versi: string): string {
  return `/ubin/wilayah/{z}/{x}/{y}.mvt?tingkat=${tingkat}${versi === "" ? "" : `&v=${encodeURIComponent(versi)}`}`;
}

export class PetaHub {
  readonly peta: Peta;
  private readonly kejadian: Kejadian;
  private antre: Promise<unknown>;
  private rupa = new Map<string, Rupa>();
  private disorot = "";
  private dipilih = "";
  private sudahGagal = 0;
  private readonly ubinGagal = new Map<string, UbinXyz[]>(); // source → tiles that did not come

  constructor(wadah: HTMLElement, pandangan: Pandangan | null, kejadian: Kejadian) {
    this.kejadian = kejadian;
    const awal = pandangan === null ? { bounds: boundsOf(INDONESIA) } : { center: [pandangan.lon, pandangan.lat] satisfies [number, number], zoom: pandangan.zum };
    this.peta = new Peta({
      container: wadah,
      ...awal,
      style: { version: 8, sources: {}, layers: [{ id: "laut", type: "background", paint: { "background-color": WARNA.laut } }] },
      attributionControl: false,
      locale: ISTILAH,
      maxZoom: 17,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      transformRequest: (url) => ({ url, headers: url.startsWith(`${location.origin}/`) ? kepalaToken() : {} }),
    });
    this.peta.touchZoomRotate.disableRotation();
    this.peta.keyboard.disableRotation();
    this.peta.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.peta.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-right");
    this.antre = new Promise<void>((selesai) => {
      this.peta.once("load", () => {
        for (const [nama, isi] of Object.entries(POLA)) this.peta.addImage(nama, isi, { pixelRatio: 2 });
        this.peta.addSource("lingkaran", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
        this.peta.addSource("usulan", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
        selesai();
      });
    });
    this.dengarkan();
  }

  private dengarkan(): void {
    const { peta, kejadian } = this;
    if (matchMedia("(hover: hover)").matches) peta.on("mousemove", (e) => this.arahkan(e)); // a finger points by choosing
    peta.on("mouseout", () => this.arahkan(null));
    peta.on("click", (e) => this.pilih(e));
    peta.on("moveend", () => {
      const { lng, lat } = peta.getCenter();
      kejadian.gerak({ zum: peta.getZoom(), lon: lng, lat });
    });
    peta.on("error", (kabar) => {
      const { error } = kabar;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an error of a tile tells more than its type says
      if ("tile" in kabar && "sourceId" in kabar) this.catatGagal(String(kabar.sourceId), (kabar.tile as Tile).tileID.canonical);
      // tiles that did not come: again after a while, then the reader decides; what was refused will be refused again
      const status = "status" in error ? Number(error.status) : 0;
      this.sudahGagal++;
      if (this.sudahGagal <= 3 && (status < 400 || status === 429 || status >= 500)) setTimeout(() => this.muatUlang(), 1500 * this.sudahGagal);
      else kejadian.gagal();
    });
    peta.on("dataloading", () => kejadian.sibuk(true));
    peta.on("idle", () => {
      this.sudahGagal = 0;
      kejadian.sibuk(false);
      if (peta.getLayer("darat") === undefined) return;
      const tampak = peta.queryRenderedFeatures({ layers: ["darat"] });
      kejadian.tampak(new Set(tampak.map((f) => String(f.properties["kode"]))), tampak.some((f) => f.properties["contoh"] === true), this.mulai());
    });
  }

  // From afar a level may be too much for one tile: it then says how many there are and from which zoom they are drawn.
  private mulai(): number | null {
    const ada = ["wilayah", "celah"].filter((s) => this.peta.getSource(s) !== undefined);
    const zoom = ada.flatMap((s) => this.peta.querySourceFeatures(s, { sourceLayer: "terpotong" })).map((f) => Number(f.properties["mulai_zoom"]));
    return zoom.length === 0 ? null : Math.max(...zoom);
  }

  private catatGagal(sumber: string, { x, y, z }: UbinXyz): void {
    this.ubinGagal.set(sumber, [...(this.ubinGagal.get(sumber) ?? []), { x, y, z }]);
  }

  // MapLibre asks for all tiles again except, for want of a worker, for those that did not come: they are named.
  private muat(nama: string, sumber: VectorTileSource, ubin: readonly string[]): void {
    sumber.setTiles([...ubin]);
    this.peta.refreshTiles(nama, this.ubinGagal.get(nama) ?? []);
    this.ubinGagal.delete(nama);
  }

  private kena(e: MapMouseEvent): MapGeoJSONFeature | undefined {
    const ada = BISA_DIPILIH.filter((l) => this.peta.getLayer(l) !== undefined);
    const kotak: [[number, number], [number, number]] = [[e.point.x - 3, e.point.y - 3], [e.point.x + 3, e.point.y + 3]]; // fingers are thick
    const titik = this.peta.queryRenderedFeatures(kotak, { layers: ada.filter((l) => l !== "darat") })[0];
    return titik ?? this.peta.queryRenderedFeatures(e.point, { layers: ada.filter((l) => l === "darat") })[0];
  }

  private arahkan(e: MapMouseEvent | null): void {
    const kena = e === null ? undefined : this.kena(e);
    const kode = kena?.layer.id === "darat" ? String(kena.properties["kode"]) : "";
    if (kode !== this.disorot) {
      this.tandai(this.disorot, { sorot: false });
      this.tandai(kode, { sorot: true });
      this.disorot = kode;
    }
    this.peta.getCanvas().style.cursor = kena === undefined ? "" : "pointer";
    if (e === null || kena === undefined) this.kejadian.arahkan(null, 0, 0);
    else this.kejadian.arahkan({ lapisan: kena.layer.id, sifat: kena.properties, lon: e.lngLat.lng, lat: e.lngLat.lat }, e.point.x, e.point.y);
  }

  private pilih(e: MapMouseEvent): void {
    const kena = this.kena(e);
    if (kena === undefined) return;
    // those of one desa without places of their own stay together however near one comes: the desa tells of them
    if (Number(kena.properties["banyak"] ?? 1) > 1 && kena.properties["kode_desa"] === undefined) this.peta.easeTo({ center: e.lngLat, zoom: Math.min(this.peta.getZoom() + 2, 14) });
    else this.kejadian.pilih({ lapisan: kena.layer.id, sifat: kena.properties, lon: e.lngLat.lng, lat: e.lngLat.lat });
  }

  private tandai(kode: string, isi: Record<string, unknown>): void {
    if (kode !== "" && this.peta.getSource("wilayah") !== undefined) {
      this.peta.setFeatureState({ source: "wilayah", sourceLayer: "wilayah", id: kode }, isi);
    }
  }

  // One after the other, from the moment the map can take them.
  private lalu(kerja: () => unknown): void {
    this.antre = this.antre.then(kerja);
  }

  // The tiles of a source; the source and its layers come with its first tiles.
  private pasang(sumber: string, alamat: string, lapisan: readonly LayerSpecification[]): void {
    const ubin = [`${location.origin}${alamat}`];
    const ada = this.peta.getSource<VectorTileSource>(sumber);
    if (ada === undefined) {
      const kunci = sumber === "wilayah" || sumber === "celah" ? { promoteId: "kode" } : {};
      this.peta.addSource(sumber, { type: "vector", tiles: ubin, maxzoom: UBIN_TERHALUS, ...kunci });
    } else if (ada.tiles[0] !== ubin[0]) this.muat(sumber, ada, ubin);
    this.gambarkan(lapisan);
  }

  private gambarkan(lapisan: readonly LayerSpecification[]): void {
    for (const l of lapisan) {
      if (this.peta.getLayer(l.id) !== undefined) continue;
      const atas = URUTAN.slice(URUTAN.indexOf(l.id) + 1).find((id) => this.peta.getLayer(id) !== undefined);
      this.peta.addLayer(l, atas);
    }
  }

  private lepas(sumber: string, lapisan: readonly LayerSpecification[]): void {
    for (const l of lapisan) if (this.peta.getLayer(l.id) !== undefined) this.peta.removeLayer(l.id);
    if (this.peta.getSource(sumber) !== undefined) this.peta.removeSource(sumber);
  }

  /** The shapes of a level; `versi` names the boundaries, so that browsers may keep their tiles for ever. */
  aturTingkat(tingkat: Tingkat, versi: string): void {
    const induk = tingkatInduk(tingkat);
    this.lalu(() => {
      this.pasang("induk", ubinWilayah(induk ?? "PROVINSI", versi), []);
      this.pasang("wilayah", ubinWilayah(tingkat, versi), [...lapisanWilayah(), ...lapisanSorot(), ...lapisanNama()]);
      this.peta.setLayoutProperty("tepi-induk", "visibility", induk === null ? "none" : "visible");
    });
  }

  /** What each region looks like; the others are bare land. After aturTingkat. */
  aturAngka(rupa: Map<string, Rupa>, warna: readonly string[]): void {
    this.lalu(() => {
      this.peta.setPaintProperty("darat", "fill-color", warnaWilayah(warna));
      for (const kode of this.rupa.keys()) if (!rupa.has(kode)) this.tandai(kode, { k: -3, s: -1 });
      for (const [kode, { k, s }] of rupa) this.tandai(kode, { k, s });
      this.rupa = rupa;
    });
  }

  aturDipilih(kode: string): void {
    this.lalu(() => {
      this.tandai(this.dipilih, { pilih: false });
      this.tandai(kode, { pilih: true });
      this.dipilih = kode;
    });
  }

  aturTitik(jenis: readonly string[]): void {
    this.lalu(() => {
      if (jenis.length === 0) this.lepas("sumber-daya", lapisanTitik());
      else this.pasang("sumber-daya", `/ubin/sumber-daya/{z}/{x}/{y}.mvt?jenis=${jenis.join(",")}&aktif=true`, lapisanTitik());
    });
  }

  /** Gaps among the desa, and the area within reach. */
  aturCakupan(cakupan: { celah: readonly string[]; area: Geometry | null } | null, versi: string): void {
    this.lalu(() => {
      if (cakupan === null) return this.lepas("celah", lapisanCakupan());
      this.pasang("celah", ubinWilayah("DESA", versi), lapisanCakupan());
      for (const id of ["celah", "celah-tepi"]) this.peta.setFilter(id, celahDari(cakupan.celah));
      const { area } = cakupan;
      const features = area === null ? [] : [{ type: "Feature" as const, properties: {}, geometry: area }];
      return this.peta.getSource<GeoJSONSource>("lingkaran")?.setData({ type: "FeatureCollection", features });
    });
  }

  /** Where a new institution would help most. */
  aturUsulan(letak: readonly Letak[]): void {
    const features = letak.map(({ urutan, nama, kode, lon, lat }) => ({
      type: "Feature" as const, properties: { urutan, nama, kode }, geometry: { type: "Point" as const, coordinates: [lon, lat] },
    }));
    this.lalu(() => {
      this.gambarkan(lapisanUsulan());
      return this.peta.getSource<GeoJSONSource>("usulan")?.setData({ type: "FeatureCollection", features });
    });
  }

  aturWksbm(jejaring: { skala: readonly string[]; tahap: readonly string[] } | null): void {
    this.lalu(() => {
      if (jejaring === null) return this.lepas("wksbm", lapisanWksbm());
      const isi = Object.entries(jejaring).filter(([, v]) => v.length > 0).map(([k, v]) => `${k}=${v.join(",")}`).join("&");
      this.pasang("wksbm", `/ubin/wksbm/{z}/{x}/{y}.mvt${isi === "" ? "" : `?${isi}`}`, lapisanWksbm());
    });
  }

  /** What is wrong with boundaries, of those kinds. */
  aturMutu(jenis: readonly string[]): void {
    this.lalu(() => {
      if (jenis.length === 0) this.lepas("mutu-batas", lapisanMutu());
      else this.pasang("mutu-batas", `/ubin/mutu-batas/{z}/{x}/{y}.mvt?jenis=${jenis.join(",")}`, lapisanMutu());
    });
  }

  /** Bring a box into view beside what lies on the map's left; `langsung`: without flying, which would fetch on the way. */
  lihat(kotak: Kotak, langsung = false): void {
    const { clientWidth: lebar, clientHeight: tinggi } = this.peta.getContainer();
    const tepi = Math.min(28, tinggi / 10);
    const padding = { top: tepi, bottom: tepi, right: tepi, left: lebar > 760 ? LEBAR_LEGENDA : tepi };
    this.peta.fitBounds(boundsOf(kotak), { padding, maxZoom: 13, duration: langsung ? 0 : this.lama() });
  }

  pindah({ zum, lon, lat }: Pandangan): void {
    this.peta.jumpTo({ center: [lon, lat], zoom: zum });
  }

  private lama(): number {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 700;
  }

  /** Ask for all tiles again: another token, or some did not come. */
  muatUlang(): void {
    for (const nama of ["wilayah", "induk", "sumber-daya", "celah", "wksbm", "mutu-batas"]) {
      const sumber = this.peta.getSource<VectorTileSource>(nama);
      if (sumber !== undefined) this.muat(nama, sumber, sumber.tiles);
    }
  }

  /** The map as it stands, as a picture; drawn and read in one go, before the browser clears it. */
  gambar(): string {
    const lama = this.peta.getPixelRatio();
    if (this.peta.getContainer().clientWidth > 0) this.peta.setPixelRatio(Math.max(lama, TITIK_CETAK)); // hidden, it has no size
    this.peta.redraw();
    const isi = this.peta.getCanvas().toDataURL("image/png");
    this.peta.setPixelRatio(lama);
    return isi;
  }

  tutup(): void {
    this.peta.remove();
  }
}
