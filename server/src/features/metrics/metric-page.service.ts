import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { policyBook } from '../service-level/service-level.service.ts';
import { definitionOf, definitionsOf } from './metric-catalog.rules.ts';
import { countFigures, type CountedPart, type MetricSplit } from './metric-counts.queries.ts';
import { EMPTY_TALLY, metricValue, type MetricDefinition, type MetricSection, type MetricValue } from './metric-figure.rules.ts';
import { namesOf, NOBODY, policyLabels, type LabelKind } from './metric-labels.queries.ts';
import { periodAt, periodsUpTo, readPeriod, type MetricPeriod, type PeriodLength } from './metric-period.rules.ts';
import { metricScope, type ScopeLimit } from './metric-scope.rules.ts';
import { term, type Term } from './metric-term.rules.ts';

const MOST_PERIODS = 13;
/** Of a Pareto, and of a split by customers or teams. */
const MOST_PARTS = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface MetricsRequest {
  /** "2026-Q4" or "2026-11"; null: the quarter that runs. */
  readonly period?: string | null;
  /** This one and the ones before it. */
  readonly periods?: number;
  readonly customerId?: string | null;
  readonly teamId?: string | null;
}

export interface MetricPart {
  /** Null for everything together. */
  readonly key: string | null;
  readonly label: Term;
  /** Of all parts, in the newest period; of a Pareto only. */
  readonly sharePercent: number | null;
  /** With all larger parts. */
  readonly cumulativePercent: number | null;
  /** One for each period, oldest first. */
  readonly values: readonly (MetricValue & { readonly period: string })[];
}

export interface MetricFigure {
  readonly definition: MetricDefinition;
  readonly overall: MetricPart;
  readonly parts: readonly MetricPart[];
}

export interface MetricsPage {
  readonly asOf: Instant;
  readonly timeZone: string;
  readonly period: MetricPeriod;
  readonly periods: readonly MetricPeriod[];
  readonly figures: readonly MetricFigure[];
}

/** Everything that the counting of one request needs to know. */
export interface MetricFrame {
  readonly now: Instant;
  readonly timeZone: string;
  readonly periods: readonly MetricPeriod[];
  readonly policies: Policies;
  /** Those in force at the end of a period, or now: its targets (D-22). */
  readonly policiesOf: (period: MetricPeriod) => Policies;
  readonly leftOut: readonly string[];
  /** Whether the stored months are of this zone. */
  readonly sums: boolean;
}

const CHOICES = { quarter: 12, month: 24 } as const satisfies Record<PeriodLength, number>;

/** Quarters or months that have begun, by the organisation's calendar and the server's clock; the newest first. */
export async function metricPeriods(database: Database, actor: Actor, length: PeriodLength): Promise<MetricPeriod[]> {
  if (!may(actor, 'report.read')) requirePermission(actor, 'metrics.read');
  const now = await database.now();
  const { timeZone } = (await policyBook(database, database.em)).at(now).policies.metrics;
  return periodsUpTo(periodAt(now, length, timeZone), CHOICES[length], timeZone).toReversed();
}

/** The figures of a page. What it shows, what the API answers and what is exported are all this. */
export async function metricsPage(database: Database, actor: Actor, section: MetricSection, request: MetricsRequest): Promise<MetricsPage> {
  return pageOf(database, actor, definitionsOf(section), { ...request, by: 'part' });
}

/** One figure split by customers or teams, the largest first. */
export async function metricBreakdown(database: Database, actor: Actor, request: MetricsRequest & { readonly figure: string; readonly by: MetricSplit }): Promise<MetricsPage> {
  return pageOf(database, actor, [definitionOf(request.figure)], request);
}

async function pageOf(database: Database, actor: Actor, definitions: readonly MetricDefinition[], request: MetricsRequest & { readonly by: MetricSplit }): Promise<MetricsPage> {
  requirePermission(actor, 'metrics.read');
  return countPage(database, definitions, scopeOf(actor, request), request);
}

/** The same for whoever the caller has found to be allowed that scope. */
export async function countPage(database: Database, definitions: readonly MetricDefinition[], scope: readonly ScopeLimit[], request: MetricsRequest & { readonly by: MetricSplit }): Promise<MetricsPage> {
  const em = database.em;
  const frame = await metricFrame(database, em, request);
  const counted = await countFigures(em, definitions, { ...frame, scope }, { by: request.by, sums: frame.sums });
  const figures = await Promise.all(definitions.map((definition) => figureOf(em, definition, counted.filter(({ figure }) => figure === definition.key), frame, request.by)));
  return { asOf: frame.now, timeZone: frame.timeZone, period: frame.periods.at(-1)!, periods: frame.periods, figures };
}

export function scopeOf(actor: Actor, { customerId = null, teamId = null }: Pick<MetricsRequest, 'customerId' | 'teamId'>) {
  for (const [field, id] of Object.entries({ customerId, teamId })) {
    if (id !== null && !UUID.test(id)) throw new Refusal('INVALID_INPUT', `"${field}" must be an id that this API gave, got "${id.slice(0, 60)}".`, field);
  }
  return metricScope(actor, 'metrics.read', { customerId, teamId });
}

