import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { definitionOf } from './metric-catalog.rules.ts';
import type { MetricDefinition, MetricTarget } from './metric-figure.rules.ts';
import type { FrozenFigure } from './metric-report.rules.ts';

/** What a service report tells a customer (SLM-06), in the order of the page. Each is defined where all figures are (MET-03). */
export const REPORT_FIGURES = [
  'incident-count', 'incident-closed', 'incident-response', 'incident-resolution', 'incident-satisfaction', 'incident-unrated', 'incident-pending-share', 'incident-pending',
  'incident-causes', 'change-count', 'change-success', 'release-count',
] as const;

/** A promise that was not kept: which clock of which incident, by how much, and what is known of why. */
export interface MissedPromise {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly level: string;
  readonly clock: 'response' | 'resolution';
  readonly dueAt: Instant;
  /** Null: not met yet, or never. */
  readonly metAt: Instant | null;
  /** Wall time of its suspensions. */
  readonly pendingMinutes: number;
  /** What it waited for, in the order of time. */
  readonly pendingReasons: readonly string[];
  /** Class of the cause, once known. */
  readonly cause: string | null;
}

/** A report without anything that could change later. */
export interface ReportContent {
  readonly figures: readonly FrozenFigure[];
  readonly missed: readonly MissedPromise[];
  /** More than are listed. */
  readonly missedTotal: number;
  /** Key of the tier that was promised in the period; null: none, the level table alone (D-32). */
  readonly tier: string | null;
}

/** The figures with the customer's own targets: what the tier of their agreement promises (AGR-04, D-39); without a tier none. */
export function reportDefinitions(tierKey: string | null, policies: Policies): MetricDefinition[] {
  const tier = policies['tier-table'].tiers.find(({ key }) => key === tierKey);
  const targets: Readonly<Record<string, MetricTarget>> = tier === undefined ? {} : {
    'incident-response': { kind: 'within', fromPercent: tier.responseRatePercent, toPercent: 100 },
    'incident-satisfaction': { kind: 'above', percent: tier.satisfactionAbovePercent },
  };
  return REPORT_FIGURES.map((key) => {
    const { target: ours, ...definition } = definitionOf(key);
    // Our own targets for changes hold for every customer; a band of ours is nobody's promise.
    const kept = key.startsWith('change-') ? ours : undefined;
    const own = targets[key];
    return { ...definition, ...(own ? { target: (_policies: Policies, part: string | null) => (part === null ? own : null) } : kept ? { target: kept } : {}) };
  });
}

/** SLM-06: frozen when the period is over, and once. */
export function requireOver(period: { readonly key: string; readonly to: Instant }, now: Instant): void {
  if (period.to <= now) return;
  throw new Refusal('MOVE_NOT_ALLOWED', `${period.key} ends ${new Date(period.to).toISOString()}: its report is issued after that.`, 'period');
}
