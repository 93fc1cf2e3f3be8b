// What the hub says of a finding, without the names that only programs use. Pure.

import { periodeName } from "../hub/wording.ts";

const NAMES: Record<string, string> = { DISUPRESI: "dirahasiakan", NOL: "nol", DRAF: "draf", DIAJUKAN: "diajukan", DIKEMBALIKAN: "dikembalikan", DISETUJUI: "disetujui" };
const PERIODE = /\b\d{4}-(?:TW[1-4]|S[12]|(?:0[1-9]|1[0-2]))\b(?![-\d])/g;

/** "Yang kosong dicatat TIDAK_ADA_DATA" → "Yang kosong dicatat tidak ada data"; "status_penyuluh=ASN" → "status penyuluh ASN". */
export function plainWords(message: string): string {
  // what is quoted was written by somebody: it stays as written
  return message.split(/("[^"]*")/).map((part, i) => (i % 2 === 1 ? part : plain(part))).join("");
}

function plain(text: string): string {
  return text
    .replaceAll(/\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b/g, (name) => name.toLowerCase().replaceAll("_", " "))
    .replaceAll(/\b[A-Z]{3,}\b/g, (name) => NAMES[name] ?? name)
    .replaceAll(/\b([a-z]+(?:_[a-z]+)*)=(?=\w)/g, (_, name: string) => `${name.replaceAll("_", " ")} `)
    .replaceAll(/\b[a-z]+(?:_[a-z]+)+\b/g, (name) => name.replaceAll("_", " "))
    .replaceAll(PERIODE, periodeName);
}
