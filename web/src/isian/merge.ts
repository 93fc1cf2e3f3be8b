// Two people changed one rekap: what each changed since the revision that both began with. Pure.

import type { Cell, Work } from "./cells.ts";

/** A cell that both changed, differently; undefined: it is empty there. */
export interface Clash {
  key: string;
  before: Cell | undefined;
  mine: Cell | undefined;
  theirs: Cell | undefined;
}

export interface Merge {
  clashes: Clash[];
  onlyMine: string[]; // keys
  onlyTheirs: string[];
}

export function mergeOf(work: Pick<Work, "baseCells" | "cells">, newest: readonly [string, Cell][]): Merge {
  const [base, mine, theirs] = [new Map(work.baseCells), new Map(work.cells), new Map(newest)];
  const found: Merge = { clashes: [], onlyMine: [], onlyTheirs: [] };
  for (const key of new Set([...base.keys(), ...mine.keys(), ...theirs.keys()])) {
    const [before, own, other] = [base.get(key), mine.get(key), theirs.get(key)];
    if (own === other) continue;
    if (other === before) found.onlyMine.push(key);
    else if (own === before) found.onlyTheirs.push(key);
    else found.clashes.push({ key, before, mine: own, theirs: other });
  }
  return found;
}

/** The work gone on with from the newest revision. `kept`: clashing cells that stay as they are here. */
export function merged(work: Work, revision: number, newest: readonly [string, Cell][], kept: ReadonlySet<string>): Work {
  const { clashes, onlyTheirs } = mergeOf(work, newest);
  const theirs = new Map(newest);
  const cells = new Map(work.cells);
  for (const key of [...onlyTheirs, ...clashes.filter((one) => !kept.has(one.key)).map((one) => one.key)]) {
    const cell = theirs.get(key);
    if (cell === undefined) cells.delete(key);
    else cells.set(key, cell);
  }
  return { ...work, base: revision, baseCells: [...newest], cells: [...cells] };
}
