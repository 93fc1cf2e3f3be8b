// Numbers, periods, dates and levels as Indonesians read them.

import type { StatusNilai, TingkatWilayah } from "./queries.ts";

const ANGKA = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 2 });
const SATU_DESIMAL = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const TANGGAL = new Intl.DateTimeFormat("id-ID", { dateStyle: "long" });

export type Tingkat = TingkatWilayah;
export const TINGKAT: Record<Tingkat, string> = {
  PROVINSI: "Provinsi",
  KABUPATEN: "Kabupaten/kota",
  KECAMATAN: "Kecamatan",
  DESA: "Desa/kelurahan",
};

export const STATUS = {
  ADA: "Ada angka",
  NOL: "Nol",
  TIDAK_ADA_DATA: "Tidak ada data",
  TIDAK_DILAKSANAKAN: "Tidak dilaksanakan",
  TIDAK_BERLAKU: "Tidak berlaku",
  DISUPRESI: "Ditutup untuk melindungi orangnya",
} as const satisfies Record<StatusNilai, string>;
export type Status = StatusNilai;

/** A number with thousands points and a decimal comma. */
export const tulisAngka = (n: number): string => ANGKA.format(n);

/** Short enough for a legend: 1.234, 470,3 juta, 12,2 miliar. */
export function tulisRingkas(n: number): string {
  const besar = Math.abs(n);
  // from 999,95 on one decimal would round up to a thousand of the smaller word
  if (besar >= 999.95e9) return `${SATU_DESIMAL.format(n / 1e12)} triliun`;
  if (besar >= 999.95e6) return `${SATU_DESIMAL.format(n / 1e9)} miliar`;
  if (besar >= 1e6) return `${SATU_DESIMAL.format(n / 1e6)} juta`;
  return tulisAngka(n);
}

/** A figure with its unit: "Rp470.325.000", "51,96%", "1.594 KPM". */
export function tulisNilai(n: number, satuan: string): string {
  if (satuan === "rupiah") return `${n < 0 ? "-" : ""}Rp${tulisAngka(Math.abs(n))}`;
  if (satuan === "persen") return `${tulisAngka(n)}%`;
  if (satuan === "rasio" || satuan === "indeks" || satuan === "") return tulisAngka(n);
  return `${tulisAngka(n)} ${satuan}`;
}

/** What a region has: its figure, or why there is none. */
export function tulisKeadaan(nilai: number | null, status: Status, satuan: string): string {
  return nilai === null ? STATUS[status] : tulisNilai(nilai, satuan);
}

const BULAN = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

/** "2020-TW3" → "Triwulan III 2020"; what is no period comes back as it is. */
export function namaPeriode(periode: string): string {
  const [tahun, bagian] = periode.split("-");
  if (bagian === undefined) return `Tahun ${periode}`;
  const triwulan = /^TW([1-4])$/.exec(bagian)?.[1];
  if (triwulan !== undefined) return `Triwulan ${["I", "II", "III", "IV"][Number(triwulan) - 1] ?? ""} ${tahun}`;
  const semester = /^S([12])$/.exec(bagian)?.[1];
  if (semester !== undefined) return `Semester ${semester === "1" ? "I" : "II"} ${tahun}`;
  const bulan = BULAN[Number(bagian) - 1];
  return bulan === undefined ? periode : `${bulan} ${tahun}`;
}

/** Newest first: by the period's last month, the longer one before its last part. */
export function urutPeriode(a: string, b: string): number {
  return akhir(b) - akhir(a) || panjang(b) - panjang(a);
}

function akhir(periode: string): number {
  const [tahun, bagian = ""] = periode.split("-");
  const nomor = Number(/\d+$/.exec(bagian)?.[0] ?? 0);
  const bulan = bagian === "" ? 12 : bagian.startsWith("TW") ? nomor * 3 : bagian.startsWith("S") ? nomor * 6 : nomor;
  return Number(tahun) * 12 + bulan;
}

function panjang(periode: string): number {
  return periode.length === 4 ? 12 : periode.includes("S") ? 6 : periode.includes("TW") ? 3 : 1; // months
}

/** A period's last day: "2020-TW1" → "2020-03-31". */
export function hariTerakhir(periode: string): string {
  const bulan = akhir(periode) - Number(periode.slice(0, 4)) * 12;
  return new Date(Date.UTC(Number(periode.slice(0, 4)), bulan, 0)).toISOString().slice(0, 10);
}

export const tulisTanggal = (hari: Date): string => TANGGAL.format(hari);

/** 23.400 m² → "2,3 ha", from a square kilometre on "1,2 km²". */
export const tulisLuas = (m2: number): string => (m2 < 1e6 ? `${SATU_DESIMAL.format(m2 / 1e4)} ha` : `${SATU_DESIMAL.format(m2 / 1e6)} km²`);

export const tulisKm = (km: number): string => `${SATU_DESIMAL.format(km)} km`;

/** What a tile says in a word; "" where it says nothing. */
export const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The level that a code speaks of: "53", "53.14", "53.14.01", "53.14.01.2005". */
export function tingkatKode(kode: string): Tingkat {
  return (["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"] as const)[kode.split(".").length - 1] ?? "DESA";
}

/** "Kabupaten Rote Ndao", "Kota Kupang", "Kecamatan Lobalain". */
export function namaLengkap(nama: string, kode: string): string {
  const tingkat = tingkatKode(kode);
  if (tingkat === "KABUPATEN") return nama.startsWith("Kota ") ? nama : `Kabupaten ${nama}`;
  if (tingkat === "KECAMATAN") return `Kecamatan ${nama}`;
  if (tingkat === "DESA") return `${kode.split(".")[3]?.startsWith("1") === true ? "Kelurahan" : "Desa"} ${nama}`;
  return nama;
}
