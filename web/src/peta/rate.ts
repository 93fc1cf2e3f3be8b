// Counts per thousand of those they could count: a large kabupaten is not darker only because many live there.

import type { Available, Item } from "./katalog.ts";
import { comparePeriode, isPartOf } from "../hub/wording.ts";

/** Whom a count is told per thousand of. */
export interface Base {
  elemen: string;
  word: string; // as it stands after "1.000"
}

const FAMILIES: Base = { elemen: "WIL02", word: "KK" };
const PEOPLE: Base = { elemen: "WIL01", word: "penduduk" };
const BASES: Record<string, Base> = { KK: FAMILIES, KPM: FAMILIES, RT: FAMILIES, orang: PEOPLE };
const TRIED = 3; // periods, at most

/** null: no count of people or families, or what such counts are told per. */
export function baseOf(item: Item): Base | null {
  if (item.indikator || item.always || item.kode === FAMILIES.elemen || item.kode === PEOPLE.elemen) return null;
  return BASES[item.satuan] ?? null;
}

/** The periods that have the base, in the order to be tried: the same one, those that hold it, then the nearest before. */
export function basePeriode(base: Base, periode: string, available: Available): string[] {
  const present = [...(available.get(base.elemen)?.keys() ?? [])].toSorted(comparePeriode);
  const holding = present.filter((p) => p !== periode && isPartOf(periode, p)).toReversed(); // the longer ends no earlier
  const before = present.filter((p) => !isPartOf(periode, p) && comparePeriode(periode, p) < 0);
  return [...present.filter((p) => p === periode), ...holding, ...before].slice(0, TRIED);
}

export interface Rate {
  base: Base;
  periode: string; // of the base
  nilai: (number | null)[]; // per thousand; null: no figure, or no base of that region
  isWhole: boolean; // whether each region with a figure has one
}

/** Per thousand of `base`, in the order of `kode`. null where no region has a base. */
export function rateOf(nilai: readonly (number | null)[], kode: readonly string[], base: Base, periode: string, of: ReadonlyMap<string, number>): Rate | null {
  const rates = kode.map((k, i) => {
    const [count, whole] = [nilai[i] ?? null, of.get(k) ?? 0];
    return count === null ? null : count === 0 ? 0 : whole > 0 ? (count * 1000) / whole : null;
  });
  const isKnown = kode.some((k, i) => (nilai[i] ?? 0) !== 0 && (of.get(k) ?? 0) > 0);
  return isKnown ? { base, periode, nilai: rates, isWhole: rates.every((r, i) => r !== null || (nilai[i] ?? null) === null) } : null;
}
