// Where a region lies, by whatever boundaries are loaded.

import { fetchJson } from "../hub/fetch.ts";
import { LEVELS, levelsFor } from "./katalog.ts";
import type { Box } from "./peta_hub.ts";
import type { Level } from "../hub/wording.ts";

async function bounds(question: string, signal?: AbortSignal): Promise<Box | null> {
  const answer = await fetchJson<{ bounds?: Box }>(`/ubin/wilayah.json?${question}`, signal);
  return answer.bounds ?? null; // it says none where nothing of that region is drawn
}

/** The box around those regions, or around those of their parts that have a boundary; null where none has. */
export async function wilayahBox(kode: readonly string[], signal?: AbortSignal): Promise<Box | null> {
  const boxes = (await Promise.all(kode.map((k) => bounds(`wilayah=${k}`, signal)))).filter((k) => k !== null);
  if (boxes.length === 0) return null;
  const edge = (i: 0 | 1 | 2 | 3) => boxes.map((k) => k[i]);
  return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
}

/** Whether regions of a level have a boundary there; where none has, which other levels have. */
export interface LevelBatas {
  level: Level;
  wilayah: string;
  isLoaded: boolean;
  others: Level[];
}

export async function loadLevelBatas(wilayah: string, level: Level, signal?: AbortSignal): Promise<LevelBatas> {
  const isLoaded = async (one: Level): Promise<boolean> => (await bounds(`wilayah=${wilayah}&tingkat=${one}`, signal)) !== null;
  if (await isLoaded(level)) return { level, wilayah, isLoaded: true, others: [] };
  const loaded = await Promise.all(levelsFor(wilayah).map(async (one) => (one !== level && (await isLoaded(one)) ? one : null)));
  return { level, wilayah, isLoaded: false, others: LEVELS.filter((one) => loaded.includes(one)) };
}
