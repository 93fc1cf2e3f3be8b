// What the device keeps of an Isian, under which names.

import type { Sending, Work } from "./cells.ts";

export const KIND = "isian"; // of a submission in the queue

/** The content of a draft in the store. `stamp`: another after each change. */
export interface KeptDraft {
  work: Work;
  stamp: number;
}

/** The content of a submission. `draft`: the store's name of the draft that it was made of. */
export interface IsianSending {
  person: string;
  draft: string;
  stamp: number;
  rekap: string; // 53.14:F02:2026-07
  masukan: Sending["masukan"];
  isSubmission: boolean; // else a draft for the hub
}

export const draftOf = (rekap: string): string => `isian ${rekap}`;
