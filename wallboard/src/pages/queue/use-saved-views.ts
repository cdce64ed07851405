import { useQuery } from '@apollo/client/react';
import { SavedViewsDocument, type IncidentFilter, type SavedViewFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { readColumns, searchOf } from './queue-filter.ts';

export type SavedView = SavedViewFieldsFragment;

/** Queues that everybody has, by the last part of their address. */
export const BUILT_IN = ['all', 'mine', 'nobody'] as const;
export type BuiltIn = (typeof BUILT_IN)[number];

const BUILT_IN_SEARCH: Readonly<Record<BuiltIn, string>> = { all: '', mine: 'holder=me', nobody: 'holder=nobody' };

export function isBuiltIn(slug: string): slug is BuiltIn {
  return BUILT_IN.some((one) => one === slug);
}

export interface OpenView {
  /** Waiting: for the list of views. Missing: none at that address, or none that one may open. */
  readonly state: 'ready' | 'waiting' | 'missing';
  readonly view: SavedView | null;
  /** What the view holds, as an address. */
  readonly search: URLSearchParams;
}

/** The address of a saved view's content: the same that its filter typed or clicked together has. */
export function searchOfView({ filter, sort, grouping, columns }: SavedView): URLSearchParams {
  const kept: IncidentFilter = Object.fromEntries(Object.entries(filter).filter(([name, value]) => value !== null && name !== '__typename'));
  return searchOf({ filter: kept, sort, group: grouping ?? null, columns: readColumns(columns) });
}

/** What stands at `/queue/v/<slug>`, or at `/queue` itself: the view that was chosen to open with. */
export function useOpenView(slug: string | null, bare: boolean) {
  const { data, error, refetch } = useQuery(SavedViewsDocument, { fetchPolicy: 'cache-and-network' });
  const views = data?.savedViews ?? [];
  const preferred = slug === null && bare ? (views.find(({ isDefault }) => isDefault) ?? null) : null;
  return { views, preferred, refetch, open: openView(slug, { views, known: data !== undefined || error !== undefined, bare }) };
}

function openView(slug: string | null, { views, known, bare }: { readonly views: readonly SavedView[]; readonly known: boolean; readonly bare: boolean }): OpenView {
  const nothing = new URLSearchParams();
  if (slug === null) return { state: bare && !known ? 'waiting' : 'ready', view: null, search: nothing };
  if (isBuiltIn(slug)) return { state: 'ready', view: null, search: new URLSearchParams(BUILT_IN_SEARCH[slug]) };
  if (!known) return { state: 'waiting', view: null, search: nothing };
  const view = views.find((one) => one.slug === slug);
  return view === undefined ? { state: 'missing', view: null, search: nothing } : { state: 'ready', view, search: searchOfView(view) };
}
