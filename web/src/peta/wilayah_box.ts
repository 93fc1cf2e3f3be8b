// Where a region lies.

import { ask } from "../hub/fetch.ts";
import type { Box } from "./peta_hub.ts";
import { DESA_BOX, KABUPATEN_BOX, KECAMATAN_BOX, PROVINSI_BOX } from "./queries.ts";
import type { DesaBoxQuery, ProvinsiBoxQuery } from "./queries.ts";
import { levelOf } from "../hub/wording.ts";

const BOX_QUERIES = { PROVINSI: PROVINSI_BOX, KABUPATEN: KABUPATEN_BOX, KECAMATAN: KECAMATAN_BOX, DESA: DESA_BOX };

/** West, south, east and north as the hub gives them. */
export function boxOf(bbox: readonly number[] | null): Box | null {
  const [west, south, east, north] = bbox ?? [];
  return west === undefined || south === undefined || east === undefined || north === undefined ? null : [west, south, east, north];
}

/** The box around a region, or around those of its parts that have a boundary; null where none has. */
export async function wilayahBox(kode: string, signal?: AbortSignal): Promise<Box | null> {
  const { wilayah } = await ask<ProvinsiBoxQuery | DesaBoxQuery, { kode: string }>(BOX_QUERIES[levelOf(kode)], { kode }, signal);
  const parts = wilayah !== null && "kabupaten" in wilayah ? wilayah.kabupaten : [];
  const boxes = [wilayah, ...parts].map((part) => boxOf(part?.bbox ?? null)).filter((k) => k !== null);
  if (boxes.length === 0) return null;
  const edge = (i: 0 | 1 | 2 | 3) => boxes.map((k) => k[i]);
  return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
}
