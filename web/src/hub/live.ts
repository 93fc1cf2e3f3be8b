// Being told by the hub as things happen: a subscription over server-sent events. EventSource cannot send a token, so the stream is
// read by hand.

import { Failure } from "./fetch.ts";
import { tokenHeader } from "./token.ts";
import type { Query } from "./fetch.ts";

const PAUSES_MS = [500, 1000, 2000, 5000, 15_000];
const SILENCE_MS = 40_000; // the hub says something every fifteen seconds: after this the line is dead, though nothing said so

interface Told<Answer> {
  onEvent: (event: Answer) => void;
  /** The subscription stands, for the first time or again: what happened meanwhile was not told. */
  onOpen: () => void;
  /** The hub does not know the token any more; nothing is tried again. */
  onRefused: () => void;
}

/** Subscribes until the function it gives is called, over as many connections as it takes. */
export function subscribe<Answer, Variables>(query: Query<Answer, Variables>, variables: Variables, told: Told<Answer>): () => void {
  const stopped = new AbortController();
  void keepReading(query, variables, told, stopped.signal);
  return () => stopped.abort();
}

async function keepReading<Answer, Variables>(query: Query<Answer, Variables>, variables: Variables, told: Told<Answer>, stopped: AbortSignal): Promise<void> {
  for (let failures = 0; !stopped.aborted; failures++) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one connection after the other
      await readOnce(query, variables, { ...told, onOpen: () => ((failures = -1), told.onOpen()) }, stopped);
    } catch (error) {
      if (error instanceof Failure && error.status === 401) return told.onRefused();
    }
    // oxlint-disable-next-line no-await-in-loop
    await pause(PAUSES_MS[Math.min(Math.max(failures, 0), PAUSES_MS.length - 1)] ?? 0, stopped);
  }
}

async function readOnce<Answer, Variables>(query: Query<Answer, Variables>, variables: Variables, told: Told<Answer>, stopped: AbortSignal): Promise<void> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE_MS);
  try {
    const answer = await fetch("/graphql", {
      method: "POST",
      headers: { Accept: "text/event-stream", "Content-Type": "application/json", ...tokenHeader() },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.any([stopped, silent.signal]),
    });
    if (!answer.ok || answer.body === null) throw new Failure("", "", answer.status);
    let isOpen = false;
    const parse = eventParser((data) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- codegen.ts has checked what the question answers
      const { data: event } = JSON.parse(data) as { data?: Answer | null };
      if (event !== undefined && event !== null) told.onEvent(event);
    });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- a stream comes piece by piece
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
      if (!isOpen) told.onOpen();
      isOpen = true;
      parse(value);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Takes a stream of server-sent events in pieces as they come; gives the data of each `next`. */
export function eventParser(onNext: (data: string) => void): (piece: string) => void {
  let left = "";
  return (piece) => {
    const blocks = (left + piece).replaceAll("\r\n", "\n").split("\n\n");
    left = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n");
      if (!lines.includes("event: next")) continue;
      onNext(lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n"));
    }
  };
}

// ended early where the line comes back
function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      stopped.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    stopped.addEventListener("abort", end);
  });
}
