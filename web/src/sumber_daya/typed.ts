// What people type into a form, read. Pure.

/** "1.250" → 1250; null: no whole number. */
export function readWhole(text: string): number | null {
  const bare = text.trim().replaceAll(/(?<=\d)[. ](?=\d{3}(?!\d))/g, "");
  return /^-?\d+$/.test(bare) ? Number(bare) : null;
}

/** "1.250,5", "12,5", "12.5" → a number as the hub takes it; null: none. */
export function readDecimal(text: string): number | null {
  const bare = text.trim();
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(bare) || /^-?\d+,\d+$/.test(bare)) return Number(bare.replaceAll(".", "").replace(",", "."));
  return /^-?\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : null;
}

/** Degrees: "-10,7312" and "-10.7312"; null: none. */
export function readDegrees(text: string): number | null {
  const bare = text.trim().replace(",", ".");
  return /^-?\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : null;
}

/** "-10.7312, 123.05", as maps copy a place: latitude first. */
export function readPair(text: string): [string, string] | null {
  const found = /^\s*(-?\d{1,2}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*$/.exec(text);
  return found?.[1] === undefined || found[2] === undefined ? null : [found[1], found[2]];
}
