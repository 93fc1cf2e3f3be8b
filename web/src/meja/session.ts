// Who is at the desk: from the token, remembered beside it so that the desk opens without a line, and forgotten with it.

import { Failure, postJson, tell } from "../hub/fetch.ts";
import { counted } from "../hub/quiet.ts";
import { isTokenOnDevice, readToken, saveToken } from "../hub/token.ts";
import { takeWho } from "../meja_ahead/ahead.ts";
import { WHO } from "../meja_ahead/queries.ts";
import type { Peran, WhoQuery } from "../meja_ahead/queries.ts";

export type { Peran };
export type Who = NonNullable<WhoQuery["siapaSaya"]>;

const REMEMBERED = "hub.siapa"; // beside the token, wherever that is
const PROOF = "hub.bukti";
const REFUSED = "Token itu tidak dikenal, dicabut, atau sudah lewat masa berlakunya.";
const REMEDY = "Periksa salinannya; bila benar, mintalah token atau kode masuk baru kepada pengelola hub.";

/** The key under which the device keeps what is this person's. */
export const personOf = (who: Who): string => `${who.peran}:${who.wilayah?.kode ?? ""}`;

/** Whom the kept token is of, as far as this device knows. */
export function rememberedWho(): Who | null {
  const kept = sessionStorage.getItem(REMEMBERED) ?? localStorage.getItem(REMEMBERED);
  if (kept === null) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `remember` alone
  const { token, who } = JSON.parse(kept) as { token: string; who: Who };
  return token === readToken() ? who : null; // another page has changed it
}

function remember(token: string, who: Who): void {
  (isTokenOnDevice() ? localStorage : sessionStorage).setItem(REMEMBERED, JSON.stringify({ token, who }));
}

/** Forgets the token and whose it was; nothing else. */
export function forgetToken(): void {
  saveToken("");
  for (const kept of [sessionStorage, localStorage]) kept.removeItem(REMEMBERED);
}

/** Asks the hub whose token this is. Raises Failure; where the token is refused, its status is 401. */
async function whoIs(token: string): Promise<Who> {
  const { siapaSaya: who } = await tell(WHO, {}, token, counted(takeWho(token)));
  if (who === null || who.peran === "UMUM") throw new Failure(REFUSED, REMEDY, 401);
  return who;
}

/** Whose the kept token is now; null: another was taken up meanwhile. Raises Failure. */
export async function checkToken(): Promise<Who | null> {
  const token = readToken();
  const who = await whoIs(token).catch((error: unknown) => {
    if (token !== readToken()) return null;
    throw error;
  });
  if (who === null || token !== readToken()) return null;
  remember(token, who);
  return who;
}

/** Takes up a token that the hub knows. Raises Failure, and then keeps what there was. */
export async function signIn(token: string, onDevice: boolean): Promise<Who> {
  if (/[^\x21-\x7e]/.test(token)) throw new Failure("Token hanya terdiri atas huruf, angka dan tanda hubung.", REMEDY, 401);
  const who = await whoIs(token).catch((error: unknown) => {
    if (error instanceof Failure && error.status === 401) throw new Failure(REFUSED, REMEDY, 401);
    throw error;
  });
  forgetToken();
  saveToken(token, onDevice);
  remember(token, who);
  return who;
}

/** Exchanges a one-time code for its token, and takes that up. Raises Failure. */
export async function signInWithCode(code: string, onDevice: boolean): Promise<Who> {
  const { token } = await postJson<{ token: string }>("/masuk", { kode: code, bukti: proofFor(code) }, "");
  const who = await signIn(token, onDevice);
  sessionStorage.removeItem(PROOF);
  return who;
}

// A secret of this device: when the answer does not arrive, the same code and the same secret get the same token again.
function proofFor(code: string): string {
  const [known, secret] = (sessionStorage.getItem(PROOF) ?? "").split(" ");
  if (known === code && secret !== undefined) return secret;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(PROOF, `${code} ${made}`);
  return made;
}

/** The code in an address "#masuk=ACDE-…", and no longer in the address; null: there is none. */
export function takeCode(): string | null {
  const code = /^#masuk=(.+)$/.exec(location.hash)?.[1];
  if (code === undefined) return null;
  history.replaceState(null, "", location.pathname);
  return decodeURIComponent(code);
}
