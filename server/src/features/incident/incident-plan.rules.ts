import { INCIDENT_CLOCKS, planClock, planHandoffClock, type PlanInput } from '../clock/clock-plan.rules.ts';
import { addFact, type NewClockFact } from '../clock/clock-book.rules.ts';
import type { ClockKind, ClockPlan } from '../clock/clock.rules.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import { waitingHandoff, type IncidentCase, type IncidentTerms, type RuleContext } from './incident-case.rules.ts';

export function planInput(level: Level, terms: IncidentTerms, context: RuleContext): PlanInput {
  return {
    level, table: context.policies['level-table'], tableVersion: context.versions['level-table'], tiers: context.policies['tier-table'],
    tierVersion: context.versions['tier-table'],
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
  const own = INCIDENT_CLOCKS.flatMap((kind): NewClockFact[] => {
    const plan = planClock(kind, planInput(level, kase.terms, context));
    const started = hasClock(kase, kind);
    // A visit ruled out stays ruled out; else only a level without visits can have cancelled the clock.
    const mode = kind === 'on-site' && kase.incident.onSiteNeeded !== false ? 'reinstate' as const : 'retroactive' as const;
    if (plan && started) return [{ kinds: [kind], at: context.at, body: { fact: 'replanned', plan, mode } }];
    if (plan) return [{ kinds: [kind], at: kase.incident.reportedAt, body: { fact: 'started', plan } }];
    return started ? [{ kinds: [kind], at: context.at, body: { fact: 'cancelled' } }] : [];
  });
  const handoff = waitingHandoff(kase);
  if (!handoff) return own;
  return [...own, { kinds: ['handoff'], subjectId: handoff.id, at: context.at, body: { fact: 'replanned', plan: ageingPlan(kase, level, context), mode: 'retroactive' } }];
}

/** D-49: LV1 and LV2 age around the clock, the others in the level's calendar. */
export function ageingPlan(kase: IncidentCase, level: Level, context: RuleContext): ClockPlan {
  const policy = context.policies.handoff;
  const urgent = level === 'LV1' || level === 'LV2';
  const table = context.policies['level-table'].levels[level];
  const calendarRef = urgent ? kase.terms.calendarRefs['24x7'] : kase.terms.agreement?.calendarRef ?? kase.terms.calendarRefs[table.calendar];
  return planHandoffClock(urgent ? policy.ageingUrgentMinutes : policy.ageingMinutes, calendarRef!, `handoff v${context.versions.handoff} ${level}`);
}

/**
 * Brings a case under the policies in force; answers whether its clocks had been planned by others (D-22, SLA-13). The new
 * plan holds from its valid-from, however late anybody looks, so that nothing fires by a plan that was out of force.
 */
export function followPolicy(kase: IncidentCase, context: RuleContext): boolean {
  const facts = replanClocks(kase, kase.incident.level, context).filter((fact) => isNews(kase, fact));
  for (const fact of facts) {
    const at = fact.body.fact === 'started' ? fact.at : holdsFrom(kase, fact, context);
    addFact(kase.book, { ...fact, at }, Math.max(context.policySince?.knownAt ?? context.now, at), context.newId);
  }
  return facts.length > 0;
}

/** Never before the plan that it follows, and for a clock that has stopped only if it goes on: closed ones never change. */
function holdsFrom(kase: IncidentCase, { kinds, subjectId = kase.ticket.id }: NewClockFact, context: RuleContext): Instant {
  const clock = kase.book.clocks.find((row) => row.kind === kinds[0] && row.subjectId === subjectId);
  if (clock && clock.outcome !== 'none') return context.now;
  return Math.max(context.policySince?.at ?? context.now, lastPlan(kase, kinds[0]!, subjectId)?.at ?? context.now);
}

function isNews(kase: IncidentCase, { kinds, subjectId, body }: NewClockFact): boolean {
  if (body.fact === 'started') return true;
  if (body.fact === 'replanned') return lastPlan(kase, kinds[0]!, subjectId ?? kase.ticket.id)?.plan.policy !== body.plan.policy;
  return kase.book.clocks.some((clock) => clock.kind === kinds[0] && clock.outcome === 'none');
}

/** The plan that the history gave last, whether the clock runs by it or would if it went on. */
function lastPlan(kase: IncidentCase, kind: ClockKind, subjectId: string): { at: Instant; plan: ClockPlan } | null {
  const rows = kase.book.facts.filter((row) => row.withdrawnAt === null && row.kinds.includes(kind) && row.subjectId === subjectId);
  const plans = rows.flatMap(({ at, body }) => (body.fact === 'started' || body.fact === 'replanned' ? [{ at, plan: body.plan }] : []));
  return plans.at(-1) ?? null;
}

export function hasClock(kase: IncidentCase, kind: ClockKind): boolean {
  return kase.book.facts.some((row) => row.body.fact === 'started' && row.withdrawnAt === null && row.kinds.includes(kind) && row.subjectId === kase.ticket.id);
}

export const PAUSED_BY_SUSPENSION: readonly ClockKind[] = [...INCIDENT_CLOCKS, 'handoff'];
/** What entering 待反馈 meets provisionally (D-03), and what it ends (D-33). */
export const ENDED_BY_SOLUTION: readonly ClockKind[] = ['resolution', 'progress-report'];
