// What the hub says of a form, in an officer's words: without the names that only programs use, and with days as people write them. Pure.

import { KIND_NAMES, lastDayBefore, OWNER_NAMES, PAPER_NAMES, PHASE_NAMES, writeDay } from "./wording.ts";

const NAMES: Record<string, string> = {
  klienL: "klien laki-laki",
  klienP: "klien perempuan",
  jumlahKlien: "jumlah klien",
  anggotaL: "anggota laki-laki",
  anggotaP: "anggota perempuan",
  pengurusL: "pengurus laki-laki",
  pengurusP: "pengurus perempuan",
  ketuaSetuju: "ketua setuju",
  petugasDepan: "petugas depan",
  luasM2: "luas",
  kapasitasM3: "kapasitas",
  pindahTahapWksbm: "tombol Pindah tahap",
  HIBAH: "hibah",
};
for (const [name, word] of Object.entries({ ...OWNER_NAMES, ...PAPER_NAMES, ...KIND_NAMES, ...PHASE_NAMES })) NAMES[name] = /^[A-Z\d]+$/.test(word) ? word : word.toLowerCase();

// these speak of what an officer does not see
const INSTEAD: Record<string, string> = {
  "MIRIP_TERDAFTAR": "Nama yang sama sudah terdaftar di desa ini; yang Anda kirim dicatat sebagai yang lain lagi. Bila yang dimaksud itu, akhiri yang ini.",
  "WKSBM_TAK_ADA": "Jejaring ini tidak ada lagi di hub. Kembali ke daftar, lalu muat ulang.",
  "GUDANG_TAK_ADA": "Gudang ini tidak ada lagi di hub. Kembali ke daftar, lalu muat ulang.",
  "GUDANG_TUJUAN": "Pilih gudang tujuannya.",
  "ID_TERPAKAI": "Catatan ini bentrok dengan yang sudah ada. Tutup, lalu buat yang baru.",
  "DALAM_PERJALANAN": "Barang dicatat dalam perjalanan sampai gudang tujuan menerima atau menolaknya.",
  "DESA_BUKAN_KODE": "Pilih desa atau kelurahannya.",
  "KETUA_TANPA_SETUJU": "Nama ketua tidak disimpan, karena tidak dinyatakan bahwa ia setuju namanya dibuka.",
};
const FIRST_DAY_NO_LONGER = new Set(["AKREDITASI_TERLALU_LAMA", "MASA_TERBALIK", "SURAT_TERBALIK"]); // what these call "sampai"
const DAY = String.raw`\d{4}-\d\d-\d\d`;

export function officerWords(kode: string, message: string): string {
  if (INSTEAD[kode] !== undefined) return INSTEAD[kode];
  const plain = message
    .replaceAll(/ ?\((?:\d\d\.\d\d:)?[\da-f]{8}-[\da-f-]{27}\)/g, "")
    .replaceAll(/ ?\([a-z]+[A-Z]\w*\)/g, "")
    .replaceAll(new RegExp(String.raw`\bsampai \(?(${DAY})\)?`, "g"), (as, day: string) => (FIRST_DAY_NO_LONGER.has(kode) ? `sampai dengan ${writeDay(lastDayBefore(day))}` : as))
    .replaceAll(new RegExp(String.raw`\b${DAY}\b`, "g"), (day) => writeDay(day))
    .replaceAll(/\b[a-z]+[a-z\d]*[A-Z]\w*\b/g, (name) => NAMES[name] ?? name.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`))
    .replaceAll(/\b[A-Z]{2,}[A-Z\d]*(?:_[A-Z\d]+)*\b/g, (name) => NAMES[name] ?? (name.includes("_") ? name.toLowerCase().replaceAll("_", " ") : name));
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
