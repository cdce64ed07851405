import type { Instant, Interval } from '../../kernel/instant.ts';
import type { ChangeState } from '../change/change-states.rules.ts';
import type { ReleaseState } from '../release/release-states.rules.ts';

/** What a wall tells of a change or deployment of today; the steps of its process are on its own page. */
export const WORK_STANDINGS = ['unapproved', 'scheduled', 'running', 'rolled-back', 'done', 'failed'] as const;
export type WorkStanding = (typeof WORK_STANDINGS)[number];

/** The day of an instant in a zone, half-open: midnight belongs to the new day. */
export function dayOf(now: Instant, timeZone: string): Interval {
  const start = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay();
  return { from: start.epochMilliseconds, to: start.add({ days: 1 }).startOfDay().epochMilliseconds };
}

/** `outcome`: null while it is under way. */
export function changeStanding(state: ChangeState, outcome: string | null): WorkStanding {
  switch (state) {
    case 'scheduled': return 'scheduled';
    case 'implementing': return 'running';
    case 'rolled-back': return 'rolled-back';
    case 'verified': case 'review': case 'closed': case 'terminated':
      return outcome === 'rolled-back' ? 'rolled-back' : outcome === 'failed' || outcome === 'terminated' ? 'failed' : 'done';
    default: return 'unapproved';
  }
}

/** `started`: its deployment has begun. Before its go-live is approved it is not certain that it comes. */
export function releaseStanding(state: ReleaseState, started: boolean): WorkStanding {
  switch (state) {
    case 'communication': case 'deployment': return started ? 'running' : 'scheduled';
    case 'cmdb-update': case 'closed': case 'reported': return 'done';
    case 'rolled-back': return 'rolled-back';
    default: return 'unapproved';
  }
}
