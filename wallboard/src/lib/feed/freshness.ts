/** How old what the screen shows is. `connecting`: nothing has ever arrived. */
export type Freshness =
  | { readonly level: 'connecting' }
  | { readonly level: 'fresh' | 'late' | 'stale'; readonly ageSeconds: number };

/** Heartbeats come every 5 s: two lost ones are a fault that must be said. */
export const LATE_AFTER_MS = 10_000;
export const STALE_AFTER_MS = 30_000;

/** Judged by the monotonic clock: `lastHeardAt` is when the last message of the stream arrived, null before the first (WBD-02). */
export function freshness(lastHeardAt: number | null, now: number): Freshness {
  if (lastHeardAt === null) return { level: 'connecting' };
  const age = Math.max(0, now - lastHeardAt);
  const ageSeconds = Math.floor(age / 1000);
  if (age <= LATE_AFTER_MS) return { level: 'fresh', ageSeconds };
  if (age <= STALE_AFTER_MS) return { level: 'late', ageSeconds };
  return { level: 'stale', ageSeconds };
}
