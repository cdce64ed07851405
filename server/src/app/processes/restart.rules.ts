/** A process that ends sooner than this after it was ready has not worked: its next start is another try of the same. */
const WORKED_MS = 10_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** With the waits in between some 20 s: long enough for a passing trouble, short enough for whoever watches a deployment. */
export const MOST_QUICK_ENDS = 6;

export interface Restart {
  /** Ends in a row without having worked in between. */
  readonly quickEnds: number;
  readonly waitMs: number;
  readonly giveUp: boolean;
}

/**
 * What follows from the end of a server process.
 * @param quickEnds how many in a row came before.
 * @param readyForMs for how long it had been ready; null when it never was.
 */
export function afterEnd(quickEnds: number, readyForMs: number | null): Restart {
  if (readyForMs !== null && readyForMs >= WORKED_MS) return { quickEnds: 0, waitMs: 0, giveUp: false };
  const ends = quickEnds + 1;
  return { quickEnds: ends, waitMs: Math.min(FIRST_WAIT_MS * 2 ** (ends - 1), LONGEST_WAIT_MS), giveUp: ends >= MOST_QUICK_ENDS };
}
