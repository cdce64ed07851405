import { HOUR, type Instant } from '../../kernel/instant.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import type { Problem } from './problem.entity.ts';

type Waiting = Pick<Problem, 'stage' | 'assignedAt' | 'ageingStep' | 'watchEndsAt' | 'verifiedAt'>;

/** When the problem must be looked at next: the next reminder that nobody owns it (INC-11), or the end of its watch (PRB-06). Null: never. */
export function nextLook(problem: Waiting, openedAt: Instant, policies: Pick<Policies, 'problem'>): Instant | null {
  if (problem.stage === 'resolved') return problem.verifiedAt === null ? problem.watchEndsAt : null;
  if (problem.stage === 'closed' || problem.assignedAt !== null) return null;
  const hours = policies.problem.unassignedHours[problem.ageingStep];
  return hours === undefined ? null : openedAt + hours * HOUR;
}

/** How many reminders are due for a problem without owner at `now`; at the hour itself it is due. */
export function ageingStepAt(openedAt: Instant, now: Instant, policies: Pick<Policies, 'problem'>): number {
  return policies.problem.unassignedHours.filter((hours) => openedAt + hours * HOUR <= now).length;
}
