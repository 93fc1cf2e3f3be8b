// What is filled in: cells by region and figure, as the draft keeps them and as the hub is sent them. Pure.

import type { EmptyStatus, Expected, Written } from "./numbers.ts";
import { readWritten, tidy, writeFigure } from "./numbers.ts";
import { codeOf, readCode } from "./layout.ts";
import type { Elemen } from "./layout.ts";
import type { IsianRekapQuery, RekapMasukan, StatusNilai } from "./queries.ts";

export type Rekap = NonNullable<IsianRekapQuery["rekap"]>;

/** What a cell holds: "1234.5"; "!TIDAK_ADA_DATA"; "?sekitar 5", which is not sent. A cell with nothing in it is not there. */
export type Cell = string;
/** By key, see keyOf. */
export type Cells = ReadonlyMap<string, Cell>;

/** A letter that goes with the rekap. Both "": none. */
export interface Letter {
  number: string;
  day: string;
}

/** Work on a rekap. `base`: the revision it began with, 0: there was none; `baseCells`: what that one held; `totals`: stated ones by
 * keyOf(region, code); `added`: elements by level that were asked for. */
export interface Work {
  base: number;
  baseCells: [string, Cell][];
  cells: [string, Cell][];
  totals: [string, string][];
  letter: Letter;
  added: Record<string, string[]>;
}

export const keyOf = (kode: string, code: string): string => `${kode} ${code}`;

export function placeOf(key: string): { kode: string; code: string } {
  const at = key.indexOf(" ");
  return { kode: key.slice(0, at), code: key.slice(at + 1) };
}

export const EMPTY_WORDS: Record<EmptyStatus, { sign: string; word: string }> = {
  TIDAK_ADA_DATA: { sign: "–", word: "tidak ada data" },
  TIDAK_DILAKSANAKAN: { sign: "✕", word: "tidak dilaksanakan" },
  TIDAK_BERLAKU: { sign: "∕", word: "tidak berlaku" },
};

export const expectedOf = (elemen: Elemen): Expected => ({ whole: elemen.bulat, money: elemen.satuan === "rupiah" });

/** What a cell becomes when this is written into it; null: nothing. */
export function cellOf(text: string, elemen: Elemen): Cell | null {
  const read = readWritten(text, expectedOf(elemen));
  if (read.kind === "nothing") return null;
  if (read.kind === "status") return `!${read.status}`;
  return read.kind === "figure" ? read.figure : `?${text.trim()}`;
}

/** The figure in a cell; null: there is none. */
export const figureIn = (cell: Cell | undefined): string | null => (cell === undefined || cell.startsWith("!") || cell.startsWith("?") ? null : cell);

export function statusIn(cell: Cell | undefined): EmptyStatus | null {
  const status = cell?.startsWith("!") === true ? cell.slice(1) : null;
  return status !== null && Object.hasOwn(EMPTY_WORDS, status) ? (status as EmptyStatus) : null; // oxlint-disable-line typescript/no-unsafe-type-assertion -- just looked up
}

/** Why a cell cannot be read; null: it can. */
export function unclearIn(cell: Cell | undefined, elemen: Elemen): Extract<Written, { kind: "unclear" }> | null {
  if (cell?.startsWith("?") !== true) return null;
  const read = readWritten(cell.slice(1), expectedOf(elemen));
  return read.kind === "unclear" ? read : null;
}

/** A cell as it is shown and copied: "1.234,5", "–", what was written. */
export function writeCell(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  const status = statusIn(cell);
  if (status !== null) return EMPTY_WORDS[status].sign;
  return cell.startsWith("?") ? cell.slice(1) : writeFigure(cell);
}

/** In words, for readers and lists: "1.234", "tidak ada data", "kosong". */
export function wordCell(cell: Cell | undefined): string {
  const status = statusIn(cell);
  return cell === undefined ? "kosong" : status === null ? writeCell(cell) : EMPTY_WORDS[status].word;
}

