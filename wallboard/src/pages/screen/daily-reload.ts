import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import type { FeedTimers } from '../../lib/feed/feed-reader.ts';
import { reloadAllowed, reloadPage } from '../../lib/reload-guard.ts';

export interface Quiet {
  readonly upMs: number;
  /** 0–23, where the board is. */
  readonly hour: number;
  readonly sinceNewsMs: number;
  readonly unacknowledged: number;
}

const HOUR_MS = 3_600_000;

/** Once a day, in the small hours, after ten quiet minutes and with nothing that waits for somebody. */
export function isQuiet({ upMs, hour, sinceNewsMs, unacknowledged }: Quiet): boolean {
  return upMs >= 20 * HOUR_MS && hour >= 3 && hour < 5 && sinceNewsMs >= 600_000 && unacknowledged === 0;
}

const LOOK_EVERY_MS = 60_000;

/** A page that starts anew each night cannot leak for weeks. It loads itself only while its feeds live: it would come back to nothing otherwise. */
export function reloadDaily(feeds: () => readonly BoardFeed[], timers: FeedTimers): void {
  let newsAt = performance.now();
  let news = '';
  const look = (): void => {
    const now = performance.now();
    const states = feeds().map((feed) => ({ ...feed.state(), time: feed.clock.now() }));
    const heard = states.map(({ view }) => view?.happenings.at(-1)?.seq ?? '').join();
    if (heard !== news) [news, newsAt] = [heard, now];
    const [first] = states;
    const live = first !== undefined && states.every(({ connected, view }) => connected && view !== null);
    if (live && first.time !== null) {
      const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: first.view?.board.timeZone ?? 'UTC' }).format(first.time));
      const unacknowledged = states.reduce((sum, { view }) => sum + (view?.counters.alarmsUnacknowledged ?? 0), 0);
      if (isQuiet({ upMs: now, hour, sinceNewsMs: now - newsAt, unacknowledged }) && reloadAllowed(first.time)) reloadPage(first.time);
    }
    // Spread over the minute, so that a room does not go all at once.
    timers.after(LOOK_EVERY_MS * (0.5 + timers.random()), look);
  };
  timers.after(LOOK_EVERY_MS, look);
}
