// What the hub knows of a rekap that is filled in: its form, the office's regions of that time, and its newest revision.

import { ask, Failure } from "../hub/fetch.ts";
import { lastDay } from "../hub/wording.ts";
import type { Rekap } from "./cells.ts";
import { regionsOf } from "./layout.ts";
import type { Form, Regions } from "./layout.ts";
import { ISIAN_FORM, ISIAN_REGIONS, ISIAN_REKAP } from "./queries.ts";

export interface Asked {
  pelapor: string;
  formulir: string;
  periode: string;
}

export interface Known {
  form: Form;
  regions: Regions;
  rekap: Rekap | null;
}

export const idOf = (asked: Asked): string => `${asked.pelapor}:${asked.formulir}:${asked.periode}`;

/** Raises Failure. */
export async function loadKnown(asked: Asked, signal?: AbortSignal): Promise<Known> {
  const regions = async () =>
    (await ask(ISIAN_REGIONS, { wilayah: asked.pelapor, pada: lastDay(asked.periode) }, signal)).kabupaten ??
    (await ask(ISIAN_REGIONS, { wilayah: asked.pelapor, pada: null }, signal)).kabupaten;
  const [{ formulir }, kabupaten, { rekap }] = await Promise.all([ask(ISIAN_FORM, { formulir: asked.formulir }, signal), regions(), ask(ISIAN_REKAP, { id: idOf(asked) }, signal)]);
  if (formulir === null || kabupaten === null) throw new Failure("Formulir atau wilayah itu tidak ada.", "Bukalah isian dari Beranda.", 404);
  return { form: formulir, regions: regionsOf(kabupaten), rekap };
}
