import { DESK_DUTIES } from '../clock/clock.rules.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { VisibleScope } from './visible-scope.rules.ts';

/** A condition on `t` (ticket) and `i` (incident), with its parameters in order. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export const ALWAYS: Condition = { sql: 'true', parameters: [] };

export function allOf(conditions: readonly Condition[]): Condition {
  const given = conditions.filter(({ sql }) => sql !== 'true');
  if (given.length === 0) return ALWAYS;
  return { sql: given.map(({ sql }) => `(${sql})`).join(' and '), parameters: given.flatMap(({ parameters }) => parameters) };
}

/** Only what the actor may see: it goes into every list and every stream (ORG-03, LIV-05). */
export function withinScope(scope: VisibleScope): Condition {
  if (scope === 'all') return ALWAYS;
  if (scope.length === 0) return { sql: 'false', parameters: [] };
  const parts = scope.map(({ customerId, teamId }) => allOf([
    customerId === null ? ALWAYS : { sql: 't.customer_id = ?::uuid', parameters: [customerId] },
    teamId === null ? ALWAYS : { sql: 't.team_id = ?::uuid', parameters: [teamId] },
  ]));
  return { sql: parts.map(({ sql }) => `(${sql})`).join(' or '), parameters: parts.flatMap(({ parameters }) => parameters) };
}

/** Held by one of the teams, or on its way from or to one of them: both boards see a handoff (HND-05). */
export function heldByOneOf(teamIds: readonly string[]): Condition {
  const ids = textArray(teamIds);
  return {
    sql: `t.team_id = any(?::uuid[]) or exists (select from handoff h where h.ticket_id = t.id and h.state = 'waiting'
      and (h.from_team_id = any(?::uuid[]) or h.to_team_id = any(?::uuid[])))`,
    parameters: [ids, ids, ids],
  };
}

/** What is agreed within the provider is nobody's target (HND-01, D-46). The first two are word for word the condition of the partial index. */
const SHOWN_CLOCK = `c.state <> 'stopped' and c.kind <> 'handoff' and c.kind not in (${DESK_DUTIES.map((kind) => `'${kind}'`).join(', ')})`;
const NEXT_FIRST = 'c.state desc, c.due_at, c.remaining_ms, c.kind';

/**
 * The clock that a row is about, as `n`: the running one that ends next; of a suspended record the paused one with the
 * least left. For lists of everything: one pass over the index of standing clocks (6 ms for 20,000, where a look-up for
 * each of 10,000 tickets takes 45).
 */
export const NEXT_CLOCKS = `left join (
  select distinct on (c.ticket_id) c.ticket_id, c.id, c.state, c.due_at, c.breached_at, c.remaining_ms from clock c
  where ${SHOWN_CLOCK} order by c.ticket_id, ${NEXT_FIRST}
) n on n.ticket_id = t.id`;

/** The same for a few tickets: a look-up for each. */
export const NEXT_CLOCK_OF_EACH = `left join lateral (
  select c.* from clock c where c.ticket_id = t.id and ${SHOWN_CLOCK} order by ${NEXT_FIRST} limit 1
) n on true`;
