// The map in a page that lives without it: MapLibre comes after the page has shown itself, and never where it cannot draw.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Events, PetaHub } from "./peta_hub.ts";
import type { Camera } from "./view.ts";

export type PetaState = "memuat" | "siap" | "tanpa-webgl" | "gagal";

export interface MountedPeta {
  container: { current: HTMLDivElement | null };
  peta: PetaHub | null;
  state: PetaState;
}

/** Whether this browser can draw the map at all. */
export function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

export function usePeta(start: Camera | null, events: Events): MountedPeta {
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(events);
  latest.current = events;
  const [peta, setPeta] = useState<PetaHub | null>(null);
  const [state, setState] = useState<PetaState>(() => (canDraw() ? "memuat" : "tanpa-webgl"));
  useEffect(() => {
    if (state === "tanpa-webgl") return;
    let opened: PetaHub | null = null;
    let cancelled = false;
    import("./peta_hub.ts").then(
      ({ PetaHub }) => {
        if (cancelled || container.current === null) return;
        opened = new PetaHub(container.current, start, {
          onPoint: (...given) => latest.current.onPoint(...given),
          onChoose: (hit) => latest.current.onChoose(hit),
          onMove: (camera) => latest.current.onMove(camera),
          onFail: () => latest.current.onFail(),
          onVisible: (...given) => latest.current.onVisible(...given),
          onBusy: (busy) => latest.current.onBusy(busy),
        });
        Object.assign(container.current, { petaHub: opened }); // for whoever looks from the browser's console, and for the tests
        setPeta(opened);
        setState("siap");
      },
      () => setState("gagal"),
    );
    return () => {
      cancelled = true;
      opened?.close();
    };
  }, []);
  return { container, peta, state };
}
