// Handing a form over, and following what becomes of it.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Finding } from "../meja/field.tsx";
import { useOnDevice } from "../meja/line.ts";
import { handOver, newKey } from "../meja/queue.ts";
import { dropSubmission, listQueue } from "../meja/store.ts";
import type { Submission } from "../meja/store.ts";
import { RESOURCE_WORK } from "../meja/sumber_daya_sender.ts";
import { useDesk } from "../meja/use_session.ts";
import type { Details, Work } from "./sending.ts";

export type SendingState = "idle" | "waiting" | "sent" | "refused";

export interface Sending {
  state: SendingState;
  message: string; // why the whole was refused, or could not be kept
  findings: readonly Finding[];
  isConflict: boolean;
  /** `what`: in words, for whoever looks at what waits on this device. */
  send: (work: Work, what: string) => void;
  /** Ready for the next one. */
  again: () => void;
}

const NOT_KEPT = "Belum tersimpan: peramban ini tidak mengizinkan penyimpanan. Buka meja kerja di jendela biasa, lalu coba lagi.";

/** `first`: the key of one that was handed over before, and is looked at again. */
export function useSending(first: string | null = null): Sending {
  const { person } = useDesk();
  const [key, setKey] = useState(first);
  const [error, setError] = useState("");
  const { queue } = useOnDevice(person);
  const item = queue.find((one) => one.key === key);
  const seen = useRef<Submission | null>(null);
  useEffect(() => {
    if (item !== undefined) seen.current = item;
  }, [item]);
  const send = (work: Work, what: string) => {
    const next = newKey();
    const before = key;
    seen.current = null;
    setError("");
    setKey(next);
    (before === null ? Promise.resolve() : dropSubmission(person, before))
      .then(() => handOver({ person, kind: RESOURCE_WORK, what, content: work, key: next }))
      .catch((reason: unknown) => {
        console.error(reason);
        setError(NOT_KEPT);
        setKey(null);
      });
  };
  const again = () => {
    if (key !== null) void dropSubmission(person, key);
    setKey(null);
  };
  // of those that were sent only the last one is kept
  const state: SendingState = key === null ? "idle" : item === undefined ? (seen.current?.key === key ? "sent" : "waiting") : item.state;
  const { findings, isConflict } = detailsOf(item);
  return { state, message: error === "" ? messageOf(item) : error, findings, isConflict, send, again };
}

// what stands at its fields is not said twice
const messageOf = (item: Submission | undefined): string => (item?.state !== "refused" || detailsOf(item).findings.some((one) => one.isError) ? "" : item.message);

function detailsOf(submission: Submission | undefined): Details {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by sending.ts
  return (submission?.details as Details | undefined) ?? { findings: [], isConflict: false };
}

/** What these screens have handed over and the hub has not said yes to. */
export function useUnsent(): Submission[] {
  const { person } = useDesk();
  return useOnDevice(person).queue.filter((one) => one.kind === RESOURCE_WORK && one.state !== "sent");
}

export const workOf = (submission: Submission): Work =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over above
  submission.content as Work;

/** One that was handed over, by its key. */
export async function readUnsent(person: string, key: string): Promise<Submission | null> {
  return (await listQueue(person)).find((one) => one.key === key && one.kind === RESOURCE_WORK) ?? null;
}
