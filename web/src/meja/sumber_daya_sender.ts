// What the screens of resources, warehouses and networks hand over is sent also where they are not open: what it takes is loaded
// when there is something.

import { registerSender } from "./queue.ts";
import type { Submission } from "./store.ts";

export const RESOURCE_WORK = "sumber-daya";

registerSender(RESOURCE_WORK, async (content, key) => (await import("../sumber_daya/sending.ts")).send(content, key));

/** How many of these the hub has refused: somebody has to look at them. */
export const refusedCount = (queue: readonly Submission[]): number => queue.filter((one) => one.kind === RESOURCE_WORK && one.state === "refused").length;
