// What is wrong or strange: found here at once, and by the hub; at its cell where it has one. Pure.

import { writeNumber } from "../hub/wording.ts";
import { plainWords } from "../meja/plain_words.ts";
import { cellOf, figureIn, keyOf, placeOf, unclearIn, wordCell } from "./cells.ts";
import type { Cell, Cells, Sent } from "./cells.ts";
import { readCode, wholesOf } from "./layout.ts";
import type { Elemen, Figure, Sheet } from "./layout.ts";
import { addUp, subtract, writeFigure } from "./numbers.ts";
import type { IsianFindingFragment } from "./queries.ts";

export type Grade = "GALAT" | "PERINGATAN" | "INFO";

/** `key`: of the cell it is about, null: of none; `proposals`: what the cell may be given instead; `fromHub`: the hub said so. */
export interface Finding {
  key: string | null;
  grade: Grade;
  message: string;
  proposals: Cell[];
  fromHub: boolean;
}

export const GRADE_WORDS: Record<Grade, { sign: string; word: string }> = {
  GALAT: { sign: "✖", word: "Harus diperbaiki" },
  PERINGATAN: { sign: "▲", word: "Periksa" },
  INFO: { sign: "ℹ", word: "Catatan" },
};

const GRADES: readonly Grade[] = ["GALAT", "PERINGATAN", "INFO"];
const MOST_DIGITS = 15; // of a figure that a floating number holds exactly

/** What can be said without asking the hub. */
export function foundHere(sheets: readonly Sheet[], cells: Cells): Finding[] {
  return sheets.flatMap((sheet) => {
    const wholes = wholesOf(sheet.figures);
    return sheet.regions.flatMap(({ kode }) => [
      ...sheet.figures.flatMap((figure) => ofCell(keyOf(kode, figure.code), cells.get(keyOf(kode, figure.code)), figure)),
      ...wholes.flatMap(({ whole, parts }) => ofParts(kode, whole, parts, cells)),
    ]);
  });
}

function ofCell(key: string, cell: Cell | undefined, { elemen, choices }: Figure): Finding[] {
  const found = (grade: Grade, message: string, proposals: Cell[] = []): Finding[] => [{ key, grade, message, proposals, fromHub: false }];
  const unclear = unclearIn(cell, elemen);
  if (unclear !== null) return found("GALAT", unclear.message, unclear.meanings);
  const figure = figureIn(cell);
  if (figure === null) return [];
  if (elemen.bulat && figure.includes(".")) return found("GALAT", `${writeFigure(figure)}: pecahan, padahal yang dihitung utuh.`);
  if (figure.startsWith("-") && elemen.minimum !== null && Number(elemen.minimum) >= 0) return found("GALAT", `${writeFigure(figure)} kurang dari nol.`, [figure.slice(1)]);
  if (choices.length > 0 || figure.length > MOST_DIGITS) return []; // parts may have bounds of their own: the hub knows them
  if (elemen.minimum !== null && Number(figure) < Number(elemen.minimum)) return found(elemen.diLuar, `${writeFigure(figure)} kurang dari ${writeNumber(Number(elemen.minimum))}.`);
  if (elemen.maksimum !== null && Number(figure) > Number(elemen.maksimum)) return found(elemen.diLuar, `${writeFigure(figure)} lebih dari ${writeNumber(Number(elemen.maksimum))}.`);
  return [];
}

function ofParts(kode: string, whole: Figure, parts: readonly Figure[], cells: Cells): Finding[] {
  const key = keyOf(kode, whole.code);
  const told = figureIn(cells.get(key));
  const figures = parts.map((part) => figureIn(cells.get(keyOf(kode, part.code))));
  const known = figures.filter((one) => one !== null);
  if (told === null || known.length < figures.length) return [];
  const sum = addUp(known);
  if (subtract(sum, told) === "0") return [];
  const names = parts.map((part) => part.choices[0]?.pilihan ?? "").join(" + ");
  return [{ key, grade: "GALAT", message: `${names} = ${writeFigure(sum)}, tetapi tertulis ${writeFigure(told)}.`, proposals: [sum], fromHub: false }];
}

/** A column's sum beside what was stated; null: nothing was filled in, or it is not added up. */
export function sumOf(sheet: Sheet, figure: Figure, cells: Cells): string | null {
  if (figure.elemen.agregasiWilayah !== "JUMLAH") return null;
  const figures = sheet.regions.map(({ kode }) => figureIn(cells.get(keyOf(kode, figure.code)))).filter((one) => one !== null);
  return figures.length === 0 ? null : addUp(figures);
}

/** Whether its total may be stated beside: of wholes. Totals of parts that came with a file are sent again as they were. */
export const isStated = ({ elemen, choices }: Figure): boolean => elemen.agregasiWilayah === "JUMLAH" && choices.length === 0;

/** What the cells add up to, less what was written; null: one of them is not there. */
export const differenceOf = (sum: string | null, stated: string | undefined): string | null => (sum === null || stated === undefined ? null : subtract(sum, stated));

/** What the hub found, at the cells of what it was sent. */
export function foundByHub(told: readonly IsianFindingFragment[], places: Sent, elements: readonly Elemen[]): Finding[] {
  return told.map((one) => {
    const key = one.lokasi.map((at) => places.get(`${at.lembar}|${at.baris}|${at.kolom}`)).find((found) => found !== undefined) ?? wholeOf(one, places);
    const elemen = key === null ? undefined : elements.find(({ kode }) => kode === readCode(placeOf(key).code).elemen);
    const proposed = one.usulan === null || elemen === undefined ? null : proposal(one.usulan, elemen);
    return { key, grade: one.tingkat, message: plainWords(one.pesan), proposals: proposed === null ? [] : [proposed], fromHub: true };
  });
}

/** The cell of a finding that names region and element only, where there is one. */
function wholeOf(one: IsianFindingFragment, places: Sent): string | null {
  if (one.wilayah === null || one.elemen === null) return null;
  const key = keyOf(one.wilayah, one.elemen);
  return [...places.values()].includes(key) ? key : null;
}

function proposal(written: string, elemen: Elemen): Cell | null {
  if (/^-?\d+(\.\d+)?$/.test(written)) return written; // the hub writes plain decimals
  const cell = cellOf(written, elemen);
  return cell === null || cell.startsWith("?") ? null : cell;
}

/** Both, the gravest first; what the hub says of a cell that was found wrong here already is said once. */
export function together(here: readonly Finding[], hub: readonly Finding[]): Finding[] {
  const told = new Set(here.map((one) => `${one.key} ${one.grade}`));
  const more = hub.filter((one) => one.key === null || !told.has(`${one.key} ${one.grade}`));
  return [...here, ...more].toSorted((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade));
}

/** By cell, the gravest first. */
export function byCell(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const one of findings) if (one.key !== null) found.set(one.key, [...(found.get(one.key) ?? []), one]);
  return found;
}

/** "Pakai 1.234". */
export const proposalWords = (cell: Cell): string => `Pakai ${wordCell(cell)}`;
