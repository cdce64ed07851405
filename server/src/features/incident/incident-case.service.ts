import { idempotent } from '../../platform/db/idempotency.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { may, type Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { entryInstant } from '../ticket/ticket.rules.ts';
import { guard, notBefore, type IncidentAction } from './incident-actions.rules.ts';
import { incidentEvent, isLead, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { carryOutDecision, judgeCase } from './incident-judge.rules.ts';
import { lockIncidents } from './incident-load.queries.ts';
import { openCase, saveCase, type OpenCase } from './incident-open.service.ts';
import { followPolicy } from './incident-plan.rules.ts';

/** What every command on an incident carries (API-03, INC-19). */
export interface IncidentCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly occurredAt?: Instant | null;
  readonly lateReason?: string | null;
  readonly idempotencyKey?: string | null;
}

/** A decision, and what must be true together with it for other records: done in the same transaction, after it was carried out. */
export interface CommandDecision extends Decision {
  readonly afterwards?: () => Promise<void>;
}

/**
 * What every command repeats: lock the ticket, check scope and version, read the clock once, judge what fell due before,
 * guard the action, ask the rule, carry it out, judge the clocks, save. Returns the incident's id.
 */
export async function changeIncident(
  database: Database, actor: Actor, command: IncidentCommand, action: IncidentAction, rule: (open: OpenCase) => CommandDecision | Promise<CommandDecision>,
): Promise<string> {
  return database.change(actor, (change) => idempotent(change, action, command, async () => {
    await lockAt(change, command);
    const open = await openCase(database, change, command.id);
    assert(open, 'an incident that is locked is there');
    catchUp(open);
    const { kase } = open;
    guard(action, kase, actor);
    const context = { ...open.context, ...entryTime(kase, open.context, command, action) };
    const { afterwards, ...decision } = await rule({ ...open, context });
    carryOut({ ...open, context }, decision);
    // Only people's commands count: a warning that fires meanwhile must not make their form stale.
    kase.ticket.version += 1;
    if (afterwards) {
      await saveCase(open);
      await afterwards();
    }
    await saveCase(open);
    return kase.ticket.id;
  }, command.id));
}

/** Locks the record first of all; a foreign customer's record does not exist for the actor. */
async function lockAt({ em, actor }: Change, { id, expectedVersion }: IncidentCommand): Promise<void> {
  const ticket = (await lockIncidents(em, [id], 'wait')).at(0);
  if (!ticket || !may(actor, 'incident.read', { customerId: ticket.customerId })) throw new Refusal('NOT_FOUND', `There is no incident ${id}.`, 'id');
  if (ticket.version !== expectedVersion) {
    throw new Refusal('STALE_VERSION', `The incident is at version ${ticket.version}, the command was based on ${expectedVersion}. Read it again.`, 'expectedVersion', { version: ticket.version });
  }
}

/** INC-19: when it happened. */
function entryTime(kase: IncidentCase, context: RuleContext, command: IncidentCommand, action: IncidentAction): Pick<RuleContext, 'at' | 'lateReason'> {
  const occurredAt = command.occurredAt ?? null;
  const at = entryInstant({
    now: context.now, occurredAt, lateReason: command.lateReason ?? null, byLead: isLead(kase, context.actor),
    limitMinutes: context.policies.intake.lateEntryMinutes, notBefore: notBefore(action, kase),
  });
  return { at, lateReason: occurredAt === null || at === context.now ? null : command.lateReason ?? null };
}

/** Carries a decision out, then judges the clocks and carries out what fired because of it. */
export function carryOut({ kase, context, calendars, change }: OpenCase, decision: Decision): void {
  change.emit(...carryOutDecision(kase, decision, context, calendars));
}

/** Before a command and at a timer: what came into force or fell due since the last look takes effect, in order (SLA-02, SLA-13). */
export function catchUp(open: OpenCase): void {
  const { kase, context, calendars, change } = open;
  if (kase.ticket.closedAt === null && followPolicy(kase, context)) {
    const { versions } = context;
    const after = { levelTable: versions['level-table'], tierTable: versions['tier-table'], handoff: versions.handoff };
    change.emit(incidentEvent(kase, context, 'incident.replanned', { after }));
    kase.ticket.lastEventAt = Math.max(kase.ticket.lastEventAt, context.now);
  }
  change.emit(...judgeCase(kase, context, calendars, { keepFirings: true }));
}
