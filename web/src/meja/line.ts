// Whether there is a line, and what waits on this device to be sent.

import { useEffect, useState } from "preact/hooks";
import { listDrafts, listQueue, onStoreChanged } from "./store.ts";
import type { Submission } from "./store.ts";

export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const read = () => setOnline(navigator.onLine);
    addEventListener("online", read);
    addEventListener("offline", read);
    return () => {
      removeEventListener("online", read);
      removeEventListener("offline", read);
    };
  }, []);
  return isOnline;
}

/** Whether somebody can see this page. Others need not be told of things: a browser has six lines to the hub for all its tabs. */
export function useVisible(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === "visible");
  useEffect(() => {
    const read = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, []);
  return isVisible;
}

export interface OnDevice {
  queue: Submission[];
  drafts: number;
  draftNames: string[];
}

/** What is kept for this person, as it changes. */
export function useOnDevice(person: string): OnDevice {
  const [kept, setKept] = useState<OnDevice>({ queue: [], drafts: 0, draftNames: [] });
  useEffect(() => {
    let isCurrent = true;
    const read = () => {
      Promise.all([listQueue(person), listDrafts(person)]).then(
        ([queue, drafts]) => isCurrent && setKept({ queue, drafts: drafts.length, draftNames: drafts.map((one) => one.id) }),
        (error: unknown) => console.error(error),
      );
    };
    read();
    const end = onStoreChanged(read);
    return () => {
      isCurrent = false;
      end();
    };
  }, [person]);
  return kept;
}
