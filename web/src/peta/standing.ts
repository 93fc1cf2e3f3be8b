// How a region stands among those that are shown beside it.

import type { Shown } from "./angka.ts";

/** `rank`: 1 is the largest, equal ones share it; `of`: regions with a figure; `share`: of their sum, null where figures do
 * not add up. */
export interface Standing {
  rank: number;
  of: number;
  share: number | null;
}

const NO_SUM = new Set(["persen", "rasio", "indeks", "kali", "per indikator"]);

/** null where the region has no figure there. The rank is by what colours the map, the share by the figures themselves. */
export function standingOf(kode: string, { angka, nilai }: Shown): Standing | null {
  const i = angka.kode.indexOf(kode);
  const own = nilai[i] ?? null;
  const count = angka.nilai[i] ?? null;
  if (own === null || count === null) return null;
  const all = nilai.filter((n) => n !== null);
  const sum = angka.nilai.reduce<number>((total, n) => total + (n ?? 0), 0);
  const { item } = angka.question;
  const adds = !item.indikator && !NO_SUM.has(item.satuan) && sum > 0 && angka.nilai.every((n) => (n ?? 0) >= 0);
  return { rank: 1 + all.filter((n) => n > own).length, of: all.length, share: adds && all.length > 1 ? (count / sum) * 100 : null };
}