export async function metricFrame(database: Database, em: Em, { period, periods = 6 }: Pick<MetricsRequest, 'period' | 'periods'>): Promise<MetricFrame> {
  if (!Number.isInteger(periods) || periods < 1 || periods > MOST_PERIODS) throw new Refusal('OUT_OF_RANGE', `"periods" must be 1–${MOST_PERIODS}, got ${periods}.`, 'periods');
  const now = await database.now();
  const book = await policyBook(database, em);
  const { policies } = book.at(now);
  const { timeZone } = policies.metrics;
  const newest = period ? readPeriod(period, timeZone) : periodAt(now, 'quarter', timeZone);
  if (newest.from > now) throw new Refusal('OUT_OF_RANGE', `"period" must have begun; ${newest.key} begins ${new Date(newest.from).toISOString()}.`, 'period');
  const stored = await em.execute<{ zone: string }[]>('select time_zone as zone from metric_zone where id = 1');
  return {
    now, timeZone, policies, periods: periodsUpTo(newest, periods, timeZone), policiesOf: ({ to }) => book.at(Math.min(to - 1, now)).policies,
    leftOut: policies.intake.closureCodes.flatMap(({ key, countsForAttainment }) => (countsForAttainment ? [] : [key])), sums: stored[0]?.zone === timeZone,
  };
}

async function figureOf(em: Em, definition: MetricDefinition, counted: readonly CountedPart[], frame: MetricFrame, by: MetricSplit): Promise<MetricFigure> {
  const part = (key: string | null, overall: boolean, label: Term, shares: Pick<MetricPart, 'sharePercent' | 'cumulativePercent'> = NO_SHARES): MetricPart => ({
    key, label, ...shares,
    values: frame.periods.map((period) => {
      const tally = counted.find((row) => row.period === period.key && row.overall === overall && row.part === key) ?? EMPTY_TALLY;
      // A split by customers or teams mixes categories: there is no one target for it.
      const target = definition.target?.(frame.policiesOf(period), overall || by === 'part' ? key : null) ?? null;
      return { period: period.key, ...metricValue(definition.shape, tally, target) };
    }),
  });
  const overall = part(null, true, term('合计', 'All'));
  const kind = by === 'part' ? definition.dimension : by;
  if (kind === null) return { definition, overall, parts: [] };
  const keys = await orderedKeys(em, kind, { definition, counted, frame });
  const shares = definition.pareto === true ? sharesOf(keys.map(({ key }) => newestSize(definition, counted, frame, key)), newestSize(definition, counted, frame, undefined)) : [];
  return { definition, overall, parts: keys.map(({ key, label }, index) => part(key, false, label, shares[index])) };
}

const NO_SHARES = { sharePercent: null, cumulativePercent: null } as const;

interface Counted {
  readonly definition: MetricDefinition;
  readonly counted: readonly CountedPart[];
  readonly frame: MetricFrame;
}

/** Parts in the order in which they are shown: policy's, or by size. What nothing was counted for is shown where policy names few. */
async function orderedKeys(em: Em, kind: LabelKind, { definition, counted, frame }: Counted): Promise<{ key: string | null; label: Term }[]> {
  const size = (key: string | null): number => newestSize(definition, counted, frame, key);
  const seen = [...new Set(counted.filter(({ overall }) => !overall).map(({ part }) => part))];
  const known = policyLabels(frame.policies, kind);
  const always = kind === 'category' || kind === 'level' || kind === 'severity' || kind === 'age';
  if (known !== null && definition.pareto !== true) {
    const keys = [...known.keys()].filter((key) => always || seen.includes(key));
    return [...keys, ...seen.filter((key) => key !== null && !known.has(key))].map((key) => ({ key, label: labelOf(known, key) }));
  }
  const largest = seen.filter((key) => size(key) > 0 || definition.pareto !== true).toSorted((a, b) => size(b) - size(a) || String(a).localeCompare(String(b))).slice(0, MOST_PARTS);
  const labels = known ?? await namesOf(em, kind === 'ci' || kind === 'customer' ? kind : 'team', largest.flatMap((key) => (key === null ? [] : [key])));
  return largest.map((key) => ({ key, label: labelOf(labels, key) }));
}

function labelOf(labels: ReadonlyMap<string, Term>, key: string | null): Term {
  return key === null ? NOBODY : labels.get(key) ?? term(key, key);
}

/** How much of the newest period is of that part; of all parts where none is named. */
function newestSize({ shape }: MetricDefinition, counted: readonly CountedPart[], { periods }: MetricFrame, key: string | null | undefined): number {
  const newest = periods.at(-1)?.key;
  const row = counted.find(({ period, overall, part }) => period === newest && (key === undefined ? overall : !overall && part === key));
  return (shape === 'amount' ? row?.amount : row?.total) ?? 0;
}

function sharesOf(sizes: readonly number[], all: number): Pick<MetricPart, 'sharePercent' | 'cumulativePercent'>[] {
  let sum = 0;
  return sizes.map((size) => {
    sum += size;
    const percent = (part: number): number | null => (all === 0 ? null : Math.round((part / all) * 10_000) / 100);
    return { sharePercent: percent(size), cumulativePercent: percent(sum) };
  });
}
