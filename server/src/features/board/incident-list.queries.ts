import type { Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { IncidentGrouping, IncidentSort } from './board-order.rules.ts';
import { allOf, NEXT_CLOCK_OF_EACH, NEXT_CLOCKS, type Condition } from './open-incidents.queries.ts';

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
const GROUPS: Readonly<Record<IncidentGrouping, string>> = { team: 't.team_id', customer: 't.customer_id', level: 'i.level', state: 'i.state', holder: 't.holder_id' };

export interface QueueShape {
  readonly sort: IncidentSort;
  readonly group: IncidentGrouping | null;
}

/** Keys of every incident of a queue in its order, in one statement; `only` limits it to the tickets that changed. */
export function queueLines(em: Em, condition: Condition, { sort, group }: QueueShape, only: Iterable<string> | null): Promise<QueueLine[]> {
  const limited = only === null ? condition : allOf([condition, { sql: 't.id = any(?::uuid[])', parameters: [textArray(only)] }]);
  return em.execute<QueueLine[]>(
    `select t.id, t.number, t.version, i.level, i.state = 'suspended' as suspended, case when n.state = 'running' then ${ms('n.due_at')} end as "dueAt",
       n.breached_at is not null as breached, i.difficulty, ${ms('i.reported_at')} as "reportedAt", ${ms('t.last_event_at')} as "updatedAt", ${group ? `${GROUPS[group]}::text` : 'null'} as "group",
       ${sort === 'risk' ? 'r.percent' : 'null'} as risk
     from ticket t join incident i on i.ticket_id = t.id ${only === null ? NEXT_CLOCKS : NEXT_CLOCK_OF_EACH} ${riskFor(sort)} where ${limited.sql}
     order by ${orderOf(sort)} limit ${MOST_QUEUED}`,
    [...limited.parameters],
  );
}

export async function countIncidents(em: Em, condition: Condition): Promise<number> {
  const rows = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from ticket t join incident i on i.ticket_id = t.id ${NEXT_CLOCKS} where ${condition.sql}`, [...condition.parameters],
  );
  return rows[0]!.count;
}

interface SortColumn {
  readonly sql: string;
  readonly type: 'int' | 'text' | 'timestamptz' | 'uuid';
}

const RUNNING_DUE: SortColumn = { sql: `coalesce(case when n.state = 'running' and i.state <> 'suspended' then n.due_at end, 'infinity')`, type: 'timestamptz' };
const LEVEL: SortColumn = { sql: 'i.level', type: 'text' };
const REPORTED: SortColumn = { sql: 'i.reported_at', type: 'timestamptz' };
const ID: SortColumn = { sql: 't.id', type: 'uuid' };
/** The same id beside a column of `incident`: only columns of one table can tell an index where a page deep in a list begins. */
const INCIDENT_ID: SortColumn = { sql: 'i.ticket_id', type: 'uuid' };

/** The order of `riskRank` in board-order.rules.ts. */
const RISK: SortColumn = { sql: `case when i.state = 'suspended' then 300 when n.breached_at is not null then 0 when r.percent is null then 201 else 200 - r.percent end`, type: 'int' };
/** Joined only where it is sorted by. */
const riskFor = (sort: IncidentSort): string => (sort === 'risk' ? 'left join incident_risk r on r.ticket_id = t.id' : '');

/** Total orders: each ends in the id. What a stream sorts by is `orderKey` of board-order.rules.ts. */
const SORTS: Readonly<Record<IncidentSort, { readonly columns: readonly SortColumn[]; readonly descending: boolean }>> = {
  priority: {
    descending: false,
    columns: [
      { sql: `(i.state = 'suspended')::int`, type: 'int' }, LEVEL, RUNNING_DUE,
      { sql: `case i.difficulty when 'simple' then 0 when 'normal' then 1 else 2 end`, type: 'int' }, REPORTED, ID,
    ],
  },
  due: { descending: false, columns: [RUNNING_DUE, LEVEL, ID] },
  reported: { descending: true, columns: [REPORTED, INCIDENT_ID] },
  age: { descending: false, columns: [REPORTED, INCIDENT_ID] },
  level: { descending: false, columns: [LEVEL, RUNNING_DUE, REPORTED, ID] },
  number: { descending: false, columns: [{ sql: 't.number', type: 'text' }, ID] },
  risk: { descending: false, columns: [RISK, RUNNING_DUE, ID] },
  updated: { descending: true, columns: [{ sql: 't.last_event_at', type: 'timestamptz' }, ID] },
};

function orderOf(sort: IncidentSort): string {
  const { columns, descending } = SORTS[sort];
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
  /** The condition leaves few: then the next clock of each is looked up instead of all of them passed through. */
  readonly narrow: boolean;
}

/** A keyset page of ids: stable while others write, because it starts after values and not after a count. */
export async function incidentPage(em: Em, condition: Condition, page: PageOrder): Promise<ListedId[]> {
  const { sql, parameters } = incidentPageSql(condition, page);
  return em.execute<ListedId[]>(sql, [...parameters]);
}

/** The statement of {@link incidentPage}: `id` and `key` in their order. */
export function incidentPageSql(condition: Condition, { sort, after, limit, narrow }: PageOrder): Condition {
  const { columns, descending } = SORTS[sort];
  const beyond = after && `(${columns.map(({ sql }) => sql).join(', ')}) ${descending ? '<' : '>'} (${columns.map(({ type }) => `?::${type}`).join(', ')})`;
  return {
    sql: `select t.id, jsonb_build_array(${columns.map(({ sql }) => `(${sql})::text`).join(', ')}) as key
     from ticket t join incident i on i.ticket_id = t.id ${narrow ? NEXT_CLOCK_OF_EACH : NEXT_CLOCKS} ${riskFor(sort)}
     where ${condition.sql}${beyond ? ` and ${beyond}` : ''} order by ${orderOf(sort)} limit ?`,
    parameters: [...condition.parameters, ...(after ?? []), limit],
  };
}

/** How many values a cursor of that sort has. */
export function keyLength(sort: IncidentSort): number {
  return SORTS[sort].columns.length;
}
