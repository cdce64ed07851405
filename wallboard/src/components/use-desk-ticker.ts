import { useEffect, useMemo } from 'react';
import { browserTimers } from '../lib/feed/browser-timers.ts';
import type { ServerClock } from '../lib/feed/server-clock.ts';
import { createTicker, type Ticker } from '../lib/ticking/ticker.ts';

/** One ticking clock for a desk page, by the server's time. */
export function useDeskTicker(clock: ServerClock): Ticker {
  const ticker = useMemo(() => createTicker(() => clock.now() ?? performance.timeOrigin + performance.now(), browserTimers), [clock]);
  useEffect(() => () => ticker.stop(), [ticker]);
  return ticker;
}
