import { checkReceiver, isPingPong, isUnusual } from '../handoff/handoff.rules.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Handoff } from '../handoff/handoff.entity.ts';
import { incidentEvent, waitingHandoff, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { ageingPlan } from './incident-plan.rules.ts';

export interface HandoffInput {
  readonly toTeamId: string;
  readonly toTeamKey: string;
  readonly fromTeamKey: string | null;
  readonly toPersonId: string | null;
  readonly reason: string;
  readonly tried: string;
  readonly requestedAction: string;
}

/** HND-01: the receiver's leg begins, waiting for acceptance; clocks neither pause nor restart (SLA-04). */
export function requestHandoff(kase: IncidentCase, input: HandoffInput, context: RuleContext): Decision {
  const { ticket, incident } = kase;
  checkReceiver(ticket.teamId, input.toTeamId);
  const policy = context.policies.handoff;
  const unusual = isUnusual(policy, input.fromTeamKey, input.toTeamKey);
  const moves = kase.handoffs.filter((row) => row.state === 'accepted');
  const pingPong = isPingPong([...moves, { fromTeamId: ticket.teamId, toTeamId: input.toTeamId }], policy.pingPongMoves);
  const row: Handoff = {
    id: context.newId(), ticketId: ticket.id, fromTeamId: ticket.teamId, toTeamId: input.toTeamId, fromPersonId: ticket.holderId,
    toPersonId: input.toPersonId, reason: input.reason, tried: input.tried, requestedAction: input.requestedAction, state: 'waiting',
    requestedAt: context.at, requestedBy: context.actor.onBehalfOf ?? context.actor.name, decidedAt: null, decidedBy: null, decisionReason: null,
    ageingStep: 0, unusual, mark: context.mark === null ? null : 'inferred',
  };
  return {
    ticket: { teamId: input.toTeamId, holderId: null },
    incident: { pingPong: incident.pingPong || pingPong, handoffCount: incident.handoffCount + 1 },
    add: [{ table: 'handoff', row }],
    clock: [{ kinds: ['handoff'], subjectId: row.id, at: context.at, body: { fact: 'started', plan: ageingPlan(kase, incident.level, context) } }],
    events: [incidentEvent(kase, context, 'handoff.requested', {
      after: { handoffId: row.id, fromTeamId: row.fromTeamId, toTeamId: row.toTeamId, toPersonId: row.toPersonId, unusual, pingPong },
      reason: input.reason, teamIds: [row.fromTeamId, row.toTeamId],
    })],
  };
}

export function acceptHandoff(kase: IncidentCase, personId: string | null, context: RuleContext): Decision {
  const handoff = requireWaiting(kase);
  const holderId = handoff.toPersonId ?? personId;
  return {
    ...decide(kase, handoff, 'accepted', null, context),
    ticket: { holderId },
    // The receiver begins anew: taken over is not yet started (D-20).
    incident: { started: false, ...(kase.incident.state === 'awaiting-assignment' && holderId !== null ? { state: 'in-progress' as const } : {}) },
  };
}

/** HND-01: back to the sender. HND-02: a recall takes it back the same way. */
export function returnHandoff(kase: IncidentCase, how: 'rejected' | 'recalled', reason: string, context: RuleContext): Decision {
  const handoff = requireWaiting(kase);
  return { ...decide(kase, handoff, how, reason, context), ticket: { teamId: handoff.fromTeamId, holderId: handoff.fromPersonId } };
}

function decide(kase: IncidentCase, handoff: Handoff, state: 'accepted' | 'rejected' | 'recalled', reason: string | null, context: RuleContext): Decision {
  return {
    waitingHandoff: { state, decidedAt: context.at, decidedBy: context.actor.onBehalfOf ?? context.actor.name, decisionReason: reason },
    clock: [{ kinds: ['handoff'], subjectId: handoff.id, at: context.at, body: { fact: state === 'accepted' ? 'met' : 'cancelled' } }],
    events: [incidentEvent(kase, context, `handoff.${state}`, {
      after: { handoffId: handoff.id, fromTeamId: handoff.fromTeamId, toTeamId: handoff.toTeamId, fromPersonId: handoff.fromPersonId }, reason, teamIds: [handoff.fromTeamId, handoff.toTeamId],
    })],
  };
}

function requireWaiting(kase: IncidentCase): Handoff {
  const handoff = waitingHandoff(kase);
  if (!handoff) throw new Refusal('MOVE_NOT_ALLOWED', 'No handoff waits for acceptance.', 'handoffId');
  return handoff;
}
