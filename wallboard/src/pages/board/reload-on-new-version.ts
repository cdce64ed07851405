import type { BoardFeed } from '../../lib/feed/board-feed.ts';

const KEY = 'watchfloor.reloadedAt';
/** At most one reload in ten minutes: a server that changes its mind must not make the wall flicker. */
const REST_MS = 600_000;

/** After a deploy the board fetches the new page by itself, as soon as the server answers for it (WBD-02). */
export function reloadOnNewVersion(feed: BoardFeed): void {
  let first: string | null = null;
  let asking = false;
  feed.subscribe(() => {
    const version = feed.state().view?.version ?? null;
    if (version === null) return;
    first ??= version;
    if (version === first || asking || !mayReload(feed.clock.now() ?? 0, sessionStorage.getItem(KEY))) return;
    asking = true;
    fetch(window.location.href, { method: 'HEAD' }).then((answer) => {
      if (!answer.ok) return;
      sessionStorage.setItem(KEY, String(feed.clock.now() ?? 0));
      window.location.reload();
    }).catch(() => {
      // The server went away again; the next version that is heard asks anew.
    }).finally(() => { asking = false; });
  });
}

/** Judged by the server's clock, by the time of the last reload rather than once for each page. */
export function mayReload(now: number, lastReload: string | null): boolean {
  return lastReload === null || now - Number(lastReload) >= REST_MS;
}
