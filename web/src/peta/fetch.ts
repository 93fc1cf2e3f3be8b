// Asking the hub over a line that may be bad: a time limit, three more tries, and words that say what to do.

const TOKEN = "hub.token"; // the GraphiQL page keeps it under the same name
const JEDA_MS = [700, 2000, 5000];
const BATAS_MS = 30_000;
const SEMENTARA = new Set([408, 425, 429, 502, 503, 504]);

/** A failure as it is shown: what happened, and the remedy. */
export class Gagal extends Error {
  readonly usul: string;
  constructor(pesan: string, usul: string) {
    super(pesan);
    this.usul = usul;
  }
}

// For the browser tab's lifetime only: the computers of an office are shared.
export const bacaToken = (): string => sessionStorage.getItem(TOKEN) ?? "";
export const simpanToken = (token: string): void => sessionStorage.setItem(TOKEN, token);

export function kepalaToken(): Record<string, string> {
  const token = bacaToken().replace(/^Bearer\s+/i, "");
  return token === "" ? {} : { Authorization: `Bearer ${token}` };
}

type Pendengar = (mencoba: boolean) => void;
const pendengar = new Set<Pendengar>();
let sedangMencoba = 0;

/** Told whenever the first answer is late and asked for again, and when none is any more. */
export function dengarSambungan(f: Pendengar): () => void {
  pendengar.add(f);
  return () => pendengar.delete(f);
}

function mencoba(tambah: 1 | -1): void {
  sedangMencoba += tambah;
  for (const f of pendengar) f(sedangMencoba > 0);
}

/** GET an address of the hub as JSON. Raises Gagal; an abort by `sinyal` raises AbortError. */
export async function ambilJson<T>(jalur: string, sinyal?: AbortSignal): Promise<T> {
  const jawab = await ambil(jalur, sinyal);
  const isi: unknown = await jawab.json().catch(() => null);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what an address of the hub answers is the caller's to know
  if (jawab.ok && isi !== null) return isi as T;
  throw dariJawaban(jawab.status, isi);
}

async function ambil(jalur: string, sinyal?: AbortSignal): Promise<Response> {
  let menunggu = false;
  try {
    for (let ke = 0; ; ke++) {
      // oxlint-disable-next-line no-await-in-loop -- another try is made only where this one failed
      const jawab = await sekali(jalur, sinyal);
      const jeda = JEDA_MS[ke];
      if (jawab !== null && (jeda === undefined || !SEMENTARA.has(jawab.status))) return jawab;
      if (jeda === undefined) {
        throw new Gagal("Hub tidak terjangkau.", "Periksa sambungan internet atau jaringan kantor, lalu tekan Coba lagi.");
      }
      if (!menunggu) mencoba(1);
      menunggu = true;
      // oxlint-disable-next-line no-await-in-loop
      await tunggu(jeda, sinyal);
    }
  } finally {
    if (menunggu) mencoba(-1);
  }
}

// null: no answer at all
async function sekali(jalur: string, sinyal?: AbortSignal): Promise<Response | null> {
  const batas = AbortSignal.timeout(BATAS_MS);
  try {
    return await fetch(jalur, {
      headers: { Accept: "application/json", ...kepalaToken() },
      signal: sinyal === undefined ? batas : AbortSignal.any([sinyal, batas]),
    });
  } catch (salah) {
    if (sinyal?.aborted === true) throw salah;
    return null;
  }
}

function tunggu(ms: number, sinyal?: AbortSignal): Promise<void> {
  return new Promise((selesai, batal) => {
    const jam = setTimeout(selesai, ms);
    sinyal?.addEventListener("abort", () => {
      clearTimeout(jam);
      batal(new DOMException("dibatalkan", "AbortError"));
    });
  });
}

function dariJawaban(status: number, isi: unknown): Gagal {
  const pesan = pesanHub(isi);
  if (status === 401) {
    return new Gagal(pesan ?? "Token tidak dikenal hub.", "Perbaiki atau kosongkan Token petugas di atas.");
  }
  if (status === 403) return new Gagal(pesan ?? "Tidak boleh dilihat dengan token ini.", "Minta token yang sesuai kepada pengelola.");
  if (status === 404) return new Gagal(pesan ?? "Hub ini belum menyediakan data itu.", "Pilih data, periode atau wilayah lain.");
  if (status >= 500) return new Gagal(pesan ?? `Hub sedang bermasalah (${status}).`, "Coba lagi sebentar; bila berulang, hubungi pengelola hub.");
  return new Gagal(pesan ?? `Hub menolak permintaan (${status}).`, "Ubah pilihan, lalu coba lagi.");
}

// The hub says what is wrong as {"pesan": …}, or as GraphQL does.
function pesanHub(isi: unknown): string | undefined {
  if (typeof isi !== "object" || isi === null) return undefined;
  if ("pesan" in isi && typeof isi.pesan === "string") return isi.pesan;
  if ("errors" in isi && Array.isArray(isi.errors)) {
    const galat: unknown = isi.errors[0];
    if (typeof galat === "object" && galat !== null && "message" in galat) return String(galat.message);
  }
  return undefined;
}

/** A document of GraphQL, with what it answers and what it takes. Only codegen.ts makes them: it has checked each. */
export type Query<Answer, Variables> = string & { readonly [types]: (variables: Variables) => Answer };
declare const types: unique symbol;

/** Ask GraphQL by GET: what has not changed comes from the browser's own store after a 304. */
export async function ask<T, Variables extends Record<string, unknown>>(query: Query<T, Variables>, variables: Variables, sinyal?: AbortSignal): Promise<T> {
  const isi = new URLSearchParams({ query });
  if (Object.keys(variables).length > 0) isi.set("variables", JSON.stringify(variables));
  const jawab = await ambilJson<{ data?: T; errors?: unknown[] }>(`/graphql?${isi}`, sinyal);
  if (jawab.errors !== undefined || jawab.data === undefined) throw dariJawaban(200, jawab);
  return jawab.data;
}
