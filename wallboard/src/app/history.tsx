import { createContext, startTransition, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';

/** Where somebody is; `key` names the entry of the history, so that the same address twice is two places. */
export interface DeskLocation {
  readonly pathname: string;
  readonly search: string;
  readonly key: string;
}

export type To = string | { readonly pathname?: string; readonly search?: string };
export type Navigate = (to: To | number, options?: { readonly replace?: boolean | undefined }) => void;

interface DeskHistory {
  readonly current: () => DeskLocation;
  readonly write: (address: string, replace: boolean) => void;
  readonly go: (entries: number) => void;
  /** Calls when somebody went back or forward. */
  readonly listen: (moved: () => void) => () => void;
}

interface Place {
  readonly location: DeskLocation;
  readonly navigate: Navigate;
}

const PlaceContext = createContext<Place | null>(null);

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (place === null) throw new Error('Must hold: what navigates stands in a router');
  return place;
}

export const addressOf = (to: To): string => (typeof to === 'string' ? to : `${to.pathname ?? ''}${to.search === undefined || to.search === '' ? '' : `?${to.search.replace(/^\?/, '')}`}`);

/** An address as the browser writes it (percent-encoded), as seen from another one: `?a=1` is the same page. */
export function resolve(to: To, from: Pick<DeskLocation, 'pathname' | 'search'>): URL {
  // The origin is never shown; `//elsewhere` is a path, too.
  return new URL(addressOf(to).replace(/^\/{2,}/, '/'), `http://desk${from.pathname}${from.search}`);
}

/** Tells the pages where one is. In a transition: the old page stays until a lazy one is loaded. */
function Located({ history, children }: { readonly history: DeskHistory; readonly children?: ReactNode }) {
  const [location, setLocation] = useState(history.current);
  const navigate = useMemo<Navigate>(() => (to, { replace = false } = {}) => {
    if (typeof to === 'number') return history.go(to);
    const { pathname, search, hash } = resolve(to, history.current());
    history.write(pathname + search + hash, replace);
    startTransition(() => setLocation(history.current()));
  }, [history]);
  useLayoutEffect(() => history.listen(() => startTransition(() => setLocation(history.current()))), [history]);
  const place = useMemo(() => ({ location, navigate }), [location, navigate]);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

const newKey = (): string => Math.random().toString(36).slice(2, 10);
/** The entry that somebody came by, and those that a link within a page (`#desk-page`) makes, carry no key. */
const KEYLESS = 'default';

const browserHistory: DeskHistory = {
  current: () => ({ pathname: window.location.pathname, search: window.location.search, key: (window.history.state as { key?: string } | null)?.key ?? KEYLESS }),
  write: (address, replace) => window.history[replace ? 'replaceState' : 'pushState']({ key: newKey() }, '', address),
  go: (entries) => window.history.go(entries),
  listen: (moved) => {
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  },
};

function memoryHistory(addresses: readonly string[]): DeskHistory {
  const entryOf = (address: string, key: string): DeskLocation => {
    const { pathname, search } = resolve(address, { pathname: '/', search: '' });
    return { pathname, search, key };
  };
  let entries = addresses.map((address, at) => entryOf(address, at === 0 ? KEYLESS : newKey()));
  let at = entries.length - 1;
  const heard = new Set<() => void>();
  return {
    current: () => entries[at]!,
    write: (address, replace) => {
      if (!replace) at += 1;
      entries = [...entries.slice(0, at), entryOf(address, newKey()), ...(replace ? entries.slice(at + 1) : [])];
    },
    go: (by) => {
      at = Math.min(entries.length - 1, Math.max(0, at + by));
      for (const moved of heard) moved();
    },
    listen: (moved) => {
      heard.add(moved);
      return () => heard.delete(moved);
    },
  };
}

interface InMemory {
  /** The last one is where one begins. */
  readonly initialEntries?: readonly string[];
  readonly children?: ReactNode;
}

export function BrowserRouter({ children }: { readonly children?: ReactNode }) {
  return <Located history={browserHistory}>{children}</Located>;
}

/** For tests: a history without a browser's. */
export function MemoryRouter({ initialEntries = ['/'], children }: InMemory) {
  const [history] = useState(() => memoryHistory(initialEntries));
  return <Located history={history}>{children}</Located>;
}
