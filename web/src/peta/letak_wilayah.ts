// Where a region lies.

import { ask } from "./fetch.ts";
import type { Kotak } from "./peta_hub.ts";
import { DESA_BOX, KABUPATEN_BOX, KECAMATAN_BOX, PROVINSI_BOX } from "./queries.ts";
import type { DesaBoxQuery, ProvinsiBoxQuery } from "./queries.ts";
import { tingkatKode } from "./tulisan.ts";

const KOTAK = { PROVINSI: PROVINSI_BOX, KABUPATEN: KABUPATEN_BOX, KECAMATAN: KECAMATAN_BOX, DESA: DESA_BOX };

/** West, south, east and north as the hub gives them. */
export function boxOf(bbox: readonly number[] | null): Kotak | null {
  const [west, south, east, north] = bbox ?? [];
  return west === undefined || south === undefined || east === undefined || north === undefined ? null : [west, south, east, north];
}

/** The box around a region, or around those of its parts that have a boundary; null where none has. */
export async function kotakWilayah(kode: string, sinyal?: AbortSignal): Promise<Kotak | null> {
  const { wilayah } = await ask<ProvinsiBoxQuery | DesaBoxQuery, { kode: string }>(KOTAK[tingkatKode(kode)], { kode }, sinyal);
  const parts = wilayah !== null && "kabupaten" in wilayah ? wilayah.kabupaten : [];
  const kotak = [wilayah, ...parts].map((part) => boxOf(part?.bbox ?? null)).filter((k) => k !== null);
  if (kotak.length === 0) return null;
  const tepi = (i: 0 | 1 | 2 | 3) => kotak.map((k) => k[i]);
  return [Math.min(...tepi(0)), Math.min(...tepi(1)), Math.max(...tepi(2)), Math.max(...tepi(3))];
}
