import { INCIDENT_CLOCKS, planClock, planHandoffClock, type PlanInput } from '../clock/clock-plan.rules.ts';
import { addFact, type NewClockFact } from '../clock/clock-book.rules.ts';
import type { ClockKind, ClockPlan } from '../clock/clock.rules.ts';
import { replanDuties } from './incident-duty.rules.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { PolicySince } from '../service-level/policy-versions.rules.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { IncidentCase, IncidentTerms, RuleContext } from './incident-case.rules.ts';

/** What planning looks at of an incident: what a command has loaded anyhow, and all that a question about many incidents needs to load. */
export interface PlannedCase {
  readonly ticket: Pick<IncidentCase['ticket'], 'id'>;
  readonly incident: Pick<IncidentCase['incident'], 'level' | 'onSiteNeeded' | 'reportedAt'>;
  readonly handoffs: readonly Pick<IncidentCase['handoffs'][number], 'id' | 'state'>[];
  readonly terms: PlannedTerms;
  readonly book: IncidentCase['book'];
}
/** A question about many incidents leaves the desk's own hours out: what the desk owes is not asked there. */
export type PlannedTerms = Pick<IncidentTerms, 'agreement' | 'calendarRefs'> & Partial<Pick<IncidentTerms, 'deskCalendarRef'>>;
export type PlanContext = Pick<RuleContext, 'at' | 'now' | 'newId' | 'policies' | 'versions' | 'policySince'>;

export function planInput(level: Level, terms: PlannedTerms, context: PlanContext): PlanInput {
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
export function replanClocks(kase: PlannedCase, level: Level, context: PlanContext): NewClockFact[] {
  const own = INCIDENT_CLOCKS.flatMap((kind): NewClockFact[] => {
    const plan = planClock(kind, planInput(level, kase.terms, context));
    const started = hasClock(kase, kind);
    // A visit ruled out stays ruled out; else only a level without visits can have cancelled the clock.
    const mode = kind === 'on-site' && kase.incident.onSiteNeeded !== false ? 'reinstate' as const : 'retroactive' as const;
    if (plan && started) return [{ kinds: [kind], at: context.at, body: { fact: 'replanned', plan, mode } }];
    if (plan) return [{ kinds: [kind], at: kase.incident.reportedAt, body: { fact: 'started', plan } }];
    return started ? [{ kinds: [kind], at: context.at, body: { fact: 'cancelled' } }] : [];
  });
  const handoff = kase.handoffs.find(({ state }) => state === 'waiting');
  if (!handoff) return own;
  return [...own, { kinds: ['handoff'], subjectId: handoff.id, at: context.at, body: { fact: 'replanned', plan: ageingPlan(kase, level, context), mode: 'retroactive' } }];
}

/** D-49: LV1 and LV2 age around the clock, the others in the level's calendar. */
export function ageingPlan(kase: PlannedCase, level: Level, context: PlanContext): ClockPlan {
  const policy = context.policies.handoff;
  const urgent = level === 'LV1' || level === 'LV2';
  const table = context.policies['level-table'].levels[level];
  const calendarRef = urgent ? kase.terms.calendarRefs['24x7'] : kase.terms.agreement?.calendarRef ?? kase.terms.calendarRefs[table.calendar];
  return planHandoffClock(urgent ? policy.ageingUrgentMinutes : policy.ageingMinutes, calendarRef!, `handoff v${context.versions.handoff} ${level}`);
}

/**
 * Brings a case under the policies and the agreement's terms in force; answers whether its clocks had been planned by others (D-22, SLA-13). The new
 * plan holds from its valid-from, however late anybody looks, so that nothing fires by a plan that was out of force.
 */
export function followPolicy(kase: PlannedCase, context: PlanContext): boolean {
  const facts = [...replanClocks(kase, kase.incident.level, context), ...replanDuties(kase, context)].filter((fact) => isNews(kase, fact));
  for (const fact of facts) {
    const at = fact.body.fact === 'started' ? fact.at : holdsFrom(kase, fact, context);
    addFact(kase.book, { ...fact, at }, Math.max(context.policySince?.knownAt ?? context.now, at), context.newId);
  }
  return facts.length > 0;
}

/** Since when, and since when known, clocks are planned as they are now: the later of policy and agreement. */
export function plannedSince(policy: PolicySince | null, agreementSince: Instant | null): PolicySince | null {
  if (agreementSince === null || (policy !== null && policy.at >= agreementSince)) return policy;
  return { at: agreementSince, knownAt: Math.max(agreementSince, policy?.knownAt ?? agreementSince) };
}

/** Never before the plan that it follows, and for a clock that has stopped only if it goes on: closed ones never change. */
function holdsFrom(kase: PlannedCase, { kinds, subjectId = kase.ticket.id }: NewClockFact, context: PlanContext): Instant {
  const clock = kase.book.clocks.find((row) => row.kind === kinds[0] && row.subjectId === subjectId);
  if (clock && clock.outcome !== 'none') return context.now;
  return Math.max(context.policySince?.at ?? context.now, lastPlan(kase, kinds[0]!, subjectId)?.at ?? context.now);
}

function isNews(kase: PlannedCase, { kinds, subjectId, body }: NewClockFact): boolean {
  if (body.fact === 'started') return true;
  if (body.fact === 'replanned') return !samePlan(lastPlan(kase, kinds[0]!, subjectId ?? kase.ticket.id)?.plan ?? null, body.plan);
  return kase.book.clocks.some((clock) => clock.kind === kinds[0] && clock.outcome === 'none');
}

/** By the same policy versions, and with what the agreement says as it was said then: its terms have no version of their own (AGR-08). */
function samePlan(before: ClockPlan | null, now: ClockPlan): boolean {
  return before !== null && before.policy === now.policy && targetsOf(before) === targetsOf(now);
}

const targetsOf = ({ candidates }: ClockPlan): string => candidates
  .map(({ source, target, calendarRef, own }) => [source, 'minutes' in target ? `${target.minutes} min` : `${target.workingDays} d`, calendarRef, own].join(' '))
  .join('; ');

/** The plan that the history gave last, whether the clock runs by it or would if it went on. */
function lastPlan(kase: PlannedCase, kind: ClockKind, subjectId: string): { at: Instant; plan: ClockPlan } | null {
  const rows = kase.book.facts.filter((row) => row.withdrawnAt === null && row.kinds.includes(kind) && row.subjectId === subjectId);
  const plans = rows.flatMap(({ at, body }) => (body.fact === 'started' || body.fact === 'replanned' ? [{ at, plan: body.plan }] : []));
  return plans.at(-1) ?? null;
}

export function hasClock(kase: Pick<PlannedCase, 'book' | 'ticket'>, kind: ClockKind): boolean {
  return kase.book.facts.some((row) => row.body.fact === 'started' && row.withdrawnAt === null && row.kinds.includes(kind) && row.subjectId === kase.ticket.id);
}

export const PAUSED_BY_SUSPENSION: readonly ClockKind[] = [...INCIDENT_CLOCKS, 'handoff', 'desk-dispatch', 'desk-confirm'];
/** What entering 待反馈 meets provisionally (D-03), and what it ends (D-33). */
export const ENDED_BY_SOLUTION: readonly ClockKind[] = ['resolution', 'progress-report'];
