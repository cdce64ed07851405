import type { IncidentFilter, IncidentGrouping, IncidentLevel, IncidentSort, IncidentState, QueueClockState } from '../../graphql/generated/desk/graphql.ts';
import { minutesOf, shortSpan } from './spans.ts';

/** What the address bar says about a queue (WBD-04). */
export interface QueueView {
  readonly filter: IncidentFilter;
  readonly sort: IncidentSort;
  readonly group: IncidentGrouping | null;
  /** Empty: as the person or the saved view has chosen. */
  readonly columns: readonly QueueColumn[];
  /** Keys and values that mean nothing here: they are reported, not ignored. */
  readonly unknown: readonly string[];
}

export const STATES: readonly IncidentState[] = ['AWAITING_ASSIGNMENT', 'IN_PROGRESS', 'SUSPENDED', 'AWAITING_FEEDBACK', 'CLOSED'];
export const LEVELS: readonly IncidentLevel[] = ['LV1', 'LV2', 'LV3', 'LV4'];
export const CLOCK_STATES: readonly QueueClockState[] = ['BREACHED', 'DUE_15', 'DUE_60', 'RUNNING', 'PAUSED', 'OUTSIDE_HOURS'];
export const SORTS: readonly IncidentSort[] = ['PRIORITY', 'DUE', 'AGE', 'REPORTED', 'LEVEL', 'NUMBER', 'UPDATED', 'RISK'];
export const GROUPINGS: readonly IncidentGrouping[] = ['TEAM', 'CUSTOMER', 'LEVEL', 'STATE', 'HOLDER'];
export const COLUMNS = ['level', 'number', 'title', 'customer', 'team', 'holder', 'state', 'category', 'reported', 'updated', 'clock'] as const;
export type QueueColumn = (typeof COLUMNS)[number];
export const USUAL_COLUMNS: readonly QueueColumn[] = ['level', 'number', 'title', 'customer', 'team', 'state', 'clock'];

