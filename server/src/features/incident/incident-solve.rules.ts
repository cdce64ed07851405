import { Refusal } from '../../kernel/refusal.ts';
import { DAY, type Instant } from '../../kernel/instant.ts';
import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import { zoneClock } from '../calendar/local-time.rules.ts';
import { incidentEvent, logRow, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { DESK_DUTIES } from '../clock/clock.rules.ts';
import { endDuties } from './incident-duty.rules.ts';
import { ENDED_BY_SOLUTION } from './incident-plan.rules.ts';

export interface SolutionInput {
  readonly solution: string;
  readonly causeClass: string | null;
}

/** INC-17, D-03: asks the customer to confirm; the resolution clock is met provisionally, the progress clock ends (D-33). */
export function proposeSolution(kase: IncidentCase, input: SolutionInput, context: RuleContext): Decision {
  return {
    incident: {
      state: 'awaiting-feedback', solution: input.solution, causeClass: input.causeClass ?? kase.incident.causeClass, acceptedAt: null,
      confirmationAttempts: 0, lastConfirmationAttemptAt: null,
    },
    add: [logRow(kase, context, { kind: 'solution', text: input.solution, customerVisible: true })],
    clock: [{ kinds: ENDED_BY_SOLUTION, at: context.at, body: { fact: 'met' } }, ...endDuties(kase, ['desk-confirm'], 'met', context)],
    events: [incidentEvent(kase, context, 'incident.solutionProposed', { after: { solution: input.solution, causeClass: input.causeClass } })],
  };
}

export function acceptSolution(kase: IncidentCase, note: string | null, context: RuleContext): Decision {
  return {
    incident: { acceptedAt: context.at },
    events: [incidentEvent(kase, context, 'incident.solutionAccepted', { after: { note } })],
  };
}

/** INC-17, D-03: back to 解决中; the clock goes on from where it stood, or, by policy, the wait counts too. */
export function refuseSolution(kase: IncidentCase, reason: string, context: RuleContext, proposedAt: Instant): Decision {
  const from = context.policies.feedback.awaitingFeedbackCounts ? proposedAt : context.at;
  return {
    incident: { state: 'in-progress', acceptedAt: null, started: true },
    add: [logRow(kase, context, { kind: 'customer-reply', text: reason, customerVisible: true })],
    clock: [{ kinds: ENDED_BY_SOLUTION, at: from, body: { fact: 'continued' } }],
    events: [incidentEvent(kase, context, 'incident.solutionRefused', { reason })],
  };
}

/** D-41: "three attempts on three working days": whether an attempt falls on a working day that none before it fell on. */
export function isNewWorkingDay(calendar: BusinessCalendar, last: Instant | null, at: Instant): boolean {
  const clock = zoneClock(calendar.timeZone);
  const day = Math.floor(clock.toLocal(at) / DAY);
  const worked = calendar.openIntervals(clock.fromLocal(day * DAY), clock.fromLocal((day + 1) * DAY)).length > 0;
  return worked && (last === null || Math.floor(clock.toLocal(last) / DAY) < day);
}

/** INC-17, D-41: an attempt to get the user's word; one a working day counts, `newDay` says whether this is one. */
export function recordConfirmationAttempt(kase: IncidentCase, note: string, newDay: boolean, context: RuleContext): Decision {
  const count = kase.incident.confirmationAttempts + (newDay ? 1 : 0);
  return {
    incident: { confirmationAttempts: count, lastConfirmationAttemptAt: context.at },
    add: [logRow(kase, context, { kind: 'call', text: note, customerVisible: true })],
    events: [incidentEvent(kase, context, 'incident.confirmationAttempted', { after: { count, note } })],
  };
}

export interface CloseInput {
  readonly closureCode: string;
  readonly solution: string | null;
  readonly causeClass: string | null;
  readonly reason: string | null;
  readonly linked: boolean;
}

/** INC-09, D-41: the one table of codes says from which state each is possible; what is missing is named. */
export function closeIncident(kase: IncidentCase, input: CloseInput, context: RuleContext): Decision {
  const { incident } = kase;
  const solution = input.solution ?? incident.solution;
  const causeClass = input.causeClass ?? incident.causeClass;
  if (context.mark === null) checkClosing(kase, input, { solution, causeClass }, context);
  const counts = context.policies.intake.closureCodes.find(({ key }) => key === input.closureCode)?.countsForAttainment ?? true;
  return {
    incident: { state: 'closed', closureCode: input.closureCode, solution, causeClass },
    ticket: { closedAt: context.at },
    // What is left out of attainment was never met, only ended (D-41).
    clock: [{ kinds: ENDED_BY_SOLUTION, at: context.at, body: { fact: counts ? 'met' : 'cancelled' } }, { kinds: ['response', 'start-of-work', 'on-site', 'handoff'], at: context.at, body: { fact: 'cancelled' } }, ...endDuties(kase, DESK_DUTIES, 'cancelled', context)],
    events: [incidentEvent(kase, context, 'incident.closed', {
      before: { state: incident.state }, after: { closureCode: input.closureCode, causeClass, notified: context.mark === null ? toldOfClosing(kase) : [] }, reason: input.reason,
    })],
  };
}

/** INC-17: on closing the customer, the engineer and the SLA owner are told. */
function toldOfClosing(kase: IncidentCase): string[] {
  const engineer = kase.ticket.holderId ?? kase.incident.firstContactEngineerId;
  const owner = kase.terms.people['sla-owner'];
  return [`customer ${kase.ticket.customerId}`, ...(engineer === null ? [] : [`engineer ${engineer}`]), ...(owner ? [`sla-owner ${owner.id}`] : [])];
}

/** INC-15: closed as a duplicate of one that is open; that one's boards hear of it, with the caller. */
export function closeAsDuplicate(kase: IncidentCase, duplicateOfId: string, context: RuleContext): Decision {
  const closing = closeIncident(kase, { closureCode: 'duplicate', solution: null, causeClass: null, reason: null, linked: true }, context);
  const { id, number } = kase.ticket;
  const event = incidentEvent(kase, context, 'incident.duplicateAttached', { subjectId: duplicateOfId, after: { duplicateId: id, number, caller: kase.incident.caller } });
  return { ...closing, events: [...closing.events, { ...event, ticketId: duplicateOfId }] };
}

/** D-41: what each closing code asks for beside the state. */
const SOLVED = ['successful', 'workaround', 'no-answer'];

function checkClosing(kase: IncidentCase, input: CloseInput, given: { solution: string | null; causeClass: string | null }, context: RuleContext): void {
  const { incident } = kase;
  const codes = context.policies.intake.closureCodes;
  const code = codes.find(({ key }) => key === input.closureCode);
  if (!code) throw new Refusal('INVALID_INPUT', `"closureCode" must be one of ${codes.map(({ key }) => key).join(', ')}, got "${input.closureCode}".`, 'closureCode');
  const monitoring = incident.category === 'monitoring' && SOLVED.includes(code.key) && incident.state === 'in-progress';
  if (!code.from.includes(incident.state) && !monitoring) {
    const possible = codes.filter(({ from }) => from.includes(incident.state)).map(({ key }) => key);
    throw new Refusal('MOVE_NOT_ALLOWED', `"${code.key}" is not possible while the incident is ${incident.state}. Possible: ${possible.join(', ') || 'none'}.`, 'closureCode', { possible });
  }
  if (!SOLVED.includes(code.key)) return checkOtherEnd(input);
  if (!given.solution) throw new Refusal('MISSING_FIELD', 'Closing needs a solution.', 'solution');
  checkCause(kase, given.causeClass, context);
  if (code.key !== 'no-answer' && !monitoring && incident.acceptedAt === null) {
    throw new Refusal('MISSING_FIELD', 'The customer has not accepted the solution yet: record their word, or close it as "no-answer".', 'acceptedAt');
  }
  const attempts = context.policies.feedback.attempts;
  if (code.key === 'no-answer' && incident.confirmationAttempts < attempts) {
    throw new Refusal('MISSING_FIELD', `"no-answer" needs ${attempts} attempts on as many working days, there are ${incident.confirmationAttempts}.`, 'confirmationAttempts');
  }
}

function checkOtherEnd(input: CloseInput): void {
  const needsLink = input.closureCode === 'duplicate' || input.closureCode === 'with-major';
  if (needsLink && !input.linked) throw new Refusal('MISSING_FIELD', `"${input.closureCode}" needs the other incident.`, 'linkedTicketId');
  if (!needsLink && !input.reason) throw new Refusal('MISSING_FIELD', `"${input.closureCode}" needs a reason.`, 'reason');
}

/** INC-13: a fault traced to a CI is linked to it before closing. */
function checkCause(kase: IncidentCase, causeClass: string | null, context: RuleContext): void {
  const classes = context.policies.intake.causeClasses;
  const cause = classes.find(({ key }) => key === causeClass);
  if (!cause) throw new Refusal('MISSING_FIELD', `Closing needs a cause class: one of ${classes.map(({ key }) => key).join(', ')}.`, 'causeClass');
  if (cause.needsCi && !kase.cis.some(({ cause: isCause }) => isCause)) {
    throw new Refusal('MISSING_FIELD', `The cause "${cause.key}" is traced to a CI: link that CI as the cause first.`, 'ciId', { use: 'linkCi' });
  }
}
