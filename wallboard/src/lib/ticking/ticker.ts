import type { FeedTimers } from '../feed/feed-reader.ts';

/** Called every second with the server's time in epoch ms; it writes what changed, and only that. */
export type Write = (now: number) => void;

export interface Ticker {
  /** Writes once now and then every second; the answer stops it. */
  readonly add: (write: Write) => () => void;
  /** Writes everything now, e.g. after the clock was corrected. */
  readonly tick: () => void;
  readonly stop: () => void;
}

/**
 * One clock for every figure on the page. Five thousand rows with an interval each saturate a processor;
 * one timer that writes text nodes costs a tenth of that.
 * Ticks just after each full second of `now`, so that all figures change together with the wall clock.
 */
export function createTicker(now: () => number, timers: Pick<FeedTimers, 'after'>): Ticker {
  const writes = new Set<Write>();
  let cancel: (() => void) | null = null;
  const tick = (): void => {
    const at = now();
    for (const write of writes) write(at);
  };
  const schedule = (): void => {
    cancel = timers.after(1005 - (now() % 1000), () => {
      tick();
      schedule();
    });
  };
  return {
    add(write) {
      writes.add(write);
      write(now());
      if (cancel === null) schedule();
      return () => {
        writes.delete(write);
        if (writes.size > 0) return;
        cancel?.();
        cancel = null;
      };
    },
    tick,
    stop() {
      writes.clear();
      cancel?.();
      cancel = null;
    },
  };
}
