// What differs between the revision that is read and what it is held against. Pure.

import type { ReviewQuery, RevisionCellsQuery } from "./queries.ts";
import { periodeName } from "../hub/wording.ts";

export type Reviewed = NonNullable<ReviewQuery["rekap"]>;
type Difference = Reviewed["beda"][number];
export type Cells = NonNullable<RevisionCellsQuery["rekap"]>["nilai"];
type Place = Pick<Difference, "wilayah" | "elemen" | "rincian">;

export interface Change extends Place {
  key: string;
  before: number | null;
  after: number | null;
  beforeStatus: string; // why there is no number; "": there is one, or nothing is there
  afterStatus: string;
  percent: number | null;
  kind: string; // in words
  isUnusual: boolean;
  isChanged: boolean;
}

const KINDS: Record<Difference["jenis"], string> = { BARU: "baru", KOREKSI: "koreksi", TERLAMBAT: "menyusul sesudah tenggat", BATAS_PINDAH: "batas wilayah pindah" };
const NOUGHT = { ADA: "", NOL: "", TIDAK_ADA_DATA: "tidak ada data", TIDAK_DILAKSANAKAN: "tidak dilaksanakan", TIDAK_BERLAKU: "tidak berlaku", DISUPRESI: "dirahasiakan" };

export const cellKey = ({ wilayah, elemen, rincian }: Place): string =>
  [wilayah.kode, elemen.kode, ...rincian.map((one) => `${one.rincian}=${one.pilihan}`)].join(" ");

const numberOf = (n: number | string | null): number | null => (n === null ? null : Number(n));

/** The hub's own comparison with the revision in force. */
export const changesInForce = (differences: readonly Difference[]): Change[] =>
  differences.map((one) => ({
    key: cellKey(one), wilayah: one.wilayah, elemen: one.elemen, rincian: one.rincian, before: numberOf(one.lama), after: numberOf(one.baru),
    beforeStatus: "", afterStatus: "", percent: one.persen, kind: KINDS[one.jenis], isUnusual: one.tidakBiasa, isChanged: true,
  }));

/** Every cell of `now`, and those of `then` that are no longer; unusual ones first, then those that changed. */
export function changesBetween(then: Cells, now: Cells, unusual: ReadonlySet<string>): Change[] {
  const before = new Map(then.map((cell) => [cellKey(cell), cell]));
  const after = new Map(now.map((cell) => [cellKey(cell), cell]));
  const gone = then.filter((cell) => !after.has(cellKey(cell)));
  const all = [...now, ...gone].map((place): Change => {
    const key = cellKey(place);
    const [old, current] = [before.get(key), after.get(key)];
    const [a, b] = [numberOf(old?.nilai ?? null), numberOf(current?.nilai ?? null)];
    return {
      key, wilayah: place.wilayah, elemen: place.elemen, rincian: place.rincian, before: a, after: b,
      beforeStatus: old === undefined ? "" : NOUGHT[old.status], afterStatus: current === undefined ? "" : NOUGHT[current.status],
      percent: a === null || b === null || a === 0 ? null : ((b - a) / Math.abs(a)) * 100,
      kind: current === undefined ? "tidak dikirim lagi" : old === undefined ? "baru" : "",
      isUnusual: unusual.has(key), isChanged: old?.status !== current?.status || a !== b,
    };
  });
  return all.toSorted((x, y) => Number(y.isUnusual) - Number(x.isUnusual) || Number(y.isChanged) - Number(x.isChanged));
}

/** What a line is that stands there for its note alone. */
export const NOTE_ALONE = "hanya catatan";

/** Lines for places that have none among `changes`. `why`: there is no figure. */
export function notedElsewhere(places: readonly Place[], changes: readonly Change[], why: string): Change[] {
  const there = new Set(changes.map((one) => one.key));
  return places.filter((place) => !there.has(cellKey(place))).map((place) => ({
    ...place, key: cellKey(place), before: null, after: null, beforeStatus: "–", afterStatus: why, percent: null, kind: NOTE_ALONE, isUnusual: false, isChanged: false,
  }));
}

/** What a revision can be held against. "force": the revision in force; "period": another period's; "nothing". */
export interface Basis {
  key: string;
  kind: "force" | "period" | "nothing";
  words: string;
  rekap: string;
  revisi: number | null;
}

/** The bases there are, the one to begin with first. */
export function basesOf({ rekap, before, yearAgo }: ReviewQuery): Basis[] {
  if (rekap === null) return [];
  const [office, form] = rekap.id.split(":");
  const periods = [before, yearAgo].filter((one) => one !== null && one.revisiDisetujui !== null);
  const distinct = periods.filter((one, index) => periods.findIndex((other) => other?.periode === one?.periode) === index);
  const inForce = rekap.revisiDisetujui;
  return [
    ...(inForce !== null && inForce !== rekap.revisi ? [{ key: "force", kind: "force" as const, words: `Revisi ${inForce} yang berlaku`, rekap: rekap.id, revisi: inForce }] : []),
    ...distinct.flatMap((one) =>
      one === null ? [] : [{ key: one.periode, kind: "period" as const, words: periodeName(one.periode), rekap: `${office}:${form}:${one.periode}`, revisi: one.revisiDisetujui }],
    ),
    { key: "nothing", kind: "nothing", words: "Tanpa pembanding", rekap: rekap.id, revisi: null },
  ];
}

/** What somebody typed as a figure: "1.234,5" → "1234.5"; null: it is none. */
export function readFigure(text: string): string | null {
  const bare = text.trim();
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(bare)) return bare.replaceAll(".", "").replace(",", ".");
  return /^-?\d+(?:,\d+)?$/.test(bare) ? bare.replace(",", ".") : null;
}
