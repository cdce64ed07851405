import { useEffect, useRef, useState } from 'react';
import type { QueueKey } from '../../lib/feed/queue-reducer.ts';

/** Screen readers are told at most so often. */
const EVERY_MS = 15_000;

export interface Summary { readonly added: number; readonly gone: number; readonly total: number }

/** What came and went since the last time it was told; null while nothing did. */
export function useLiveSummary(keys: readonly QueueKey[] | null): Summary | null {
  const [summary, setSummary] = useState<Summary | null>(null);
  const told = useRef<ReadonlySet<string> | null>(null);
  const latest = useRef(keys);
  latest.current = keys;
  const loading = keys === null;
  useEffect(() => {
    told.current = null;
    if (loading) return;
    const timer = setInterval(() => {
      const ids = new Set(latest.current?.map(({ id }) => id));
      const before = told.current ?? ids;
      told.current = ids;
      const added = [...ids].filter((id) => !before.has(id)).length;
      const gone = [...before].filter((id) => !ids.has(id)).length;
      if (added + gone > 0) setSummary({ added, gone, total: ids.size });
    }, EVERY_MS);
    told.current = new Set(latest.current?.map(({ id }) => id));
    return () => clearInterval(timer);
  }, [loading]);
  return summary;
}
