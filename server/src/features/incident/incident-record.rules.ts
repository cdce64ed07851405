import type { Level } from '../service-level/service-level.rules.ts';
import { MINUTE, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Ticket } from '../ticket/ticket.entity.ts';
import { incidentEvent, waitingHandoff, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import type { Incident } from './incident.entity.ts';
import { oweDispatch } from './incident-duty.rules.ts';
import { replanClocks, startClocks } from './incident-plan.rules.ts';

export interface ConfirmInput {
  readonly level: Level;
  /** False for history: the file says which team had it (D-24). */
  readonly route: boolean;
}

/** INC-03: the incident is on record; its clocks run from the time it was reported. */
export function recordIncident(kase: IncidentCase, context: RuleContext): Decision {
  const { ticket, incident } = kase;
  return {
    clock: [...startClocks(incident.level, kase.terms, incident.reportedAt, context), ...oweDispatch(kase, context)],
    events: [incidentEvent(kase, context, 'incident.recorded', {
      after: { number: ticket.number, title: ticket.title, level: incident.level, category: incident.category, state: incident.state, callSeconds: incident.callSeconds, agreement: kase.terms.agreement?.name ?? null },
    })],
  };
}

/**
 * INC-04, INC-05: the receiver confirms the level, and it goes to those who take that level:
 * LV1 to the technical manager in person, LV2 to the senior engineers, LV3 and LV4 to the engineers.
 */
export function confirmLevel(kase: IncidentCase, input: ConfirmInput, context: RuleContext): Decision {
  const { incident, ticket } = kase;
  const level = context.policies['level-table'].levels[input.level];
  const routed = input.route ? routeBy(kase, input.level) : { ticket: {}, incident: {} };
  return {
    ticket: routed.ticket,
    incident: {
      level: input.level, levelConfirmed: true, highestLevel: mostSevere(incident, input.level), ...routed.incident,
    },
    clock: input.level === incident.level ? [] : replanClocks(kase, input.level, context),
    events: [incidentEvent(kase, context, 'incident.levelConfirmed', {
      before: { level: incident.level, teamId: ticket.teamId, holderId: ticket.holderId },
      after: { level: input.level, teamId: ticket.teamId, holderId: ticket.holderId, ...routed.ticket, notified: context.mark === null ? level.notify : [] },
      teamIds: [routed.ticket.teamId ?? null],
    })],
  };
}

/**
 * INC-05: who gets a level, as long as nobody works on it: a ticket is not torn away from its holder or from a waiting
 * handoff. LV1 goes to a person, so that it is 解决中 at once (D-20).
 */
export function routeBy(kase: IncidentCase, level: Level): { ticket: Partial<Ticket>; incident: Partial<Incident> } {
  const { teamId, holderId } = kase.terms.routing[level];
  if (teamId === null || kase.incident.state !== 'awaiting-assignment' || waitingHandoff(kase)) return { ticket: {}, incident: {} };
  return { ticket: { teamId, holderId }, incident: holderId === null ? {} : { state: 'in-progress', started: false } };
}

/** D-42: the highest level counts among confirmed ones only. */
export function mostSevere({ highestLevel, levelConfirmed }: Incident, now: Level): Level {
  return levelConfirmed && highestLevel < now ? highestLevel : now;
}

export interface IntakeBounds {
  readonly now: Instant;
  /** How far back a report may be entered, and whether the actor may go beyond (INC-19). */
  readonly limitMinutes: number;
  readonly byLead: boolean;
}

/** Checks the two times of an intake: occurred ≤ reported ≤ now. */
export function intakeTimes(input: { occurredAt: Instant | null; reportedAt: Instant | null }, { now, limitMinutes, byLead }: IntakeBounds): { occurredAt: Instant | null; reportedAt: Instant } {
  const reportedAt = input.reportedAt ?? now;
  if (reportedAt > now) throw new Refusal('OUT_OF_RANGE', '"reportedAt" must not be in the future.', 'reportedAt');
  if (now - reportedAt > limitMinutes * MINUTE && !byLead) {
    throw new Refusal('APPROVAL_NEEDED', `"reportedAt" lies more than ${limitMinutes} min back: a team lead must record it.`, 'reportedAt');
  }
  if (input.occurredAt !== null && input.occurredAt > reportedAt) {
    throw new Refusal('OUT_OF_RANGE', '"occurredAt" must not be after "reportedAt".', 'occurredAt');
  }
  return { occurredAt: input.occurredAt, reportedAt };
}
