/** Ten evaluations a second at most, four at least: a tenth of a connection for a large board, a change within 100 ms for a small desk. */
const TIMES_ITS_COST = 10;
const LEAST_MS = 100;
const MOST_MS = 250;

/** How soon a view may be evaluated again: ten times as long after the last time as that took, within bounds. */
export class Pace {
  private beganAt = 0;
  private everyMs = LEAST_MS;

  began(at: number): void {
    this.beganAt = at;
  }

  took(milliseconds: number): void {
    this.everyMs = Math.min(MOST_MS, Math.max(LEAST_MS, TIMES_ITS_COST * milliseconds));
  }

  /** Milliseconds to wait for the next evaluation. */
  wait(now: number): number {
    return Math.max(0, this.beganAt + this.everyMs - now);
  }
}
