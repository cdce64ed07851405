import type { MetricSide, MetricSplit } from '../../graphql/generated/desk/graphql.ts';

/** What of the metrics pages the address bar holds: whose figures, and which bar is open. */
export interface MetricAddress {
  /** "2026-Q4" or "2026-11"; null: the quarter that runs. */
  readonly period: string | null;
  readonly customerId: string | null;
  readonly teamId: string | null;
  readonly bar: OpenBar | null;
}

/** A bar whose records are shown. */
export interface OpenBar {
  readonly figure: string;
  readonly period: string | null;
  readonly split: MetricSplit;
  /** Undefined: all parts together; null: what has no customer or team. */
  readonly part: string | null | undefined;
  readonly side: MetricSide;
  /** Which view of the bar: its records, or its split by customers or teams. */
  readonly view: 'records' | 'customer' | 'team';
}

const NO_ONE = '-';
const SIDES: readonly MetricSide[] = ['ALL', 'HIT', 'MISSED'];
const SPLITS: readonly MetricSplit[] = ['PART', 'CUSTOMER', 'TEAM'];

export function readAddress(search: URLSearchParams): MetricAddress {
  const figure = search.get('figure');
  const part = search.get('part');
  return {
    period: search.get('period'), customerId: search.get('customer'), teamId: search.get('team'),
    bar: figure === null ? null : {
      figure, period: search.get('of') ?? search.get('period'), part: part === null ? undefined : part === NO_ONE ? null : part,
      split: SPLITS.find((split) => split === search.get('split')) ?? 'PART', side: SIDES.find((side) => side === search.get('side')) ?? 'ALL',
      view: search.get('view') === 'customer' ? 'customer' : search.get('view') === 'team' ? 'team' : 'records',
    },
  };
}

const BAR_KEYS = ['figure', 'of', 'part', 'split', 'side', 'view'];

/** The address with that bar open, or with none. */
export function withBar(search: URLSearchParams, bar: OpenBar | null): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const key of BAR_KEYS) next.delete(key);
  if (bar === null) return next;
  const { figure, period, part, split, side, view } = bar;
  const values = { figure, of: period, part: part === undefined ? null : part ?? NO_ONE, split: split === 'PART' ? null : split, side: side === 'ALL' ? null : side, view: view === 'records' ? null : view };
  for (const [key, value] of Object.entries(values)) if (value !== null) next.set(key, value);
  return next;
}

/** The address with one filter changed; an open bar stays open, of the new period. */
export function withFilter(search: URLSearchParams, key: 'period' | 'customer' | 'team', value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === '') next.delete(key);
  else next.set(key, value);
  if (key === 'period') next.delete('of');
  return next;
}

export function lengthOf(period: string): 'quarter' | 'month' {
  return period.includes('Q') ? 'quarter' : 'month';
}
