// What an office owes, has under way and is done with: cards of the list of its rekap and of what is expected. Pure.

import { dayOf, daysBetween, lastDay, lastMonth, monthCount } from "../hub/wording.ts";
import type { HomeQuery } from "./queries.ts";

export type CardState = "missing" | "draft" | "returned" | "submitted" | "approved";

export interface Card {
  id: string; // the rekap's, be it there or not yet: 53.14:F02:2026-07
  formulir: { kode: string; nama: string };
  periode: string;
  state: CardState;
  tenggat: string | null;
  isLate: boolean;
  remindedAt: string | null;
  revisi: number;
}

export interface Desk {
  waiting: Card[]; // for this office: returned ones first, then by deadline
  older: Card[]; // never sent, and long overdue
  submitted: Card[]; // for the province
  approved: Card[]; // newest first
}

const SOON_DAYS = 45; // what is due later does not wait yet
const LONG_AGO_DAYS = 100;
const STATES = { DRAF: "draft", DIKEMBALIKAN: "returned", DIAJUKAN: "submitted", DISETUJUI: "approved" } as const;
const MONTHS_OF_KIND: Record<string, number> = { "BULAN": 1, "TRIWULAN": 3, "SEMESTER": 6, "TAHUN": 12 };

/** All periods of a year, of every length. */
export function periodsOf(year: number): string[] {
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`);
  return [...months, ...[1, 2, 3, 4].map((n) => `${year}-TW${n}`), `${year}-S1`, `${year}-S2`, String(year)];
}

/** The periods of every length that began before now and ended less than a year ago. */
export function recentPeriods(today: Date): string[] {
  const now = today.getFullYear() * 12 + today.getMonth() + 1;
  const periods = [today.getFullYear() - 1, today.getFullYear()].flatMap(periodsOf);
  return periods.filter((one) => lastMonth(one) > now - 13 && lastMonth(one) - monthCount(one) < now);
}

/** The desk of one office as of today. */
export function deskOf(answer: HomeQuery, wilayah: string, today: Date): Desk {
  const rekap = answer.daftarRekap.edges.map((edge) => edge.node);
  const expected = answer.kelengkapan;
  const lateOnes = new Map(expected.map((row) => [`${row.formulir.kode}:${row.periode}`, row]));
  const day = dayOf(today);
  const sent = rekap.map((one): Card => {
    const row = lateOnes.get(`${one.formulir.kode}:${one.periode}`);
    const state = STATES[one.status];
    const isOpen = state === "draft" || state === "returned";
    return {
      id: one.id, formulir: one.formulir, periode: one.periode, state, tenggat: one.tenggat, revisi: one.revisi,
      isLate: isOpen && one.tenggat !== null && one.tenggat < day, remindedAt: isOpen ? (row?.diingatkanPada ?? null) : null,
    };
  });
  const missing = expected
    .filter((row) => row.status === null && row.dipenuhi.length === 0 && monthCount(row.periode) === MONTHS_OF_KIND[row.formulir.periodeJenis])
    .filter((row) => !rekap.some((one) => one.formulir.kode === row.formulir.kode && holds(one.periode, row.periode)))
    .map((row): Card => ({
      id: `${wilayah}:${row.formulir.kode}:${row.periode}`, formulir: row.formulir, periode: row.periode, state: "missing", tenggat: row.tenggat,
      isLate: row.terlambat, remindedAt: row.diingatkanPada, revisi: 0,
    }))
    .filter((card) => daysBetween(day, dueDay(card)) <= SOON_DAYS);
  const isOld = (card: Card): boolean => daysBetween(dueDay(card), day) > LONG_AGO_DAYS;
  const open = sent.filter((card) => card.state === "draft" || card.state === "returned");
  return {
    waiting: [...open, ...missing.filter((card) => !isOld(card))].toSorted(byUrgency),
    older: missing.filter(isOld).toSorted(byUrgency),
    submitted: sent.filter((card) => card.state === "submitted").toSorted(byUrgency),
    approved: sent.filter((card) => card.state === "approved").toSorted((a, b) => lastMonth(b.periode) - lastMonth(a.periode) || order(a, b)),
  };
}

const dueDay = (card: Card): string => card.tenggat ?? lastDay(card.periode);

/** Whether the second period lies within the first: the quarter's rekap has its months. */
function holds(outer: string, inner: string): boolean {
  const [outerEnd, innerEnd] = [lastMonth(outer), lastMonth(inner)];
  return innerEnd <= outerEnd && innerEnd - monthCount(inner) >= outerEnd - monthCount(outer);
}

const order = (a: Card, b: Card): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function byUrgency(a: Card, b: Card): number {
  const returned = Number(b.state === "returned") - Number(a.state === "returned");
  return returned !== 0 ? returned : dueDay(a) < dueDay(b) ? -1 : dueDay(a) > dueDay(b) ? 1 : order(a, b);
}

/** How a deadline stands: "12 hari lagi", "besok", "hari ini", "terlambat 3 hari", "terlambat 5 bulan", "terlambat 2 tahun". */
export function deadlineWords(tenggat: string, today: Date): string {
  const left = daysBetween(dayOf(today), tenggat);
  if (left === 0) return "hari ini";
  if (left === 1) return "besok";
  if (left > 1) return `${left} hari lagi`;
  if (-left <= 60) return `terlambat ${-left} hari`;
  const months = Math.floor(-left / 30.4);
  return months < 24 ? `terlambat ${months} bulan` : `terlambat ${Math.floor(months / 12)} tahun`;
}
