// How a rekap stands, as the province says it: a word and a sign, never colour alone.

import type { CellState } from "./matriks.ts";

export const CELL_WORDS: Record<CellState, { sign: string; word: string }> = {
  missing: { sign: "○", word: "Belum" },
  late: { sign: "!", word: "Terlambat" },
  draft: { sign: "✎", word: "Draf" },
  submitted: { sign: "➜", word: "Diajukan" },
  returned: { sign: "↩", word: "Dikembalikan" },
  approved: { sign: "✓", word: "Disetujui" },
};
