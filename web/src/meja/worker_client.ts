// The service worker as the page sees it: registered, and asked for newer ones.

type Listener = (takeUp: () => void) => void;

const listeners = new Set<Listener>();
let waiting: (() => void) | null = null;

/** Browsers have service workers on https and on this very machine; elsewhere the desk works with a line only. */
export async function registerWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/meja-sw.js", { scope: "/meja" });
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => installing.state === "installed" && offer(installing));
  });
  const look = () => {
    if (document.visibilityState === "visible") registration.update().catch(() => null); // no line: later
  };
  document.addEventListener("visibilitychange", look);
}

function offer(worker: ServiceWorker | null): void {
  if (worker === null || navigator.serviceWorker.controller === null) return; // the first one needs no leave
  waiting = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has one origin
    worker.postMessage("take-over");
  };
  for (const f of listeners) f(waiting);
}

/** Told when a newer desk lies ready, with what takes it up. */
export function onUpdate(f: Listener): () => void {
  listeners.add(f);
  if (waiting !== null) f(waiting);
  return () => listeners.delete(f);
}
