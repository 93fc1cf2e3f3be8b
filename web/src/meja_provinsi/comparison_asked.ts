// What Banding asks: what can be compared, and then the figures of what is chosen.

import { ask } from "../hub/fetch.ts";
import { askEarly } from "../meja/early.ts";
import type { AskFirst } from "../meja/early.ts";
import { choose, itemsOf, periodsAsked } from "./comparison.ts";
import type { Answer, Choice } from "./comparison.ts";
import { COMPARABLE, COMPARE_ELEMEN, COMPARE_INDIKATOR, TARGETS } from "./queries.ts";
import type { ComparableQuery, TargetsQuery } from "./queries.ts";

export const COMPARABLE_NAMED = "banding";

export interface Figures {
  told: Answer;
  targets: TargetsQuery;
  question: string;
}

export const loadComparable = (wilayah: string, signal?: AbortSignal): Promise<ComparableQuery> => ask(COMPARABLE, { wilayah }, signal);

export const figuresNamed = (choice: Choice): string => `banding ${choice.item.kode} ${periodsAsked(choice).join()}`;

export async function loadFigures(wilayah: string, choice: Choice, signal?: AbortSignal): Promise<Figures> {
  const { item, periode } = choice;
  const periods = periodsAsked(choice);
  const [told, targets] = await Promise.all([
    item.isIndicator ? ask(COMPARE_INDIKATOR, { kode: [item.kode], periode: periods, wilayah }, signal) : ask(COMPARE_ELEMEN, { elemen: [item.kode], periode: periods, wilayah }, signal),
    ask(TARGETS, { periode: Array.from(new Set([periode, periode.slice(0, 4)])), wilayah }, signal),
  ]);
  return { told, targets, question: figuresNamed(choice) };
}

export const askFirst: AskFirst = ({ who, person }, parts) => {
  const wilayah = who.wilayah?.kode ?? "";
  askEarly(person, COMPARABLE_NAMED, () => loadComparable(wilayah)).then(
    (answer) => {
      const choice = choose(itemsOf(answer), parts);
      if (choice !== null) void askEarly(person, figuresNamed(choice), () => loadFigures(wilayah, choice));
    },
    () => null, // the screen tells of it
  );
};
