import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { changeIncident, type IncidentCommand } from './incident-case.service.ts';
import { waitingHandoff } from './incident-case.rules.ts';
import { acknowledgeEscalation, raiseEscalation, type RaiseInput } from './incident-escalate.rules.ts';
import { acceptHandoff, requestHandoff, returnHandoff } from './incident-handoff.rules.ts';
import { decideRegrade, regradeIncident } from './incident-regrade.rules.ts';
import { requireMember } from './incident-work.service.ts';

export async function regrade(database: Database, actor: Actor, input: IncidentCommand & { level: Level; reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'regradeIncident', ({ kase, context }) => regradeIncident(kase, { level: input.level, reason }, context));
}

export async function settleRegrade(database: Database, actor: Actor, input: IncidentCommand & { approve: boolean; reason?: string | null }): Promise<string> {
  return changeIncident(database, actor, input, 'decideRegrade', ({ kase, context }) =>
    decideRegrade(kase, { approve: input.approve, reason: optionalText(input.reason, 'reason', TEXT_LIMITS.text) }, context));
}

export interface HandoffCommand extends IncidentCommand {
  readonly toTeamId: string;
  readonly toPersonId?: string | null;
  readonly reason: string;
  readonly tried: string;
  readonly requestedAction: string;
}

/** HND-01: reason, what was tried and what is asked for are all required. */
export async function handOver(database: Database, actor: Actor, input: HandoffCommand): Promise<string> {
  const texts = {
    reason: requiredText(input.reason, 'reason', TEXT_LIMITS.text), tried: requiredText(input.tried, 'tried', TEXT_LIMITS.text),
    requestedAction: requiredText(input.requestedAction, 'requestedAction', TEXT_LIMITS.text),
  };
  return changeIncident(database, actor, input, 'requestHandoff', async ({ kase, context, change }) => {
    const teams = await change.em.find(TeamEntity, { id: { $in: [input.toTeamId, kase.ticket.teamId].filter((id) => id !== null) } });
    const to = teams.find(({ id }) => id === input.toTeamId);
    if (!to?.active) throw new Refusal('NOT_FOUND', 'There is no such team.', 'toTeamId');
    if (input.toPersonId) await requireMember(change.em, to.id, input.toPersonId, 'toPersonId');
    const fromTeamKey = teams.find(({ id }) => id === kase.ticket.teamId)?.key ?? null;
    return requestHandoff(kase, { ...texts, toTeamId: to.id, toTeamKey: to.key, fromTeamKey, toPersonId: input.toPersonId ?? null }, context);
  });
}

export async function acceptHandedOver(database: Database, actor: Actor, input: IncidentCommand & { holderId?: string | null }): Promise<string> {
  return changeIncident(database, actor, input, 'acceptHandoff', async ({ kase, context, change }) => {
    const handoff = waitingHandoff(kase);
    if (input.holderId && handoff) await requireMember(change.em, handoff.toTeamId, input.holderId, 'holderId');
    return acceptHandoff(kase, input.holderId ?? (actor.kind === 'person' ? actor.id : null), context);
  });
}

export async function rejectHandedOver(database: Database, actor: Actor, input: IncidentCommand & { reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'rejectHandoff', ({ kase, context }) => returnHandoff(kase, 'rejected', reason, context));
}

export async function recall(database: Database, actor: Actor, input: IncidentCommand & { reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'recallHandoff', ({ kase, context }) => returnHandoff(kase, 'recalled', reason, context));
}

/** Whom an escalation by hand may name besides the table's addressees. */
const MOST_NAMED = 20;

export async function escalate(database: Database, actor: Actor, input: IncidentCommand & RaiseInput): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  if (input.to.length > MOST_NAMED) throw new Refusal('TOO_LARGE', `"to" may name ${MOST_NAMED}, got ${input.to.length}.`, 'to');
  const to = input.to.map((name) => requiredText(name, 'to', TEXT_LIMITS.short));
  if (actor.customerId !== null && (input.step !== 'manual' || to.length > 0)) throw new Refusal('FORBIDDEN', 'A customer raises "manual"; to whom it goes is policy.', 'step');
  return changeIncident(database, actor, input, 'raiseEscalation', ({ kase, context }) => raiseEscalation(kase, { step: input.step, to, reason }, context));
}

export async function acknowledge(database: Database, actor: Actor, input: IncidentCommand & { escalationId: string }): Promise<string> {
  return changeIncident(database, actor, input, 'acknowledgeEscalation', ({ kase, context }) => acknowledgeEscalation(kase, input.escalationId, context));
}
