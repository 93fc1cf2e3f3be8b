// What is within reach of help, what is not, and where one more place would help most.

import type { Geometry } from "geojson";
import { tanya } from "./ambil.ts";
import type { JenisSumberDaya } from "./palet.ts";
import type { Letak } from "./peta_hub.ts";

export interface Jangkauan {
  jenis: readonly JenisSumberDaya[];
  jarakKm: number;
  wilayah: string;
}

/** A desa out of reach. */
export interface BarisCakupan {
  desa: { kode: string; nama: string; kecamatan: { nama: string } };
  terdekat: { nama: string } | null;
  jarakKm: number | null;
  persenLuas: number; // of gaps, which all have a boundary
}

export interface Cakupan {
  jumlahDesa: number;
  desaTanpaTitik: number; // nobody knows how far they are: their boundaries are not loaded
  desaTercakup: number;
  persenDesa: number | null; // null where no boundary is loaded: then nobody knows
  baris: BarisCakupan[];
  area: Geometry | null;
}

const CAKUPAN = `query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!) { cakupan(jenis: $j, jarakKm: $km, wilayah: $w) {
  jumlahDesa desaTanpaTitik desaTercakup persenDesa
  baris(hanya: CELAH) { desa { kode nama kecamatan { nama } } terdekat { nama } jarakKm persenLuas }
  area(toleransiMeter: 200) } }`;

const USULAN = `query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!) { usulanLokasi(jenis: $j, jarakKm: $km, wilayah: $w, banyak: 3) {
  urutan tambahanDesa desa { kode nama titik } } }`;

const isian = ({ jenis, jarakKm, wilayah }: Jangkauan) => ({ j: jenis, km: jarakKm, w: wilayah });

export async function muatCakupan(j: Jangkauan, sinyal?: AbortSignal): Promise<Cakupan> {
  return (await tanya<{ cakupan: Cakupan }>(CAKUPAN, isian(j), sinyal)).cakupan;
}

export interface Usulan extends Letak {
  tambahanDesa: number;
}

interface Kiriman {
  usulanLokasi: { urutan: number; tambahanDesa: number; desa: { kode: string; nama: string; titik: { coordinates: [number, number] } | null } }[];
}

export async function muatUsulan(j: Jangkauan, sinyal?: AbortSignal): Promise<Usulan[]> {
  const { usulanLokasi } = await tanya<Kiriman>(USULAN, isian(j), sinyal);
  return usulanLokasi.flatMap(({ urutan, tambahanDesa, desa: { kode, nama, titik } }) =>
    titik === null ? [] : [{ urutan, tambahanDesa, kode, nama, lon: titik.coordinates[0], lat: titik.coordinates[1] }],
  );
}
