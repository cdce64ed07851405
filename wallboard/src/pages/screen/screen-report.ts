import type { ReportScreenInput } from '../../graphql/generated/board/graphql.ts';
import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import { freshness } from '../../lib/feed/freshness.ts';

/** A wall clock that is off by more than this is worth a look; the board does not use it. */
const CLOCK_OFF_MS = 120_000;

/** How this screen is: what it runs, how big it is, and what is not as it should be. */
export function screenReport(feeds: readonly BoardFeed[], awake: boolean): ReportScreenInput {
  const serverTime = feeds[0]?.clock.now() ?? null;
  const old = feeds.some((feed) => freshness(feed.lastHeardAt(), performance.now()).level === 'stale');
  const problems = [
    awake ? null : 'may-go-dark', document.fullscreenElement === null && window.innerHeight < window.screen.height ? 'not-full-screen' : null,
    old ? 'data-old' : null, serverTime !== null && Math.abs(performance.timeOrigin + performance.now() - serverTime) > CLOCK_OFF_MS ? 'clock-off' : null,
    document.visibilityState === 'hidden' ? 'hidden' : null,
  ].filter((problem) => problem !== null);
  const { innerWidth, innerHeight, devicePixelRatio, navigator } = window;
  return {
    version: feeds[0]?.state().view?.version ?? '', userAgent: navigator.userAgent, width: Math.round(innerWidth * devicePixelRatio), height: Math.round(innerHeight * devicePixelRatio),
    problems,
  };
}
