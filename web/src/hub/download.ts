// Files for which the hub wants to know who asks: a link cannot say so.

import { Failure } from "./fetch.ts";
import { tokenHeader } from "./token.ts";

/** Has the browser save what lies at an address of the hub. Raises Failure. */
export async function download(path: string, fileName: string): Promise<void> {
  const answer = await fetch(path, { headers: tokenHeader() }).catch(() => null);
  if (answer === null) throw new Failure("Hub tidak terjangkau.", "Periksa sambungan internet atau jaringan kantor, lalu coba lagi.", 0);
  await save(answer, fileName);
}

/** Has the browser save an answer of the hub. Raises Failure where it is a refusal. */
export async function save(answer: Response, fileName: string): Promise<void> {
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    const told = typeof body === "object" && body !== null && "pesan" in body ? String(body.pesan) : "Hub menolak permintaan ini.";
    throw new Failure(told, "Ubah pilihan, lalu coba lagi.", answer.status);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
