// Classes of a choropleth: which values share a colour. Bounds are round, so that they can be read and remembered.

export type Method = "kuantil" | "sama";

/** One class. It holds the values above the class before it, up to and including `upTo`. `from` and `to` are what the
 * legend says. */
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
  const isWhole = sorted.every((n) => Number.isSafeInteger(n));
  const differentCount = new Set(sorted).size;
  const bounds = method === "kuantil" || differentCount === 1 ? roundQuantiles(sorted, Math.min(count, differentCount), isWhole) : equalSteps(least, most, count, isWhole);
  return bounds.map((upper, i) => {
    const lower = bounds[i - 1];
    const inside = sorted.filter((n) => n > (lower ?? -Infinity) && n <= upper);
    const isLast = i === bounds.length - 1;
    const from = lower === undefined ? roundTo(least, Math.floor) : isWhole ? lower + 1 : lower;
    const to = isLast && method === "kuantil" ? roundTo(most, Math.ceil) : upper;
    return { upTo: isLast ? Math.max(upper, most) : upper, from: Math.min(from, to), to, count: inside.length };
  });
}

/** The class of a value: its index; the last one for what lies above all. */
export function classOf(nilai: number, classes: readonly Class[]): number {
  const index = classes.findIndex((k) => nilai <= k.upTo);
  return index < 0 ? classes.length - 1 : index;
}

function roundQuantiles(sorted: readonly number[], count: number, isWhole: boolean): number[] {
  return quantiles(sorted, count).map((bound, i, all) => {
    if (i === all.length - 1) return bound;
    return roundBetween(bound, sorted.find((n) => n > bound) ?? bound, isWhole);
  });
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

const PARTS = [1, 0.5, 0.2]; // of a power of ten: what people count in
const exact = (n: number): number => Number(n.toPrecision(12)); // 0.1 + 0.2 is 0.3

/** The roundest number from `low` up to below `high`; of broken numbers one above `low`, so that no value stands on a bound. */
function roundBetween(low: number, high: number, isWhole: boolean): number {
  const largest = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high), 1e-9)));
  for (let power = largest; power > largest - 15; power--) {
    for (const part of PARTS) {
      const step = exact(part * 10 ** power);
      if (isWhole && step < 1) return low;
      const round = exact((isWhole ? Math.ceil(low / step) : Math.floor(low / step) + 1) * step);
      if (round < high && (isWhole ? round >= low : round > low)) return round;
    }
  }
  return low;
}

// Away from the values, to two figures: 2.859 → 2.900
function roundTo(n: number, away: (n: number) => number): number {
  if (n === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(n))) - 1);
  return exact(Number.isInteger(n) && step < 1 ? n : away(exact(n / step)) * step);
}

// Steps as wide as people count, from a multiple of them on.
function equalSteps(least: number, most: number, count: number, isWhole: boolean): number[] {
  const power = Math.floor(Math.log10((most - least) / count));
  const widths = [power, power + 1, power + 2].flatMap((p) => [1, 2, 2.5, 5].map((part) => exact(part * 10 ** p))).filter((w) => !isWhole || Number.isInteger(w));
  for (const width of widths) {
    const start = exact(Math.floor(least / width) * width);
    const steps = Math.max(1, Math.ceil(exact((most - start) / width)));
    if (steps <= count) return Array.from({ length: steps }, (_, i) => exact(start + width * (i + 1)));
  }
  return [most];
}