/** As an editor begins with it: "1234,5". */
export function editCell(cell: Cell | undefined): string {
  const status = statusIn(cell);
  if (status !== null) return EMPTY_WORDS[status].word;
  return cell === undefined ? "" : cell.startsWith("?") ? cell.slice(1) : cell.replace(".", ",");
}

/** What the newest revision holds, as work that has not begun. */
export function workOf(rekap: Rekap | null): Work {
  const cells = cellsOf(rekap);
  const totals = (rekap?.rumusTertulis ?? []).map((one): [string, string] => [keyOf(one.wilayah.kode, one.rumus), tidy(String(one.tertulis))]);
  const letter = { number: rekap?.surat?.nomor ?? "", day: rekap?.surat?.tanggal ?? "" };
  return { base: rekap?.revisi ?? 0, baseCells: cells, cells, totals, letter, added: {} };
}

export function cellsOf(rekap: Pick<Rekap, "nilai"> | null): [string, Cell][] {
  return (rekap?.nilai ?? []).flatMap((one): [string, Cell][] => {
    const key = keyOf(one.wilayah.kode, codeOf(one.elemen.kode, one.rincian));
    if (one.nilai !== null) return [[key, tidy(String(one.nilai))]];
    return one.status === "DISUPRESI" || one.status === "ADA" ? [] : [[key, one.status === "NOL" ? "0" : `!${one.status}`]];
  });
}

/** Where in what is sent each cell is, to find it again in the hub's answer: "tabel 2|3|BAN01" → key. */
export type Sent = Map<string, string>;

export interface Sending {
  masukan: Omit<RekapMasukan, "kunciIdempoten">;
  places: Sent;
}

/** The work as the hub takes it. Rows that have the same columns filled in are one table, so that nothing empty is sent. */
export function sendingOf(work: Pick<Work, "base" | "cells" | "totals" | "letter">, rekap: { pelapor: string; formulir: string; periode: string }): Sending {
  const rows = new Map<string, [string, Cell][]>(); // region → code, cell
  for (const [key, cell] of work.cells) {
    if (cell.startsWith("?")) continue;
    const { kode, code } = placeOf(key);
    rows.set(kode, [...(rows.get(kode) ?? []), [code, cell]]);
  }
  const tables = new Map<string, string[]>(); // codes → regions
  for (const [kode, filled] of rows) {
    const codes = filled.map(([code]) => code).toSorted().join("\n"); // choices are words, with spaces in them
    tables.set(codes, [...(tables.get(codes) ?? []), kode]);
  }
  const held = new Map(work.cells);
  const places: Sent = new Map();
  const filledTables = Array.from(tables, ([joined, regions], t) => {
    const codes = joined.split("\n");
    const tableRows = regions.map((kode, r) => {
      const cells = codes.map((code) => held.get(keyOf(kode, code)) ?? "");
      for (const code of codes) places.set(`tabel ${t + 1}|${r + 1}|${code}`, keyOf(kode, code));
      const statuses = cells.map((cell): StatusNilai | null => statusIn(cell));
      return { wilayah: kode, nilai: cells.map(figureIn), ...(statuses.some((one) => one !== null) ? { status: statuses } : {}) };
    });
    const columns = codes.map((code) => {
      const { elemen, choices } = readCode(code);
      return { elemen, ...(choices.length > 0 ? { rincian: choices } : {}) };
    });
    return { kolom: columns, baris: tableRows };
  });
  const totals = work.totals.map(([key, stated]) => ({ wilayah: placeOf(key).kode, elemen: placeOf(key).code, tertulis: stated }));
  const { number, day } = work.letter;
  const surat = number.trim() !== "" && day !== "" ? { nomor: number.trim(), tanggal: day } : null;
  return { masukan: { ...rekap, revisiDasar: work.base, tabel: filledTables, totalTertulis: totals, surat }, places };
}

/** Whether anything was changed since the revision it began with. */
export function isChanged(work: Work): boolean {
  const base = new Map(work.baseCells);
  return work.cells.length !== base.size || work.cells.some(([key, cell]) => base.get(key) !== cell);
}
