// Taking over all that the province proposes: the returned revision with its figures, submitted again.

import { tell } from "../hub/fetch.ts";
import { TAKE_PROPOSALS } from "./queries.ts";
import { handOver, registerSender } from "./queue.ts";
import type { Outcome } from "./queue.ts";

const KIND = "take-proposals";

interface Taken {
  id: string;
  revisi: number;
}

async function send(content: unknown, key: string): Promise<Outcome> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over below
  const taken = content as Taken;
  const { terimaUsulan: answer } = await tell(TAKE_PROPOSALS, { id: taken.id, revisi: taken.revisi, key });
  if (answer.__typename === "RekapDiterima") return { state: "sent" };
  if (answer.__typename !== "RekapDitolak") return { state: "refused", message: answer.pesan };
  return { state: "refused", message: answer.temuan.filter((one) => one.tingkat === "GALAT").map((one) => one.pesan).join(" ") };
}

registerSender(KIND, send);

/** `what`: the rekap in words. */
export const takeProposals = (person: string, taken: Taken, what: string): Promise<void> => handOver({ person, kind: KIND, what, content: taken });

/** The rekap that a submission of this kind is about; null: it is of another. */
export function rekapOf(submission: { kind: string; content: unknown }): string | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return submission.kind === KIND ? (submission.content as Taken).id : null;
}
