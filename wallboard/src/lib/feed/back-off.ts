const FIRST_MS = 500;
const CAP_MS = 15_000;

/**
 * Milliseconds to wait before a try after so many streams in a row that the server broke off.
 * Doubles from half a second and never gives up; the jitter takes away up to half of it, so that two hundred boards do not
 * come back to a restarted server in the same instant. `random` is a number in [0, 1).
 */
export function backOffMs(failuresInARow: number, random: number): number {
  const full = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(failuresInARow, 16));
  return Math.round(full * (1 - random / 2));
}
