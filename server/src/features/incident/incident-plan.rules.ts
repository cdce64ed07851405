import { INCIDENT_CLOCKS, planClock, type PlanInput } from '../clock/clock-plan.rules.ts';
import type { NewClockFact } from '../clock/clock-book.rules.ts';
import type { ClockKind } from '../clock/clock.rules.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { IncidentCase, IncidentTerms, RuleContext } from './incident-case.rules.ts';

export function planInput(level: Level, terms: IncidentTerms, context: RuleContext): PlanInput {
  return {
    level, table: context.policies['level-table'], tableVersion: context.versions['level-table'], tiers: context.policies['tier-table'],
    agreement: terms.agreement, calendarRefs: terms.calendarRefs,
  };
}

/** The clocks of a new incident, all from its start (SLA-01). */
export function startClocks(level: Level, terms: IncidentTerms, startAt: Instant, context: RuleContext): NewClockFact[] {
  return INCIDENT_CLOCKS.flatMap((kind) => {
    const plan = planClock(kind, planInput(level, terms, context));
    return plan ? [{ kinds: [kind], at: startAt, body: { fact: 'started', plan } }] : [];
  });
}

/**
 * SLA-05, D-17: every open clock is judged anew from the incident's start under the new level, its pauses kept.
 * A clock that the new level adds starts with the incident; one that it no longer has is cancelled.
 */
export function replanClocks(kase: IncidentCase, level: Level, context: RuleContext): NewClockFact[] {
  return INCIDENT_CLOCKS.flatMap((kind): NewClockFact[] => {
    const plan = planClock(kind, planInput(level, kase.terms, context));
    const started = hasClock(kase, kind);
    if (plan && started) return [{ kinds: [kind], at: context.at, body: { fact: 'replanned', plan, mode: 'retroactive' } }];
    if (plan) return [{ kinds: [kind], at: kase.incident.reportedAt, body: { fact: 'started', plan } }];
    return started ? [{ kinds: [kind], at: context.at, body: { fact: 'cancelled' } }] : [];
  });
}

export function hasClock(kase: IncidentCase, kind: ClockKind): boolean {
  return kase.book.facts.some((row) => row.body.fact === 'started' && row.withdrawnAt === null && row.kinds.includes(kind) && row.subjectId === kase.ticket.id);
}

export const PAUSED_BY_SUSPENSION: readonly ClockKind[] = [...INCIDENT_CLOCKS, 'handoff'];
/** What entering 待反馈 meets provisionally (D-03), and what it ends (D-33). */
export const ENDED_BY_SOLUTION: readonly ClockKind[] = ['resolution', 'progress-report'];
