import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { ClockKind } from '../clock/clock.rules.ts';
import type { NewClockFact } from '../clock/clock-book.rules.ts';
import { planClock } from '../clock/clock-plan.rules.ts';
import type { WorkLogEntry } from '../ticket/ticket.entity.ts';
import type { IncidentAction } from './incident-actions.rules.ts';
import { incidentEvent, logRow, onBehalfOf, waitingHandoff, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { endDuties } from './incident-duty.rules.ts';
import { hasClock, planInput } from './incident-plan.rules.ts';

export interface AssignInput {
  readonly teamId: string | null;
  readonly holderId: string | null;
  readonly reason: string | null;
}

/** INC-02, D-20: given to a person it is 解决中, "assigned, not started"; a team alone keeps it where it is. */
export function assignIncident(kase: IncidentCase, input: AssignInput, context: RuleContext): Decision {
  const { ticket, incident } = kase;
  const teamId = input.teamId ?? ticket.teamId;
  if (ticket.teamId !== null && teamId !== ticket.teamId && incident.state !== 'awaiting-assignment') {
    throw new Refusal('MOVE_NOT_ALLOWED', 'Another team gets it by a handoff that it accepts, not by assignment.', 'teamId', { use: 'requestHandoff' });
  }
  if (waitingHandoff(kase)) throw new Refusal('MOVE_NOT_ALLOWED', 'A handoff waits: the receiving team accepts it first.', null, { use: 'acceptHandoff' });
  if (context.mark === null && input.holderId === null && incident.state !== 'awaiting-assignment') {
    throw new Refusal('MISSING_FIELD', 'Work on it goes on: say which person gets it; another team gets it by a handoff.', 'holderId');
  }
  const toPerson = input.holderId !== null && incident.state === 'awaiting-assignment';
  // D-05: where there is no caller, a person's taking it meets the response clock.
  const taken = input.holderId !== null && input.holderId === context.actor.id && incident.category === 'monitoring' && incident.respondedAt === null;
  const changed = input.holderId !== ticket.holderId;
  return {
    ticket: { teamId, holderId: input.holderId },
    incident: {
      ...(toPerson ? { state: 'in-progress' as const } : {}),
      ...(changed && incident.state !== 'suspended' ? { started: false } : {}),
      ...(incident.firstContactEngineerId === null && input.holderId !== null ? { firstContactEngineerId: input.holderId } : {}),
      ...(taken ? { respondedAt: context.at } : {}),
    },
    clock: taken ? [{ kinds: ['response'], at: context.at, body: { fact: 'met' } }] : [],
    events: [incidentEvent(kase, context, 'incident.assigned', {
      before: { teamId: ticket.teamId, holderId: ticket.holderId, state: incident.state },
      after: { teamId, holderId: input.holderId, state: toPerson ? 'in-progress' : incident.state },
      reason: input.reason, teamIds: [teamId],
    })],
  };
}

/** Meets the start-of-work clock; where there is no caller (monitoring) the response clock too (D-05). */
export function startWork(kase: IncidentCase, context: RuleContext): Decision {
  const kinds: ClockKind[] = kase.incident.category === 'monitoring' ? ['start-of-work', 'response'] : ['start-of-work'];
  return {
    incident: { started: true, ...(kinds.length > 1 && kase.incident.respondedAt === null ? { respondedAt: context.at } : {}) },
    clock: [{ kinds, at: context.at, body: { fact: 'met' } }, ...endDuties(kase, ['desk-confirm'], 'met', context)],
    events: [incidentEvent(kase, context, 'incident.started', { after: { meets: kinds } })],
  };
}

export interface ResponseInput {
  readonly channel: string;
  readonly reached: boolean;
  readonly phoneNumber: string | null;
  readonly note: string | null;
}

/**
 * D-06: a first contact by a person. By telephone it always counts, reached or an attempt logged with its number;
 * on another channel only where the agreement says so. It is logged either way.
 */
export function recordResponse(kase: IncidentCase, input: ResponseInput, context: RuleContext): Decision {
  if (context.actor.kind === 'token' && context.actor.onBehalfOf === undefined) {
    throw new Refusal('FORBIDDEN', 'A first contact is made by a person: an integrator names them with "onBehalfOf".');
  }
  if (input.channel === 'phone' && !input.reached && !input.phoneNumber) {
    throw new Refusal('MISSING_FIELD', 'An attempt that reached nobody needs the number that was called.', 'phoneNumber');
  }
  const counts = input.channel === 'phone' || kase.terms.responseChannels.includes(input.channel);
  const first = counts && kase.incident.respondedAt === null;
  const text = [input.reached ? 'Reached' : 'Attempt', input.channel, input.phoneNumber, input.note].filter(Boolean).join(' · ');
  return {
    incident: first ? { respondedAt: context.at } : {},
    clock: first ? [{ kinds: ['response'], at: context.at, body: { fact: 'met' } }] : [],
    add: [logRow(kase, context, { kind: 'first-contact', text, customerVisible: true })],
    events: [incidentEvent(kase, context, 'incident.responded', { after: { channel: input.channel, reached: input.reached, counts } })],
  };
}

/** D-34: a recorded arrival meets the on-site clock. */
export function recordArrival(kase: IncidentCase, note: string | null, context: RuleContext): Decision {
  return {
    // Kept at every level: a later up-grade gives the clock, and finds that somebody was there already.
    clock: [{ kinds: ['on-site'], at: context.at, body: { fact: 'met' } }],
    add: [logRow(kase, context, { kind: 'arrival', text: note ?? 'Arrived on site', customerVisible: true })],
    events: [incidentEvent(kase, context, 'incident.arrived', { after: { note } })],
  };
}

/** D-34: "remote is enough" cancels the on-site clock; a visit decided on later runs from that decision. */
export function decideOnSite(kase: IncidentCase, input: { needed: boolean; reason: string }, context: RuleContext): Decision {
  const clock = input.needed ? visitClock(kase, context) : cancelVisit(context);
  return {
    incident: { onSiteNeeded: input.needed },
    clock,
    events: [incidentEvent(kase, context, 'incident.onSiteDecided', { before: { needed: kase.incident.onSiteNeeded }, after: { needed: input.needed }, reason: input.reason })],
  };
}

function cancelVisit(context: RuleContext): NewClockFact[] {
  return [{ kinds: ['on-site'], at: context.at, body: { fact: 'cancelled' } }];
}

function visitClock(kase: IncidentCase, context: RuleContext): NewClockFact[] {
  const plan = planClock('on-site', planInput(kase.incident.level, kase.terms, context));
  if (!plan || kase.incident.onSiteNeeded === true) return [];
  if (!hasClock(kase, 'on-site')) return [{ kinds: ['on-site'], at: context.at, body: { fact: 'started', plan } }];
  // Undecided so far: the clock runs from the incident's start already.
  return kase.incident.onSiteNeeded === null ? [] : [{ kinds: ['on-site'], at: context.at, body: { fact: 'replanned', plan, mode: 'restart' } }];
}

export interface LogInput {
  readonly kind: WorkLogEntry['kind'];
  readonly text: string;
  readonly customerVisible: boolean;
  readonly minutes: number | null;
}

/** Entries that mean more than their text are made by the command that carries it out. */
const OWN_COMMANDS: Readonly<Partial<Record<WorkLogEntry['kind'], IncidentAction>>> = {
  arrival: 'recordArrival', 'first-contact': 'recordResponse', solution: 'proposeSolution', urge: 'urgeIncident', answer: 'answerUrge',
};

/** INC-06; SLA-16: a progress report is customer-visible and begins the next interval of its clock. */
export function addWorkLog(kase: IncidentCase, input: LogInput, context: RuleContext): Decision {
  const own = OWN_COMMANDS[input.kind];
  if (own) throw new Refusal('INVALID_INPUT', `An entry of kind "${input.kind}" is made by the command "${own}".`, 'kind', { use: own });
  const report = input.kind === 'progress-report';
  if (report && !input.customerVisible) {
    throw new Refusal('INVALID_INPUT', 'A progress report must be customer-visible.', 'customerVisible');
  }
  if (report) checkAfterLastReport(kase, context);
  if (input.minutes !== null && (input.minutes < 0 || input.minutes > 24 * 60)) {
    throw new Refusal('OUT_OF_RANGE', `"minutes" must be 0–1440, got ${input.minutes}.`, 'minutes');
  }
  const entry = logRow(kase, context, input);
  return {
    clock: report && hasClock(kase, 'progress-report') ? [{ kinds: ['progress-report'], at: context.at, body: { fact: 'reported' } }] : [],
    add: [entry],
    events: [incidentEvent(kase, context, 'incident.logged', { after: { kind: input.kind, customerVisible: input.customerVisible, entryId: entry.row.id } })],
  };
}

/** INC-19: a late report is never dated before the last one. */
function checkAfterLastReport(kase: IncidentCase, context: RuleContext): void {
  const last = kase.book.facts.findLast(({ body, withdrawnAt }) => body.fact === 'reported' && withdrawnAt === null)?.at ?? context.at;
  if (context.at >= last) return;
  throw new Refusal('OUT_OF_RANGE', `"occurredAt" must not be before ${toIso(last)}, the last progress report.`, 'occurredAt');
}

/** INC-27: counted, and shown in the queue. */
export function urgeIncident(kase: IncidentCase, text: string, context: RuleContext): Decision {
  return {
    ticket: { urgeCount: kase.ticket.urgeCount + 1, lastUrgedAt: context.at },
    add: [logRow(kase, context, { kind: 'urge', text, customerVisible: true })],
    events: [incidentEvent(kase, context, 'incident.urged', { after: { count: kase.ticket.urgeCount + 1, text, onBehalf: onBehalfOf(kase, context.actor) } })],
  };
}

export function answerUrge(kase: IncidentCase, text: string, context: RuleContext): Decision {
  return {
    add: [logRow(kase, context, { kind: 'answer', text, customerVisible: true })],
    events: [incidentEvent(kase, context, 'incident.urgeAnswered', { after: { text } })],
  };
}
