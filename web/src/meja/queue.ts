// Sending what was handed over: at once where there is a line, else when it is back; each under one key, so that what the hub
// already has is not had twice.

import { Failure } from "../hub/fetch.ts";
import { dropSubmission, keepSubmission, listQueue } from "./store.ts";
import type { Submission } from "./store.ts";

/** What the hub said. A refusal is in words for the officer. `details`: what the screen that handed it over makes more of it. */
export type Outcome = { state: "sent"; details?: unknown } | { state: "refused"; message: string; details?: unknown };

/** Sends one submission. Raises Failure where the hub could not be asked. */
export type Sender = (content: unknown, key: string) => Promise<Outcome>;

const KEPT_SENT = 1; // of those that arrived, for "Terkirim 09.14"
const AGAIN_MS = 15_000;
const LATER = new Set([0, 408, 425, 429, 500, 502, 503, 504]); // as if nothing had been said

const senders = new Map<string, Sender>();

/** Who knows how to send a kind of submission; said by the module that hands it over. */
export function registerSender(kind: string, sender: Sender): void {
  senders.set(kind, sender);
}

/** Takes over what is to be sent, and begins to. It is on the device when this is done. `key`: where the screen wants to follow it. */
export async function handOver(submission: Pick<Submission, "person" | "kind" | "what" | "content"> & { key?: string }): Promise<void> {
  await keepSubmission({ ...submission, key: submission.key ?? newKey(), state: "waiting", message: "", at: Date.now() });
  void sendWaiting(submission.person);
}

/** "refused": the hub does not know the token any more; all stays as it is. "later": to be tried again. */
export type Sent = "all" | "later" | "refused";

/** Sends what waits, one after the other, in the order in which it was handed over. Two tabs do not send at once. */
export function sendWaiting(person: string): Promise<Sent> {
  const send = () => sendEach(person);
  // locks are given to pages from a secure address only; without them the keys see to it that nothing is had twice
  return "locks" in navigator ? navigator.locks.request(`meja-queue-${person}`, send) : send();
}

async function sendEach(person: string): Promise<Sent> {
  const queue = await listQueue(person);
  for (const submission of queue.filter((one) => one.state === "waiting")) {
    const sender = senders.get(submission.kind);
    if (sender === undefined) continue; // handed over by a newer page: that one will send it
    try {
      // oxlint-disable-next-line no-await-in-loop -- in their order
      const outcome = await sender(submission.content, submission.key);
      // oxlint-disable-next-line no-await-in-loop
      await keepSubmission({ ...submission, state: outcome.state, message: outcome.state === "refused" ? outcome.message : "", details: outcome.details, at: Date.now() });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.status === 401) return "refused";
      if (LATER.has(error.status)) return "later";
      // oxlint-disable-next-line no-await-in-loop
      await keepSubmission({ ...submission, state: "refused", message: `${error.message} ${error.remedy}`, at: Date.now() });
    }
  }
  const sent = (await listQueue(person)).filter((one) => one.state === "sent");
  await Promise.all(sent.slice(0, -KEPT_SENT).map((one) => dropSubmission(person, one.key)));
  return "all";
}

/** Sends whatever waits now, and again whenever the line is back or some time has gone by, until the function it gives is called. */
export function keepSending(person: string, onRefused: () => void): () => void {
  let isStopped = false;
  const attempt = () => {
    sendWaiting(person).then(
      (sent) => sent === "refused" && !isStopped && onRefused(),
      (error: unknown) => console.error(error),
    );
  };
  attempt();
  const timer = setInterval(attempt, AGAIN_MS);
  addEventListener("online", attempt);
  return () => {
    isStopped = true;
    clearInterval(timer);
    removeEventListener("online", attempt);
  };
}

// crypto.randomUUID is not there on plain http in an office's own network
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