/** Keys of the address that say which incidents; the others say how they are shown. */
export const FILTER_KEYS = ['category', 'ci', 'clock', 'closed', 'customer', 'dep', 'handoff', 'holder', 'level', 'older', 'q', 'reason', 'state', 'team', 'unassigned', 'younger'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];
const KNOWN: readonly string[] = [...FILTER_KEYS, 'cols', 'group', 'lang', 'sort'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DUE = /^DUE_(\d{1,7})$/;

/** Reads `?level=LV1,LV2&state=SUSPENDED&q=mail`; lists are separated by commas, switches are `=1`. */
export function readQueueView(search: URLSearchParams): QueueView {
  const unknown = [...new Set(search.keys())].filter((key) => !KNOWN.includes(key));
  const report = (key: string, words: readonly string[]): void => void unknown.push(...words.map((word) => `${key}=${word}`));
  const words = <Word extends string>(key: string, allowed: readonly Word[]): readonly Word[] | undefined => {
    const asked = valuesOf(search, key);
    report(key, asked.filter((word) => !allowed.some((one) => one === word)));
    return orNothing(allowed.filter((word) => asked.includes(word)));
  };
  const ids = (key: string, besides: readonly string[] = []): readonly string[] | undefined => {
    const [right, wrong] = parted(valuesOf(search, key), (word) => UUID.test(word) || besides.includes(word));
    report(key, wrong);
    return orNothing(right);
  };
  const span = (key: string): number | undefined => {
    const text = search.get(key);
    const minutes = text === null ? null : minutesOf(text);
    if (text !== null && minutes === null) report(key, [text]);
    return minutes ?? undefined;
  };
  const flag = (key: string): boolean => {
    const text = search.get(key);
    if (text !== null && text !== '1') report(key, [text]);
    return text === '1';
  };
  const [spans, states] = parted(valuesOf(search, 'clock'), (word) => DUE.test(word) && !CLOCK_STATES.some((one) => one === word));
  const dues = spans.map((word) => Number(DUE.exec(word)?.[1]));
  const clocks = CLOCK_STATES.filter((word) => states.includes(word));
  report('clock', states.filter((word) => !CLOCK_STATES.some((one) => one === word)));
  const ciId = ids('ci')?.[0];
  const filter: IncidentFilter = {
    states: words('state', STATES), levels: words('level', LEVELS), clockStates: orNothing(clocks), dueWithinMinutes: dues.length === 0 ? undefined : Math.max(1, ...dues),
    teamIds: ids('team'), holderIds: ids('holder', ['me', 'nobody']), customerIds: ids('customer'),
    categories: orNothing(valuesOf(search, 'category')), suspensionCategories: orNothing(valuesOf(search, 'reason')),
    olderThanMinutes: span('older'), youngerThanMinutes: span('younger'),
    ciId, ciDependents: flag('dep') && ciId !== undefined ? true : undefined, text: search.get('q') ?? undefined,
    openOnly: flag('closed') ? false : undefined, unassigned: flag('unassigned') ? true : undefined, handoffWaiting: flag('handoff') ? true : undefined,
  };
  return {
    filter: withoutGaps(filter), sort: words('sort', SORTS)?.[0] ?? 'PRIORITY', group: words('group', GROUPINGS)?.[0] ?? null,
    columns: readColumns(valuesOf(search, 'cols'), (word) => report('cols', [word])), unknown,
  };
}

/** The address of a view: the inverse of {@link readQueueView}, keys in alphabetical order, nothing that is usual anyway. */
export function searchOf({ filter, sort, group, columns }: Omit<QueueView, 'unknown'>): URLSearchParams {
  const clocks = [...(filter.clockStates ?? []), ...(filter.dueWithinMinutes == null ? [] : [`DUE_${filter.dueWithinMinutes}`])];
  const span = (minutes: number | null | undefined): readonly string[] => (minutes == null ? [] : [shortSpan(minutes)]);
  const flag = (on: boolean): readonly string[] => (on ? ['1'] : []);
  const entries: Readonly<Record<string, readonly string[]>> = {
    category: filter.categories ?? [], ci: filter.ciId == null ? [] : [filter.ciId], clock: clocks, closed: flag(filter.openOnly === false), cols: columns,
    customer: filter.customerIds ?? [], dep: flag(filter.ciDependents === true), group: group === null ? [] : [group], handoff: flag(filter.handoffWaiting === true),
    holder: filter.holderIds ?? [], level: filter.levels ?? [], older: span(filter.olderThanMinutes), q: filter.text == null ? [] : [filter.text],
    reason: filter.suspensionCategories ?? [], sort: sort === 'PRIORITY' ? [] : [sort], state: filter.states ?? [], team: filter.teamIds ?? [],
    unassigned: flag(filter.unassigned === true), younger: span(filter.youngerThanMinutes),
  };
  return new URLSearchParams(Object.entries(entries).filter(([, values]) => values.length > 0).map(([key, values]) => [key, values.join(',')]));
}

/** The same search with one key changed; keys in alphabetical order, so that a view has one address. */
export function withKey(search: URLSearchParams, key: string, values: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(search);
  if (values.length === 0) next.delete(key);
  else next.set(key, values.join(','));
  if (key === 'ci' && values.length === 0) next.delete('dep');
  next.sort();
  return next;
}

export function valuesOf(search: URLSearchParams, key: string): readonly string[] {
  return (search.get(key) ?? '').split(',').filter((word) => word !== '');
}

export function toggled(values: readonly string[], value: string): readonly string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

/** Known ones in their own order; without the number a row could not be opened. */
export function readColumns(words: readonly string[], report: (word: string) => void = () => {}): readonly QueueColumn[] {
  for (const word of words) if (!COLUMNS.some((column) => column === word)) report(word);
  const known = COLUMNS.filter((column) => words.includes(column));
  return known.length === 0 || known.includes('number') ? known : COLUMNS.filter((column) => column === 'number' || words.includes(column));
}

function parted<One>(all: readonly One[], fits: (one: One) => boolean): [One[], One[]] {
  return [all.filter((one) => fits(one)), all.filter((one) => !fits(one))];
}

function orNothing<Word>(words: readonly Word[]): readonly Word[] | undefined {
  return words.length === 0 ? undefined : words;
}

/** An absent key and an undefined one are the same filter; the server shares one evaluation per spelling. */
function withoutGaps(filter: IncidentFilter): IncidentFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== null));
}
