// What happens to rekap at the hub, told as it happens.

import { useEffect, useState } from "preact/hooks";
import { subscribe } from "../hub/live.ts";
import { whenQuiet } from "../hub/quiet.ts";
import { useVisible } from "./line.ts";
import { REKAP_CHANGED } from "./queries.ts";
import type { RekapChangedSubscription } from "./queries.ts";

export type Event = RekapChangedSubscription["rekapBerubah"];

const QUIET_MS = 5_000;
const GATHER_MS = 150; // of several approvals at once only the last asks anew

/** What was told last; asks anew whenever something is. */
export function useNews(kode: string, isReady: boolean, retry: () => void, refuse: () => void): Event | null {
  const [news, setNews] = useState<Event | null>(null);
  const isVisible = useVisible();
  useEffect(() => {
    if (!isVisible || !isReady) return;
    let isEnded = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const askSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(retry, GATHER_MS);
    };
    const end = subscribe(REKAP_CHANGED, { wilayah: kode }, {
      onEvent: (told) => {
        setNews(told.rekapBerubah);
        askSoon();
      },
      // what happened before was not told; nobody waits for that, and on a slow line the screen is still coming
      onOpen: () => void whenQuiet(QUIET_MS).then(() => !isEnded && askSoon()),
      onRefused: refuse,
    });
    return () => {
      isEnded = true;
      clearTimeout(timer);
      end();
    };
  }, [kode, isVisible, isReady]);
  return news;
}
