import type { Instant } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { IncidentFilter, QueueClockState } from './incident-filter.rules.ts';
import { allOf, NEXT_CLOCK_OF_EACH, NEXT_CLOCKS, withinScope, type Condition } from './open-incidents.queries.ts';
import type { VisibleScope } from './visible-scope.rules.ts';

export interface FilterMoment {
  readonly now: Instant;
  /** Calendars that are closed now. */
  readonly closedCalendars: readonly string[];
}

/** The filter, within what the actor may see, as a condition on `t`, `i` and the next clock `n`. */
export function filterCondition(filter: IncidentFilter, scope: VisibleScope, moment: FilterMoment): Condition {
  const anyOf = (column: string, type: string, values: readonly string[] | null | undefined): Condition[] =>
    values?.length ? [{ sql: `${column} = any(?::${type}[])`, parameters: [textArray(values)] }] : [];
  return allOf([
    { sql: `t.kind = 'incident'`, parameters: [] },
    ...(filter.openOnly === false ? [] : [{ sql: `t.closed_at is null and i.state <> 'closed'`, parameters: [] }]),
    ...anyOf('t.team_id', 'uuid', filter.teamIds), ...anyOf('t.holder_id', 'uuid', filter.holderIds), ...anyOf('t.customer_id', 'uuid', filter.customerIds),
    ...anyOf('i.state', 'text', filter.states), ...anyOf('i.level', 'text', filter.levels), ...anyOf('i.category', 'text', filter.categories),
    ...(filter.clockStates?.length ? [clockCondition(filter.clockStates, moment)] : []),
    ...(filter.suspensionCategories?.length
      ? [{ sql: `i.state = 'suspended' and exists (select from suspension s where s.ticket_id = t.id and s.to_at is null and s.category = any(?::text[]))`, parameters: [textArray(filter.suspensionCategories)] }] : []),
    ...(filter.ciId ? [{ sql: 'exists (select from ticket_ci k where k.ticket_id = t.id and k.ci_id = ?::uuid)', parameters: [filter.ciId] }] : []),
    ...(filter.text ? [textCondition(filter.text)] : []),
    ...(typeof filter.unassigned === 'boolean' ? [{ sql: filter.unassigned ? 't.holder_id is null' : 't.holder_id is not null', parameters: [] }] : []),
    ...(typeof filter.handoffWaiting === 'boolean'
      ? [{ sql: `${filter.handoffWaiting ? '' : 'not '}exists (select from handoff w where w.ticket_id = t.id and w.state = 'waiting')`, parameters: [] }] : []),
    withinScope(scope),
  ]);
}

function clockCondition(states: readonly QueueClockState[], { now, closedCalendars }: FilterMoment): Condition {
  const at = toIso(now);
  const due = (minutes: number): Condition => ({
    sql: `n.state = 'running' and n.breached_at is null and n.due_at >= ?::timestamptz and n.due_at < ?::timestamptz + interval '${minutes} minutes'`, parameters: [at, at],
  });
  const conditions: Readonly<Record<QueueClockState, Condition>> = {
    breached: { sql: `n.breached_at is not null or (n.state = 'running' and n.due_at < ?::timestamptz)`, parameters: [at] },
    'due-15': due(15),
    'due-60': due(60),
    running: { sql: `n.state = 'running'`, parameters: [] },
    paused: { sql: `n.state = 'paused'`, parameters: [] },
    'outside-hours': { sql: `n.state = 'running' and (select calendar_ref from clock where id = n.id) = any(?::text[])`, parameters: [textArray(closedCalendars)] },
  };
  const wanted = states.map((state) => conditions[state]);
  return { sql: wanted.map(({ sql }) => `(${sql})`).join(' or '), parameters: wanted.flatMap(({ parameters }) => parameters) };
}

/** Words anywhere in title, number, customer or the number it had elsewhere. */
function textCondition(text: string): Condition {
  const like = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const columns = ['t.title', 't.number', 't.external_number', '(select name from customer where id = t.customer_id)'];
  return { sql: columns.map((column) => `${column} ilike ?`).join(' or '), parameters: columns.map(() => like) };
}

/** Calendars by which clocks are running; the caller asks each whether it is open. */
export async function runningCalendars(em: Em): Promise<string[]> {
  const rows = await em.execute<{ ref: string }[]>(`select distinct calendar_ref as ref from clock where state = 'running' limit 1000`);
  return rows.map(({ ref }) => ref);
}

