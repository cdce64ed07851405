import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import { reloadAllowed, reloadPage } from '../../lib/reload-guard.ts';

/** After a deploy the board fetches the new page by itself, as soon as the server answers for it (WBD-02). */
export function reloadOnNewVersion(feed: BoardFeed): void {
  let first: string | null = null;
  let asking = false;
  feed.subscribe(() => {
    const { view, detail } = feed.state();
    first ??= view?.version ?? null;
    const now = feed.clock.now() ?? performance.timeOrigin + performance.now();
    if (asking || !isOutdated(first, view?.version ?? null, detail) || !reloadAllowed(now)) return;
    asking = true;
    fetch(window.location.pathname, { method: 'HEAD' }).then((answer) => {
      if (answer.ok) reloadPage(now);
    }).catch(() => {
      // The server went away again; the next version that is heard asks anew.
    }).finally(() => { asking = false; });
  });
}

/** The server tells another version than at first, or no longer understands what this page asks. */
export function isOutdated(first: string | null, current: string | null, detail: string): boolean {
  return (first !== null && current !== null && current !== first) || detail.includes('GRAPHQL_VALIDATION_FAILED');
}
