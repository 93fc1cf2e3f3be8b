// Figures of regions, columnar, as /angka.json gives them: some kilobytes per indicator, while the shapes stay where they are.

import { fetchJson } from "../hub/fetch.ts";
import type { Item } from "./katalog.ts";
import { makeClasses, classOf } from "./classes.ts";
import type { Method, Class } from "./classes.ts";
import type { Status, Level } from "../hub/wording.ts";

export interface Angka {
  question: Question; // what these figures answer
  kode: string[];
  nilai: (number | null)[];
  status: Status[];
  kelengkapan: { diharapkan: number; disetujui: number };
  sumber: string;
}

interface Sent extends Omit<Angka, "nilai" | "question"> {
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

export async function loadAngka(p: Question, signal?: AbortSignal): Promise<Angka> {
  const sent = await fetchJson<Sent>(angkaAddress(p), signal);
  return { ...sent, question: p, nilai: sent.nilai.map((n) => (n === null ? null : Number(n))) };
}

/** What a region's shape is told: `k` its class, -1 zero, -2 none; `s` why it has none: index in EMPTY_STATUSES, else -1. */
export interface Look {
  k: number;
  s: number;
}
export const EMPTY_STATUSES = ["TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU", "DISUPRESI"] as const;

export interface Classification {
  classes: Class[];
  looks: Map<string, Look>;
  /** how many regions have each status */
  counts: Map<Status, number>;
}

/** Classes over all values but zero, which has a colour of its own, and what each region looks like. */
export function classify(angka: Angka, method: Method, count: number): Classification {
  const classes = makeClasses(angka.nilai.filter((n): n is number => n !== null && n !== 0), method, count);
  const looks = new Map<string, Look>();
  const counts = new Map<Status, number>();
  angka.kode.forEach((kode, i) => {
    const nilai = angka.nilai[i] ?? null;
    const status = nilai === null ? (angka.status[i] ?? "TIDAK_ADA_DATA") : nilai === 0 ? "NOL" : "ADA";
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (nilai === null) looks.set(kode, { k: -2, s: Math.max(0, EMPTY_STATUSES.findIndex((k) => k === status)) });
    else looks.set(kode, { k: nilai === 0 ? -1 : classOf(nilai, classes), s: -1 });
  });
  return { classes, looks, counts };
}
