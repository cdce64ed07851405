import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { CHANGE_FACTS, CHANGE_SUMS } from './change-facts.queries.ts';
import { INCIDENT_FACTS } from './incident-facts.queries.ts';
import { factPass, factRows, type Fact, type FactBounds } from './metric-fact.rules.ts';
import type { MetricDefinition, MetricTally } from './metric-figure.rules.ts';
import type { MetricPeriod } from './metric-period.rules.ts';
import { isEverything, type ScopeLimit } from './metric-scope.rules.ts';
import { PROBLEM_FACTS } from './problem-facts.queries.ts';
import { RELEASE_FACTS } from './release-facts.queries.ts';

const FACTS: Readonly<Record<string, Fact>> = { ...CHANGE_FACTS, ...RELEASE_FACTS, ...INCIDENT_FACTS, ...PROBLEM_FACTS };

export const METRIC_SPLITS = ['part', 'customer', 'team'] as const;
/** What each figure is split by: its own dimension, customers or teams. */
export type MetricSplit = (typeof METRIC_SPLITS)[number];

/** What is counted, for whom, as of when. */
export interface MetricQuestion {
  /** Oldest first; the last is the one that the page is about. */
  readonly periods: readonly MetricPeriod[];
  readonly now: Instant;
  readonly scope: readonly ScopeLimit[];
  /** Closing codes that are left out of attainment (D-41). */
  readonly leftOut: readonly string[];
}

export interface CountedPart extends MetricTally {
  readonly figure: string;
  readonly period: string;
  /** True: everything of the period together; `part` is null then. */
  readonly overall: boolean;
  readonly part: string | null;
}

