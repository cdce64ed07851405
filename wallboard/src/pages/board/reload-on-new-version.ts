import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import { browserTimers } from '../../lib/feed/browser-timers.ts';
import { reloadAllowed, reloadPage } from '../../lib/reload-guard.ts';

/** Two hundred boards that heard of a deploy in the same second do not come for it in the same second. */
const STAGGER_MS = 10_000;

/**
 * After a deploy the board fetches the new page by itself (WBD-02): first everything that it will load, into the browser's cache, while the old page
 * stands; then it reloads, which takes no longer than drawing.
 */
export function reloadOnNewVersion(feed: BoardFeed): void {
  let first: string | null = null;
  let asking = false;
  const time = (): number => feed.clock.now() ?? performance.timeOrigin + performance.now();
  feed.subscribe(() => {
    const { view, detail } = feed.state();
    first ??= view?.version ?? null;
    if (asking || !isOutdated(first, view?.version ?? null, detail) || !reloadAllowed(time())) return;
    asking = true;
    browserTimers.after(browserTimers.random() * STAGGER_MS, () => {
      fetchNewPage().then((here) => {
        if (here && reloadAllowed(time())) reloadPage(time());
      }).catch(() => {
        // The server went away again; the next version that is heard asks anew.
      }).finally(() => { asking = false; });
    });
  });
}

/** Fetches the new page and those of its parts that this page uses under their old names; whether all of them came. */
async function fetchNewPage(): Promise<boolean> {
  const page = await fetch(window.location.pathname, { cache: 'no-cache' });
  if (!page.ok) return false;
  const entries = assetsIn(await page.text());
  const scripts = await Promise.all(entries.map((name) => fetch(name)));
  const texts = await Promise.all(scripts.map((script) => script.text()));
  const used = new Set(performance.getEntriesByType('resource').map(({ name }) => stemOf(new URL(name).pathname)));
  const parts = texts.flatMap(assetsIn).filter((name) => used.has(stemOf(name)) && !entries.includes(name));
  const rest = await Promise.all([...new Set(parts)].map((name) => fetch(name)));
  return [...scripts, ...rest].every(({ ok }) => ok);
}

/** The hashed files that a page or a script names. */
export function assetsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map(([name]) => `/${name}`))];
}

/** A file's name without the hash of its content. */
export function stemOf(name: string): string {
  return name.replace(/-[\w-]{8}(\.(?:js|css))$/, '$1');
}

/** The server tells another version than at first, or no longer understands what this page asks. */
export function isOutdated(first: string | null, current: string | null, detail: string): boolean {
  return (first !== null && current !== null && current !== first) || detail.includes('GRAPHQL_VALIDATION_FAILED');
}
