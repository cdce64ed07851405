import type { Term } from './metric-term.rules.ts';
import type { Policies } from '../service-level/service-level.rules.ts';

export const METRIC_SECTIONS = ['changes', 'releases', 'incidents', 'problems'] as const;
export type MetricSection = (typeof METRIC_SECTIONS)[number];

/**
 * How a figure comes from the records that count for it. `rate`: those that hit ÷ all. `count`: all. `amount`: the sum of their amounts.
 * `ratio`: sum of amounts ÷ sum of wholes. `duration`: mean, median and 90th percentile of their amounts, in minutes.
 */
export type MetricShape = 'rate' | 'count' | 'amount' | 'ratio' | 'duration';
export type MetricUnit = 'percent' | 'records' | 'minutes';

/** By what a figure is split on its page; null: only as a whole. */
export type MetricDimension = 'category' | 'level' | 'severity' | 'age' | 'step' | 'reason' | 'ci' | 'cause';

/** What a figure is compared with. `above` is strict: 90 % does not meet "> 90 %" (D-11). `within` includes both ends. */
export type MetricTarget =
  | { readonly kind: 'above'; readonly percent: number }
  | { readonly kind: 'within'; readonly fromPercent: number; readonly toPercent: number };

/** A figure: what it is called, what it means, how it is counted. Which records count stands in `*-facts.queries.ts` under the same key. */
export interface MetricDefinition {
  readonly key: string;
  readonly section: MetricSection;
  readonly name: Term;
  /** Written beside the figure wherever it is shown (MET-03). */
  readonly definition: Term;
  readonly shape: MetricShape;
  readonly unit: MetricUnit;
  readonly dimension: MetricDimension | null;
  /** Parts in order of size with their shares, not in an order of their own. */
  readonly pareto?: true;
  /** State at the end of the period (or now), not what happened in it. */
  readonly snapshot?: true;
  /** The figure that it is shown beside, e.g. undecided ones beside a rate. */
  readonly besideOf?: string;
  /** Absent: the figure has no target. `part` null asks for all parts together. */
  readonly target?: (policies: Policies, part: string | null) => MetricTarget | null;
}

/** What the database counted for one figure, period and part. Amounts in minutes. */
export interface MetricTally {
  readonly total: number;
  readonly hits: number;
  readonly amount: number;
  readonly whole: number;
  readonly median: number | null;
  readonly p90: number | null;
}

export const EMPTY_TALLY: MetricTally = { total: 0, hits: 0, amount: 0, whole: 0, median: null, p90: null };

export interface MetricValue {
  readonly numerator: number;
  /** Null where nothing is divided. */
  readonly denominator: number | null;
  /** In the figure's unit, rounded to two places; null when there is nothing to divide by (MET-03). */
  readonly value: number | null;
  readonly reason: 'NOTHING_TO_DIVIDE_BY' | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly target: MetricTarget | null;
  /** Null without a target or without a value. Judged on the exact fraction, never on what was rounded. */
  readonly met: boolean | null;
}

/** The one place in which a figure is computed from its counts (MET-03). */
export function metricValue(shape: MetricShape, tally: MetricTally, target: MetricTarget | null): MetricValue {
  const [numerator, denominator] = fractionOf(shape, tally);
  const empty = denominator === 0;
  const percent = shape === 'rate' || shape === 'ratio';
  const value = empty ? null : denominator === null ? round(numerator) : percent ? roundShare(numerator, denominator) : round(numerator / denominator);
  const times = shape === 'duration' && !empty;
  return {
    numerator: round(numerator), denominator: denominator === null ? null : round(denominator), value, reason: empty ? 'NOTHING_TO_DIVIDE_BY' : null,
    median: times && tally.median !== null ? round(tally.median) : null, p90: times && tally.p90 !== null ? round(tally.p90) : null,
    target, met: target === null || denominator === null || empty ? null : meets(numerator, denominator, target),
  };
}

function fractionOf(shape: MetricShape, { total, hits, amount, whole }: MetricTally): [number, number | null] {
  switch (shape) {
    case 'rate': return [hits, total];
    case 'count': return [total, null];
    case 'amount': return [amount, null];
    case 'ratio': return [amount, whole];
    case 'duration': return [amount, total];
  }
}

function meets(numerator: number, denominator: number, target: MetricTarget): boolean {
  const hundredfold = numerator * 100;
  switch (target.kind) {
    case 'above': return hundredfold > target.percent * denominator;
    case 'within': return hundredfold >= target.fromPercent * denominator && hundredfold <= target.toPercent * denominator;
  }
}

const PLACES = 100;
const round = (value: number): number => Math.round(value * PLACES) / PLACES;

/** A share in percent. 2,999,999 of 3,000,000 is not 100 %, and one of them is not 0 %. */
function roundShare(numerator: number, denominator: number): number {
  const share = round((numerator / denominator) * 100);
  if (share === 100 && numerator < denominator) return 99.99;
  return share === 0 && numerator > 0 ? 0.01 : share;
}
