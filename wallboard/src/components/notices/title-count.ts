/** "(3) Watchfloor": the number of unread notices before whatever the page calls itself. */
export function withCount(title: string, unread: number): string {
  const bare = title.replace(/^\(\d+\) /, '');
  return unread === 0 ? bare : `(${unread}) ${bare}`;
}

/** A screen reader is told of new notices at most so often; what came meanwhile is told as one. */
export const ANNOUNCE_EVERY_MS = 15_000;

/** How long to wait before the next announcement. */
export function announceIn(lastAt: number | null, now: number): number {
  return lastAt === null ? 0 : Math.max(0, lastAt + ANNOUNCE_EVERY_MS - now);
}
