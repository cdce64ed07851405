import type { Moves } from '../ticket/ticket-action.rules.ts';

/** Stages of a problem (PRB-01). */
export const PROBLEM_STAGES = ['logged', 'investigating', 'known-error', 'change-raised', 'resolved', 'closed'] as const;
export type ProblemStage = (typeof PROBLEM_STAGES)[number];

/** State of a problem 未解决 / 已解决 (PRB-01). */
export const PROBLEM_STATES = ['unresolved', 'resolved'] as const;
export type ProblemState = (typeof PROBLEM_STATES)[number];

/** L1 严重, L2 高, L3 中, L4 低 (PRB-01). */
export const PROBLEM_SEVERITIES = ['L1', 'L2', 'L3', 'L4'] as const;
export type ProblemSeverity = (typeof PROBLEM_SEVERITIES)[number];

/** Where a problem came from (PRB-01): incidents (INC-11, INC-12), a customer, trend analysis (PRB-05). */
export const PROBLEM_SOURCES = ['incident', 'customer', 'trend'] as const;
export type ProblemSource = (typeof PROBLEM_SOURCES)[number];

/** How the root cause was looked for (PRB-02). */
export const CAUSE_METHODS = ['fishbone', 'five-whys', 'pareto'] as const;
export type CauseMethod = (typeof CAUSE_METHODS)[number];

/** A solution's way through approval (PRB-04). */
export const SOLUTION_STATES = ['none', 'proposed', 'approved', 'refused'] as const;
export type SolutionState = (typeof SOLUTION_STATES)[number];

export type ProblemMove = 'investigate' | 'know-error' | 'raise-change' | 'resolve' | 'recur' | 'close' | 'withdraw';

/**
 * The one table of a problem's life. Known error and change may be left out where there is no workaround to offer or no CI to
 * alter (PRB-04); a known error may be found after the change was raised, and a second change after the first one failed.
 */
export const PROBLEM_MOVES: Moves<ProblemStage, ProblemMove> = {
  logged: { investigate: 'investigating', withdraw: 'closed' },
  investigating: { 'know-error': 'known-error', 'raise-change': 'change-raised', resolve: 'resolved', withdraw: 'closed' },
  'known-error': { 'know-error': 'known-error', 'raise-change': 'change-raised', resolve: 'resolved' },
  'change-raised': { 'know-error': 'change-raised', 'raise-change': 'change-raised', resolve: 'resolved' },
  resolved: { recur: 'investigating', close: 'closed' },
  closed: {},
};
