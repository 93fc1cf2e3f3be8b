// Whether anything is still on its way that somebody waits for: what nobody waits for comes after it on a slow line.

const PAUSE_MS = 500; // between an answer and the next question
let underWay = 0;
let endedAt = performance.now();

/** The same promise, counted until it ends. */
export function counted<T>(work: Promise<T>): Promise<T> {
  underWay++;
  const end = () => {
    underWay--;
    endedAt = performance.now();
  };
  work.then(end, end);
  return work;
}

/** Ends when nothing has been on its way for a moment, at the latest after `most` ms. */
export async function whenQuiet(most: number): Promise<void> {
  const latest = performance.now() + most;
  // oxlint-disable-next-line no-unmodified-loop-condition -- `counted` modifies it
  while (performance.now() < latest && (underWay > 0 || performance.now() - endedAt < PAUSE_MS)) {
    // oxlint-disable-next-line no-await-in-loop -- looked at again
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
