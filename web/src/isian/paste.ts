// A block from a spreadsheet: from the cell at hand on, or by the names that stand in it. Pure.

import { cellOf, keyOf, unclearIn } from "./cells.ts";
import type { Cell } from "./cells.ts";
import { figureOf, nameOf, readCode } from "./layout.ts";
import type { Figure, Form, Region, Sheet } from "./layout.ts";

/** What pasting does. `changes`: undefined empties the cell; `said`: what was read how; `leftOut`: what was not taken, and why;
 * `added`: elements that were not on the sheet. */
export interface Pasted {
  changes: [string, Cell | undefined][];
  said: string[];
  leftOut: string[];
  added: string[];
}

/** Where pasting begins, counted from 0. */
export interface Corner {
  row: number;
  column: number;
}

const TOTAL = /^\s*(?:grand\s+)?(?:jumlah|jml|total|sub\s*total)\b/i;
const PREFIX = /^(?:desa|kelurahan|kel|kecamatan|kec|kabupaten|kab)(?:\.\s*|\s+)(?=\S)/i;
const NUMBERED = /^\d{1,3}\s*[.)]\s+/;
const MOST_NAMED = 6; // left-out rows that are named one by one

/** Rows and cells of what a spreadsheet copies: tabs between cells, quotes around cells with line breaks. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let [cell, isQuoted, i] = ["", false, 0];
  const end = () => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (; i < text.length; i++) {
    const letter = text[i] ?? "";
    if (isQuoted) {
      if (letter === '"' && text[i + 1] === '"') {
        cell += letter;
        i++;
      } else if (letter === '"') isQuoted = false;
      else cell += letter;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (letter === "\t") end();
    else if (letter === "\n") {
      end();
      rows.push([]);
    } else if (letter !== "\r") cell += letter;
  }
  end();
  while (rows.length > 1 && rows.at(-1)?.every((one) => one.trim() === "") === true) rows.pop();
  return rows;
}

const nameKey = (name: string): string => name.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
const bareKey = (name: string): string => nameKey(name.trim().replace(NUMBERED, "").replace(PREFIX, ""));

/** What to change where this block is pasted. */
export function pasteInto(sheet: Sheet, form: Form, block: readonly string[][], corner: Corner): Pasted {
  const named = namesIn(sheet, form, block);
  return named === null ? fromCorner(sheet, block, corner) : byNames(sheet, block, { ...named, from: corner.column });
}

interface Named {
  from?: number; // without a heading: the sheet's column that the first one is
  headRow: number; // -1: none
  columns: (Figure | null)[]; // by column of the block; null: nothing known, or what is no figure
  names: number; // the column with regions
  parents: number; // the column with their kecamatan, -1: none
  added: string[];
}

/** Names in the block; null: it has only figures. */
function namesIn(sheet: Sheet, form: Form, block: readonly string[][]): Named | null {
  const width = Math.max(...block.map((row) => row.length));
  const own = new Map(sheet.regions.flatMap((one) => [[bareKey(one.nama), one], [nameKey(one.kode), one]]));
  const counts = Array.from({ length: width }, (_, c) => block.filter((row) => own.has(bareKey(row[c] ?? ""))).length);
  const most = Math.max(...counts);
  const letters = block.filter((row) => row.some((cell) => /\p{L}{2}/u.test(cell))).length;
  if (most === 0 || (most < block.length / 4 && letters === 0)) return null;
  const names = counts.indexOf(most);
  const parentKeys = new Set(sheet.regions.map((one) => bareKey(one.of)).filter((key) => key !== ""));
  const parents = Array.from({ length: width }, (_, c) => c).findIndex((c) => c !== names && block.filter((row) => parentKeys.has(bareKey(row[c] ?? ""))).length >= most / 2);
  const first = block.findIndex((row) => own.has(bareKey(row[names] ?? "")));
  const heads = block.slice(0, first).toReversed();
  for (const [i, head] of heads.entries()) {
    const added: string[] = [];
    const columns = Array.from({ length: width }, (_, c) => (c === names || c === parents ? null : figureNamed(head[c] ?? "", sheet, form, added)));
    if (columns.some((one) => one !== null)) return { headRow: first - 1 - i, columns, names, parents, added: [...new Set(added)] };
  }
  return { headRow: -1, columns: [], names, parents, added: [] };
}

/** The figure that a heading names: by its code, or its element's name. */
function figureNamed(heading: string, sheet: Sheet, form: Form, added: string[]): Figure | null {
  const key = nameKey(heading);
  if (key === "") return null;
  const here = sheet.figures.find((one) => nameKey(one.code) === key) ?? sheet.figures.find((one) => nameKey(`${one.elemen.nama}${one.words}`) === key || (one.choices.length === 0 && nameKey(one.elemen.nama) === key));
  if (here !== undefined) return here;
  const { elemen: kode, choices } = readCode(heading.trim());
  const elemen = sheet.others.find((one) => nameKey(one.nama) === key || nameKey(one.kode) === nameKey(kode));
  if (elemen === undefined || !form.elemen.includes(elemen)) return null;
  added.push(elemen.kode);
  return figureOf(elemen, nameKey(elemen.nama) === key ? [] : choices);
}

