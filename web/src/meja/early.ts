// What a screen asks first, asked while its code is still on its way: on a slow line either takes as long as the other.

import type { AtDesk } from "./use_session.ts";

/** Begins to ask what a screen will ask first. `parts`: what the address says after its name. */
export type AskFirst = (desk: Pick<AtDesk, "who" | "person">, parts: readonly string[]) => void;

interface Begun {
  at: number;
  answer: Promise<unknown>;
}

const LASTS_MS = 60_000; // a screen that never came takes nothing that is older
const begun = new Map<string, Begun>();

/** `question`: as useStored names it. */
export function askEarly<T>(person: string, question: string, load: () => Promise<T>): Promise<T> {
  const answer = load();
  answer.catch(() => null); // told to whoever takes it
  begun.set(`${person} ${question}`, { at: Date.now(), answer });
  return answer;
}

/** The answer that is on its way, once; null: none is. */
export function takeEarly<T>(person: string, question: string): Promise<T> | null {
  const key = `${person} ${question}`;
  const found = begun.get(key);
  begun.delete(key);
  if (found === undefined || Date.now() - found.at > LASTS_MS) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- asked under that name by the same loader
  return found.answer as Promise<T>;
}
