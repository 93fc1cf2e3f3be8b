// Asking the hub over a line that may be bad: a time limit, three more tries, and words that say what to do.

import { counted } from "./quiet.ts";
import { readToken, tokenHeader } from "./token.ts";

const PAUSES_MS = [700, 2000, 5000];
const LIMIT_MS = 30_000;
const TEMPORARY = new Set([408, 425, 429, 502, 503, 504]);

/** A failure as it is shown: what happened, and the remedy. `status`: HTTP's; 0: the hub was not reached. */
export class Failure extends Error {
  readonly remedy: string;
  readonly status: number;
  constructor(message: string, remedy: string, status = 200) {
    super(message);
    this.remedy = remedy;
    this.status = status;
  }
}

type Listener = (isRetrying: boolean) => void;
const listeners = new Set<Listener>();
let retrying = 0;

/** Told whenever the first answer is late and asked for again, and when none is any more. */
export function onRetrying(f: Listener): () => void {
  listeners.add(f);
  return () => listeners.delete(f);
}

function countRetry(change: 1 | -1): void {
  retrying += change;
  for (const f of listeners) f(retrying > 0);
}

/** GET an address of the hub as JSON. Raises Failure; an abort by `signal` raises AbortError. */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetchPatiently(path, signal);
  const body: unknown = await answer.json().catch(() => null);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what an address of the hub answers is the caller's to know
  if (answer.ok && body !== null) return body as T;
  throw failureOf(answer.status, body);
}

/** GET an address of the hub as a file, with the token. Raises Failure. */
export async function fetchFile(path: string): Promise<Blob> {
  const answer = await fetchPatiently(path);
  if (answer.ok) return answer.blob();
  const body: unknown = await answer.json().catch(() => null);
  throw failureOf(answer.status, body);
}

async function fetchPatiently(path: string, signal?: AbortSignal): Promise<Response> {
  let isWaiting = false;
  try {
    for (let attempt = 0; ; attempt++) {
      // oxlint-disable-next-line no-await-in-loop -- another try is made only where this one failed
      const answer = await fetchOnce(path, signal);
      const pause = PAUSES_MS[attempt];
      if (answer !== null && (pause === undefined || !TEMPORARY.has(answer.status))) return answer;
      if (pause === undefined) {
        throw unreached();
      }
      if (!isWaiting) countRetry(1);
      isWaiting = true;
      // oxlint-disable-next-line no-await-in-loop
      await wait(pause, signal);
    }
  } finally {
    if (isWaiting) countRetry(-1);
  }
}

const unreached = (): Failure => new Failure("Hub tidak terjangkau.", "Periksa sambungan internet atau jaringan kantor, lalu tekan Coba lagi.", 0);

// null: no answer at all
async function fetchOnce(path: string, signal?: AbortSignal, more: RequestInit = {}): Promise<Response | null> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    const until = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    return await counted(fetch(path, { headers: { Accept: "application/json", ...tokenHeader() }, ...more, signal: until }));
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return null;
  }
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("dibatalkan", "AbortError"));
    });
  });
}

function failureOf(status: number, body: unknown): Failure {
  const message = hubMessage(body);
  const failure = (otherwise: string, remedy: string): Failure => new Failure(message ?? otherwise, remedy, status);
  if (status === 401) return failure("Token tidak dikenal hub.", "Perbaiki atau kosongkan Token petugas di atas.");
  if (status === 403) return failure("Tidak boleh dilihat dengan token ini.", "Minta token yang sesuai kepada pengelola.");
  if (status === 404) return failure("Hub ini belum menyediakan data itu.", "Pilih data, periode atau wilayah lain.");
  if (status >= 500) return failure(`Hub sedang bermasalah (${status}).`, "Coba lagi sebentar; bila berulang, hubungi pengelola hub.");
  return failure(`Hub menolak permintaan (${status}).`, "Ubah pilihan, lalu coba lagi.");
}

