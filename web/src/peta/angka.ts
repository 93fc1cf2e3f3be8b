// Figures of regions, columnar, as /angka.json gives them: some kilobytes per indicator, while the shapes stay where they are.

import { fetchJson } from "../hub/fetch.ts";
import type { Available, Item } from "./katalog.ts";
import { makeClasses, classOf } from "./classes.ts";
import type { Method, Class } from "./classes.ts";
import { baseOf, basePeriode, rateOf } from "./rate.ts";
import type { Rate } from "./rate.ts";
import type { Status, Level } from "../hub/wording.ts";

export interface Angka {
  question: Question; // what these figures answer
  kode: string[];
  nilai: (number | null)[];
  status: Status[];
  kelengkapan: { diharapkan: number; disetujui: number };
  sumber: string;
  rate: Rate | null; // the same figures per thousand; null: not known, or nothing of that kind
}

interface Sent extends Omit<Angka, "nilai" | "question" | "rate"> {
  nilai: (number | string | null)[]; // a number that not every reader would get back exactly comes as text
}

export interface Question {
  item: Item;
  periode: string;
  level: Level;
  wilayah: string;
}

export function angkaAddress({ item, periode, level, wilayah }: Question): string {
  const params = new URLSearchParams({ [item.indikator ? "indikator" : "elemen"]: item.kode, periode, tingkat: level, wilayah });
  return `/angka.json?${params}`;
}

const numbers = (nilai: Sent["nilai"]): (number | null)[] => nilai.map((n) => (n === null ? null : Number(n)));

/** `available`: what the region has, so that nothing is asked for that is not there. */
export async function loadAngka(p: Question, available: () => Promise<Available>, signal?: AbortSignal): Promise<Angka> {
  const sent = fetchJson<Sent>(angkaAddress(p), signal);
  const base = baseOf(p.item);
  if (base === null) return { ...(await sent), question: p, nilai: numbers((await sent).nilai), rate: null };
  let best: Rate | null = null;
  for (const periode of basePeriode(base, p.periode, await available())) {
    const asked = fetchJson<Sent>(`/angka.json?${new URLSearchParams({ elemen: base.elemen, periode, tingkat: p.level, wilayah: p.wilayah })}`, signal);
    // oxlint-disable-next-line no-await-in-loop -- an earlier period is asked for only where this one leaves regions out
    const [{ kode, nilai }, of] = await Promise.all([sent, asked]);
    const whole = new Map(numbers(of.nilai).flatMap((n, i) => (n === null ? [] : [[of.kode[i] ?? "", n] as const])));
    const rate: Rate | null = rateOf(numbers(nilai), kode, base, periode, whole);
    if (rate !== null && (best === null || known(rate) > known(best))) best = rate;
    if (best?.isWhole === true) break;
  }
  return { ...(await sent), question: p, nilai: numbers((await sent).nilai), rate: best };
}

const known = (rate: Rate): number => rate.nilai.filter((n) => n !== null).length;

/** What colours the map: the figures, or what they are per thousand. */
export interface Shown {
  angka: Angka;
  nilai: (number | null)[];
  status: LookStatus[];
  unit: string;
  rate: Rate | null; // null: the figures themselves
}
/** Also why a region has no figure per thousand that has a figure. */
export type LookStatus = Status | "TANPA_DASAR";

/** `measure`: what was chosen, "" where nobody chose: then per thousand, where that is known of every region with a figure. */
export function shownOf(angka: Angka, measure: "" | "per" | "jumlah"): Shown {
  const { rate } = angka;
  const unit = angka.question.item.satuan;
  if (rate === null || measure === "jumlah" || (measure === "" && !rate.isWhole)) return { angka, nilai: angka.nilai, status: angka.status, unit, rate: null };
  const status = angka.status.map((s, i): LookStatus => ((angka.nilai[i] ?? null) !== null && (rate.nilai[i] ?? null) === null ? "TANPA_DASAR" : s));
  return { angka, nilai: rate.nilai, status, unit: `${unit} per 1.000 ${rate.base.word}`, rate };
}

/** What a region's shape is told: `k` its class, -1 zero, -2 none; `s` why it has none: index in EMPTY_STATUSES, else -1. */
export interface Look {
  k: number;
  s: number;
}
export const EMPTY_STATUSES = ["TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU", "DISUPRESI", "TANPA_DASAR"] as const;

export interface Classification {
  shown: Shown;
  classes: Class[];
  looks: Map<string, Look>;
  /** how many regions have each status */
  counts: Map<LookStatus, number>;
  range: [number, number] | null; // least and most of all values but zero
}

/** Classes over all values but zero, which has a sign of its own, and what each region looks like. */
export function classify(shown: Shown, method: Method, count: number): Classification {
  const values = shown.nilai.filter((n): n is number => n !== null && n !== 0);
  const classes = makeClasses(values, method, count);
  const looks = new Map<string, Look>();
  const counts = new Map<LookStatus, number>();
  shown.angka.kode.forEach((kode, i) => {
    const nilai = shown.nilai[i] ?? null;
    const status = nilai === null ? (shown.status[i] ?? "TIDAK_ADA_DATA") : nilai === 0 ? "NOL" : "ADA";
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (nilai === null) looks.set(kode, { k: -2, s: Math.max(0, EMPTY_STATUSES.findIndex((k) => k === status)) });
    else looks.set(kode, { k: nilai === 0 ? -1 : classOf(nilai, classes), s: -1 });
  });
  return { shown, classes, looks, counts, range: values.length === 0 ? null : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))] };
}
