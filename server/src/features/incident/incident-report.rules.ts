import type { Instant } from '../../kernel/instant.ts';
import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import type { Level, Policies } from '../service-level/service-level.rules.ts';

/** The paper that a fault report is attached as. */
export const FAULT_REPORT = 'fault-report';

export interface FaultReport {
  readonly dueAt: Instant;
  /** Null: still owed. */
  readonly attachedAt: Instant | null;
  readonly overdue: boolean;
}

export interface ReportFacts {
  /** The most severe confirmed level of its life: a fault is not smaller for having been calmed. */
  readonly highestLevel: Level;
  /** When the solution was proposed last, or the incident closed; null while it is worked on. */
  readonly solvedAt: Instant | null;
  /** Left out for what was no fault: a false alarm, a duplicate (D-41). */
  readonly counts: boolean;
  readonly attachedAt: Instant | null;
}

/** INC-16: the report by the handler that an LV1 or LV2 owes once it is solved; null when none is owed. */
export function faultReportOf(facts: ReportFacts, policy: Policies['fault-report'], calendar: BusinessCalendar, now: Instant): FaultReport | null {
  if (facts.solvedAt === null || !facts.counts || !policy.levels.includes(facts.highestLevel)) return null;
  const dueAt = calendar.addWorkingDays(facts.solvedAt, policy.workingDays);
  return { dueAt, attachedAt: facts.attachedAt, overdue: facts.attachedAt === null && now > dueAt };
}