// The hub says what is wrong as {"pesan": …}, or as GraphQL does.
function hubMessage(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if ("pesan" in body && typeof body.pesan === "string") return body.pesan;
  if ("errors" in body && Array.isArray(body.errors)) {
    const first: unknown = body.errors[0];
    if (typeof first === "object" && first !== null && "message" in first) return String(first.message);
  }
  return undefined;
}

/** A document of GraphQL, with what it answers and what it takes. Only codegen.ts makes them: it has checked each. */
export type Query<Answer, Variables> = string & { readonly [types]: (variables: Variables) => Answer };
declare const types: unique symbol;

/** Ask GraphQL by GET: what has not changed comes from the browser's own store after a 304. */
export async function ask<Answer, Variables extends Record<string, unknown>>(query: Query<Answer, Variables>, variables: Variables, signal?: AbortSignal): Promise<Answer> {
  const asked = new URLSearchParams({ query });
  if (Object.keys(variables).length > 0) asked.set("variables", JSON.stringify(variables));
  const answer = await fetchJson<{ data?: Answer; errors?: unknown[] }>(`/graphql?${asked}`, signal);
  if (answer.errors !== undefined || answer.data === undefined) throw failureOf(200, answer);
  return answer.data;
}

/** POST an address of the hub, once: whoever sends decides when to send again. Raises Failure, as `fetchJson` does. `token`: another
 * than the one that is kept. `ahead`: the answer, where this was asked already. */
export async function postJson<T>(path: string, content: unknown, token = readToken(), ahead: Promise<Response | null> | null = null): Promise<T> {
  const headers = { Accept: "application/json", "Content-Type": "application/json", ...tokenHeader(token) };
  const answer = (await ahead) ?? (await fetchOnce(path, undefined, { method: "POST", body: JSON.stringify(content), headers }));
  if (answer === null) throw unreached();
  const body: unknown = await answer.json().catch(() => null);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as in fetchJson
  if (answer.ok && body !== null) return body as T;
  throw failureOf(answer.status, body);
}

/** Send GraphQL a mutation (or a question that no cache may keep), once. `token`, `ahead`: as postJson. */
export async function tell<Answer, Variables extends Record<string, unknown>>(
  query: Query<Answer, Variables>,
  variables: Variables,
  token = readToken(),
  ahead: Promise<Response | null> | null = null,
): Promise<Answer> {
  const answer = await postJson<{ data?: Answer; errors?: unknown[] }>("/graphql", { query, variables }, token, ahead);
  if (answer.errors !== undefined || answer.data === undefined) throw failureOf(200, answer);
  return answer.data;
}

const FILE_LIMIT_MS = 180_000; // a large file on a slow line

/** As `tell`, with a file as the variable `berkas`. */
export async function tellWithFile<Answer, Variables extends Record<string, unknown>>(query: Query<Answer, Variables>, variables: Variables, file: File): Promise<Answer> {
  const form = new FormData();
  form.set("operations", JSON.stringify({ query, variables }));
  form.set("map", JSON.stringify({ berkas: ["variables.berkas"] }));
  form.set("berkas", file);
  const response = await sendForm("/graphql", form);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || answer === null) throw failureOf(response.status, answer);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- codegen.ts has checked what the question answers
  const { data, errors } = answer as { data?: Answer; errors?: unknown[] };
  if (errors !== undefined || data === undefined) throw failureOf(200, answer);
  return data;
}

/** POST a form with a file, once. Raises Failure where the hub was not reached; what it answers is the caller's to look at. */
export async function sendForm(path: string, form: FormData): Promise<Response> {
  try {
    return await fetch(path, { method: "POST", body: form, headers: { Accept: "application/json, */*", ...tokenHeader() }, signal: AbortSignal.timeout(FILE_LIMIT_MS) });
  } catch {
    throw unreached();
  }
}
