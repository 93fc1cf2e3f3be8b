// Kabupaten side by side: what can be compared, in which periods, and in which order. Pure.

import { comparePeriode, monthCount, yearsAway } from "../hub/wording.ts";
import type { Status } from "../hub/wording.ts";
import type { ComparableQuery, CompareElemenQuery, CompareIndikatorQuery, TargetsQuery } from "./queries.ts";

export interface Item {
  kode: string;
  nama: string;
  satuan: string;
  definisi: string | null;
  group: string;
  isIndicator: boolean;
  periods: string[]; // with figures, newest first
}

export interface Figure {
  nilai: number | null;
  status: Status;
}

export interface Row extends Figure {
  kode: string;
  nama: string;
  rank: number | null; // from 1; null: no figure
  other: Figure | null;
  percent: number | null; // against `other`
  target: number | null;
  filled: { dari: number; berisi: number } | null; // parts of it that have a figure
  series: (number | null)[]; // by the periods of the comparison
}

export interface Whole extends Figure {
  kelengkapan: { diharapkan: number; disetujui: number };
  other: Figure | null;
}

export interface Comparison {
  rows: Row[];
  whole: Whole | null; // the province
  largest: number; // of all that is drawn, targets too
}

/** As both kinds of figures are told. */
export interface Told {
  kabupaten: readonly {
    wilayah: { kode: string; nama: string };
    periode: string;
    nilai: number | string | null;
    status: Status;
    terisi?: { dari: number; berisi: number } | null;
  }[];
  provinsi: readonly { periode: string; nilai: number | string | null; status: Status; kelengkapan: { diharapkan: number; disetujui: number } }[];
}

const FIRST = ["BAN01", "BAN03", "BEN03", "LEM08", "SDM03", "PPK04"];
const SERIES = 8; // periods drawn small

/** What has figures: elements by form, then indicators. */
export function itemsOf(answer: ComparableQuery): Item[] {
  const periods = new Map<string, Set<string>>();
  for (const { elemen, periode } of answer.ketersediaan) periods.set(elemen, (periods.get(elemen) ?? new Set()).add(periode));
  const of = (codes: readonly string[]): string[] => Array.from(new Set(codes.flatMap((kode) => Array.from(periods.get(kode) ?? [])))).toSorted(comparePeriode);
  const elements = answer.daftarFormulir.flatMap((form) =>
    form.elemen.map((one): Item => ({ ...one, group: `${form.nama} (${form.kode})`, isIndicator: false, periods: of([one.kode]) })),
  );
  // achievements are several figures a region, one for each target
  const indicators = answer.daftarIndikator
    .filter((one) => !one.jenis.startsWith("CAPAIAN"))
    .map((one): Item => ({ kode: one.kode, nama: one.nama, satuan: one.satuan, definisi: one.definisi, group: "Indikator", isIndicator: true, periods: of(one.elemen) }));
  return [...elements, ...indicators].filter((one) => one.periods.length > 0);
}

export interface Choice {
  item: Item;
  periode: string;
  other: string; // "": none
  series: string[]; // oldest first
}

/** What the address asks for, filled in; null: nothing has figures. */
export function choose(items: readonly Item[], [kode = "", periode = "", other]: readonly string[]): Choice | null {
  const item = items.find((one) => one.kode === kode) ?? FIRST.map((first) => items.find((one) => one.kode === first)).find((one) => one !== undefined) ?? items[0];
  if (item === undefined) return null;
  const own = item.periods.includes(periode) ? periode : (item.periods[0] ?? "");
  const yearAgo = yearsAway(own, -1);
  const against = other === undefined ? (item.periods.includes(yearAgo) ? yearAgo : "") : item.periods.includes(other) ? other : "";
  const alike = item.periods.filter((one) => monthCount(one) === monthCount(own));
  const at = alike.indexOf(own);
  return { item, periode: own, other: against, series: alike.slice(at, at + SERIES).toReversed() };
}

export const periodsAsked = ({ periode, other, series }: Choice): string[] => Array.from(new Set([periode, ...(other === "" ? [] : [other]), ...series]));

const read = (n: number | string | null): number | null => (n === null ? null : Number(n));

/** Ranked, the largest first; those without a figure after them, by code. */
export function compare(told: Told, targets: ReadonlyMap<string, number>, { periode, other, series }: Choice): Comparison {
  const by = new Map(told.kabupaten.map((one) => [`${one.wilayah.kode} ${one.periode}`, one]));
  const figure = (kode: string, of: string): Figure | null => {
    const found = by.get(`${kode} ${of}`);
    return found === undefined ? null : { nilai: read(found.nilai), status: found.status };
  };
  const current = told.kabupaten.filter((one) => one.periode === periode);
  const rows = current.map((one): Row => {
    const { wilayah, status } = one;
    const before = other === "" ? null : figure(wilayah.kode, other);
    const own = read(one.nilai);
    const percent = own === null || before === null || before.nilai === null || before.nilai === 0 ? null : ((own - before.nilai) / Math.abs(before.nilai)) * 100;
    return {
      ...wilayah, nilai: own, status, rank: null, other: before, percent, target: targets.get(wilayah.kode) ?? null, filled: one.terisi ?? null,
      series: series.map((part) => figure(wilayah.kode, part)?.nilai ?? null),
    };
  });
  const ranked = rows.toSorted((a, b) => Number(a.nilai === null) - Number(b.nilai === null) || (b.nilai ?? 0) - (a.nilai ?? 0) || (a.kode < b.kode ? -1 : 1));
  for (const row of ranked) {
    if (row.nilai !== null) row.rank = ranked.findIndex((one) => one.nilai === row.nilai) + 1; // equal ones share theirs
  }
  const whole = told.provinsi.find((one) => one.periode === periode);
  const wholeBefore = told.provinsi.find((one) => one.periode === other);
  return {
    rows: ranked,
    whole: whole === undefined ? null : { nilai: read(whole.nilai), status: whole.status, kelengkapan: whole.kelengkapan, other: wholeBefore === undefined ? null : { nilai: read(wholeBefore.nilai), status: wholeBefore.status } },
    largest: Math.max(0, ...rows.flatMap((row) => [row.nilai ?? 0, row.other?.nilai ?? 0, row.target ?? 0])),
  };
}

/** Each office's own target of an item, by kabupaten: of the period, else of its year. */
export function targetsOf({ agregat }: TargetsQuery, kode: string, periode: string): Map<string, number> {
  const targets = new Map<string, number>();
  const own = agregat.filter((row) => row.nilai !== null && row.rincian.some((one) => one.rincian === "indikator" && one.pilihan.toUpperCase() === kode.toUpperCase()));
  for (const row of own.toSorted((a, b) => Number(a.periode === periode) - Number(b.periode === periode))) targets.set(row.wilayah.kode, Number(row.nilai));
  return targets;
}

export type Answer = CompareElemenQuery | CompareIndikatorQuery;
