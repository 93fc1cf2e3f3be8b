// Dated papers: which is the newest of each kind, and how long it holds. Pure.

import { daysBetween } from "../hub/wording.ts";
import type { JenisSurat } from "./queries.ts";
import { lastDayBefore, writeDay } from "./wording.ts";

export interface DatedPaper {
  jenis: JenisSurat;
  nomor: string | null;
  sejak: string;
  sampai: string | null;
  peringkat: string | null;
}

/** One of each kind, the one that began last. */
export function newestPapers<P extends DatedPaper>(papers: readonly P[]): P[] {
  const newest = new Map<JenisSurat, P>();
  for (const paper of papers) {
    const known = newest.get(paper.jenis);
    if (known === undefined || known.sejak < paper.sejak) newest.set(paper.jenis, paper);
  }
  return [...newest.values()];
}

/** "sampai dengan 3 Maret 2027 (93 hari lagi)". `end`: the first day no longer. */
export function endWords(end: string | null, today: string): string {
  if (end === null) return "tanpa batas waktu";
  const left = daysBetween(today, end);
  if (left <= 0) return `berakhir ${writeDay(lastDayBefore(end))}`;
  const soon = left > 365 ? "" : left === 1 ? " (hari ini terakhir)" : ` (${left - 1} hari lagi)`;
  return `sampai dengan ${writeDay(lastDayBefore(end))}${soon}`;
}
