// Submissions of Isian are sent also where that screen is not open: what it takes is loaded when there is one.

import { registerSender } from "./queue.ts";

registerSender("isian", async (content, key) => (await import("../isian/sending.ts")).send(content, key));

/** The rekap that an Isian on this device is about, by its name in the store; null: it is none. */
export const rekapOfDraft = (id: string): string | null => (id.startsWith("isian ") ? id.slice(6) : null);
