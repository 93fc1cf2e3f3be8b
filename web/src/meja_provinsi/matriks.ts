// Who sent what of a period: kabupaten by form. Pure.

import { lastMonth, monthCount } from "../hub/wording.ts";
import type { MatriksQuery } from "./queries.ts";

type Row = MatriksQuery["kelengkapan"][number];
export type CellState = "missing" | "late" | "draft" | "submitted" | "returned" | "approved";

export interface Cell {
  state: CellState;
  isLate: boolean; // a draft or what was returned, with its deadline gone by
  rekap: string | null; // its id; null: none of this very period
  tenggat: string | null;
  remindedAt: string | null;
  isOpen: boolean; // with the office: it can be reminded of
}

export interface Share {
  approved: number;
  expected: number; // of forms of another length none are
}

export interface Form extends Share {
  kode: string;
  nama: string;
  often: string; // how often it is expected, where that is not this period's length: "per triwulan"
}

export interface Office extends Share {
  kode: string;
  nama: string;
  cells: Map<string, Cell>; // by form
}

export interface Matriks {
  forms: Form[];
  offices: Office[];
  counts: Record<CellState, number>;
}

const MONTHS_OF_KIND: Record<string, number> = { "BULAN": 1, "TRIWULAN": 3, "SEMESTER": 6, "TAHUN": 12 };

/** The forms of the period's own length. One of another length shows where rekap of this very period were sent, and only those:
 * the others owe it by its own periods. */
export function matriksOf({ kelengkapan }: MatriksQuery, periode: string): Matriks {
  const length = monthCount(periode);
  const isOwn = (row: Row): boolean => MONTHS_OF_KIND[row.formulir.periodeJenis] === length;
  const sent = new Set(kelengkapan.filter((row) => row.status !== null).map((row) => row.formulir.kode));
  const forms = new Map<string, Form>();
  const offices = new Map<string, Office>();
  const counts: Record<CellState, number> = { missing: 0, late: 0, draft: 0, submitted: 0, returned: 0, approved: 0 };
  for (const row of kelengkapan) {
    const { kode } = row.formulir;
    if (!isOwn(row) && !sent.has(kode)) continue;
    const form = forms.get(kode) ?? { kode, nama: row.formulir.nama, often: isOwn(row) ? "" : `per ${row.formulir.periodeJenis.toLowerCase()}`, approved: 0, expected: 0 };
    const office = offices.get(row.kabupaten.kode) ?? { ...row.kabupaten, cells: new Map<string, Cell>(), approved: 0, expected: 0 };
    forms.set(kode, form);
    offices.set(office.kode, office);
    if (!isOwn(row) && row.status === null) continue;
    const cell = cellOf(row);
    office.cells.set(kode, cell);
    counts[cell.state]++;
    for (const share of [form, office]) {
      if (isOwn(row)) share.expected++;
      if (cell.state === "approved" && (isOwn(row) || share === form)) share.approved++;
    }
  }
  return {
    forms: Array.from(forms.values()).toSorted((a, b) => (a.kode < b.kode ? -1 : 1)),
    offices: Array.from(offices.values()).toSorted((a, b) => (a.kode < b.kode ? -1 : 1)),
    counts,
  };
}

const STATES = { DRAF: "draft", DIAJUKAN: "submitted", DIKEMBALIKAN: "returned", DISETUJUI: "approved" } as const;

function cellOf(row: Row): Cell {
  const fulfilled = row.status === null && row.dipenuhi.length > 0; // by its parts
  const absent = row.terlambat ? "late" : "missing";
  const state = fulfilled ? "approved" : row.status === null ? absent : STATES[row.status];
  const isOpen = state === "missing" || state === "late" || state === "draft" || state === "returned";
  return {
    state, isOpen, isLate: isOpen && row.terlambat, rekap: row.rekap?.id ?? null, tenggat: row.tenggat,
    remindedAt: isOpen ? row.diingatkanPada : null,
  };
}

/** "71%"; "–" where nothing is expected. */
export const percentWords = ({ approved, expected }: Share): string => (expected === 0 ? "–" : `${Math.floor((approved / expected) * 100)}%`);

/** What an office may be reminded of. */
export interface Owed {
  office: { kode: string; nama: string };
  forms: { kode: string; nama: string; state: CellState; isLate: boolean; tenggat: string | null }[];
}

/** What an office has not sent, the late ones first. */
export function owedBy(office: Office, forms: readonly Form[]): Owed {
  const open = forms.flatMap((form) => {
    const cell = office.cells.get(form.kode);
    return cell?.isOpen === true ? [{ kode: form.kode, nama: form.nama, state: cell.state, isLate: cell.isLate, tenggat: cell.tenggat }] : [];
  });
  return { office: { kode: office.kode, nama: office.nama }, forms: open.toSorted((a, b) => Number(b.isLate) - Number(a.isLate)) };
}

/** The years' periods that have begun, newest year first, each year's from its first month on. */
export function begunPeriods(years: readonly number[], periodsOf: (year: number) => string[], today: Date): { year: number; periods: string[] }[] {
  const now = today.getFullYear() * 12 + today.getMonth() + 1;
  return years.map((year) => ({ year, periods: periodsOf(year).filter((one) => lastMonth(one) - monthCount(one) < now) })).filter(({ periods }) => periods.length > 0);
}
