// What each kind of resource is asked for. Pure.

import type { JenisSumberDaya, JenisSurat, Pemilik } from "./queries.ts";
import { SCOPE_NAMES } from "./wording.ts";

export interface FieldOf {
  name: string; // as the hub calls it
  label: string;
  type: "text" | "whole" | "decimal" | "choice" | "yes-no";
  choices?: Record<string, string>;
  hint?: string;
  isRequired?: boolean;
}

const YES_NO = { "ya": "Ya", "tidak": "Tidak" };
const whole = (name: string, label: string, hint?: string): FieldOf => ({ name, label, type: "whole", ...(hint === undefined ? {} : { hint }) });
const text = (name: string, label: string): FieldOf => ({ name, label, type: "text" });
const yesNo = (name: string, label: string): FieldOf => ({ name, label, type: "yes-no", choices: YES_NO });
const people = (name: string, Name: string, what: string): FieldOf[] => [
  whole(`${name}L`, `${what} laki-laki`),
  whole(`${name}P`, `${what} perempuan`),
  whole(`jumlah${Name}`, `Semua ${what.toLowerCase()}`, "Cukup ini bila laki-laki dan perempuan tidak diketahui."),
];
const CLIENTS = people("klien", "Klien", "Klien");
const SERVED = [text("sasaran", "Siapa yang dilayani"), whole("dayaTampung", "Daya tampung (orang)")];
const OF_INSTITUTIONS: FieldOf[] = [
  text("bidang", "Bidang pelayanan"),
  { name: "cakupan", label: "Cakupan pelayanan", type: "choice", choices: SCOPE_NAMES },
  text("ketua", "Nama ketua"),
  { ...yesNo("ketuaSetuju", "Ketua setuju namanya dibuka"), hint: "Tanpa persetujuannya nama tidak disimpan." },
];
const AT_DESKS = [
  text("sumberDana", "Sumber dana"),
  whole("tahun", "Tahun mulai"),
  whole("petugasDepan", "Petugas depan (orang)"),
  whole("petugasBelakang", "Petugas belakang (orang)"),
  whole("pengaduanMasuk", "Pengaduan masuk"),
  whole("pengaduanSelesai", "Pengaduan selesai"),
];

export const FIELDS: Record<JenisSumberDaya, readonly FieldOf[]> = {
  PANTI: [...SERVED.map((one) => ({ ...one, isRequired: true })), ...CLIENTS, ...OF_INSTITUTIONS],
  LKS: [...CLIENTS, ...OF_INSTITUTIONS],
  LK3: [text("bidang", "Bidang pelayanan"), ...CLIENTS],
  RUMAH_SINGGAH: [...SERVED, ...CLIENTS],
  SLRT: [text("sekretariat", "Sekretariat"), ...AT_DESKS],
  PUSKESOS: [text("pengelola", "Lembaga pengelola"), ...AT_DESKS],
  GUDANG_BENCANA: [
    { name: "tingkatGudang", label: "Tingkat gudang", type: "choice", choices: { PUSAT: "Pusat", PROVINSI: "Provinsi", KABUPATEN: "Kabupaten/kota" } },
    { name: "luasM2", label: "Luas (m²)", type: "decimal" },
    { name: "kapasitasM3", label: "Kapasitas (m³)", type: "decimal" },
  ],
  KAMPUNG_SIAGA_BENCANA: [yesNo("lumbung", "Ada lumbung sosial"), yesNo("gardu", "Ada gardu sosial"), ...people("anggota", "Anggota", "Anggota")],
  KARANG_TARUNA: [
    { name: "klasifikasi", label: "Klasifikasi", type: "choice", choices: { TUMBUH: "Tumbuh", BERKEMBANG: "Berkembang", MAJU: "Maju", PERCONTOHAN: "Percontohan" } },
    ...people("anggota", "Anggota", "Anggota"),
    ...people("pengurus", "Pengurus", "Pengurus"),
  ],
};

const CERTIFIED: ReadonlySet<JenisSumberDaya> = new Set(["PANTI", "LKS", "LK3", "RUMAH_SINGGAH"]);
const ALL_PAPERS: readonly JenisSurat[] = ["TANDA_DAFTAR", "AKREDITASI", "SK"];

/** The papers that a kind can have. */
export const papersOf = (kind: JenisSumberDaya): readonly JenisSurat[] => (CERTIFIED.has(kind) ? ALL_PAPERS : ["SK"]);

export const KINDS = Object.keys(FIELDS).filter((name): name is JenisSumberDaya => Object.hasOwn(FIELDS, name));

export const isKind = (name: string): name is JenisSumberDaya => Object.hasOwn(FIELDS, name);
export const isOwner = (name: string): name is Pemilik => ["KEMENTERIAN", "PROVINSI", "KABUPATEN", "DESA", "MASYARAKAT"].includes(name);
export const isPaperKind = (name: string): name is JenisSurat => ALL_PAPERS.some((one) => one === name);
