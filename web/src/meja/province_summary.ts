// How far a province's offices are with what was due last. Pure.

import { monthCount } from "../hub/wording.ts";
import type { ProvinceHomeQuery } from "./queries.ts";

/** Of one period. `offices`: of all that are expected, how many have everything approved. */
export interface Progress {
  periode: string;
  offices: { done: number; expected: number };
  approved: number;
  expected: number;
  late: number; // rekap
}

const MONTHS_OF_KIND: Record<string, number> = { "BULAN": 1, "TRIWULAN": 3, "SEMESTER": 6, "TAHUN": 12 };

/** In the order of `periods`; those for which nothing is expected are left out. */
export function progressOf({ kelengkapan }: ProvinceHomeQuery, periods: readonly string[]): Progress[] {
  return periods.flatMap((periode) => {
    const owed = kelengkapan.filter((row) => row.periode === periode && monthCount(periode) === MONTHS_OF_KIND[row.formulir.periodeJenis]);
    if (owed.length === 0) return [];
    const isDone = (row: (typeof owed)[number]): boolean => row.status === "DISETUJUI" || (row.status === null && row.dipenuhi.length > 0);
    const offices = new Map<string, boolean>();
    for (const row of owed) offices.set(row.kabupaten.kode, (offices.get(row.kabupaten.kode) ?? true) && isDone(row));
    return [{
      periode, offices: { done: Array.from(offices.values()).filter(Boolean).length, expected: offices.size },
      approved: owed.filter(isDone).length, expected: owed.length, late: owed.filter((row) => row.terlambat).length,
    }];
  });
}
