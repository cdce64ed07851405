import type { Instant } from '../../kernel/instant.ts';

/** What repeating incidents have in common (PRB-05). */
export const TREND_DIMENSIONS = ['ci', 'category', 'customer', 'symptom'] as const;
export type TrendDimension = (typeof TREND_DIMENSIONS)[number];

/** One incident with one thing that it has in common with others. */
export interface TrendFact {
  readonly dimension: TrendDimension;
  readonly value: string;
  readonly label: string;
  readonly customerId: string;
  readonly incidentId: string;
  readonly openedAt: Instant;
}

/** A proposal that was made before; open ones are brought up to date, decided ones are not made again. */
export interface EarlierTrend {
  readonly dimension: TrendDimension;
  readonly value: string;
  readonly customerId: string;
  readonly state: 'proposed' | 'accepted' | 'dismissed';
  readonly incidentIds: readonly string[];
}

export interface ProposedTrend {
  readonly dimension: TrendDimension;
  readonly value: string;
  readonly label: string;
  readonly customerId: string;
  /** Oldest first. */
  readonly incidentIds: readonly string[];
}

/**
 * Which repetitions are proposed: at least `from` like incidents of one customer, not counting those that a person has decided on
 * for the same thing already. How many are needed is policy, for each dimension: a busy customer has many incidents, a CI few.
 */
export function proposeTrends(facts: readonly TrendFact[], earlier: readonly EarlierTrend[], from: Readonly<Record<TrendDimension, number>>): ProposedTrend[] {
  const decided = new Set(earlier.filter(({ state }) => state !== 'proposed').flatMap((trend) => trend.incidentIds.map((id) => `${keyOf(trend)} ${id}`)));
  const groups = Map.groupBy(facts.filter((fact) => !decided.has(`${keyOf(fact)} ${fact.incidentId}`)), keyOf);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const incidentIds = [...new Set(group.toSorted((a, b) => a.openedAt - b.openedAt || (a.incidentId < b.incidentId ? -1 : 1)).map(({ incidentId }) => incidentId))];
    const { dimension, value, label, customerId } = first;
    return incidentIds.length < from[dimension] ? [] : [{ dimension, value, label, customerId, incidentIds }];
  });
}

export const keyOf = ({ dimension, value, customerId }: Pick<TrendFact, 'dimension' | 'value' | 'customerId'>): string => `${dimension} ${customerId} ${value}`;
