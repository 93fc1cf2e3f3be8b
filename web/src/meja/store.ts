// What this device keeps for each person (role and region): last answers, drafts, and what is to be sent. Nothing of one person is
// ever shown to another.

import { openDB } from "idb";
import type { DBSchema, IDBPDatabase } from "idb";

/** An answer as it was last seen. `at`: when, in ms. */
export interface StoredAnswer {
  person: string;
  question: string;
  content: unknown;
  at: number;
}

/** Work that was begun. `id`: what it is work on, as the screen names it. */
export interface Draft {
  person: string;
  id: string;
  content: unknown;
  at: number;
}

/** What was handed over to be sent: it stays until the hub has said yes or no. */
export interface Submission {
  person: string;
  key: string; // the idempotency key: the same, however often it has to be sent
  kind: string; // who knows how to send it, see queue.ts
  what: string; // in words, "F02 · Bantuan sosial · Juli 2026"
  content: unknown;
  state: "waiting" | "sent" | "refused";
  message: string; // what the hub said, where it refused
  details?: unknown; // what else it said, for the screen that handed it over
  at: number; // of the last change, ms
}

interface Stores extends DBSchema {
  answers: { key: [string, string]; value: StoredAnswer };
  drafts: { key: [string, string]; value: Draft };
  queue: { key: [string, string]; value: Submission };
}

type StoreName = "answers" | "drafts" | "queue";

let opened: Promise<IDBPDatabase<Stores>> | null = null;

function database(): Promise<IDBPDatabase<Stores>> {
  opened ??= openDB<Stores>("hub-meja", 1, {
    upgrade(db) {
      db.createObjectStore("answers", { keyPath: ["person", "question"] });
      db.createObjectStore("drafts", { keyPath: ["person", "id"] });
      db.createObjectStore("queue", { keyPath: ["person", "key"] });
    },
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close(); // another tab brings a newer version
      opened = null;
    },
  });
  return opened;
}

const all = (person: string): IDBKeyRange => IDBKeyRange.bound([person], [person, []]);

export async function readAnswer(person: string, question: string): Promise<StoredAnswer | undefined> {
  return (await database()).get("answers", [person, question]);
}

export async function keepAnswer(answer: StoredAnswer): Promise<void> {
  await (await database()).put("answers", answer);
}

export async function readDraft(person: string, id: string): Promise<Draft | undefined> {
  return (await database()).get("drafts", [person, id]);
}

export async function keepDraft(draft: Draft): Promise<void> {
  await (await database()).put("drafts", draft);
  tellChanged();
}

export async function dropDraft(person: string, id: string): Promise<void> {
  await (await database()).delete("drafts", [person, id]);
  tellChanged();
}

export async function listDrafts(person: string): Promise<Draft[]> {
  return (await database()).getAll("drafts", all(person));
}

export async function listQueue(person: string): Promise<Submission[]> {
  return (await (await database()).getAll("queue", all(person))).toSorted((a, b) => a.at - b.at);
}

export async function keepSubmission(submission: Submission): Promise<void> {
  await (await database()).put("queue", submission);
  tellChanged();
}

export async function dropSubmission(person: string, key: string): Promise<void> {
  await (await database()).delete("queue", [person, key]);
  tellChanged();
}

/** Everything of this person, and what others last saw; what others have begun and not sent stays theirs. */
export async function forget(person: string): Promise<void> {
  const names: StoreName[] = ["answers", "drafts", "queue"];
  const work = (await database()).transaction(names, "readwrite");
  await Promise.all([...names.map((name) => work.objectStore(name).delete(all(person))), work.objectStore("answers").clear(), work.done]);
  tellChanged();
}

/** Nobody is signed in: what was last seen is nobody's to look at. */
export async function forgetAnswers(): Promise<void> {
  await (await database()).clear("answers");
}

const channel = new BroadcastChannel("hub-meja"); // other tabs
const listeners = new Set<() => void>();
channel.addEventListener("message", () => {
  for (const f of listeners) f();
});

function tellChanged(): void {
  for (const f of listeners) f();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
  channel.postMessage("changed");
}

/** Told after drafts or queue have changed, here or in another tab. */
export function onStoreChanged(f: () => void): () => void {
  listeners.add(f);
  return () => listeners.delete(f);
}
