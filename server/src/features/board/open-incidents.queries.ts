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

/** The columns that say whose a record is. */
export interface Whose {
  readonly id: string;
  readonly customerId: string;
  readonly teamId: string;
}

const OF_TICKET: Whose = { id: 't.id', customerId: 't.customer_id', teamId: 't.team_id' };
/** The same of {@link OPEN_INCIDENTS}, where an index has them. */
export const OF_OPEN_INCIDENT: Whose = { id: 'n.ticket_id', customerId: 'n.customer_id', teamId: 'n.team_id' };

/** Only what the actor may see: it goes into every list and every stream (ORG-03, LIV-05). */
export function withinScope(scope: VisibleScope, whose = OF_TICKET): Condition {
  if (scope === 'all') return ALWAYS;
  if (scope.length === 0) return { sql: 'false', parameters: [] };
  const parts = scope.map(({ customerId, teamId }) => allOf([
    customerId === null ? ALWAYS : { sql: `${whose.customerId} = ?::uuid`, parameters: [customerId] },
    teamId === null ? ALWAYS : { sql: `${whose.teamId} = ?::uuid`, parameters: [teamId] },
  ]));
  return { sql: parts.map(({ sql }) => `(${sql})`).join(' or '), parameters: parts.flatMap(({ parameters }) => parameters) };
}

/** Held by one of the teams, or on its way from or to one of them: both boards see a handoff (HND-05). */
export function heldByOneOf(teamIds: readonly string[], whose: Whose): Condition {
  const ids = textArray(teamIds);
  return {
    sql: `${whose.teamId} = any(?::uuid[]) or exists (select from handoff h where h.ticket_id = ${whose.id} and h.state = 'waiting'
      and (h.from_team_id = any(?::uuid[]) or h.to_team_id = any(?::uuid[])))`,
    parameters: [ids, ids, ids],
  };
}

/** What is agreed within the provider is nobody's target (HND-01, D-46). The first two are word for word the condition of the partial index. */
const SHOWN_CLOCK = `c.state <> 'stopped' and c.kind <> 'handoff' and c.kind not in (${DESK_DUTIES.map((kind) => `'${kind}'`).join(', ')})`;
const NEXT_FIRST = 'c.state desc, c.due_at, c.remaining_ms, c.kind';

/**
 * The clock that a row is about, as `n`: the running one that ends next; of a suspended record the paused one with the
 * least left. One pass over the index of standing clocks; of open incidents {@link OPEN_INCIDENTS} has it in the row.
 */
export const NEXT_CLOCKS = `left join (
  select distinct on (c.ticket_id) c.ticket_id, c.id as clock_id, c.state as clock_state, c.due_at, c.breached_at, c.remaining_ms from clock c
  where ${SHOWN_CLOCK} order by c.ticket_id, ${NEXT_FIRST}
) n on n.ticket_id = t.id`;

/** The same for a few tickets: a look-up for each. */
export const NEXT_CLOCK_OF_EACH = `left join lateral (
  select c.id as clock_id, c.kind as clock_kind, c.state as clock_state, c.due_at, c.breached_at, c.remaining_ms from clock c
  where c.ticket_id = t.id and ${SHOWN_CLOCK} order by ${NEXT_FIRST} limit 1
) n on true`;

/**
 * The open incidents as `n`: one narrow row each with its next clock, kept by triggers (decision 0038), whatever the number of those that are
 * over. `t` and `i` are beside it for those who ask for more; who does not, does not pay for them: PostgreSQL leaves such joins out.
 */
export const OPEN_INCIDENTS = 'open_incident n left join ticket t on t.id = n.ticket_id left join incident i on i.ticket_id = n.ticket_id';

const KEPT = 'ticket_id, customer_id, team_id, major, state, level, difficulty, reported_at, clock_id, clock_state, due_at, breached_at, remaining_ms, runs_out_at';
const AS_IT_IS = `select t.id, t.customer_id, t.team_id, t.major, i.state, i.level, i.difficulty, i.reported_at, n.clock_id, n.clock_state, n.due_at, n.breached_at, n.remaining_ms,
  coalesce(case when n.clock_state = 'running' and i.state <> 'suspended' then n.due_at end, 'infinity')
  from ticket t join incident i on i.ticket_id = t.id ${NEXT_CLOCK_OF_EACH} where t.closed_at is null and i.state <> 'closed'`;

/** What `open_incident` has otherwise than the tables that it is kept from: nothing, always. At most a hundred rows, of both sides. */
export const WRONG_OPEN_INCIDENTS = `(select 'kept' as side, ${KEPT} from (select ${KEPT} from open_incident except ${AS_IT_IS}) kept limit 50)
  union all (select 'missing', ${KEPT} from (${AS_IT_IS} except select ${KEPT} from open_incident) missing (${KEPT}) limit 50)`;
