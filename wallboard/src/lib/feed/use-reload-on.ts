import { useEffect, useRef } from 'react';

/** Calls `reload` once for each new seq of a stream that tells only that something changed. */
export function useReloadOn(seq: string | null, reload: () => Promise<unknown>): void {
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (seq === null || seq === seen.current) return;
    seen.current = seq;
    // The first message may be newer than what the page was fetched with, so it counts too.
    void reload();
  }, [seq, reload]);
}