function byNames(sheet: Sheet, block: readonly string[][], named: Named): Pasted {
  const pasted: Pasted = { changes: [], said: [], leftOut: [], added: named.added };
  const figures = columnsOf(sheet, block, named, pasted);
  const strange: string[] = [];
  let [rows, totals] = [0, 0];
  let section = ""; // "Kec. Lobalain" alone in a row: of the rows below
  for (const [i, row] of block.entries()) {
    if (i <= named.headRow) continue;
    const written = (row[named.names] ?? "").trim();
    const isBlank = row.every((cell, c) => c === named.names || cell.trim() === "");
    if (written === "" && isBlank) continue;
    if (TOTAL.test(written) || row.some((cell) => TOTAL.test(cell))) {
      totals++;
      continue;
    }
    const region = regionNamed(sheet, written, named.parents >= 0 ? (row[named.parents] ?? "") : section);
    if (region === null) {
      if (isBlank && sheet.level === "DESA") section = written;
      else strange.push(written === "" ? `baris ${i + 1}` : `“${written}”`);
      continue;
    }
    rows++;
    for (const [c, figure] of figures) pasted.changes.push([keyOf(region.kode, figure.code), cellOf(row[c] ?? "", figure.elemen) ?? undefined]);
  }
  pasted.said.unshift(`${rows} baris dicocokkan menurut nama.`);
  if (totals > 0) pasted.leftOut.push(`${totals} baris jumlah: dihitung sendiri di kaki tabel.`);
  if (strange.length > 0) {
    const rest = strange.length - MOST_NAMED;
    pasted.leftOut.push(`${strange.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? ` dan ${rest} lagi` : ""}: bukan wilayah di lembar ini, atau namanya milik beberapa wilayah.`);
  }
  if (named.headRow > 0) pasted.leftOut.push(`${named.headRow} baris di atas kepala tabel.`);
  sayUnclear(sheet, pasted);
  return pasted;
}

/** The block's columns with figures, with what they are; what is said of them is added. */
function columnsOf(sheet: Sheet, block: readonly string[][], named: Named, pasted: Pasted): [number, Figure][] {
  const width = Math.max(...block.map((row) => row.length));
  const found: [number, Figure][] = [];
  if (named.headRow < 0) {
    const places = Array.from({ length: width }, (_, c) => c).filter((c) => c > named.names && c !== named.parents);
    for (const [i, c] of places.entries()) {
      const figure = sheet.figures[(named.from ?? 0) + i];
      if (figure === undefined) pasted.leftOut.push(`Kolom ${c + 1}: tidak ada kolom lagi di lembar ini.`);
      else found.push([c, figure]);
    }
    if (found.length > 0) pasted.said.push(`Tanpa kepala tabel; dibaca menurut urutan kolom: ${found.map(([, one]) => nameOf(one)).join("; ")}.`);
    return found;
  }
  const head = block[named.headRow] ?? [];
  for (const [c, figure] of named.columns.entries()) {
    const heading = (head[c] ?? "").trim();
    if (figure !== null) {
      found.push([c, figure]);
      pasted.said.push(`Kolom “${heading}” dibaca sebagai ${nameOf(figure)}.`);
    } else if (c !== named.names && c !== named.parents && heading !== "" && block.slice(named.headRow + 1).some((row) => /\d/.test(row[c] ?? ""))) {
      pasted.leftOut.push(`Kolom “${heading}”: bukan angka formulir ini menurut namanya.`);
    }
  }
  return found;
}

function regionNamed(sheet: Sheet, written: string, parent: string): Region | null {
  const key = bareKey(written);
  const same = sheet.regions.filter((one) => bareKey(one.nama) === key || nameKey(one.kode) === nameKey(written));
  const within = bareKey(parent) === "" ? same : same.filter((one) => bareKey(one.of) === bareKey(parent));
  const meant = same.length > 1 ? within : same;
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

function fromCorner(sheet: Sheet, block: readonly string[][], corner: Corner): Pasted {
  const pasted: Pasted = { changes: [], said: [], leftOut: [], added: [] };
  const width = Math.max(...block.map((row) => row.length));
  const regions = sheet.regions.slice(corner.row, corner.row + block.length);
  const figures = sheet.figures.slice(corner.column, corner.column + width);
  for (const [r, region] of regions.entries()) {
    for (const [c, figure] of figures.entries()) {
      const text = block[r]?.[c];
      if (text !== undefined) pasted.changes.push([keyOf(region.kode, figure.code), cellOf(text, figure.elemen) ?? undefined]);
    }
  }
  const [from, to] = [regions[0]?.nama ?? "", regions.at(-1)?.nama ?? ""];
  pasted.said.push(`${regions.length} baris × ${figures.length} kolom, ${from === to ? from : `dari ${from} sampai ${to}`}: ${figures.map(nameOf).join("; ")}.`);
  if (block.length > regions.length) pasted.leftOut.push(`${block.length - regions.length} baris terakhir: tidak ada wilayah lagi di bawahnya.`);
  if (width > figures.length) pasted.leftOut.push(`${width - figures.length} kolom terakhir: tidak ada kolom lagi di kanannya.`);
  sayUnclear(sheet, pasted);
  return pasted;
}

function sayUnclear(sheet: Sheet, pasted: Pasted): void {
  const elements = new Map([...sheet.figures.map((one) => one.elemen), ...sheet.others].map((one) => [one.kode, one]));
  const unclear = pasted.changes.filter(([key, cell]) => {
    const elemen = elements.get(readCode(key.slice(key.indexOf(" ") + 1)).elemen);
    return elemen !== undefined && unclearIn(cell, elemen) !== null;
  }).length;
  if (unclear > 0) pasted.leftOut.push(`${unclear} sel tidak terbaca sebagai angka; tertulis merah di selnya.`);
}
