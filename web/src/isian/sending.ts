// Sending a rekap that was filled in. The draft stays on the device until the hub has said yes.

import { tell } from "../hub/fetch.ts";
import type { Outcome } from "../meja/queue.ts";
import { dropDraft, readDraft } from "../meja/store.ts";
import type { IsianSending, KeptDraft } from "./kept.ts";
import { plainWords } from "../meja/plain_words.ts";
import { ISIAN_SAVE, ISIAN_SUBMIT } from "./queries.ts";

const MOST_SAID = 3; // of what is wrong; the screen lists all of it

/** As queue.ts asks of senders. `content`: an IsianSending. */
export async function send(content: unknown, key: string): Promise<Outcome> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over by use_isian.ts alone
  const sending = content as IsianSending;
  const given = { ...sending.masukan, kunciIdempoten: key };
  const answer = sending.isSubmission ? (await tell(ISIAN_SUBMIT, { masukan: given, uji: false })).ajukanRekap : (await tell(ISIAN_SAVE, { masukan: given })).simpanDrafRekap;
  if (answer.__typename === "RekapDiterima") {
    await dropSent(sending);
    return { state: "sent" };
  }
  if (answer.__typename === "BentrokRevisi") {
    return { state: "refused", message: "Orang lain di kantor Anda sudah mengirim isian ini. Buka isiannya dan pilih angka yang benar." };
  }
  if (answer.__typename === "TidakBerwenang") return { state: "refused", message: plainWords(answer.pesan) };
  const wrong = answer.temuan.filter((one) => one.tingkat === "GALAT").map((one) => plainWords(one.pesan));
  const more = wrong.length - MOST_SAID;
  return { state: "refused", message: `${wrong.slice(0, MOST_SAID).join(" ")}${more > 0 ? ` Dan ${more} lagi.` : ""}` };
}

/** The draft goes, unless it was worked on since. */
async function dropSent({ person, draft, stamp }: IsianSending): Promise<void> {
  const kept = await readDraft(person, draft);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept by use_isian.ts alone
  if ((kept?.content as KeptDraft | undefined)?.stamp === stamp) await dropDraft(person, draft);
}
