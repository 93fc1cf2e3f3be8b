// Where a region lies.

import { tanya } from "./ambil.ts";
import type { Kotak } from "./peta_hub.ts";
import { tingkatKode } from "./tulisan.ts";
import type { Tingkat } from "./tulisan.ts";

const KOTAK: Record<Tingkat, string> = {
  PROVINSI: "query ($k: KodeWilayah!) { w: provinsi(kode: $k) { bbox kabupaten { bbox } } }",
  KABUPATEN: "query ($k: KodeWilayah!) { w: kabupaten(kode: $k) { bbox } }",
  KECAMATAN: "query ($k: KodeWilayah!) { w: kecamatan(kode: $k) { bbox } }",
  DESA: "query ($k: KodeWilayah!) { w: desa(kode: $k) { bbox } }",
};

interface Jawaban {
  w: { bbox: Kotak | null; kabupaten?: { bbox: Kotak | null }[] } | null;
}

/** The box around a region, or around those of its parts that have a boundary; null where none has. */
export async function kotakWilayah(kode: string, sinyal?: AbortSignal): Promise<Kotak | null> {
  const { w } = await tanya<Jawaban>(KOTAK[tingkatKode(kode)], { k: kode }, sinyal);
  const kotak = [w?.bbox ?? null, ...(w?.kabupaten ?? []).map((k) => k.bbox)].filter((k): k is Kotak => k !== null);
  if (kotak.length === 0) return null;
  const tepi = (i: 0 | 1 | 2 | 3) => kotak.map((k) => k[i]);
  return [Math.min(...tepi(0)), Math.min(...tepi(1)), Math.max(...tepi(2)), Math.max(...tepi(3))];
}
