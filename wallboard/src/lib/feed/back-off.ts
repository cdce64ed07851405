const FIRST_MS = 500;
const CAP_MS = 15_000;

/**
 * Milliseconds to wait before the n-th try in a row (0 = the first after a break).
 * Doubles from half a second to 15 s and never gives up; the jitter takes away up to half of it,
 * so that two hundred boards do not come back to a restarted server in the same instant.
 * `random` is a number in [0, 1).
 */
export function backOffMs(failuresInARow: number, random: number): number {
  const full = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(failuresInARow, 16));
  return Math.round(full * (1 - random / 2));
}
