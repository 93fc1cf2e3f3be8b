// Colours. The classes: YlGnBu of ColorBrewer (Cynthia Brewer; colour-blind safe, in print too), without its lightest
// yellow, which would be too near to the paper of zero. Lightness falls steadily, so the order is seen without any hue.

import type { JenisMutuBatas, JenisSumberDaya, SkalaJejaring, TahapWksbm } from "./queries.ts";

/** The keys of a table that has no others, in its order. */
export function keysOf<T extends object>(table: T): (keyof T)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a type may have more keys than it names; these tables do not
  return Object.keys(table) as (keyof T)[];
}

/** Whether a word from outside is one of a table's keys. */
export const isKeyOf = <T extends object>(table: T, word: unknown): word is keyof T => typeof word === "string" && Object.hasOwn(table, word);

const YLGNBU: Record<number, readonly string[]> = {
  1: ["#41b6c4"],
  2: ["#a1dab4", "#225ea8"],
  3: ["#a1dab4", "#41b6c4", "#225ea8"],
  4: ["#a1dab4", "#41b6c4", "#2c7fb8", "#253494"],
  5: ["#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494"],
  6: ["#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"],
  7: ["#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"],
};
export const MOST_CLASSES = 7;

/** So many colours, light to dark. */
export function classColours(count: number): readonly string[] {
  return YLGNBU[Math.max(1, Math.min(MOST_CLASSES, count))] ?? [];
}

export const COLOURS = {
  sea: "#e4ebee",
  land: "#f6f7f5", // land that no figure is asked for
  line: "#8a9a9a",
  parentLine: "#3d4f50",
  zero: "#fffdf7", // paper below the zeros of patterns.ts: lighter than the lightest class, to the colour-blind as well
  highlight: "#111827",
  chosen: "#b8004e",
  gap: "#c2410c", // desa that nobody's help reaches
  circle: "#5b3fa0",
  proposal: "#b8004e",
  jejaring: "#6a3d9a",
} as const;

/** What the hub tells apart, as it is written and drawn: every kind it knows, so that a new one is not forgotten here. */
interface Badge {
  name: string;
  colour: string;
  letters?: string;
}

/** Okabe and Ito's colours, darkened where white text stands on them; the letters tell the kinds apart without colour. */
export const SUMBER_DAYA = {
  PANTI: { name: "Panti", letters: "P", colour: "#0063a0" },
  LKS: { name: "LKS", letters: "L", colour: "#007a5a" },
  LK3: { name: "LK3", letters: "L3", colour: "#a34a00" },
  RUMAH_SINGGAH: { name: "Rumah singgah", letters: "RS", colour: "#9b3d75" },
  SLRT: { name: "SLRT", letters: "S", colour: "#7a5c00" },
  PUSKESOS: { name: "Puskesos", letters: "PK", colour: "#b3261e" },
  GUDANG_BENCANA: { name: "Gudang bencana", letters: "G", colour: "#3b3b3b" },
  KAMPUNG_SIAGA_BENCANA: { name: "Kampung Siaga Bencana", letters: "KS", colour: "#2f6f8f" },
  KARANG_TARUNA: { name: "Karang taruna", letters: "KT", colour: "#5a3e9e" },
} as const satisfies Record<JenisSumberDaya, Badge>;

export const SUMBER_DAYA_KINDS = keysOf(SUMBER_DAYA);

/** What an examination of boundaries finds; what has no boundary has no place on the map either. */
export type BatasQuality = Exclude<JenisMutuBatas, "TANPA_BATAS">;
export const BATAS_QUALITY = {
  TUMPANG_TINDIH: { name: "Tumpang tindih", colour: "#b3261e" },
  CELAH: { name: "Celah", colour: "#5a3e9e" },
  DI_LUAR_INDUK: { name: "Di luar induknya", colour: "#a34a00" },
  LUAS_BEDA: { name: "Luas berbeda dari yang resmi", colour: "#0063a0" },
} as const satisfies Record<BatasQuality, Badge>;
export const BATAS_QUALITY_KINDS = keysOf(BATAS_QUALITY);

export const WKSBM_STAGES = {
  PENUMBUHAN: { name: "Penumbuhan", colour: "#cbb5e0" },
  PEMANTAPAN: { name: "Pemantapan", colour: "#9467bd" },
  PENGEMBANGAN: { name: "Pengembangan", colour: "#4a1d7a" },
} as const satisfies Record<TahapWksbm, Badge>;

/** Dashes in line widths; none: a full line. */
export const JEJARING_SCALES = {
  LOKAL: { name: "Lokal", dashes: [] },
  REGIONAL: { name: "Regional", dashes: [4, 2] },
  NASIONAL: { name: "Nasional", dashes: [1, 2] },
} as const satisfies Record<SkalaJejaring, { name: string; dashes: readonly number[] }>;