interface Sql {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The periods as the table `p` of the facts (`metric-fact.rules.ts`). */
export function periodsTable({ periods, now, leftOut }: Pick<MetricQuestion, 'periods' | 'now' | 'leftOut'>): Sql {
  const instant = (at: Instant): string => toIso(at);
  const rows = periods.map(({ key, from, to, fromDate, toDate }, index) => [
    key, instant(from), instant(to), instant(Math.min(to, now + 1)), instant(Math.min(to, now)), instant(now), fromDate, toDate, index === periods.length - 1, textArray(leftOut),
  ]);
  const row = '(?::text, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::date, ?::date, ?::boolean, ?::text[])';
  return {
    sql: `p(key, from_at, to_at, end_at, as_of_at, now_at, from_date, to_date, newest, left_out) as (values ${rows.map(() => row).join(', ')})`,
    parameters: rows.flat(),
  };
}

/** What the facts of a question lie between. */
export function factBounds({ periods, now }: Pick<MetricQuestion, 'periods' | 'now'>): FactBounds {
  return { from: Math.min(...periods.map(({ from }) => from)), to: Math.max(...periods.map(({ to }) => Math.min(to, now + 1))) };
}

/** Whose rows count, as the table `scope`. */
export function scopeTable(scope: readonly ScopeLimit[]): Sql {
  const rows = scope.length === 0 ? [{ customerId: null, teamId: null }] : scope;
  return {
    sql: `scope(customer_id, team_id) as (select * from (values ${rows.map(() => '(?::uuid, ?::uuid)').join(', ')}) v where ${scope.length > 0})`,
    parameters: rows.flatMap(({ customerId, teamId }) => [customerId, teamId]),
  };
}

/** A condition on a row with customer_id and team_id. */
export function withinScope(scope: readonly ScopeLimit[], alias: string): string {
  if (isEverything(scope)) return 'true';
  return `exists (select 1 from scope s where (s.customer_id is null or s.customer_id = ${alias}.customer_id) and (s.team_id is null or s.team_id = ${alias}.team_id))`;
}

export function factOf(figure: string): Fact {
  const fact = FACTS[figure];
  if (!fact) throw new Error(`Must hold: there are facts for the figure "${figure}".`);
  return fact;
}

/** Counts the figures of a page in one statement, so that they are of one moment. `sums`: may the stored months be used? */
export async function countFigures(em: Em, definitions: readonly MetricDefinition[], question: MetricQuestion, { by, sums }: { readonly by: MetricSplit; readonly sums: boolean }): Promise<CountedPart[]> {
  const periods = periodsTable(question);
  const scope = scopeTable(question.scope);
  const isStored = ({ key }: MetricDefinition): boolean => sums && key in CHANGE_SUMS;
  const { tables, rowsOf } = factTables(definitions.filter((definition) => !isStored(definition)), question);
  const figures = definitions.map((definition) => (isStored(definition) ? fromSums(definition, by) : fromFacts(definition, rowsOf(definition), by)));
  const all = [periods.sql, scope.sql, ...(definitions.some(isStored) ? [monthlySums(question.scope, by)] : []), ...tables];
  return em.execute<CountedPart[]>(`with ${all.join(', ')} ${figures.join(' union all ')}`, [...periods.parameters, ...scope.parameters]);
}

/** Where the facts of figures are read: figures of the same tables share one pass through them. */
function factTables(definitions: readonly MetricDefinition[], question: MetricQuestion): { tables: string[]; rowsOf: (definition: MetricDefinition) => string } {
  const bounds = factBounds(question);
  const dated = definitions.map(({ key }) => factOf(key)).filter(({ during }) => during === undefined);
  const shared = [...Map.groupBy(dated, ({ from }) => from).values()].filter((facts) => facts.length > 1);
  const passes = new Map(shared.map((facts, index) => [facts[0]!.from, { name: `pass${index}`, ...factPass(facts, bounds, withinScope(question.scope, 't')) }]));
  return {
    tables: [...passes.values()].map(({ name, sql }) => `${name} as materialized (${sql})`),
    rowsOf: ({ key }) => {
      const fact = factOf(key);
      const pass = fact.during === undefined ? passes.get(fact.from) : undefined;
      return pass ? pass.rowsOf(fact, pass.name) : `select * from (${factRows(fact, bounds)}) a where ${withinScope(question.scope, 'a')}`;
    },
  };
}

const RESULT = `figure, period, overall, part, total, hits, amount, whole, median, p90`;

function grouping({ dimension }: MetricDefinition, by: MetricSplit): string {
  return by === 'part' && dimension === null ? 'group by f.period' : 'group by grouping sets ((f.period), (f.period, f.part))';
}

function partColumns({ dimension }: MetricDefinition, by: MetricSplit): string {
  return by === 'part' && dimension === null ? 'true as overall, null::text as part' : 'grouping(f.part) = 1 as overall, f.part';
}

function fromFacts(definition: MetricDefinition, facts: string, by: MetricSplit): string {
  const part = by === 'part' ? 'a.part' : by === 'customer' ? 'a.customer_id::text' : 'a.team_id::text';
  const rows = `select a.period, ${part} as part, a.hit, a.amount, a.whole from (${facts}) a`;
  const spread = (share: number): string => (definition.shape === 'duration' ? `percentile_cont(${share}) within group (order by f.amount)` : 'null::float8');
  return `(select '${definition.key}' as figure, f.period, ${partColumns(definition, by)}, count(*)::float8 as total, count(*) filter (where f.hit)::float8 as hits,
    coalesce(sum(f.amount), 0) as amount, coalesce(sum(f.whole), 0) as whole, ${spread(0.5)} as median, ${spread(0.9)} as p90
    from (${rows}) f ${grouping(definition, by)})`;
}

const SUMS = ['submitted', 'decided', 'in_time', 'closed', 'begun', 'successful', 'completed_in_window', 'reviewed', 'missed_result', 'caused_incident', 'outage_minutes', 'waiting'];

/**
 * The stored months of each period, as the table `monthly`. A response that is not given is stored as late in the month of its due
 * instant: until that has passed it is taken back here. `waiting` is everything asked for up to the period's end less what was decided.
 */
function monthlySums(scope: readonly ScopeLimit[], by: MetricSplit): string {
  const part = (alias: string): string => `${by === 'part' ? `${alias}.category` : by === 'customer' ? `${alias}.customer_id::text` : `${alias}.team_id::text`} as part`;
  const select = (alias: string, values: Readonly<Record<string, string>>): string =>
    `select p.key as period, ${alias}.category, ${part(alias)}, ${SUMS.map((name) => `${values[name] ?? '0'}::float8 as ${name}`).join(', ')} from p`;
  const months = Object.fromEntries(SUMS.filter((name) => name !== 'waiting').map((name) => [name, `sum(m.${name})`]));
  const notYet = `c.response = 'late' and not c.answered and c.response_at >= p.now_at and c.response_at < p.to_at`;
  return `monthly as (
    ${select('m', months)} join metric_month m on m.month >= p.from_date and m.month < p.to_date where ${withinScope(scope, 'm')} group by 1, 2, 3
    union all ${select('c', { decided: '-count(*)' })} join metric_change c on ${notYet} and c.response_at >= p.from_at where ${withinScope(scope, 'c')} group by 1, 2, 3
    union all ${select('m', { waiting: 'sum(m.awaiting)' })} join metric_month m on m.month < p.to_date where ${withinScope(scope, 'm')} group by 1, 2, 3
    union all ${select('c', { waiting: 'count(*)' })} join metric_change c on ${notYet} and c.submitted_at < p.end_at where ${withinScope(scope, 'c')} group by 1, 2, 3)`;
}

function fromSums(definition: MetricDefinition, by: MetricSplit): string {
  const { total, hits = '0', amount = '0', where = 'true' } = CHANGE_SUMS[definition.key] ?? { total: '0' };
  return `(select ${RESULT} from (select '${definition.key}' as figure, f.period, ${partColumns(definition, by)}, sum(${total}) as total, sum(${hits}) as hits,
    sum(${amount}) as amount, 0::float8 as whole, null::float8 as median, null::float8 as p90 from monthly f where ${where} ${grouping(definition, by)}) g
    where overall or total <> 0 or hits <> 0 or amount <> 0)`;
}