export interface QueueLine {
  readonly id: string;
  readonly version: number;
  readonly level: Level;
  readonly suspended: boolean;
  readonly dueAt: Instant | null;
  readonly difficulty: 'simple' | 'normal' | 'hard';
  readonly reportedAt: Instant;
}

/** A screen holds no more; what is beyond is counted. */
export const MOST_QUEUED = 20_000;

/** Keys of every incident of a queue in its order (INC-18), in one statement; `only` limits it to the tickets that changed. */
export function queueLines(em: Em, condition: Condition, only: Iterable<string> | null): Promise<QueueLine[]> {
  const limited = only === null ? condition : allOf([condition, { sql: 't.id = any(?::uuid[])', parameters: [textArray(only)] }]);
  return em.execute<QueueLine[]>(
    `select t.id, t.version, i.level, i.state = 'suspended' as suspended, case when n.state = 'running' then ${ms('n.due_at')} end as "dueAt", i.difficulty,
       ${ms('i.reported_at')} as "reportedAt"
     from ticket t join incident i on i.ticket_id = t.id ${only === null ? NEXT_CLOCKS : NEXT_CLOCK_OF_EACH} where ${limited.sql}
     order by ${SORTS.priority.columns.map(({ sql }) => sql).join(', ')} limit ${MOST_QUEUED}`,
    [...limited.parameters],
  );
}

export async function countIncidents(em: Em, condition: Condition): Promise<number> {
  const rows = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from ticket t join incident i on i.ticket_id = t.id ${NEXT_CLOCKS} where ${condition.sql}`, [...condition.parameters],
  );
  return rows[0]!.count;
}

export type IncidentSort = 'priority' | 'due' | 'reported' | 'number';

interface SortColumn {
  readonly sql: string;
  readonly type: 'int' | 'text' | 'timestamptz' | 'uuid';
}

const RUNNING_DUE = `coalesce(case when n.state = 'running' and i.state <> 'suspended' then n.due_at end, 'infinity')`;
const ID: SortColumn = { sql: 't.id', type: 'uuid' };

/** Total orders: each ends in the id. `priority` is `queueOrder` of board-order.rules.ts. */
const SORTS: Readonly<Record<IncidentSort, { readonly columns: readonly SortColumn[]; readonly descending: boolean }>> = {
  priority: {
    descending: false,
    columns: [
      { sql: `(i.state = 'suspended')::int`, type: 'int' }, { sql: 'i.level', type: 'text' }, { sql: RUNNING_DUE, type: 'timestamptz' },
      { sql: `case i.difficulty when 'simple' then 0 when 'normal' then 1 else 2 end`, type: 'int' }, { sql: 'i.reported_at', type: 'timestamptz' }, ID,
    ],
  },
  due: { descending: false, columns: [{ sql: RUNNING_DUE, type: 'timestamptz' }, { sql: 'i.level', type: 'text' }, ID] },
  reported: { descending: true, columns: [{ sql: 'i.reported_at', type: 'timestamptz' }, ID] },
  number: { descending: false, columns: [{ sql: 't.number', type: 'text' }, ID] },
};

export interface ListedId {
  readonly id: string;
  /** Values of the sort's columns, as the next page is asked for. */
  readonly key: readonly string[];
}

/** A keyset page of ids: stable while others write, because it starts after values and not after a count. */
export async function incidentPage(em: Em, condition: Condition, page: { readonly sort: IncidentSort; readonly after: readonly string[] | null; readonly limit: number }): Promise<ListedId[]> {
  const { columns, descending } = SORTS[page.sort];
  const direction = descending ? 'desc' : 'asc';
  const beyond = page.after && `(${columns.map(({ sql }) => sql).join(', ')}) ${descending ? '<' : '>'} (${columns.map(({ type }) => `?::${type}`).join(', ')})`;
  return em.execute<ListedId[]>(
    `select t.id, jsonb_build_array(${columns.map(({ sql }) => `(${sql})::text`).join(', ')}) as key
     from ticket t join incident i on i.ticket_id = t.id ${NEXT_CLOCKS}
     where ${condition.sql}${beyond ? ` and ${beyond}` : ''} order by ${columns.map(({ sql }) => `${sql} ${direction}`).join(', ')} limit ?`,
    [...condition.parameters, ...(page.after ?? []), page.limit],
  );
}

/** How many values a cursor of that sort has. */
export function keyLength(sort: IncidentSort): number {
  return SORTS[sort].columns.length;
}
