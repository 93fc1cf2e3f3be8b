// Hooks: an answer of the hub with its waiting and failing, and values that settle.

import { useEffect, useState } from "preact/hooks";
import { Failure } from "./fetch.ts";

/** `content` stays the last good answer while a new one is awaited; `loading` holds from the moment there is something new to ask. */
export interface Result<T> {
  content: T | null;
  loading: boolean;
  error: Failure | null;
  retry: () => void;
}

interface State<T> {
  key: string | null; // what it was asked for
  content: T | null;
  loading: boolean;
  error: Failure | null;
}

/** Asks whenever `key` changes; null: nothing to ask. An answer that came too late is thrown away. */
export function useFetch<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Result<T> {
  const [state, setState] = useState<State<T>>({ key: null, content: null, loading: false, error: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (key === null) {
      setState({ key, content: null, loading: false, error: null });
      return;
    }
    const controller = new AbortController();
    setState((before) => ({ key, content: before.content, loading: true, error: null }));
    load(controller.signal).then(
      (content) => !controller.signal.aborted && setState({ key, content, loading: false, error: null }),
      (reason: unknown) => {
        if (controller.signal.aborted) return;
        const failure = reason instanceof Failure ? reason : new Failure("Jawaban hub tidak terbaca.", "Muat ulang halaman ini; bila berulang, hubungi pengelola hub.");
        if (!(reason instanceof Failure)) console.error(reason);
        setState({ key, content: null, loading: false, error: failure });
      },
    );
    return () => controller.abort();
  }, [key, attempt]);
  const hasFailed = state.error !== null;
  useEffect(() => {
    if (!hasFailed) return;
    const retry = () => setAttempt((n) => n + 1); // the line is back: nobody needs to press anything
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, [hasFailed]);
  const retry = () => setAttempt((n) => n + 1);
  // the effect that asks runs after the page was drawn with the new key: until then the state still speaks of the old one
  if (state.key !== key) return { content: key === null ? null : state.content, loading: key !== null, error: null, retry };
  return { content: state.content, loading: state.loading, error: state.error, retry };
}

/** The value once it has stayed the same for `ms`. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
