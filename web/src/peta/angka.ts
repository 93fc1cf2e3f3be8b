// Figures of regions, columnar, as /angka.json gives them: some kilobytes per indicator, while the shapes stay where they are.

import { ambilJson } from "./fetch.ts";
import type { Butir } from "./katalog.ts";
import { bagiKelas, kelasDari } from "./kelas.ts";
import type { Cara, Kelas } from "./kelas.ts";
import type { Status, Tingkat } from "./tulisan.ts";

export interface Angka {
  tanya: Pertanyaan; // what these figures answer
  kode: string[];
  nilai: (number | null)[];
  status: Status[];
  kelengkapan: { diharapkan: number; disetujui: number };
  sumber: string;
}

interface Kiriman extends Omit<Angka, "nilai" | "tanya"> {
  nilai: (number | string | null)[]; // a number that not every reader would get back exactly comes as text
}

export interface Pertanyaan {
  butir: Butir;
  periode: string;
  tingkat: Tingkat;
  wilayah: string;
}

export function alamatAngka({ butir, periode, tingkat, wilayah }: Pertanyaan): string {
  const isi = new URLSearchParams({ [butir.indikator ? "indikator" : "elemen"]: butir.kode, periode, tingkat, wilayah });
  return `/angka.json?${isi}`;
}

export async function muatAngka(p: Pertanyaan, sinyal?: AbortSignal): Promise<Angka> {
  const isi = await ambilJson<Kiriman>(alamatAngka(p), sinyal);
  return { ...isi, tanya: p, nilai: isi.nilai.map((n) => (n === null ? null : Number(n))) };
}

/** What a region's shape is told: `k` its class, -1 zero, -2 none; `s` why it has none: index in KOSONG, else -1. */
export interface Rupa {
  k: number;
  s: number;
}
export const KOSONG = ["TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU", "DISUPRESI"] as const;

export interface Pembagian {
  kelas: Kelas[];
  rupa: Map<string, Rupa>;
  /** how many regions have each status */
  hitungan: Map<Status, number>;
}

/** Classes over all values but zero, which has a colour of its own, and what each region looks like. */
export function bagi(angka: Angka, cara: Cara, banyak: number): Pembagian {
  const kelas = bagiKelas(angka.nilai.filter((n): n is number => n !== null && n !== 0), cara, banyak);
  const rupa = new Map<string, Rupa>();
  const hitungan = new Map<Status, number>();
  angka.kode.forEach((kode, i) => {
    const nilai = angka.nilai[i] ?? null;
    const status = nilai === null ? (angka.status[i] ?? "TIDAK_ADA_DATA") : nilai === 0 ? "NOL" : "ADA";
    hitungan.set(status, (hitungan.get(status) ?? 0) + 1);
    if (nilai === null) rupa.set(kode, { k: -2, s: Math.max(0, KOSONG.findIndex((k) => k === status)) });
    else rupa.set(kode, { k: nilai === 0 ? -1 : kelasDari(nilai, kelas), s: -1 });
  });
  return { kelas, rupa, hitungan };
}
