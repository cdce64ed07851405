import { Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import { incidentEvent, isLead, logRow, onBehalfOf, openSuspension, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { requireOpenSuspension } from './incident-actions.rules.ts';
import { PAUSED_BY_SUSPENSION } from './incident-plan.rules.ts';

export interface SuspendInput {
  readonly category: string;
  readonly text: string | null;
  readonly pastedMail: string | null;
  readonly expectedEndAt: Instant | null;
}

/** INC-07: from 解决中 only, with a reason; every running clock pauses, unless policy says that this wait pauses none (D-21). */
export function suspendIncident(kase: IncidentCase, input: SuspendInput, context: RuleContext, calendar: BusinessCalendar): Decision {
  const policy = context.policies.suspension;
  const reason = policy.reasons.find((candidate) => candidate.key === input.category);
  if (!reason) {
    throw new Refusal('INVALID_INPUT', `"category" must be one of ${policy.reasons.map(({ key }) => key).join(', ')}, got "${input.category}".`, 'category');
  }
  if (input.category === 'other' && !input.text) throw new Refusal('MISSING_FIELD', 'The reason "other" needs a text.', 'text');
  if (context.mark === null) checkExpectedEnd(kase, input, context, calendar);
  const id = context.newId();
  const spells = kase.suspensions.filter((row) => row.correctedAt === null).length + 1;
  return {
    incident: { state: 'suspended', feedbackArrivedAt: null },
    add: [{
      table: 'suspension',
      row: {
        id, ticketId: kase.ticket.id, category: input.category, text: input.text, pastedMail: input.pastedMail, fromAt: context.at, toAt: null,
        expectedEndAt: input.expectedEndAt, suspendedBy: context.actor.onBehalfOf ?? context.actor.name, resumedBy: null, remindedAt: null,
        // INC-08, D-49: the third spell is flagged at once, a long one when it becomes long.
        flagged: spells >= policy.repeatedFromSpell, correctedAt: null, correctedBy: null, correctedReason: null,
      },
    }],
    clock: reason.pauses ? [{ kinds: PAUSED_BY_SUSPENSION, at: context.at, body: { fact: 'paused', reason: input.category } }] : [],
    events: [incidentEvent(kase, context, 'incident.suspended', {
      after: { category: input.category, text: input.text, expectedEndAt: input.expectedEndAt, pauses: reason.pauses, onBehalf: onBehalfOf(kase, context.actor) },
      reason: input.text ?? input.category,
    })],
  };
}

/** INC-08: live suspensions say when they should end; past the policy's length a lead approves by doing it. */
function checkExpectedEnd(kase: IncidentCase, input: SuspendInput, context: RuleContext, calendar: BusinessCalendar): void {
  if (input.expectedEndAt === null) throw new Refusal('MISSING_FIELD', 'A suspension needs "expectedEndAt": when should it end?', 'expectedEndAt');
  if (input.expectedEndAt <= context.now) throw new Refusal('OUT_OF_RANGE', '"expectedEndAt" must be in the future.', 'expectedEndAt');
  const limit = context.policies.suspension.approvalPastWorkingDays;
  if (limit !== null && input.expectedEndAt > calendar.addWorkingDays(context.at, limit) && !isLead(kase, context.actor)) {
    throw new Refusal('APPROVAL_NEEDED', `A suspension of more than ${limit} working days needs the lead of the holding team.`, 'expectedEndAt');
  }
}

/**
 * INC-07, INC-28: an explicit resume with a work-log entry, back to 解决中. D-37: if the customer's word arrived before,
 * the clocks count from that instant, so that nobody gains by waiting.
 */
export function resumeIncident(kase: IncidentCase, workLog: string, context: RuleContext): Decision {
  const suspension = requireOpenSuspension(kase);
  const feedbackAt = kase.incident.feedbackArrivedAt;
  const countsFrom = feedbackAt !== null && feedbackAt >= suspension.fromAt ? Math.min(feedbackAt, context.at) : context.at;
  return {
    incident: { state: 'in-progress', feedbackArrivedAt: null },
    openSuspension: { toAt: countsFrom, resumedBy: context.actor.onBehalfOf ?? context.actor.name },
    add: [logRow(kase, context, { kind: 'note', text: workLog, customerVisible: false })],
    clock: [{ kinds: PAUSED_BY_SUSPENSION, at: countsFrom, body: { fact: 'resumed', reason: suspension.category } }],
    events: [incidentEvent(kase, context, 'incident.resumed', {
      before: { category: suspension.category, since: suspension.fromAt },
      after: { countsFrom, onBehalf: onBehalfOf(kase, context.actor) }, reason: workLog,
    })],
  };
}

/** D-37: marks the ticket and alerts assignee and first contact at once; a person resumes, unless policy resumes by itself. */
export function recordCustomerFeedback(kase: IncidentCase, input: { text: string; channel: string }, context: RuleContext): Decision {
  const suspension = openSuspension(kase);
  const suspended = suspension !== null;
  // A word typed late that came before the suspension does not end it.
  const first = suspension !== null && context.at >= suspension.fromAt && kase.incident.feedbackArrivedAt === null;
  return {
    incident: first ? { feedbackArrivedAt: context.at } : {},
    add: [logRow(kase, context, { kind: 'customer-reply', text: input.text, customerVisible: true })],
    events: [incidentEvent(kase, context, 'incident.feedbackArrived', {
      after: { channel: input.channel, suspended, alerted: [kase.ticket.holderId, kase.incident.firstContactEngineerId].filter((id) => id !== null) },
    })],
  };
}
