// A resource as it stands in the form: everything as text; to and from what the hub takes. Pure.

import type { Finding } from "../meja/field.tsx";
import { partOf } from "./parts.ts";
import type { CakupanLembaga, ResourceQuery, SumberDayaMasukan } from "./queries.ts";
import { FIELDS, isKind, isOwner, isPaperKind } from "./resource_fields.ts";
import type { FieldOf } from "./resource_fields.ts";
import { readDecimal, readDegrees, readWhole } from "./typed.ts";
import { dayAfter, lastDayBefore } from "./wording.ts";

export type Resource = NonNullable<ResourceQuery["sumberDaya"]>;

/** `last`: the last day on which it holds, "" without end. */
export interface Paper {
  kind: string;
  number: string;
  since: string;
  last: string;
  grade: string;
  scope: string;
}

/** `values`: by the id of the field; `id`: null until the desa of a new one is known; `suffix`: what a new one is to be known by. */
export interface ResourceDraft {
  id: string | null;
  suffix: string;
  version: number | null;
  values: Record<string, string>;
  papers: Paper[];
}

export const EMPTY_PAPER: Paper = { kind: "", number: "", since: "", last: "", grade: "", scope: "" };

/** A version 4 UUID; crypto.randomUUID is not there on plain http in an office's own network. */
export function newSuffix(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export const newDraft = (since: string): ResourceDraft => ({ id: null, suffix: newSuffix(), version: null, values: { pemilik: "MASYARAKAT", sejak: since }, papers: [] });

/** What it is known by; a new one by the kabupaten that it is put into. */
export const idOf = (draft: ResourceDraft): string => (draft.version === null || draft.id === null ? `${(draft.values["desa"] ?? "").slice(0, 5)}:${draft.suffix}` : draft.id);

const shown = (value: unknown): string => {
  if (typeof value === "boolean") return value ? "ya" : "tidak";
  if (typeof value === "number") return String(value).replace(".", ",");
  return typeof value === "string" ? value : "";
};

/** What the hub has, as the form shows it. */
export function draftOf(resource: Resource): ResourceDraft {
  const given: Record<string, unknown> = { ...resource };
  const values: Record<string, string> = {
    jenis: resource.jenis,
    nama: resource.nama,
    pemilik: resource.pemilik,
    desa: resource.desa.kode,
    alamat: resource.alamat ?? "",
    sejak: resource.sejak,
    sampai: lastDayBefore(resource.sampai),
    rahasia: resource.rahasia ? "ya" : "tidak",
    sumber: resource.sumber ?? "",
  };
  if (resource.titik?.type === "Point") {
    const [lon, lat] = resource.titik.coordinates;
    values["lintang"] = shown(lat);
    values["bujur"] = shown(lon);
  }
  if ("pantiServed" in resource) Object.assign(given, { sasaran: resource.pantiServed, dayaTampung: resource.pantiPlaces }); // a panti always has them: another type
  for (const { name } of FIELDS[resource.jenis]) values[name] = shown(given[name]);
  if (values["ketua"] !== undefined && values["ketua"] !== "") values["ketuaSetuju"] = "ya"; // else it would not be there
  for (const [total, ...parts] of [["jumlahKlien", "klienL", "klienP"], ["jumlahAnggota", "anggotaL", "anggotaP"], ["jumlahPengurus", "pengurusL", "pengurusP"]]) {
    // the hub has added it up
    if (total !== undefined && values[total] !== undefined && parts.some((part) => (values[part] ?? "") !== "")) values[total] = "";
  }
  const papers = resource.surat.map((one) => ({ kind: one.jenis, number: one.nomor ?? "", since: one.sejak, last: lastDayBefore(one.sampai), grade: one.peringkat ?? "", scope: one.cakupan ?? "" }));
  return { id: resource.id, suffix: "", version: resource.versi, values, papers };
}

export type Read = { input: SumberDayaMasukan; findings: [] } | { input: null; findings: Finding[] };

/** The form as the hub takes it, or all that shows without asking the hub. */
export function readDraft(draft: ResourceDraft): Read {
  const findings: Finding[] = [];
  const wrong = (place: string, message: string) => void findings.push({ place, message, isError: true, suggestion: null, ...partOf(place) });
  const value = (name: string): string => (draft.values[name] ?? "").trim();
  const kind = value("jenis");
  const owner = value("pemilik");
  if (!isKind(kind)) wrong("jenis", "Pilih jenisnya.");
  if (value("nama") === "") wrong("nama", "Nama harus diisi.");
  if (!isOwner(owner)) wrong("pemilik", "Pilih pemiliknya.");
  if (value("desa") === "") wrong("desa", "Pilih desa atau kelurahannya.");
  if (value("sejak") === "") wrong("sejak", "Isi hari pertama ada; bila tidak diketahui, 1 Januari tahunnya.");
  else if (value("sampai") !== "" && value("sampai") < value("sejak")) wrong("sampai", "Hari terakhir lebih awal daripada hari pertama.");
  const point = readPoint(value("lintang"), value("bujur"), wrong);
  const more: Record<string, unknown> = {};
  for (const field of isKind(kind) ? FIELDS[kind] : []) more[field.name] = readField(field, value(field.name), wrong);
  draft.papers.forEach((paper, i) => checkPaper(paper, i, wrong));
  if (findings.length > 0 || !isKind(kind) || !isOwner(owner)) return { input: null, findings };
  const input: SumberDayaMasukan = {
    ...more,
    id: idOf(draft),
    versi: draft.version,
    jenis: kind,
    nama: value("nama"),
    pemilik: owner,
    desa: value("desa"),
    sejak: value("sejak"),
    sampai: dayAfter(value("sampai")),
    alamat: orNull(value("alamat")),
    titik: point,
    rahasia: value("rahasia") === "ya",
    sumber: orNull(value("sumber")),
    surat: draft.papers.flatMap((one) =>
      isPaperKind(one.kind)
        ? [{ jenis: one.kind, sejak: one.since, sampai: dayAfter(one.last), nomor: orNull(one.number.trim()), peringkat: one.kind === "AKREDITASI" ? orNull(one.grade) : null, cakupan: scopeOf(one.scope) }]
        : [],
    ),
  };
  return { input, findings: [] };
}

const orNull = (text: string): string | null => (text === "" ? null : text);
const scopeOf = (text: string): CakupanLembaga | null => (text === "KOTA" || text === "PROVINSI" || text === "NASIONAL" ? text : null);

type Wrong = (place: string, message: string) => void;

function readField(field: FieldOf, text: string, wrong: Wrong): string | number | boolean | null {
  if (text === "") {
    if (field.isRequired === true) wrong(field.name, `${field.label} harus diisi.`);
    return null;
  }
  if (field.type === "yes-no") return text === "ya";
  if (field.type === "text" || field.type === "choice") return text;
  const number = field.type === "whole" ? readWhole(text) : readDecimal(text);
  if (number === null) wrong(field.name, field.type === "whole" ? `"${text}" bukan bilangan bulat; tulis misalnya 1250.` : `"${text}" bukan angka; tulis misalnya 1250,5.`);
  else if (number < 0) wrong(field.name, `${field.label} tidak boleh kurang dari nol.`);
  return number;
}

function readPoint(lat: string, lon: string, wrong: Wrong): SumberDayaMasukan["titik"] {
  if (lat === "" && lon === "") return null;
  const [north, east] = [readDegrees(lat), readDegrees(lon)];
  if (north === null || Math.abs(north) > 90) wrong("lintang", "Lintang antara -90 dan 90 derajat, misalnya -10,7312.");
  if (east === null || Math.abs(east) > 180) wrong("bujur", "Bujur antara -180 dan 180 derajat, misalnya 123,0512.");
  return north === null || east === null ? null : { type: "Point", coordinates: [east, north] };
}

function checkPaper(paper: Paper, i: number, wrong: Wrong): void {
  if (paper.kind === "") wrong(`surat-${i}`, "Pilih jenis berkasnya.");
  if (paper.since === "") wrong(`surat-${i}-sejak`, "Isi hari pertama berlaku.");
  else if (paper.last !== "" && paper.last < paper.since) wrong(`surat-${i}-sampai`, "Hari terakhir lebih awal daripada hari pertama.");
  if (paper.kind === "AKREDITASI" && paper.grade === "") wrong(`surat-${i}-peringkat`, "Pilih peringkat akreditasinya.");
}
