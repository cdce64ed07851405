const KEY = 'watchfloor.reloadedAt';
/** At most one reload in ten minutes: a server that changes its mind must not make a screen flicker. */
const REST_MS = 600_000;

/** Judged by the time of the last reload rather than once for each page; a clock that jumped counts as time passed. */
export function mayReload(now: number, lastReload: string | null): boolean {
  return lastReload === null || Math.abs(now - Number(lastReload)) >= REST_MS;
}

/** Whether this tab may reload itself now. */
export function reloadAllowed(now: number): boolean {
  return mayReload(now, sessionStorage.getItem(KEY));
}

/** Reloads the page and remembers when. */
export function reloadPage(now: number): void {
  sessionStorage.setItem(KEY, String(now));
  window.location.reload();
}
