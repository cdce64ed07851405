import { isUpgrade, LEVELS, type Level } from '../service-level/service-level.rules.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { incidentEvent, isLead, waitingRequest, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { replanClocks } from './incident-plan.rules.ts';
import { mostSevere, routeBy } from './incident-record.rules.ts';

/**
 * INC-04, D-35: an up-grade and every move away from LV1 wait for the lead of the holding team; until then the old
 * level's clocks run. Anything else, or a lead's own re-grading, takes effect at once.
 */
export function regradeIncident(kase: IncidentCase, input: { level: Level; reason: string }, context: RuleContext): Decision {
  const from = kase.incident.level;
  if (!LEVELS.includes(input.level)) throw new Refusal('INVALID_INPUT', `"level" must be one of ${LEVELS.join(', ')}.`, 'level');
  if (input.level === from) throw new Refusal('INVALID_INPUT', `The incident is ${from} already.`, 'level');
  const needsLead = isUpgrade(from, input.level) || from === 'LV1';
  if (!needsLead || isLead(kase, context.actor)) return carryOut(kase, input.level, input.reason, context);
  return {
    add: [{
      table: 'request',
      row: {
        id: context.newId(), ticketId: kase.ticket.id, fromLevel: from, toLevel: input.level, reason: input.reason, requestedAt: context.now,
        requestedBy: context.actor.name, state: 'waiting', decidedAt: null, decidedBy: null, decisionReason: null,
      },
    }],
    events: [incidentEvent(kase, context, 'incident.regradeRequested', { before: { level: from }, after: { level: input.level }, reason: input.reason })],
  };
}

export function decideRegrade(kase: IncidentCase, input: { approve: boolean; reason: string | null }, context: RuleContext): Decision {
  const request = waitingRequest(kase);
  if (!request) throw new Refusal('MOVE_NOT_ALLOWED', 'No re-grading waits for a decision.', null);
  const decided = { decidedAt: context.now, decidedBy: context.actor.name, decisionReason: input.reason };
  if (input.approve) {
    return { ...carryOut(kase, request.toLevel, request.reason, context), waitingRequest: { ...decided, state: 'approved' } };
  }
  if (!input.reason) throw new Refusal('MISSING_FIELD', 'Refusing a re-grading needs a reason.', 'reason');
  return {
    waitingRequest: { ...decided, state: 'refused' },
    events: [incidentEvent(kase, context, 'incident.regradeRefused', { before: { level: request.fromLevel }, after: { level: request.toLevel }, reason: input.reason })],
  };
}

/** SLA-05: clocks are judged anew from the start. INC-24: assignment is decided again and the new level's people are told. */
function carryOut(kase: IncidentCase, level: Level, reason: string, context: RuleContext): Decision {
  const { incident, ticket } = kase;
  const route = kase.terms.routing[level];
  const policy = context.policies['level-table'].levels[level];
  const routed = context.mark === null ? routeBy(kase, level) : { ticket: {}, incident: {} };
  return {
    ticket: routed.ticket,
    incident: { level, levelConfirmed: true, highestLevel: mostSevere(incident, level), ...routed.incident },
    clock: replanClocks(kase, level, context),
    events: [incidentEvent(kase, context, 'incident.regraded', {
      before: { level: incident.level, teamId: ticket.teamId },
      // A ticket that somebody works on is not torn away: the level's team is proposed, by handoff.
      after: { level, ...routed.ticket, proposedTeamId: route.teamId, proposedHolderId: route.holderId, notified: context.mark === null ? policy.notify : [] },
      reason, teamIds: [route.teamId],
    })],
  };
}
