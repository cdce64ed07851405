import { Refusal } from '../../kernel/refusal.ts';
import { CHANGE_METRICS } from './metric-definitions-change.rules.ts';
import { INCIDENT_METRICS } from './metric-definitions-incident.rules.ts';
import { PROBLEM_METRICS } from './metric-definitions-problem.rules.ts';
import { RELEASE_METRICS } from './metric-definitions-release.rules.ts';
import type { MetricDefinition, MetricSection } from './metric-figure.rules.ts';

/** Every figure there is, in the order of the pages. */
export const METRIC_DEFINITIONS: readonly MetricDefinition[] = [...CHANGE_METRICS, ...RELEASE_METRICS, ...INCIDENT_METRICS, ...PROBLEM_METRICS];

const BY_KEY = new Map(METRIC_DEFINITIONS.map((definition) => [definition.key, definition]));

export function definitionsOf(section: MetricSection): readonly MetricDefinition[] {
  return METRIC_DEFINITIONS.filter((definition) => definition.section === section);
}

/** @throws Refusal INVALID_INPUT naming every figure there is */
export function definitionOf(key: string): MetricDefinition {
  const definition = BY_KEY.get(key);
  if (definition) return definition;
  throw new Refusal('INVALID_INPUT', `"figure" must be one of ${[...BY_KEY.keys()].join(', ')}, got "${key.slice(0, 60)}".`, 'figure');
}

/** Days since the record began, of which a backlog's age is told. Half-open. */
export const AGES = [
  { key: 'under-1', fromDays: 0, zh: '1 天内', en: 'under 1 day' }, { key: '1-3', fromDays: 1, zh: '1–3 天', en: '1–3 days' },
  { key: '3-7', fromDays: 3, zh: '3–7 天', en: '3–7 days' }, { key: '7-14', fromDays: 7, zh: '7–14 天', en: '7–14 days' },
  { key: '14-30', fromDays: 14, zh: '14–30 天', en: '14–30 days' }, { key: 'over-30', fromDays: 30, zh: '30 天以上', en: '30 days and more' },
] as const;
