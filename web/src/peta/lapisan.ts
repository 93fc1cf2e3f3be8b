// The map's layers, as MapLibre takes them. Text is drawn with the system's own font: a style without `glyphs` fetches none.

import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { KOSONG } from "./angka.ts";
import { keysOf, MUTU_BATAS, SKALA_JEJARING, SUMBER_DAYA, TAHAP_WKSBM, WARNA } from "./palet.ts";

const HURUF = ["system-ui", "sans-serif"];
const KELAS: ExpressionSpecification = ["feature-state", "k"];
const KENA = (nama: string): ExpressionSpecification => ["boolean", ["feature-state", nama], false];

function byProperty(property: string, cases: [string, string][], otherwise: string): ExpressionSpecification {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type wants the first case by itself
  return ["match", ["get", property], ...cases.flat(), otherwise] as unknown as ExpressionSpecification;
}

/** Colours by class; regions that nothing was asked about stay bare land. */
export function warnaWilayah(warna: readonly string[]): ExpressionSpecification {
  return ["match", ["coalesce", KELAS, -3], -1, WARNA.nol, ...warna.flatMap((w, i) => [i, w]), WARNA.darat];
}

const wilayah = { source: "wilayah", "source-layer": "wilayah" } as const;

/** Below everything else, in this order: land, figures, why there are none, lines. */
export function lapisanWilayah(): LayerSpecification[] {
  return [
    // land where the shapes of this level are not loaded
    { id: "dasar", type: "fill", source: "induk", "source-layer": "wilayah", paint: { "fill-color": WARNA.darat, "fill-antialias": false } },
    { id: "darat", type: "fill", ...wilayah, paint: { "fill-color": warnaWilayah([]), "fill-antialias": false } },
    // a pattern cannot be told by feature-state, but how much of it is seen can: one layer per reason
    ...KOSONG.map(
      (_, i): LayerSpecification => ({
        id: `kosong-${i}`, type: "fill", ...wilayah,
        paint: { "fill-pattern": `kosong-${i}`, "fill-opacity": ["case", ["==", ["feature-state", "s"], i], 1, 0] },
      }),
    ),
    { id: "tepi", type: "line", ...wilayah, paint: { "line-color": WARNA.garis, "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.3, 10, 0.8, 14, 1.4] } },
    {
      id: "tepi-induk", type: "line", source: "induk", "source-layer": "wilayah", layout: { "line-join": "round" },
      paint: { "line-color": WARNA.garisInduk, "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.8, 12, 2] },
    },
  ];
}

/** Gaps are drawn of the shapes that are there for every distance; what is within reach is one shape of its own. */
export function lapisanCakupan(): LayerSpecification[] {
  const lingkaran = { source: "lingkaran" } as const;
  const celah = { source: "celah", "source-layer": "wilayah", filter: celahDari([]) } as const;
  return [
    { id: "celah", type: "fill", ...celah, paint: { "fill-pattern": "celah" } },
    { id: "celah-tepi", type: "line", ...celah, paint: { "line-color": WARNA.celah, "line-width": 1.2 } },
    { id: "lingkaran", type: "fill", ...lingkaran, paint: { "fill-color": WARNA.lingkaran, "fill-opacity": 0.12 } },
    { id: "lingkaran-tepi", type: "line", ...lingkaran, paint: { "line-color": WARNA.lingkaran, "line-width": 1.6, "line-dasharray": [3, 2] } },
  ];
}

/** Which desa are gaps. */
export function celahDari(kode: readonly string[]): ExpressionSpecification {
  return ["in", ["get", "kode"], ["literal", [...kode]]];
}

/** What is wrong with boundaries: the places, and a point for each, since from afar most are smaller than a pixel. */
export function lapisanMutu(): LayerSpecification[] {
  const warna = byProperty("jenis", Object.entries(MUTU_BATAS).map(([k, v]) => [k, v.warna]), "#4b5563");
  const mutu = { source: "mutu-batas", "source-layer": "mutu-batas" } as const;
  return [
    { id: "mutu", type: "fill", ...mutu, paint: { "fill-color": warna, "fill-opacity": 0.45 } },
    { id: "mutu-tepi", type: "line", ...mutu, paint: { "line-color": warna, "line-width": 1.4 } },
    {
      id: "mutu-titik", type: "circle", source: "mutu-batas", "source-layer": "mutu-batas-titik",
      paint: { "circle-color": warna, "circle-radius": ["interpolate", ["linear"], ["zoom"], 6, 2.5, 12, 5], "circle-stroke-color": "#fff", "circle-stroke-width": 1 },
    },
    terpotong("mutu-batas"),
  ];
}

/** What is pointed at and what is chosen, above the areas and below the points. */
export function lapisanSorot(): LayerSpecification[] {
  return [
    { id: "sorot", type: "line", ...wilayah, paint: { "line-color": WARNA.sorot, "line-width": ["case", KENA("sorot"), 2, 0] } },
    { id: "dipilih", type: "line", ...wilayah, layout: { "line-join": "round" }, paint: { "line-color": WARNA.dipilih, "line-width": ["case", KENA("pilih"), 3.5, 0] } },
  ];
}

const jenis = (apa: "warna" | "huruf"): ExpressionSpecification =>
  byProperty("jenis", Object.entries(SUMBER_DAYA).map(([k, v]) => [k, v[apa]]), apa === "warna" ? "#4b5563" : "");

// paler where only the desa is known, not the place
const PASTI: ExpressionSpecification = ["case", ["==", ["get", "tepat"], false], 0.6, 0.95];

// what a tile says that holds more than can be drawn
const terpotong = (sumber: string): LayerSpecification => ({
  id: `${sumber}-terpotong`, type: "symbol", source: sumber, "source-layer": "terpotong",
  layout: { "text-field": ["concat", ["to-string", ["get", "ditampilkan"]], " dari ", ["to-string", ["get", "banyak"]], " digambar; perbesar"], "text-font": HURUF, "text-size": 13 },
  paint: { "text-color": "#9a1b12", "text-halo-color": "#fff", "text-halo-width": 2 },
});

const BANYAK: ExpressionSpecification = ["coalesce", ["get", "banyak"], 1];

export function lapisanTitik(): LayerSpecification[] {
  const titik = { source: "sumber-daya", "source-layer": "sumber-daya" } as const;
  return [
    {
      id: "titik", type: "circle", ...titik,
      paint: {
        "circle-color": jenis("warna"),
        "circle-radius": ["case", [">", BANYAK, 1], ["min", 24, ["+", 9, ["*", 2.4, ["sqrt", BANYAK]]]], 8.5],
        "circle-stroke-color": "#fff",
        "circle-stroke-width": 1.5,
        "circle-opacity": PASTI,
      },
    },
    {
      id: "titik-huruf", type: "symbol", ...titik,
      layout: {
        "text-field": ["case", [">", BANYAK, 1], ["to-string", BANYAK], jenis("huruf")], "text-font": HURUF, "text-size": ["case", [">", BANYAK, 1], 12, 10],
        "text-allow-overlap": true, "text-ignore-placement": true,
      },
      paint: { "text-color": "#fff" },
    },
  ];
}

const TAHAP = byProperty("tahap", Object.entries(TAHAP_WKSBM).map(([k, v]) => [k, v.warna]), "#888");

export function lapisanWksbm(): LayerSpecification[] {
  return [
    ...keysOf(SKALA_JEJARING).map(
      (skala): LayerSpecification => ({
        id: `hubungan-${skala}`, type: "line", source: "wksbm", "source-layer": "hubungan", filter: ["==", ["get", "skala"], skala],
        layout: { "line-cap": "butt" },
        paint: { "line-color": WARNA.jejaring, "line-width": 2, "line-opacity": 0.8, ...(SKALA_JEJARING[skala].putus.length > 0 ? { "line-dasharray": [...SKALA_JEJARING[skala].putus] } : {}) },
      }),
    ),
    {
      id: "wksbm", type: "circle", source: "wksbm", "source-layer": "wksbm",
      paint: {
        "circle-color": TAHAP, "circle-radius": ["case", [">", BANYAK, 1], ["min", 24, ["+", 7, ["*", 2.4, ["sqrt", BANYAK]]]], 6.5], "circle-opacity": PASTI,
        "circle-stroke-color": "#2b0a4d", "circle-stroke-width": 1.5,
      },
    },
    {
      id: "wksbm-banyak", type: "symbol", source: "wksbm", "source-layer": "wksbm", filter: [">", BANYAK, 1],
      layout: { "text-field": ["to-string", BANYAK], "text-font": HURUF, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": "#fff", "text-halo-color": "#2b0a4d", "text-halo-width": 1 },
    },
    terpotong("wksbm"),
  ];
}

export function lapisanUsulan(): LayerSpecification[] {
  return [
    { id: "usulan", type: "circle", source: "usulan", paint: { "circle-color": "#fff", "circle-radius": 12, "circle-stroke-color": WARNA.usulan, "circle-stroke-width": 3 } },
    {
      id: "usulan-huruf", type: "symbol", source: "usulan",
      layout: { "text-field": ["to-string", ["get", "urutan"]], "text-font": HURUF, "text-size": 13, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": WARNA.usulan },
    },
    {
      id: "usulan-nama", type: "symbol", source: "usulan",
      layout: { "text-field": ["concat", "Letak usulan: ", ["get", "nama"]], "text-font": HURUF, "text-size": 12, "text-anchor": "top", "text-offset": [0, 1.3], "text-optional": true },
      paint: { "text-color": WARNA.usulan, "text-halo-color": "#fff", "text-halo-width": 2 },
    },
  ];
}

/** Names of regions, on top; where they would touch, the later ones stay away. */
export function lapisanNama(): LayerSpecification[] {
  return [
    {
      id: "nama", type: "symbol", source: "wilayah", "source-layer": "label",
      layout: {
        "text-field": ["get", "nama"], "text-font": HURUF, "text-size": ["interpolate", ["linear"], ["zoom"], 6, 10, 11, 13],
        "text-max-width": 7, "text-padding": 4,
      },
      paint: { "text-color": "#1f2937", "text-halo-color": "rgba(255,255,255,0.9)", "text-halo-width": 1.6 },
    },
  ];
}

/** All layers from the bottom up: whatever is added later finds its place by this. */
export const URUTAN: readonly string[] = [
  ...lapisanWilayah(), ...lapisanCakupan(), ...lapisanMutu(), ...lapisanSorot(), ...lapisanNama(), ...lapisanWksbm(), ...lapisanTitik(), ...lapisanUsulan(),
].map((l) => l.id);
