// What a screen asks first, asked while its code is still on its way: on a slow line either takes as long as the other.

import { readToken } from "../hub/token.ts";
import type { AtDesk } from "./use_session.ts";

/** Begins to ask what a screen will ask first. `parts`: what the address says after its name. */
export type AskFirst = (desk: Pick<AtDesk, "who" | "person">, parts: readonly string[]) => void;

interface Begun {
  at: number;
  answer: Promise<unknown>;
}

const LASTS_MS = 15_000; // whoever comes back to a screen that had not come asks anew
const begun = new Map<string, Begun>();

/** What is asked with one token is no answer for another. */
const named = (person: string, question: string): string => `${readToken()} ${person} ${question}`;

/** `question`: as useStored names it. */
export function askEarly<T>(person: string, question: string, load: () => Promise<T>): Promise<T> {
  const key = named(person, question);
  const mine: Begun = { at: Date.now(), answer: load() };
  begun.set(key, mine);
  // told to whoever has taken it by then; whoever comes later asks
  mine.answer.catch(() => begun.get(key) === mine && begun.delete(key));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of this very loader
  return mine.answer as Promise<T>;
}

/** The answer that is on its way, once; null: none is. */
export function takeEarly<T>(person: string, question: string): Promise<T> | null {
  const key = named(person, question);
  const found = begun.get(key);
  begun.delete(key);
  if (found === undefined || Date.now() - found.at > LASTS_MS) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- asked under that name by the same loader
  return found.answer as Promise<T>;
}
