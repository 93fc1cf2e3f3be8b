// What happens to rekap at the hub, told as it happens.

import { useEffect, useState } from "preact/hooks";
import { subscribe } from "../hub/live.ts";
import { useVisible } from "./line.ts";
import { REKAP_CHANGED } from "./queries.ts";
import type { RekapChangedSubscription } from "./queries.ts";

export type Event = RekapChangedSubscription["rekapBerubah"];

const GATHER_MS = 150; // of several approvals at once only the last asks anew

/** What was told last; asks anew whenever something is. */
export function useNews(kode: string, isReady: boolean, retry: () => void, refuse: () => void): Event | null {
  const [news, setNews] = useState<Event | null>(null);
  const isVisible = useVisible();
  useEffect(() => {
    if (!isVisible || !isReady) return;
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
      onOpen: askSoon, // what happened before was not told
      onRefused: refuse,
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [kode, isVisible, isReady]);
  return news;
}
