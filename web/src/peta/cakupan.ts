// What is within reach of help, what is not, and where one more place would help most.

import { ask } from "../hub/fetch.ts";
import type { Place } from "./peta_hub.ts";
import { CAKUPAN, PROPOSED_PLACES } from "./queries.ts";
import type { CakupanQuery, JenisSumberDaya } from "./queries.ts";

export interface Reach {
  jenis: readonly JenisSumberDaya[];
  jarakKm: number;
  wilayah: string;
}

/** `desaTanpaTitik`: nobody knows how far they are, their boundaries are not loaded. `persenDesa` is null where none is. */
export type Cakupan = CakupanQuery["cakupan"];
/** A desa out of reach. */
export type CakupanRow = Cakupan["baris"][number];

export async function loadCakupan(j: Reach, signal?: AbortSignal): Promise<Cakupan> {
  return (await ask(CAKUPAN, { ...j }, signal)).cakupan;
}

export interface Proposal extends Place {
  extraDesa: number;
}

export async function loadProposals(j: Reach, signal?: AbortSignal): Promise<Proposal[]> {
  const { usulanLokasi: places } = await ask(PROPOSED_PLACES, { ...j }, signal);
  return places.flatMap(({ urutan: rank, tambahanDesa: extraDesa, desa: { kode, nama: name, titik: point } }) =>
    point?.type === "Point" ? [{ rank, extraDesa, kode, name, lon: point.coordinates[0] ?? 0, lat: point.coordinates[1] ?? 0 }] : [],
  );
}
