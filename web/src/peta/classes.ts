// Classes of a choropleth: which values share a colour.

export type Method = "kuantil" | "sama";

/** One class. It holds the values above the class before it, up to and including `upTo`. `from` and `to` are what the
 * legend says: the values that are in it (kuantil), or the step (sama). */
export interface Class {
  upTo: number;
  from: number;
  to: number;
  count: number;
}

/** At most `count` classes over these values; fewer where there are fewer different ones, none where there are none.
 * Kuantil: as many regions in each as can be, equal values never parted. Sama: steps of one width from least to most. */
export function makeClasses(nilai: readonly number[], method: Method, count: number): Class[] {
  const sorted = nilai.filter((n) => Number.isFinite(n)).toSorted((a, b) => a - b);
  const least = sorted[0];
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return [];
  const differentCount = new Set(sorted).size;
  const bounds = method === "kuantil" || differentCount === 1 ? quantiles(sorted, Math.min(count, differentCount)) : equalSteps(least, most, count);
  return bounds.map((upper, i) => {
    const lower = bounds[i - 1] ?? -Infinity;
    const inside = sorted.filter((n) => n > lower && n <= upper);
    const ends = method === "sama" ? [Math.max(lower, least), upper] : [inside[0] ?? upper, inside.at(-1) ?? upper];
    return { upTo: upper, from: ends[0] ?? upper, to: ends[1] ?? upper, count: inside.length };
  });
}

/** The class of a value: its index; the last one for what lies above all. */
export function classOf(nilai: number, classes: readonly Class[]): number {
  const index = classes.findIndex((k) => nilai <= k.upTo);
  return index < 0 ? classes.length - 1 : index;
}

// Upper bounds that are values themselves. A bound that would part equal values moves to the nearer end of them.
function quantiles(sorted: readonly number[], count: number): number[] {
  const bounds: number[] = [];
  let start = 0;
  for (let left = count; left > 0 && start < sorted.length; left--) {
    const target = left === 1 ? sorted.length - 1 : start + Math.max(1, Math.round((sorted.length - start) / left)) - 1;
    const nilai = sorted[target];
    const before = sorted.findIndex((n) => n === nilai) - 1;
    const last = sorted.findLastIndex((n) => n === nilai);
    const end = before >= start && target - before < last - target ? before : last;
    bounds.push(sorted[end] ?? 0);
    start = end + 1;
  }
  return bounds;
}

function equalSteps(least: number, most: number, count: number): number[] {
  const width = (most - least) / count;
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? most : least + width * (i + 1)));
}
