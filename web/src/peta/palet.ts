// Colours. The classes: YlGnBu of ColorBrewer (Cynthia Brewer; colour-blind safe, in print too), without its lightest
// yellow, which would be too near to the tan of zero. Lightness falls steadily, so the order is seen without any hue.

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
export const KELAS_TERBANYAK = 7;

/** So many colours, light to dark. */
export function warnaKelas(banyak: number): readonly string[] {
  return YLGNBU[Math.max(1, Math.min(KELAS_TERBANYAK, banyak))] ?? [];
}

export const WARNA = {
  laut: "#e4ebee",
  darat: "#f6f7f5", // land that no figure is asked for
  garis: "#8a9a9a",
  garisInduk: "#3d4f50",
  nol: "#ead9c5",
  sorot: "#111827",
  dipilih: "#b8004e",
  celah: "#c2410c", // desa that nobody's help reaches
  lingkaran: "#5b3fa0",
  usulan: "#b8004e",
  jejaring: "#6a3d9a",
} as const;

/** What the hub tells apart, as it is written and drawn: every kind it knows, so that a new one is not forgotten here. */
interface Badge {
  nama: string;
  warna: string;
  huruf?: string;
}

/** Okabe and Ito's colours, darkened where white text stands on them; the letters tell the kinds apart without colour. */
export const SUMBER_DAYA = {
  PANTI: { nama: "Panti", huruf: "P", warna: "#0063a0" },
  LKS: { nama: "LKS", huruf: "L", warna: "#007a5a" },
  LK3: { nama: "LK3", huruf: "L3", warna: "#a34a00" },
  RUMAH_SINGGAH: { nama: "Rumah singgah", huruf: "RS", warna: "#9b3d75" },
  SLRT: { nama: "SLRT", huruf: "S", warna: "#7a5c00" },
  PUSKESOS: { nama: "Puskesos", huruf: "PK", warna: "#b3261e" },
  GUDANG_BENCANA: { nama: "Gudang bencana", huruf: "G", warna: "#3b3b3b" },
  KAMPUNG_SIAGA_BENCANA: { nama: "Kampung Siaga Bencana", huruf: "KS", warna: "#2f6f8f" },
  KARANG_TARUNA: { nama: "Karang taruna", huruf: "KT", warna: "#5a3e9e" },
} as const satisfies Record<JenisSumberDaya, Badge>;

export const JENIS_SUMBER_DAYA = keysOf(SUMBER_DAYA);

/** What an examination of boundaries finds; what has no boundary has no place on the map either. */
export type MutuBatas = Exclude<JenisMutuBatas, "TANPA_BATAS">;
export const MUTU_BATAS = {
  TUMPANG_TINDIH: { nama: "Tumpang tindih", warna: "#b3261e" },
  CELAH: { nama: "Celah", warna: "#5a3e9e" },
  DI_LUAR_INDUK: { nama: "Di luar induknya", warna: "#a34a00" },
  LUAS_BEDA: { nama: "Luas berbeda dari yang resmi", warna: "#0063a0" },
} as const satisfies Record<MutuBatas, Badge>;
export const JENIS_MUTU = keysOf(MUTU_BATAS);

export const TAHAP_WKSBM = {
  PENUMBUHAN: { nama: "Penumbuhan", warna: "#cbb5e0" },
  PEMANTAPAN: { nama: "Pemantapan", warna: "#9467bd" },
  PENGEMBANGAN: { nama: "Pengembangan", warna: "#4a1d7a" },
} as const satisfies Record<TahapWksbm, Badge>;

/** Dashes in line widths; none: a full line. */
export const SKALA_JEJARING = {
  LOKAL: { nama: "Lokal", putus: [] },
  REGIONAL: { nama: "Regional", putus: [4, 2] },
  NASIONAL: { nama: "Nasional", putus: [1, 2] },
} as const satisfies Record<SkalaJejaring, { nama: string; putus: readonly number[] }>;
