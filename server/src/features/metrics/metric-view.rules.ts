import type { MetricTarget, MetricUnit, MetricValue } from './metric-figure.rules.ts';
import type { FrozenFigure } from './metric-report.rules.ts';
import type { Term } from './metric-term.rules.ts';

/** A target as the API says it: one of its ends is null. */
export interface SaidTarget {
  readonly abovePercent: number | null;
  readonly fromPercent: number | null;
  readonly toPercent: number | null;
}

export interface SaidValue extends Omit<MetricValue, 'target'> {
  readonly period: string;
  readonly target: SaidTarget | null;
}

export interface SaidFrozenValue {
  readonly figure: string;
  readonly name: Term;
  readonly definition: Term;
  readonly unit: MetricUnit;
  readonly part: string | null;
  readonly label: Term;
  readonly value: SaidValue;
}

export function valueView({ target, ...value }: MetricValue & { readonly period: string }): SaidValue {
  return { ...value, target: target === null ? null : targetView(target) };
}

function targetView(target: MetricTarget): SaidTarget {
  switch (target.kind) {
    case 'above': return { abovePercent: target.percent, fromPercent: null, toPercent: null };
    case 'within': return { abovePercent: null, fromPercent: target.fromPercent, toPercent: target.toPercent };
  }
}

/** A frozen report's figures as one list: everything together first, then each part. */
export function frozenViews(period: string, figures: readonly FrozenFigure[]): SaidFrozenValue[] {
  return figures.flatMap(({ key, name, definition, unit, values }) =>
    values.map(({ part, label, ...value }) => ({ figure: key, name, definition, unit, part, label, value: valueView({ period, ...value }) })));
}
