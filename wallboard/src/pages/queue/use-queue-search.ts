import { createContext, useContext, useMemo } from 'react';
import { useNavigate, useSearchParams } from '../../app/router.tsx';
import { isBuiltIn, type OpenView } from './use-saved-views.ts';

type QueueSearch = readonly [search: URLSearchParams, change: (next: URLSearchParams) => void];

export const QueueSearchContext = createContext<QueueSearch | null>(null);

/** What the queue is asked for now, and how to ask for something else: the address, or the view that stands at it. */
export function useQueueSearch(): QueueSearch {
  const search = useContext(QueueSearchContext);
  if (search === null) throw new Error('Must hold: a queue has a search');
  return search;
}

/**
 * A view's own address is short; what is changed in it is written out behind it, so that it can be sent as it stands. Each change
 * is an entry of the browser's history: Back takes it back.
 */
export function useSearchOf(slug: string | null, open: OpenView): QueueSearch {
  const [written] = useSearchParams();
  const navigate = useNavigate();
  const kept = open.search.toString();
  const isView = open.view !== null;
  return useMemo(() => {
    const search = written.size === 0 ? new URLSearchParams(kept) : written;
    const home = slug === null || isBuiltIn(slug) ? '/queue' : `/queue/v/${slug}`;
    const change = (next: URLSearchParams): void => {
      const text = next.toString();
      const own = isView && text === kept;
      // With nothing left it is everything that is open: neither the view again nor the one that was chosen to open with.
      void navigate(own ? home : text === '' ? '/queue/v/all' : `${home}?${text}`);
    };
    return [search, change];
  }, [slug, kept, isView, written, navigate]);
}
