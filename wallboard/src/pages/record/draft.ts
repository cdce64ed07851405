import type { IncidentLevel } from '../../graphql/generated/desk/graphql.ts';

/** What the desk has entered so far, as far as other parts of the page depend on it. */
export interface Draft {
  readonly customerId: string;
  readonly serviceId: string;
  readonly ciId: string;
  readonly title: string;
  readonly symptom: string;
  readonly impact: number;
  readonly urgency: number;
  /** Null: as proposed. */
  readonly level: IncidentLevel | null;
}

export const EMPTY: Draft = { customerId: '', serviceId: '', ciId: '', title: '', symptom: '', impact: 2, urgency: 2, level: null };
