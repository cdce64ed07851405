import type { ChangeCategory, ChangeFilter, ChangeState } from '../../graphql/generated/desk/graphql.ts';

/** What the address bar says about the list of changes. */
export interface ChangeView {
  readonly filter: ChangeFilter;
  /** Keys and values that mean nothing here: they are reported, not ignored. */
  readonly unknown: readonly string[];
}

export const STATES: readonly ChangeState[] = [
  'DRAFT', 'SUBMITTED', 'ACCEPTED', 'PLANNING', 'APPROVAL', 'SCHEDULED', 'IMPLEMENTING', 'ROLLED_BACK', 'VERIFIED', 'REVIEW', 'CLOSED', 'REFUSED', 'CANCELLED', 'TERMINATED',
];
export const CATEGORIES: readonly ChangeCategory[] = ['MAJOR', 'IMPORTANT', 'GENERAL', 'EMERGENCY'];

const KNOWN = ['category', 'ci', 'customer', 'ended', 'from', 'lang', 'late', 'owing', 'owner', 'q', 'state', 'to'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads `?state=DRAFT,REVIEW&category=MAJOR&q=mail&from=2026-11-01`; lists are separated by commas, switches are `=1`. Days begin in the browser's zone. */
export function readChangeView(search: URLSearchParams): ChangeView {
  const unknown = [...search.keys()].filter((key) => !KNOWN.includes(key));
  const words = <Word extends string>(key: string, allowed: readonly Word[]): readonly Word[] | undefined => {
    const asked = (search.get(key) ?? '').split(',').filter((word) => word !== '');
    unknown.push(...asked.filter((word) => !allowed.some((one) => one === word)).map((word) => `${key}=${word}`));
    const found = allowed.filter((word) => asked.includes(word));
    return found.length === 0 ? undefined : found;
  };
  const day = (key: string, add: number): string | undefined => {
    const text = search.get(key);
    if (text === null || text === '') return undefined;
    const at = DAY.test(text) ? new Date(`${text}T00:00`) : new Date(Number.NaN);
    if (Number.isNaN(at.getTime())) {
      unknown.push(`${key}=${text}`);
      return undefined;
    }
    at.setDate(at.getDate() + add);
    return at.toISOString();
  };
  const flag = (key: string): true | undefined => (search.get(key) === '1' ? true : undefined);
  const filter: ChangeFilter = {
    states: words('state', STATES), categories: words('category', CATEGORIES), customerId: search.get('customer') ?? undefined, ownerId: search.get('owner') ?? undefined,
    ciId: search.get('ci') ?? undefined, text: search.get('q') ?? undefined, windowFrom: day('from', 0), windowTo: day('to', 1), ended: flag('ended'), responseLate: flag('late'), owing: flag('owing'),
  };
  return { filter, unknown };
}

/** The same address with one key changed; keys in alphabetical order, so that a view has one address. */
export function withKey(search: URLSearchParams, key: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === '') next.delete(key);
  else next.set(key, value);
  next.sort();
  return next;
}

export function valuesOf(search: URLSearchParams, key: string): readonly string[] {
  return (search.get(key) ?? '').split(',').filter((word) => word !== '');
}
