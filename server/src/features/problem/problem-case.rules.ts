import type { RecordCase, RecordDecision } from '../ticket/ticket-record.rules.ts';
import type { ProblemChart, Problem } from './problem.entity.ts';

/** A change that was raised for the problem (PRB-04). */
export interface ChangeForProblem {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly closed: boolean;
}

/** An incident that the problem looks into. */
export interface LinkedIncident {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly teamId: string | null;
}

/** Everything that the rules of a problem look at. */
export interface ProblemCase extends RecordCase<Problem> {
  /** The newest version of each method (PRB-02). */
  readonly charts: readonly ProblemChart[];
  readonly incidents: readonly LinkedIncident[];
  readonly changes: readonly ChangeForProblem[];
  /** The article that it owes, once there is one (KNW-08). */
  readonly article: { readonly id: string; readonly number: string; readonly state: string } | null;
  /** "role: name" of those who are told of key problems (PRB-07). */
  readonly management: readonly string[];
}

export type ProblemDecision = RecordDecision<Problem>;
