// How the hub read a file, and what the officer answered to what it did not know. Pure.

import { cellOf, keyOf } from "../isian/cells.ts";
import type { Cell } from "../isian/cells.ts";
import { codeOf, figuresOf, nameOf, readCode } from "../isian/layout.ts";
import type { Form } from "../isian/layout.ts";
import { tidy } from "../isian/numbers.ts";
import type { PemetaanBaris, PemetaanKolom, SebagaiKolom, UploadReadMutation } from "./queries.ts";

export type Reading = Extract<UploadReadMutation["bacaBerkas"], { __typename: "BacaanBerkas" }>;
export type Sheet = Reading["lembar"][number];
export type Column = Sheet["kolom"][number];
export type Row = Sheet["baris"][number];

/** By place: of columns "sheet|letter" → what it is ("BAN01[JK=L]", "NAMA_WILAYAH", "ABAIKAN"); of rows the text → a code, or "" to leave it out. */
export interface Answers {
  columns: ReadonlyMap<string, string>;
  rows: ReadonlyMap<string, string>;
}

const SURE = 0.9; // below it the hub asks
const USES: readonly SebagaiKolom[] = ["KODE_WILAYAH", "NAMA_WILAYAH", "NAMA_KECAMATAN", "ELEMEN", "NAMA_ELEMEN", "RINCIAN", "NILAI", "STATUS", "ABAIKAN"];

export const USE_WORDS: Record<SebagaiKolom, string> = {
  KODE_WILAYAH: "Kode wilayah", NAMA_WILAYAH: "Nama desa, kecamatan atau kabupaten", NAMA_KECAMATAN: "Nama kecamatan", ELEMEN: "Angka",
  NAMA_ELEMEN: "Nama angka di barisnya", RINCIAN: "Rincian di barisnya", NILAI: "Angka di barisnya", STATUS: "Keterangan mengapa tidak ada angka", ABAIKAN: "Tidak dibaca",
};

export const columnKey = (sheet: Sheet, column: Column): string => `${sheet.nama}|${column.kolom}`;

/** What the hub took a column for, in the words of an answer. */
export const meaningOf = (column: Column): string => (column.sebagai === "ELEMEN" && column.elemen !== null ? codeOf(column.elemen.kode, column.rincian) : column.sebagai);

export const isAsked = (column: Column): boolean => column.yakin < SURE;

/** Rows that are of no region that the hub knows. */
export const strangeRows = (sheet: Sheet): Row[] => sheet.baris.filter((one) => !one.jumlah && one.wilayah === null);

export interface Option {
  value: string;
  words: string;
}

/** What a column may be: figures of the form, then what else there is. */
export function optionsOf(form: Form, column: Column): { figures: Option[]; others: Option[] } {
  const figures = form.elemen
    .filter((one) => one.registri === null)
    .flatMap(figuresOf)
    .map((one) => ({ value: one.code, words: `${nameOf(one)}, ${one.elemen.kode}` }));
  const own = meaningOf(column);
  const known = figures.some((one) => one.value === own) || column.sebagai !== "ELEMEN";
  const more = known ? [] : [{ value: own, words: `${column.elemen?.nama ?? ""} (${column.rincian.map((one) => one.pilihan).join(", ")}), ${column.elemen?.kode ?? ""}` }];
  const uses = USES.filter((one) => one !== "ELEMEN" && (one === column.sebagai || !["NAMA_ELEMEN", "RINCIAN", "NILAI", "STATUS"].includes(one)));
  return { figures: [...figures, ...more], others: uses.map((value) => ({ value, words: USE_WORDS[value] })) };
}

/** Columns that were asked and not answered yet. */
export function unanswered(reading: Reading, answers: Answers): number {
  return reading.lembar.reduce((n, sheet) => {
    const columns = sheet.kolom.filter((one) => isAsked(one) && !answers.columns.has(columnKey(sheet, one))).length;
    return n + columns + strangeRows(sheet).filter((one) => !answers.rows.has(one.tertulis)).length;
  }, 0);
}

/** The answers as the hub takes them. Columns by their titles, so that they hold for the next file too; by their letters where several
 * are of one title. */
export function mappingOf(reading: Reading, answers: Answers): { pemetaan: PemetaanKolom[]; pemetaanBaris: PemetaanBaris[] } {
  const ofColumns = reading.lembar.flatMap((sheet) =>
    sheet.kolom.flatMap((column): PemetaanKolom[] => {
      const meaning = answers.columns.get(columnKey(sheet, column));
      if (meaning === undefined) return [];
      const isAlone = sheet.kolom.filter((one) => one.judul === column.judul).length === 1;
      const where = isAlone ? { kolom: column.judul } : { lembar: sheet.nama, kolom: column.kolom };
      const use = USES.find((one) => one === meaning);
      return [use === undefined ? { ...where, elemen: meaning } : { ...where, sebagai: use }];
    }),
  );
  const ofRows = Array.from(answers.rows, ([written, kode]): PemetaanBaris => (kode === "" ? { tertulis: written, abaikan: true } : { tertulis: written, wilayah: kode }));
  return { pemetaan: ofColumns, pemetaanBaris: ofRows };
}

/** What the file holds, cell by cell, where the hub can keep no draft of it: figures as it read them, else as they are written, so that
 * they are mended in the grid. null: it is no table of regions and figures side by side. */
export function cellsIn(reading: Reading, answers: Answers, form: Form): [string, Cell][] | null {
  const found: [string, Cell][] = [];
  for (const sheet of reading.lembar) {
    const figures = sheet.kolom.filter((one) => one.sebagai === "ELEMEN" || one.sebagai === "NILAI");
    for (const row of sheet.baris.filter((one) => !one.jumlah)) {
      const kode = answers.rows.get(row.tertulis) ?? row.wilayah?.kode ?? "";
      if (kode !== "" && row.isi.length !== figures.length) return null;
      for (const [i, column] of figures.entries()) {
        const meaning = answers.columns.get(columnKey(sheet, column)) ?? meaningOf(column);
        const elemen = form.elemen.find((one) => one.kode === readCode(meaning).elemen);
        const [figure, written] = [row.nilai[i] ?? null, row.isi[i] ?? null];
        if (meaning === "NILAI") return null;
        if (kode === "" || elemen === undefined || written === null) continue;
        const cell = figure === null ? cellOf(written, elemen) : tidy(String(figure));
        if (cell !== null) found.push([keyOf(kode, meaning), cell]);
      }
    }
  }
  return found;
}
