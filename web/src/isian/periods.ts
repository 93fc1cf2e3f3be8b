// The period before another. Pure.

/** "2026-01" → "2025-12", "2026-TW1" → "2025-TW4", "2026-S1" → "2025-S2", "2026" → "2025". */
export function periodeBefore(periode: string): string {
  const [year = "", part] = periode.split("-");
  const earlier = String(Number(year) - 1);
  if (part === undefined) return earlier;
  const [, kind = "", digits = "1"] = /^(TW|S|)(\d+)$/.exec(part) ?? [];
  const number = Number(digits);
  const last = kind === "TW" ? 4 : kind === "S" ? 2 : 12;
  const written = (n: number): string => (kind === "" ? String(n).padStart(2, "0") : `${kind}${n}`);
  return number === 1 ? `${earlier}-${written(last)}` : `${year}-${written(number - 1)}`;
}
