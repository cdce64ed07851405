import type { MetricDefinition, MetricValue } from './metric-figure.rules.ts';
import type { Term } from './metric-term.rules.ts';

/** A figure as it was issued: with its name and definition of that day. */
export interface FrozenFigure extends Pick<MetricDefinition, 'key' | 'name' | 'definition' | 'unit' | 'shape'> {
  readonly values: readonly (MetricValue & { readonly part: string | null; readonly label: Term | null })[];
}
