import { Refusal } from '../../kernel/refusal.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import type { Problem } from './problem.entity.ts';
import { PROBLEM_SEVERITIES, type ProblemSeverity } from './problem-states.rules.ts';

type Told = Pick<Problem, 'ticketId' | 'class' | 'severity' | 'source' | 'description' | 'symptom' | 'handedToId'>;

/** A problem as it begins: logged, without owner. */
export function newProblem(told: Told): Problem {
  return {
    ...told, state: 'unresolved', stage: 'logged', key: false, scope: null, investigation: null, rootCause: null, knownErrorAt: null, workaround: null,
    solution: null, solutionMinutes: null, solutionEffect: null, prevention: null, altersCi: false, solutionState: 'none', solutionBy: null, solutionAt: null,
    solutionDecidedBy: null, solutionDecidedAt: null, solutionDecision: null, ageingStep: 0, assignedAt: null, resolvedAt: null, watchEndsAt: null,
    verifiedAt: null, recurrences: 0, confirmedAt: null, confirmedBy: null, articleId: null, articleKnown: false, withdrawnReason: null,
  };
}

/** The severity of the incident's highest level: LV1 is L1 (D-42). */
export function severityOfLevel(level: string): ProblemSeverity {
  return PROBLEM_SEVERITIES.find((severity) => severity.slice(1) === level.slice(2)) ?? 'L3';
}

/** The technical class of an incident where problems are classed alike, else "other". */
export function classOf(technicalClass: string, policies: Pick<Policies, 'problem'>): string {
  return policies.problem.classes.some(({ key }) => key === technicalClass) ? technicalClass : 'other';
}

/** @throws Refusal INVALID_INPUT naming the classes that policy has (PRB-01) */
export function checkClass(key: string, policies: Pick<Policies, 'problem'>): void {
  const known = policies.problem.classes.map((one) => one.key);
  if (!known.includes(key)) throw new Refusal('INVALID_INPUT', `"class" must be one of ${known.join(', ')}, got "${key.slice(0, 60)}".`, 'class');
}
