import type { IncidentFilter, IncidentLevel, IncidentSort, IncidentState, QueueClockState } from '../../graphql/generated/desk/graphql.ts';

/** What the address bar says about a queue (WBD-04). */
export interface QueueView {
  readonly filter: IncidentFilter;
  readonly sort: IncidentSort;
  /** Keys and values that mean nothing here: they are reported, not ignored. */
  readonly unknown: readonly string[];
}

export const STATES: readonly IncidentState[] = ['AWAITING_ASSIGNMENT', 'IN_PROGRESS', 'SUSPENDED', 'AWAITING_FEEDBACK', 'CLOSED'];
export const LEVELS: readonly IncidentLevel[] = ['LV1', 'LV2', 'LV3', 'LV4'];
export const CLOCK_STATES: readonly QueueClockState[] = ['BREACHED', 'DUE_15', 'DUE_60', 'RUNNING', 'PAUSED', 'OUTSIDE_HOURS'];
export const SORTS: readonly IncidentSort[] = ['PRIORITY', 'DUE', 'REPORTED', 'NUMBER'];

const KNOWN = ['category', 'ci', 'clock', 'closed', 'customer', 'handoff', 'holder', 'lang', 'level', 'q', 'reason', 'sort', 'state', 'team', 'unassigned'];

/** Reads `?level=LV1,LV2&state=SUSPENDED&q=mail`; lists are separated by commas, switches are `=1`. */
export function readQueueView(search: URLSearchParams): QueueView {
  const unknown = [...search.keys()].filter((key) => !KNOWN.includes(key));
  const list = (key: string): readonly string[] => (search.get(key) ?? '').split(',').filter((word) => word !== '');
  const words = <Word extends string>(key: string, allowed: readonly Word[]): readonly Word[] | undefined => {
    const asked = list(key);
    unknown.push(...asked.filter((word) => !allowed.some((one) => one === word)).map((word) => `${key}=${word}`));
    return orNothing(allowed.filter((word) => asked.includes(word)));
  };
  const filter: IncidentFilter = {
    states: words('state', STATES), levels: words('level', LEVELS), clockStates: words('clock', CLOCK_STATES),
    teamIds: orNothing(list('team')), holderIds: orNothing(list('holder')), customerIds: orNothing(list('customer')),
    categories: orNothing(list('category')), suspensionCategories: orNothing(list('reason')),
    ciId: search.get('ci') ?? undefined, text: search.get('q') ?? undefined,
    openOnly: search.get('closed') === '1' ? false : undefined,
    unassigned: search.get('unassigned') === '1' ? true : undefined,
    handoffWaiting: search.get('handoff') === '1' ? true : undefined,
  };
  return { filter: withoutGaps(filter), sort: words('sort', SORTS)?.[0] ?? 'PRIORITY', unknown };
}

/** The same search with one key changed; keys in alphabetical order, so that a view has one address. */
export function withKey(search: URLSearchParams, key: string, values: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(search);
  if (values.length === 0) next.delete(key);
  else next.set(key, values.join(','));
  next.sort();
  return next;
}

export function valuesOf(search: URLSearchParams, key: string): readonly string[] {
  return (search.get(key) ?? '').split(',').filter((word) => word !== '');
}

export function toggled(values: readonly string[], value: string): readonly string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

function orNothing<Word>(words: readonly Word[]): readonly Word[] | undefined {
  return words.length === 0 ? undefined : words;
}

/** An absent key and an undefined one are the same filter; the server shares one evaluation per spelling. */
function withoutGaps(filter: IncidentFilter): IncidentFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
