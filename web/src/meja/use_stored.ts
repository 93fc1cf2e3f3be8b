// An answer of the hub, or, without a line, the one that was last seen.

import { useEffect, useState } from "preact/hooks";
import { useFetch } from "../hub/hooks.ts";
import type { Result } from "../hub/hooks.ts";
import { takeEarly } from "./early.ts";
import { keepAnswer, readAnswer } from "./store.ts";
import { useDesk } from "./use_session.ts";

/** `seenAt`: when `content` was answered, where it is not of now; null: it is, or there is none. */
export interface Stored<T> extends Result<T> {
  seenAt: number | null;
}

interface Seen<T> {
  key: string;
  content: T;
  at: number;
}

/** As useFetch. `question`: names what is asked, the same on every visit. */
export function useStored<T>(question: string, load: (signal: AbortSignal) => Promise<T>): Stored<T> {
  const { person, refuse } = useDesk();
  const key = `${person} ${question}`;
  const [seen, setSeen] = useState<Seen<T> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    readAnswer(person, question).then(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept by this very hook
      (answer) => isCurrent && answer !== undefined && setSeen((s) => (s?.key === key ? s : { key, content: answer.content as T, at: answer.at })),
      (error: unknown) => console.error(error), // a browser that keeps nothing: then nothing was seen
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  const result = useFetch(key, async (signal) => {
    const content = await (takeEarly<T>(person, question) ?? load(signal));
    const at = Date.now();
    setSeen({ key, content, at });
    keepAnswer({ person, question, content, at }).catch((error: unknown) => console.error(error));
    return content;
  });
  const isRefused = result.error?.status === 401;
  useEffect(() => {
    if (isRefused) refuse();
  }, [isRefused]);
  const kept = seen?.key === key ? seen : null;
  if (result.content !== null || kept === null) return { ...result, seenAt: null };
  const isMerelyOld = result.error === null || result.error.status === 0 || isRefused;
  return { ...result, content: kept.content, error: isMerelyOld ? null : result.error, seenAt: isRefused ? null : kept.at }; // refused: said above the screen
}
