import type { MetricDefinition, MetricValue } from './metric-figure.rules.ts';
import type { Term } from './metric-term.rules.ts';

/** A figure as it was issued: with its name and definition of that day. */
export interface FrozenFigure extends Pick<MetricDefinition, 'key' | 'name' | 'definition' | 'unit' | 'shape'> {
  /** Everything together (`part` null) first, then each part. */
  readonly values: readonly (MetricValue & { readonly part: string | null; readonly label: Term })[];
}

interface LivePart {
  readonly key: string | null;
  readonly label: Term;
  readonly values: readonly (MetricValue & { readonly period: string })[];
}

/** What a live page amounts to in its newest period, without anything that could change later (CHG-19). */
export function freezeFigures(page: { readonly figures: readonly { readonly definition: MetricDefinition; readonly overall: LivePart; readonly parts: readonly LivePart[] }[] }): FrozenFigure[] {
  return page.figures.map(({ definition: { key, name, definition, unit, shape }, overall, parts }) => ({
    key, name, definition, unit, shape,
    values: [overall, ...parts].flatMap(({ key: part, label, values }) => values.slice(-1).map(({ period: _, ...value }) => ({ part, label, ...value }))),
  }));
}
