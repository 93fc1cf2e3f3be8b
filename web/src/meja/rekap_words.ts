// What is said about a rekap, in an officer's words.

import { periodeName } from "../hub/wording.ts";
import type { Card, CardState } from "./due.ts";

/** A state as a word and a sign; never by colour alone. */
export const STATE_WORDS: Record<CardState, { sign: string; word: string }> = {
  missing: { sign: "○", word: "Belum diisi" },
  draft: { sign: "✎", word: "Draf di hub" },
  returned: { sign: "↩", word: "Dikembalikan" },
  submitted: { sign: "➜", word: "Menunggu provinsi" },
  approved: { sign: "✓", word: "Disetujui" },
};

/** "Bantuan sosial, Juli 2026". */
export const rekapName = (card: Pick<Card, "formulir" | "periode">): string => `${card.formulir.nama}, ${periodeName(card.periode)}`;

/** "3 rekap menunggu Anda", or that there is none. */
export const waitingWords = (count: number): string => (count === 0 ? "Tidak ada rekap yang menunggu Anda" : `${count} rekap menunggu Anda`);
