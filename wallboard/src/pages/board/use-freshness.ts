import { useEffect, useState } from 'react';
import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import { freshness, type Freshness } from '../../lib/feed/freshness.ts';

export type FreshnessLevel = Freshness['level'];

const LOOK_EVERY_MS = 500;

/** The level of freshness; looks twice a second, so that a stopped stream shows and clears within a second of the edge. */
export function useFreshnessLevel(feed: BoardFeed): FreshnessLevel {
  const [level, setLevel] = useState<FreshnessLevel>('connecting');
  useEffect(() => {
    const look = (): void => setLevel(freshness(feed.lastHeardAt(), performance.now()).level);
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    const stopListening = feed.subscribe(look);
    return () => {
      clearInterval(timer);
      stopListening();
    };
  }, [feed]);
  return level;
}
