/** One knock follows another after half a second to a second, and each waits this long: at most six are under way, as many as a browser keeps to one host. */
const EVERY_MS = 1000;
const WITHIN_MS = 3000;

/**
 * Asks by ordinary requests whether the server behind a stream's address is there, until one is answered, and says so once.
 * A WebSocket would be the wrong hand to knock with: a browser holds new ones back, by seconds, the more of them failed, and
 * one that hangs in a broken network is not overtaken by the next. Answers how to stop.
 */
export function knock(streamUrl: string, answered: () => void): () => void {
  const url = new URL('/healthz', streamUrl.replace(/^ws/, 'http'));
  const stopped = new AbortController();
  let next: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(next);
    stopped.abort();
  };
  const ask = (): void => {
    next = setTimeout(ask, EVERY_MS * (1 - Math.random() / 2));
    fetch(url, { signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(WITHIN_MS)]), cache: 'no-store', credentials: 'omit' }).then((response) => {
      // 502 to 504 is what stands before a server that is gone.
      if (response.status >= 500 || stopped.signal.aborted) return;
      stop();
      answered();
    }, () => undefined);
  };
  ask();
  return stop;
}
