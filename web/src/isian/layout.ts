// Which figures a form asks, of which regions: the sheets of the grid, as the hub's own templates have them
// (hub/rekap/template_layout.py). Pure.

import { levelOf } from "../hub/wording.ts";
import type { Level } from "../hub/wording.ts";
import type { Cells } from "./cells.ts";
import { placeOf } from "./cells.ts";
import type { IsianFormQuery, IsianRegionsQuery } from "./queries.ts";

export type Form = NonNullable<IsianFormQuery["formulir"]>;
export type Elemen = Form["elemen"][number];
export type Choice = { rincian: string; pilihan: string };

/** A region of a sheet. `of`: the kecamatan of a desa, "" for others. */
export interface Region {
  kode: string;
  nama: string;
  of: string;
}

/** The office and its regions as of the period, by level, in the order of their codes. */
export interface Regions {
  office: Region;
  kecamatan: Region[];
  desa: Region[];
}

/** One figure that is asked. `code`: as the hub writes it, "BAN01[JK=L]"; `words`: which part it is, "" where there is only the whole. */
export interface Figure {
  code: string;
  elemen: Elemen;
  choices: Choice[];
  words: string;
}

/** What is filled in together: a row a region, a column a figure. */
export interface Sheet {
  level: Level;
  name: string;
  regions: Region[];
  figures: Figure[];
  others: Elemen[]; // that may be told at this level too, and are not
}

const SHEET_NAMES: Record<Level, string> = { DESA: "Per desa", KECAMATAN: "Per kecamatan", KABUPATEN: "Seluruh kantor", PROVINSI: "Seluruh kantor" };
const NO_UNIT = new Set(["per indikator", "satuan barang"]);
const OFFICE_ALONE = 3; // sensitivity from which on figures are taken for the whole office
const FINENESS: Record<Level, number> = { PROVINSI: 1, KABUPATEN: 2, KECAMATAN: 3, DESA: 4 };

export function regionsOf(answer: NonNullable<IsianRegionsQuery["kabupaten"]>): Regions {
  const { kecamatan } = answer;
  return {
    office: { kode: answer.kode, nama: answer.nama, of: "" },
    kecamatan: kecamatan.map((one) => ({ kode: one.kode, nama: one.nama, of: "" })),
    desa: kecamatan.flatMap((one) => one.desa.map((desa) => ({ kode: desa.kode, nama: desa.nama, of: one.nama }))),
  };
}

export const allRegions = (regions: Regions): Region[] => [regions.office, ...regions.kecamatan, ...regions.desa];

/** In words. */
export const nameOf = (figure: Figure): string => `${figure.elemen.nama}${figure.words === "" || figure.words === "Seluruhnya" ? "" : ` (${figure.words})`}`;

export function codeOf(kode: string, choices: readonly Choice[]): string {
  if (choices.length === 0) return kode;
  return `${kode}[${choices.map((one) => `${one.rincian}=${one.pilihan}`).join(",")}]`;
}

