// Submissions of Isian are sent also where that screen is not open: what it takes is loaded when there is one.

import type { IsianSending } from "../isian/kept.ts";
import { registerSender } from "./queue.ts";

registerSender("isian", async (content, key) => (await import("../isian/sending.ts")).send(content, key));

/** The rekap that an Isian on this device is about, by its name in the store; null: it is none. */
export const rekapOfDraft = (id: string): string | null => (id.startsWith("isian ") ? id.slice(6) : null);

/** The rekap that a submission of Isian is about; null: it is none. */
export function rekapOfIsian(submission: { kind: string; content: unknown }): string | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over by Isian alone
  return submission.kind === "isian" ? (submission.content as IsianSending).rekap : null;
}
