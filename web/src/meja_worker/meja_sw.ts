// Keeps the desk's own files, so that /meja opens without a line. Answers of the hub it never sees: the page keeps those, by person.
// Each build has a store of its own, and the one before stays: a page of it may still be open.

interface WorkerEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}

interface RequestEvent extends WorkerEvent {
  request: Request;
  respondWith: (answer: Response | Promise<Response>) => void;
}

interface Events {
  install: WorkerEvent;
  activate: WorkerEvent;
  fetch: RequestEvent;
  message: MessageEvent;
}

interface DeskWorker {
  addEventListener: <Name extends keyof Events>(name: Name, f: (event: Events[Name]) => void) => void;
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
}

declare const FILES: string[]; // what the build made for the desk; vite.config.ts writes it here
declare const VERSION: string; // and a hash of it

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the page's types know no worker
const worker = self as unknown as DeskWorker;
const STORE = `meja-${VERSION}`;
const PAGE = "/meja";

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(tidy()));
worker.addEventListener("message", (event) => event.data === "take-over" && void worker.skipWaiting());

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" ? pathname === PAGE : pathname.startsWith("/aset/")) event.respondWith(keptOrFetched(request, pathname));
});

async function fill(): Promise<void> {
  const store = await caches.open(STORE);
  const page = await fetch(PAGE, { cache: "no-cache" });
  const named = Array.from((await page.clone().text()).matchAll(/"(\/aset\/[^"]+)"/g), ([, file]) => file ?? "");
  // the hub may be given another build right now: then this one is not taken, and the next is looked for later
  if (!page.ok || !named.every((file) => FILES.includes(file))) throw new Error("the page is of another build");
  await store.addAll(FILES);
  await store.put(PAGE, page);
}

async function tidy(): Promise<void> {
  const older = (await caches.keys()).filter((name) => name.startsWith("meja-") && name !== STORE); // in the order in which they were made
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function keptOrFetched(request: Request, pathname: string): Promise<Response> {
  const own = await (await caches.open(STORE)).match(pathname, { ignoreVary: true });
  const kept = own ?? (pathname === PAGE ? undefined : await caches.match(pathname, { ignoreVary: true })); // names bear a hash
  return kept ?? fetch(request);
}
