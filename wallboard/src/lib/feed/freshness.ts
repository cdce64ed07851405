/** How old what the screen shows is. `connecting`: nothing has ever arrived. */
export type Freshness =
  | { readonly level: 'connecting' }
  | { readonly level: 'fresh' | 'late' | 'stale'; readonly ageSeconds: number };

/** Heartbeats come every 5 s: two lost ones are a fault that must be said. */
export const LATE_AFTER_MS = 10_000;
export const STALE_AFTER_MS = 30_000;

/**
 * When, by the monotonic clock, what a message tells was read from the database. Not when it arrived: the server may live
 * without its database, and a page that was frozen finds old messages waiting. Never before what is known already.
 */
export function trueAt(asOf: string, serverNow: number | null, { monotonic, known }: { readonly monotonic: number; readonly known: number | null }): number {
  const age = serverNow === null ? 0 : Math.max(0, serverNow - Date.parse(asOf));
  return Math.max(known ?? Number.NEGATIVE_INFINITY, monotonic - age);
}

/** Judged by the monotonic clock: `lastHeardAt` is when the data of the last message was true, null before the first (WBD-02). */
export function freshness(lastHeardAt: number | null, now: number): Freshness {
  if (lastHeardAt === null) return { level: 'connecting' };
  const age = Math.max(0, now - lastHeardAt);
  const ageSeconds = Math.floor(age / 1000);
  if (age <= LATE_AFTER_MS) return { level: 'fresh', ageSeconds };
  if (age <= STALE_AFTER_MS) return { level: 'late', ageSeconds };
  return { level: 'stale', ageSeconds };
}