/** "BAN01[JK=L,umur=anak]" taken apart. */
export function readCode(code: string): { elemen: string; choices: Choice[] } {
  const [, elemen = code, inside] = /^([^[]+)\[(.*)\]$/.exec(code) ?? [];
  if (inside === undefined) return { elemen, choices: [] };
  const choices = inside.split(/,(?=\w+=)/).map((part) => { // a choice may have a comma in it
    const at = part.indexOf("=");
    return { rincian: part.slice(0, at), pilihan: part.slice(at + 1) };
  });
  return { elemen, choices };
}

/** The level at which an element is asked: the finest that it has and the office has. */
function askedLevel(elemen: Elemen, regions: Regions): Level {
  if (elemen.sensitif >= OFFICE_ALONE) return "KABUPATEN";
  if (mayBeAt(elemen, "DESA") && regions.desa.length > 0) return "DESA";
  return mayBeAt(elemen, "KECAMATAN") && regions.kecamatan.length > 0 ? "KECAMATAN" : "KABUPATEN";
}

const mayBeAt = (elemen: Elemen, level: Level): boolean => FINENESS[level] <= FINENESS[elemen.tingkat] && (elemen.sensitif < OFFICE_ALONE || level === "KABUPATEN");

/** The figures of an element: the whole, and the choices of each breakdown; of goods and targets the choices alone. */
export function figuresOf(elemen: Elemen): Figure[] {
  const parting = elemen.rincian.find((one) => one.pilihan.length > 0 && !one.menjumlah && NO_UNIT.has(elemen.satuan));
  const dimensions = parting === undefined ? elemen.rincian.filter((one) => one.pilihan.length > 1) : [parting];
  const parts = dimensions.flatMap((one) => one.pilihan.map((pilihan) => figureOf(elemen, [{ rincian: one.kode, pilihan }])));
  return parting === undefined ? [figureOf(elemen, []), ...parts].map((one) => (parts.length > 0 && one.choices.length === 0 ? { ...one, words: "Seluruhnya" } : one)) : parts;
}

export function figureOf(elemen: Elemen, choices: Choice[]): Figure {
  const words = choices.map((one) => {
    const dimension = elemen.rincian.find((d) => d.kode === one.rincian);
    const name = (dimension?.nama ?? one.rincian).split(/ \(|;|:/)[0] ?? one.rincian;
    const choice = dimension?.butir.find((b) => b.kode === one.pilihan)?.nama ?? one.pilihan;
    return `${name}: ${choice}`;
  });
  return { code: codeOf(elemen.kode, choices), elemen, choices, words: words.join(", ") };
}

/** The sheets of a form. What the cells hold is always on one, also where it is not asked there; `added`: elements by level that the
 * officer wants there as well. */
export function sheetsOf(form: Form, regions: Regions, cells: Cells, added: Readonly<Record<string, readonly string[]>>): Sheet[] {
  const held = new Map<Level, Set<string>>(); // level → codes
  for (const key of cells.keys()) {
    const { kode, code } = placeOf(key);
    const level = levelOf(kode);
    held.set(level, (held.get(level) ?? new Set()).add(code));
  }
  const rows: Record<string, Region[]> = { DESA: regions.desa, KECAMATAN: regions.kecamatan, KABUPATEN: [regions.office] };
  const asked = form.elemen.filter((one) => one.registri === null);
  const sheets = (["DESA", "KECAMATAN", "KABUPATEN"] as const).map((level): Sheet => {
    const codes = held.get(level) ?? new Set<string>();
    const here = form.elemen.filter((one) => isHere(one, level, regions, codes) || added[level]?.includes(one.kode) === true);
    return {
      level, name: SHEET_NAMES[level], regions: rows[level] ?? [], figures: here.flatMap((one) => withHeld(one, codes)),
      others: asked.filter((one) => mayBeAt(one, level) && !here.includes(one)),
    };
  });
  return sheets.filter((sheet) => sheet.regions.length > 0 && (sheet.figures.length > 0 || sheet.others.length > 0));
}

const isHere = (elemen: Elemen, level: Level, regions: Regions, codes: ReadonlySet<string>): boolean =>
  (elemen.registri === null && askedLevel(elemen, regions) === level) || [...codes].some((code) => readCode(code).elemen === elemen.kode);

function withHeld(elemen: Elemen, codes: ReadonlySet<string>): Figure[] {
  const usual = elemen.registri === null ? figuresOf(elemen) : [];
  const known = new Set(usual.map((one) => one.code));
  const more = [...codes].filter((code) => readCode(code).elemen === elemen.kode && !known.has(code)).toSorted();
  return [...usual, ...more.map((code) => figureOf(elemen, readCode(code).choices))];
}

/** Wholes with the parts that make them, by breakdown: of those whose choices are all there is. */
export function wholesOf(figures: readonly Figure[]): { whole: Figure; parts: Figure[] }[] {
  return figures
    .filter((one) => one.choices.length === 0)
    .flatMap((whole) =>
      whole.elemen.rincian
        .filter((dimension) => dimension.lengkap)
        .map((dimension) => ({
          whole,
          parts: figures.filter((one) => one.elemen.kode === whole.elemen.kode && one.choices.length === 1 && one.choices[0]?.rincian === dimension.kode),
          size: dimension.pilihan.length,
        }))
        .filter((one) => one.parts.length > 1 && one.parts.length === one.size)
        .map(({ parts }) => ({ whole, parts })),
    );
}
