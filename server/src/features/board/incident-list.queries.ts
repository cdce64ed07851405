import type { Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { IncidentGrouping, IncidentSort } from './board-order.rules.ts';
import type { IncidentCondition } from './incident-filter.queries.ts';
import { allOf, NEXT_CLOCK_OF_EACH, NEXT_CLOCKS, OPEN_INCIDENTS, type Condition } from './open-incidents.queries.ts';

/** Calendars by which clocks are running; the caller asks each whether it is open. */
export async function runningCalendars(em: Em): Promise<string[]> {
  const rows = await em.execute<{ ref: string }[]>(`select distinct calendar_ref as ref from clock where state = 'running' limit 1000`);
  return rows.map(({ ref }) => ref);
}

export interface QueueLine {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly level: Level;
  readonly suspended: boolean;
  readonly dueAt: Instant | null;
  readonly breached: boolean;
  readonly difficulty: 'simple' | 'normal' | 'hard';
  readonly reportedAt: Instant;
  readonly updatedAt: Instant;
  readonly group: string | null;
  readonly risk: number | null;
}

/** A screen holds no more; what is beyond is counted. */
export const MOST_QUEUED = 20_000;

/** What the rows of a group have in common. */
const GROUPS: Readonly<Record<IncidentGrouping, (incident: string) => string>> = {
  team: () => 't.team_id', customer: () => 't.customer_id', holder: () => 't.holder_id', level: (incident) => `${incident}.level`, state: (incident) => `${incident}.state`,
};

export interface QueueShape {
  readonly sort: IncidentSort;
  readonly group: IncidentGrouping | null;
}

/** Keys of every incident of a queue in its order, in one statement; `only` limits it to the tickets that changed. */
export function queueLines(em: Em, condition: IncidentCondition, { sort, group }: QueueShape, only: Iterable<string> | null): Promise<QueueLine[]> {
  const { openOnly } = condition;
  const set = openOnly ? 'open' : 'all';
  const { incident, id } = COLUMNS[set];
  const limited = only === null ? condition : allOf([condition, { sql: `${id} = any(?::uuid[])`, parameters: [textArray(only)] }]);
  return em.execute<QueueLine[]>(
    `select t.id, t.number, t.version, ${incident}.level, ${incident}.state = 'suspended' as suspended, case when n.clock_state = 'running' then ${ms('n.due_at')} end as "dueAt",
       n.breached_at is not null as breached, ${incident}.difficulty, ${ms(`${incident}.reported_at`)} as "reportedAt", ${ms('t.last_event_at')} as "updatedAt", ${group ? `${GROUPS[group](incident)}::text` : 'null'} as "group",
       ${sort === 'risk' ? 'r.percent' : 'null'} as risk
     from ${incidentsFrom({ openOnly, narrow: only !== null })} ${riskFor(sort, id)} where ${limited.sql}
     order by ${orderOf(SORTS[set][sort])} limit ${MOST_QUEUED}`,
    [...limited.parameters],
  );
}

export async function countIncidents(em: Em, condition: IncidentCondition): Promise<number> {
  const rows = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from ${incidentsFrom({ ...condition, narrow: false })} where ${condition.sql}`, [...condition.parameters],
  );
  return rows[0]!.count;
}

interface SortColumn {
  readonly sql: string;
  readonly type: 'int' | 'text' | 'timestamptz' | 'uuid';
}

/** What is sorted by, of open incidents from their one narrow row, which has an index in the order of what is due. */
const COLUMNS = {
  open: { incident: 'n', due: 'n.runs_out_at', id: 'n.ticket_id', incidentId: 'n.ticket_id' },
  // The same id beside a column of `incident`: only columns of one table can tell an index where a page deep in a list begins.
  all: { incident: 'i', due: `coalesce(case when n.clock_state = 'running' and i.state <> 'suspended' then n.due_at end, 'infinity')`, id: 't.id', incidentId: 'i.ticket_id' },
} as const;

/** The tables that an {@link IncidentCondition} is on. `narrow`: it leaves few; then the next clock of each is looked up instead of all of them passed through. */
export function incidentsFrom({ openOnly, narrow }: { readonly openOnly: boolean; readonly narrow: boolean }): string {
  return openOnly ? OPEN_INCIDENTS : `ticket t join incident i on i.ticket_id = t.id ${narrow ? NEXT_CLOCK_OF_EACH : NEXT_CLOCKS}`;
}

/** Joined only where it is sorted by. */
const riskFor = (sort: IncidentSort, id: string): string => (sort === 'risk' ? `left join incident_risk r on r.ticket_id = ${id}` : '');

interface SortOrder {
  readonly columns: readonly SortColumn[];
  readonly descending: boolean;
}

/** Total orders: each ends in the id. What a stream sorts by is `orderKey` of board-order.rules.ts. */
const SORTS = { open: sortsBy(COLUMNS.open), all: sortsBy(COLUMNS.all) };

function sortsBy({ incident, due, id, incidentId }: (typeof COLUMNS)[keyof typeof COLUMNS]): Readonly<Record<IncidentSort, SortOrder>> {
  const runningDue: SortColumn = { sql: due, type: 'timestamptz' };
  const level: SortColumn = { sql: `${incident}.level`, type: 'text' };
  const reported: SortColumn = { sql: `${incident}.reported_at`, type: 'timestamptz' };
  const last: SortColumn = { sql: id, type: 'uuid' };
  const lastOfIncident: SortColumn = { sql: incidentId, type: 'uuid' };
  const suspendedLast: SortColumn = { sql: `(${incident}.state = 'suspended')::int`, type: 'int' };
  const easyFirst: SortColumn = { sql: `case ${incident}.difficulty when 'simple' then 0 when 'normal' then 1 else 2 end`, type: 'int' };
  // The order of `riskRank` in board-order.rules.ts.
  const risk: SortColumn = { sql: `case when ${incident}.state = 'suspended' then 300 when n.breached_at is not null then 0 when r.percent is null then 201 else 200 - r.percent end`, type: 'int' };
  return {
    priority: { descending: false, columns: [suspendedLast, level, runningDue, easyFirst, reported, last] },
    due: { descending: false, columns: [runningDue, level, last] },
    reported: { descending: true, columns: [reported, lastOfIncident] },
    age: { descending: false, columns: [reported, lastOfIncident] },
    level: { descending: false, columns: [level, runningDue, reported, last] },
    number: { descending: false, columns: [{ sql: 't.number', type: 'text' }, last] },
    risk: { descending: false, columns: [risk, runningDue, last] },
    updated: { descending: true, columns: [{ sql: 't.last_event_at', type: 'timestamptz' }, last] },
  };
}

function orderOf({ columns, descending }: SortOrder): string {
  return columns.map(({ sql }) => `${sql} ${descending ? 'desc' : 'asc'}`).join(', ');
}

export interface ListedId {
  readonly id: string;
  /** Values of the sort's columns, as the next page is asked for. */
  readonly key: readonly string[];
}

export interface PageOrder {
  readonly sort: IncidentSort;
  readonly after: readonly string[] | null;
  readonly limit: number;
  /** As of {@link incidentsFrom}. */
  readonly narrow: boolean;
}

/** A keyset page of ids: stable while others write, because it starts after values and not after a count. */
export async function incidentPage(em: Em, condition: IncidentCondition, page: PageOrder): Promise<ListedId[]> {
  const { sql, parameters } = incidentPageSql(condition, page);
  return em.execute<ListedId[]>(sql, [...parameters]);
}

/** The statement of {@link incidentPage}: `id` and `key` in their order. */
export function incidentPageSql(condition: IncidentCondition, { sort, after, limit, narrow }: PageOrder): Condition {
  const set = condition.openOnly ? 'open' : 'all';
  const { columns, descending } = SORTS[set][sort];
  const beyond = after && `(${columns.map(({ sql }) => sql).join(', ')}) ${descending ? '<' : '>'} (${columns.map(({ type }) => `?::${type}`).join(', ')})`;
  return {
    sql: `select ${COLUMNS[set].id} as id, jsonb_build_array(${columns.map(({ sql }) => `(${sql})::text`).join(', ')}) as key
     from ${incidentsFrom({ openOnly: condition.openOnly, narrow })} ${riskFor(sort, COLUMNS[set].id)}
     where ${condition.sql}${beyond ? ` and ${beyond}` : ''} order by ${orderOf(SORTS[set][sort])} limit ?`,
    parameters: [...condition.parameters, ...(after ?? []), limit],
  };
}

/** How many values a cursor of that sort has. */
export function keyLength(sort: IncidentSort): number {
  return SORTS.all[sort].columns.length;
}
