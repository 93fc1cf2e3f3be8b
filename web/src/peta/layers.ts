// The map's layers, as MapLibre takes them. Text is drawn with the system's own font: a style without `glyphs` fetches none.

import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { EMPTY_STATUSES } from "./angka.ts";
import { keysOf, BATAS_QUALITY, JEJARING_SCALES, SUMBER_DAYA, WKSBM_STAGES, COLOURS } from "./palette.ts";

const FONT = ["system-ui", "sans-serif"];
const CLASS: ExpressionSpecification = ["feature-state", "k"];
const isMarked = (mark: string): ExpressionSpecification => ["boolean", ["feature-state", mark], false];

function byProperty(property: string, cases: [string, string][], otherwise: string): ExpressionSpecification {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type wants the first case by itself
  return ["match", ["get", property], ...cases.flat(), otherwise] as unknown as ExpressionSpecification;
}

/** Colours by class; regions that nothing was asked about stay bare land. */
export function wilayahColours(colours: readonly string[]): ExpressionSpecification {
  return ["match", ["coalesce", CLASS, -3], -1, COLOURS.zero, ...colours.flatMap((w, i) => [i, w]), COLOURS.land];
}

const wilayah = { source: "wilayah", "source-layer": "wilayah" } as const;

/** Below everything else, in this order: land, figures, why there are none, lines. */
export function wilayahLayers(): LayerSpecification[] {
  return [
    // land where the shapes of this level are not loaded
    { id: "dasar", type: "fill", source: "induk", "source-layer": "wilayah", paint: { "fill-color": COLOURS.land, "fill-antialias": false } },
    { id: "darat", type: "fill", ...wilayah, paint: { "fill-color": wilayahColours([]), "fill-antialias": false } },
    // a pattern cannot be told by feature-state, but how much of it is seen can: one layer per reason
    { id: "nol", type: "fill", ...wilayah, paint: { "fill-pattern": "nol", "fill-opacity": ["case", ["==", CLASS, -1], 1, 0] } },
    ...EMPTY_STATUSES.map(
      (_, i): LayerSpecification => ({
        id: `kosong-${i}`, type: "fill", ...wilayah,
        paint: { "fill-pattern": `kosong-${i}`, "fill-opacity": ["case", ["==", ["feature-state", "s"], i], 1, 0] },
      }),
    ),
    { id: "tepi", type: "line", ...wilayah, paint: { "line-color": COLOURS.line, "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.3, 10, 0.8, 14, 1.4] } },
    {
      id: "tepi-induk", type: "line", source: "induk", "source-layer": "wilayah", layout: { "line-join": "round" },
      paint: { "line-color": COLOURS.parentLine, "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.8, 12, 2] },
    },
  ];
}

/** Gaps are drawn of the shapes that are there for every distance; what is within reach is one shape of its own. */
export function cakupanLayers(): LayerSpecification[] {
  const circle = { source: "lingkaran" } as const;
  const gaps = { source: "celah", "source-layer": "wilayah", filter: gapFilter([]) } as const;
  return [
    { id: "celah", type: "fill", ...gaps, paint: { "fill-pattern": "celah" } },
    { id: "celah-tepi", type: "line", ...gaps, paint: { "line-color": COLOURS.gap, "line-width": 1.2 } },
    { id: "lingkaran", type: "fill", ...circle, paint: { "fill-color": COLOURS.circle, "fill-opacity": 0.12 } },
    { id: "lingkaran-tepi", type: "line", ...circle, paint: { "line-color": COLOURS.circle, "line-width": 1.6, "line-dasharray": [3, 2] } },
  ];
}

/** Which desa are gaps. */
export function gapFilter(kode: readonly string[]): ExpressionSpecification {
  return ["in", ["get", "kode"], ["literal", [...kode]]];
}

/** What is wrong with boundaries: the places, and a point for each, since from afar most are smaller than a pixel. */
export function qualityLayers(): LayerSpecification[] {
  const colour = byProperty("jenis", Object.entries(BATAS_QUALITY).map(([k, v]) => [k, v.colour]), "#4b5563");
  const source = { source: "mutu-batas", "source-layer": "mutu-batas" } as const;
  return [
    { id: "mutu", type: "fill", ...source, paint: { "fill-color": colour, "fill-opacity": 0.45 } },
    { id: "mutu-tepi", type: "line", ...source, paint: { "line-color": colour, "line-width": 1.4 } },
    {
      id: "mutu-titik", type: "circle", source: "mutu-batas", "source-layer": "mutu-batas-titik",
      paint: { "circle-color": colour, "circle-radius": ["interpolate", ["linear"], ["zoom"], 6, 2.5, 12, 5], "circle-stroke-color": "#fff", "circle-stroke-width": 1 },
    },
    truncatedLayer("mutu-batas"),
  ];
}

/** What is pointed at and what is chosen, above the areas and below the points. */
export function highlightLayers(): LayerSpecification[] {
  return [
    { id: "sorot", type: "line", ...wilayah, paint: { "line-color": COLOURS.highlight, "line-width": ["case", isMarked("highlight"), 2, 0] } },
    { id: "dipilih", type: "line", ...wilayah, layout: { "line-join": "round" }, paint: { "line-color": COLOURS.chosen, "line-width": ["case", isMarked("chosen"), 3.5, 0] } },
  ];
}

const byKind = (what: "colour" | "letters"): ExpressionSpecification =>
  byProperty("jenis", Object.entries(SUMBER_DAYA).map(([k, v]) => [k, v[what]]), what === "colour" ? "#4b5563" : "");

// paler where only the desa is known, not the place
const CERTAINTY: ExpressionSpecification = ["case", ["==", ["get", "tepat"], false], 0.6, 0.95];

// what a tile says that holds more than can be drawn
const truncatedLayer = (source: string): LayerSpecification => ({
  id: `${source}-terpotong`, type: "symbol", source: source, "source-layer": "terpotong",
  layout: { "text-field": ["concat", ["to-string", ["get", "ditampilkan"]], " dari ", ["to-string", ["get", "banyak"]], " digambar; perbesar"], "text-font": FONT, "text-size": 13 },
  paint: { "text-color": "#9a1b12", "text-halo-color": "#fff", "text-halo-width": 2 },
});

const COUNT: ExpressionSpecification = ["coalesce", ["get", "banyak"], 1];

export function sumberDayaLayers(): LayerSpecification[] {
  const source = { source: "sumber-daya", "source-layer": "sumber-daya" } as const;
  return [
    {
      id: "titik", type: "circle", ...source,
      paint: {
        "circle-color": byKind("colour"),
        "circle-radius": ["case", [">", COUNT, 1], ["min", 24, ["+", 9, ["*", 2.4, ["sqrt", COUNT]]]], 8.5],
        "circle-stroke-color": "#fff",
        "circle-stroke-width": 1.5,
        "circle-opacity": CERTAINTY,
      },
    },
    {
      id: "titik-huruf", type: "symbol", ...source,
      layout: {
        "text-field": ["case", [">", COUNT, 1], ["to-string", COUNT], byKind("letters")], "text-font": FONT, "text-size": ["case", [">", COUNT, 1], 12, 10],
        "text-allow-overlap": true, "text-ignore-placement": true,
      },
      paint: { "text-color": "#fff" },
    },
  ];
}

const STAGE_COLOUR = byProperty("tahap", Object.entries(WKSBM_STAGES).map(([k, v]) => [k, v.colour]), "#888");

export function wksbmLayers(): LayerSpecification[] {
  return [
    ...keysOf(JEJARING_SCALES).map(
      (scale): LayerSpecification => ({
        id: `hubungan-${scale}`, type: "line", source: "wksbm", "source-layer": "hubungan", filter: ["==", ["get", "skala"], scale],
        layout: { "line-cap": "butt" },
        paint: { "line-color": COLOURS.jejaring, "line-width": 2, "line-opacity": 0.8, ...(JEJARING_SCALES[scale].dashes.length > 0 ? { "line-dasharray": [...JEJARING_SCALES[scale].dashes] } : {}) },
      }),
    ),
    {
      id: "wksbm", type: "circle", source: "wksbm", "source-layer": "wksbm",
      paint: {
        "circle-color": STAGE_COLOUR, "circle-radius": ["case", [">", COUNT, 1], ["min", 24, ["+", 7, ["*", 2.4, ["sqrt", COUNT]]]], 6.5], "circle-opacity": CERTAINTY,
        "circle-stroke-color": "#2b0a4d", "circle-stroke-width": 1.5,
      },
    },
    {
      id: "wksbm-banyak", type: "symbol", source: "wksbm", "source-layer": "wksbm", filter: [">", COUNT, 1],
      layout: { "text-field": ["to-string", COUNT], "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": "#fff", "text-halo-color": "#2b0a4d", "text-halo-width": 1 },
    },
    truncatedLayer("wksbm"),
  ];
}

export function proposalLayers(): LayerSpecification[] {
  return [
    { id: "usulan", type: "circle", source: "usulan", paint: { "circle-color": "#fff", "circle-radius": 12, "circle-stroke-color": COLOURS.proposal, "circle-stroke-width": 3 } },
    {
      id: "usulan-huruf", type: "symbol", source: "usulan",
      layout: { "text-field": ["to-string", ["get", "urutan"]], "text-font": FONT, "text-size": 13, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": COLOURS.proposal },
    },
    {
      id: "usulan-nama", type: "symbol", source: "usulan",
      layout: { "text-field": ["concat", "Letak usulan: ", ["get", "nama"]], "text-font": FONT, "text-size": 12, "text-anchor": "top", "text-offset": [0, 1.3], "text-optional": true },
      paint: { "text-color": COLOURS.proposal, "text-halo-color": "#fff", "text-halo-width": 2 },
    },
  ];
}

/** Signs of their own at regions, above their names. They have a source of their own: a change in a layer of shapes would have
 * its tiles looked at again just while others are on their way. */
export function signLayers(): LayerSpecification[] {
  return [
    {
      id: "tanda", type: "symbol", source: "tanda",
      layout: { "text-field": ["get", "sign"], "text-font": FONT, "text-size": 19, "text-offset": [0, -0.9], "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": "#14312e", "text-halo-color": "#fff", "text-halo-width": 2.5 },
    },
  ];
}

/** Names of regions, on top; where they would touch, the later ones stay away. */
export function nameLayers(): LayerSpecification[] {
  return [
    {
      id: "nama", type: "symbol", source: "wilayah", "source-layer": "label",
      layout: {
        "text-field": ["get", "nama"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 6, 10, 11, 13],
        "text-max-width": 7, "text-padding": 4,
      },
      paint: { "text-color": "#1f2937", "text-halo-color": "rgba(255,255,255,0.9)", "text-halo-width": 1.6 },
    },
  ];
}

/** All layers from the bottom up: whatever is added later finds its place by this. */
export const LAYER_ORDER: readonly string[] = [
  ...wilayahLayers(), ...cakupanLayers(), ...qualityLayers(), ...highlightLayers(), ...nameLayers(), ...signLayers(), ...wksbmLayers(), ...sumberDayaLayers(), ...proposalLayers(),
].map((l) => l.id);
