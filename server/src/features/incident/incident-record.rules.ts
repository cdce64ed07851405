import type { Level } from '../service-level/service-level.rules.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { incidentEvent, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
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
    clock: startClocks(incident.level, kase.terms, incident.reportedAt, context),
    events: [incidentEvent(kase, context, 'incident.recorded', {
      after: { number: ticket.number, title: ticket.title, level: incident.level, category: incident.category, state: incident.state, agreement: kase.terms.agreement?.name ?? null },
    })],
  };
}

/**
 * INC-04, INC-05: the receiver confirms the level, and it goes to those who take that level:
 * LV1 to the technical manager in person, LV2 to the senior engineers, LV3 and LV4 to the engineers.
 */
export function confirmLevel(kase: IncidentCase, input: ConfirmInput, context: RuleContext): Decision {
  const { incident, ticket } = kase;
  const route = kase.terms.routing[input.level];
  const routed = input.route && route.teamId !== null;
  const level = context.policies['level-table'].levels[input.level];
  const given = routed && route.holderId !== null;
  return {
    ticket: routed ? { teamId: route.teamId, holderId: route.holderId ?? null } : {},
    incident: {
      level: input.level, levelConfirmed: true, highestLevel: mostSevere(incident.highestLevel, input.level, incident.levelConfirmed),
      ...(given && incident.state === 'awaiting-assignment' ? { state: 'in-progress' as const, started: false } : {}),
    },
    clock: input.level === incident.level ? [] : replanClocks(kase, input.level, context),
    events: [incidentEvent(kase, context, 'incident.levelConfirmed', {
      before: { level: incident.level, teamId: ticket.teamId, holderId: ticket.holderId },
      after: { level: input.level, teamId: routed ? route.teamId : ticket.teamId, holderId: given ? route.holderId : ticket.holderId, notified: input.route ? level.notify : [] },
      teamIds: [route.teamId],
    })],
  };
}

/** D-42: the highest level counts among confirmed ones only. */
function mostSevere(before: Level, now: Level, confirmedBefore: boolean): Level {
  return confirmedBefore && before < now ? before : now;
}

/** Checks the two times of an intake: occurred ≤ reported ≤ now. */
export function intakeTimes(input: { occurredAt: Instant | null; reportedAt: Instant | null }, now: Instant): { occurredAt: Instant | null; reportedAt: Instant } {
  const reportedAt = input.reportedAt ?? now;
  if (reportedAt > now) throw new Refusal('OUT_OF_RANGE', '"reportedAt" must not be in the future.', 'reportedAt');
  if (input.occurredAt !== null && input.occurredAt > reportedAt) {
    throw new Refusal('OUT_OF_RANGE', '"occurredAt" must not be after "reportedAt".', 'occurredAt');
  }
  return { occurredAt: input.occurredAt, reportedAt };
}
