// Which figures stand at the front, and who is late. Pure.

import { comparePeriode, monthCount } from "../hub/wording.ts";
import type { AvailableQuery, FiguresQuery, ReportingQuery } from "./queries.ts";

export type Figure = FiguresQuery["agregat"][number];
type Available = AvailableQuery["ketersediaan"][number];

// what most people ask for first; others come where these are not there
const FIRST = ["BAN01", "BAN03", "BEN03", "LEM08", "SDM03", "PPK04", "BAN02", "WIL03"];
const SHOWN = 4;
const MONTHS_OF_KIND: Record<string, number> = { "BULAN": 1, "TRIWULAN": 3, "SEMESTER": 6, "TAHUN": 12 };

export interface Choice {
  elemen: string;
  periode: string;
}

/** Four elements, each with the newest period for which there is a figure. */
export function headline(available: readonly Available[]): Choice[] {
  const newest = new Map<string, string>();
  for (const { elemen, periode } of available) {
    const known = newest.get(elemen);
    if (known === undefined || comparePeriode(periode, known) < 0) newest.set(elemen, periode);
  }
  const others = Array.from(newest.keys()).filter((kode) => !FIRST.includes(kode)).toSorted();
  return [...FIRST, ...others].flatMap((elemen) => {
    const periode = newest.get(elemen);
    return periode === undefined ? [] : [{ elemen, periode }];
  }).slice(0, SHOWN);
}

/** The figures of those choices, in their order. */
export const chosenOf = (choices: readonly Choice[], rows: readonly Figure[]): Figure[] =>
  choices.flatMap((choice) => rows.find((row) => row.elemen.kode === choice.elemen && row.periode === choice.periode) ?? []);

export interface Reporting {
  expected: number;
  approved: number;
  late: { kode: string; nama: string; count: number }[]; // most first
}

/** How far the offices are with what they owed last. */
export function reportingOf({ kelengkapan }: ReportingQuery): Reporting {
  const owed = kelengkapan.filter((row) => monthCount(row.periode) === MONTHS_OF_KIND[row.formulir.periodeJenis]);
  const late = new Map<string, { kode: string; nama: string; count: number }>();
  for (const { kabupaten } of owed.filter((row) => row.terlambat)) {
    late.set(kabupaten.kode, { ...kabupaten, count: (late.get(kabupaten.kode)?.count ?? 0) + 1 });
  }
  return {
    expected: owed.length,
    approved: owed.filter((row) => row.status === "DISETUJUI").length,
    late: Array.from(late.values()).toSorted((a, b) => b.count - a.count || a.kode.localeCompare(b.kode)),
  };
}

