import type { ProblemFilter, ProblemSeverity, ProblemStage } from '../../graphql/generated/desk/graphql.ts';

export const STAGES = ['LOGGED', 'INVESTIGATING', 'KNOWN_ERROR', 'CHANGE_RAISED', 'RESOLVED', 'CLOSED'] as const satisfies readonly ProblemStage[];
export const SEVERITIES = ['L1', 'L2', 'L3', 'L4'] as const satisfies readonly ProblemSeverity[];
export const FLAGS = ['unassigned', 'key', 'known', 'closed'] as const;
export type ProblemFlag = (typeof FLAGS)[number];

/** The words of a list in the address bar, those only that are known. */
export function chosen<Word extends string>(search: URLSearchParams, key: string, words: readonly Word[]): readonly Word[] {
  const given = (search.get(key) ?? '').split(',');
  return words.filter((word) => given.includes(word));
}

/** The filter of the list is the address of the page, so that a view can be sent to somebody. */
export function filterOf(search: URLSearchParams): ProblemFilter {
  const stages = chosen(search, 'stage', STAGES);
  const severities = chosen(search, 'severity', SEVERITIES);
  const text = search.get('q')?.trim() ?? '';
  const customerId = search.get('customer') ?? '';
  const set = (flag: ProblemFlag): boolean => search.get(flag) === '1';
  return {
    ...(stages.length > 0 ? { stages } : {}), ...(severities.length > 0 ? { severities } : {}), ...(text === '' ? {} : { text }), ...(customerId === '' ? {} : { customerId }),
    unassigned: set('unassigned'), key: set('key'), knownError: set('known'), closed: set('closed'),
  };
}

/** The address with one key set, or without it. */
export function withKey(search: URLSearchParams, key: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === '') next.delete(key);
  else next.set(key, value);
  return next;
}

export function toggled(search: URLSearchParams, key: string, word: string): URLSearchParams {
  const given = (search.get(key) ?? '').split(',').filter((one) => one !== '');
  return withKey(search, key, (given.includes(word) ? given.filter((one) => one !== word) : [...given, word]).join(','));
}
