// What the hub's choices are called, and what may be said of days. Pure.

import { dayOf, readDay, writeDate } from "../hub/wording.ts";
import type { CakupanLembaga, JenisMutasiStok, JenisSumberDaya, JenisSurat, KesehatanStok, Pemilik, SkalaJejaring, StatusPindahan, SumberDana, TahapWksbm } from "./queries.ts";

export const KIND_NAMES: Record<JenisSumberDaya, string> = {
  LKS: "LKS",
  PANTI: "Panti",
  LK3: "LK3",
  RUMAH_SINGGAH: "Rumah singgah",
  SLRT: "SLRT",
  PUSKESOS: "Puskesos",
  GUDANG_BENCANA: "Gudang bencana",
  KAMPUNG_SIAGA_BENCANA: "Kampung siaga bencana",
  KARANG_TARUNA: "Karang taruna",
};
export const OWNER_NAMES: Record<Pemilik, string> = {
  KEMENTERIAN: "Kementerian",
  PROVINSI: "Provinsi",
  KABUPATEN: "Kabupaten/kota",
  DESA: "Desa atau kelurahan",
  MASYARAKAT: "Masyarakat",
};
export const PAPER_NAMES: Record<JenisSurat, string> = { TANDA_DAFTAR: "Tanda daftar", AKREDITASI: "Akreditasi", SK: "SK atau izin" };
export const SCOPE_NAMES: Record<CakupanLembaga, string> = { KOTA: "Kabupaten/kota", PROVINSI: "Provinsi", NASIONAL: "Nasional" };
export const FUND_NAMES: Record<SumberDana, string> = { APBN: "APBN", APBD: "APBD", HIBAH: "Hibah" };
export const MOVEMENT_NAMES: Record<JenisMutasiStok, string> = {
  TERIMA: "Diterima",
  KELUAR: "Dibagikan",
  PINDAH_MASUK: "Datang dari gudang lain",
  PINDAH_KELUAR: "Dikirim ke gudang lain",
  KOREKSI: "Koreksi",
};
export const TRANSFER_NAMES: Record<StatusPindahan, string> = { DALAM_PERJALANAN: "Dalam perjalanan", DITERIMA: "Diterima", DITOLAK: "Ditolak" };
export const PHASE_NAMES: Record<TahapWksbm, string> = { PENUMBUHAN: "Penumbuhan", PEMANTAPAN: "Pemantapan", PENGEMBANGAN: "Pengembangan" };
export const REACH_NAMES: Record<SkalaJejaring, string> = { LOKAL: "Lokal", REGIONAL: "Regional", NASIONAL: "Nasional" };
/** How well a store is filled: a word and a sign, never by colour alone. */
export const HEALTH_WORDS: Record<KesehatanStok, { sign: string; word: string }> = {
  AMAN: { sign: "✓", word: "Aman" },
  MENIPIS: { sign: "▽", word: "Menipis" },
  KRITIS: { sign: "▼", word: "Kritis" },
  KOSONG: { sign: "○", word: "Kosong" },
  TIDAK_ADA_DATA: { sign: "–", word: "Belum ada catatan" },
};

export const isHealth = (text: string): text is KesehatanStok => Object.hasOwn(HEALTH_WORDS, text);

export function healthWords(text: string): string {
  const words = HEALTH_WORDS[isHealth(text) ? text : "TIDAK_ADA_DATA"];
  return `${words.sign} ${words.word}`;
}

/** A day so many days later. */
export function shiftDay(day: string, days: number): string {
  const date = readDay(day);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}

/** What the hub calls the first day no longer, people call by the last one before it. */
export const lastDayBefore = (end: string | null): string => (end === null ? "" : shiftDay(end, -1));
export const dayAfter = (last: string): string | null => (last === "" ? null : shiftDay(last, 1));

export const writeDay = (day: string): string => writeDate(readDay(day));

export interface Placed {
  kode: string;
  nama: string;
  kecamatan: { nama: string; kabupaten: { kode: string; nama: string } };
}

/** "Sotimori, Kec. Landu Leko", for a province with the kabupaten. */
export function placeWords(desa: Placed, withKabupaten: boolean): string {
  const near = `${desa.nama}, Kec. ${desa.kecamatan.nama}`;
  return withKabupaten ? `${near}, ${desa.kecamatan.kabupaten.nama}` : near;
}
