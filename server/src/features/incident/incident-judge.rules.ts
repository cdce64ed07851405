import { addFact, judgeBook, type FiredNow, type VersionedCalendars } from '../clock/clock-book.rules.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { heldAt } from '../ticket/ticket.rules.ts';
import { applyDecision, incidentEvent, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { followAlarms } from './incident-alarm.rules.ts';
import { followDispatch } from './incident-duty.rules.ts';
import { followFiring } from './incident-escalate.rules.ts';

export interface JudgeOptions {
  /** Before a command: only time has passed or a calendar was edited, and what fired stays fired (SLA-14). */
  readonly keepFirings?: boolean;
  /** Why a firing may turn out not to have been so. */
  readonly reason?: string | null;
}

/** Judges the clocks up to now and follows what fires, in order (SLA-02). Returns the events, each by the timer. */
export function judgeCase(kase: IncidentCase, context: RuleContext, calendars: VersionedCalendars, options: JudgeOptions = {}): DomainEvent[] {
  const { newFirings, withdrawn } = judgeBook(kase.book, {
    calendars, now: context.now, newId: context.newId, mark: context.mark === null ? null : 'imported', holderAt: (at) => heldAt(kase.spans, at), ...options,
  });
  const actor = SYSTEM('timer');
  const dated: RuleContext = { ...context, at: context.now, lateReason: null, actor };
  const events = withdrawn.map((fired) => withdrawal(kase, fired, dated));
  for (const fired of newFirings) {
    const decision = followFiring(kase, fired, dated);
    applyDecision(kase, decision, dated);
    events.push(...decision.events);
  }
  followAlarms(kase, events, dated);
  return events.map((event) => ({ ...event, actor }));
}

/** SLA-14: a breach is taken back only by an entry of its own, with the reason of the late entry or correction behind it. */
function withdrawal(kase: IncidentCase, { clock, firing }: FiredNow, context: RuleContext): DomainEvent {
  return incidentEvent(kase, context, 'clock.firingWithdrawn', {
    before: { clock: clock.kind, step: firing.step, occurrence: firing.occurrence, at: firing.at }, after: null, reason: firing.withdrawnReason,
  });
}

/** Carries a decision out, then judges the clocks and follows what fires because of it. Returns all events, in order. */
export function carryOutDecision(kase: IncidentCase, decision: Decision, context: RuleContext, calendars: VersionedCalendars): DomainEvent[] {
  const before = { teamId: kase.ticket.teamId, holderId: kase.ticket.holderId };
  applyDecision(kase, decision, context);
  followAlarms(kase, decision.events, context);
  for (const fact of followDispatch(kase, before, context)) addFact(kase.book, fact, context.now, context.newId);
  const reason = context.lateReason ?? decision.events.at(0)?.reason ?? null;
  return [...decision.events, ...judgeCase(kase, context, calendars, { reason })];
}
