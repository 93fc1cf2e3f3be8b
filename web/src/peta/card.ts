// The card of the one thing that was clicked: what it may be, and how long it stays open.

import type { BatasQuality } from "./palette.ts";
import { drawnLevel } from "./view.ts";
import type { View } from "./view.ts";
import { levelOf } from "../hub/wording.ts";

export type Thing = { kind: "wilayah"; kode: string } | { kind: "sumber-daya"; id: string } | { kind: "wksbm"; id: string } | BatasTemuan;
/** As a tile tells it. */
export interface BatasTemuan {
  kind: "batas";
  quality: BatasQuality;
  kode: string;
  others: string[];
  areaM2: number;
  part: number | null;
}

/** Whether an open card still belongs to what is looked at: a card of another level, region or tab would speak of what is no
 * longer shown. */
export function staysOpen(thing: Thing, before: View, after: View): boolean {
  const isOfLevel = thing.kind === "wilayah" && levelOf(thing.kode) === drawnLevel(after);
  if (after.tab !== before.tab && !isOfLevel) return false;
  if (thing.kind !== "wilayah") return true;
  if (after.level !== before.level && !isOfLevel) return false;
  return after.wilayah === before.wilayah || thing.kode.startsWith(after.wilayah);
}
