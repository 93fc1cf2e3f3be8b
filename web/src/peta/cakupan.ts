// What is within reach of help, what is not, and where one more place would help most.

import { ask } from "./fetch.ts";
import type { Letak } from "./peta_hub.ts";
import { CAKUPAN, PROPOSED_PLACES } from "./queries.ts";
import type { CakupanQuery, JenisSumberDaya } from "./queries.ts";

export interface Jangkauan {
  jenis: readonly JenisSumberDaya[];
  jarakKm: number;
  wilayah: string;
}

/** `desaTanpaTitik`: nobody knows how far they are, their boundaries are not loaded. `persenDesa` is 0 also where none is. */
export type Cakupan = CakupanQuery["cakupan"];
/** A desa out of reach. */
export type BarisCakupan = Cakupan["baris"][number];

export async function muatCakupan(j: Jangkauan, sinyal?: AbortSignal): Promise<Cakupan> {
  return (await ask(CAKUPAN, { ...j }, sinyal)).cakupan;
}

export interface Usulan extends Letak {
  tambahanDesa: number;
}

export async function muatUsulan(j: Jangkauan, sinyal?: AbortSignal): Promise<Usulan[]> {
  const { usulanLokasi } = await ask(PROPOSED_PLACES, { ...j }, sinyal);
  return usulanLokasi.flatMap(({ urutan, tambahanDesa, desa: { kode, nama, titik } }) =>
    titik?.type === "Point" ? [{ urutan, tambahanDesa, kode, nama, lon: titik.coordinates[0] ?? 0, lat: titik.coordinates[1] ?? 0 }] : [],
  );
}
