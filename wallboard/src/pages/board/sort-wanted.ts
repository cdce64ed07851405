import type { BoardSort } from '../../graphql/generated/board/graphql.ts';

/** `?sort=risk` in the address: the likeliest to be missed first (SLA-11); else by time to breach. */
export function sortWanted(search: string): BoardSort {
  return new URLSearchParams(search).get('sort') === 'risk' ? 'RISK' : 'DUE';
}
