import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { requestApproval, replanChange } from './change-approve.rules.ts';
import { commandChange } from './change-case.service.ts';
import { reasonText, requirePerson } from './change-checks.service.ts';
import { impactSet } from './change-impact.service.ts';
import { acceptChange, cancelChange, planChange, refuseChange, submitChange } from './change-respond.rules.ts';

/** The moves of a change's life up to its approval (CHG-01, CHG-04). */

export function submit(database: Database, actor: Actor, command: RecordCommand): Promise<string> {
  return commandChange(database, actor, command, 'submitChange', async ({ change, kase, context }) => {
    const impact = await impactSet(change.em, kase.cis.map(({ id }) => id), context.now);
    const decided = submitChange(kase, context);
    return { ...decided, record: { ...decided.record, impact } };
  });
}

export interface AcceptInput extends RecordCommand {
  /** Left out: as they are; without an owner whoever accepts owns it. */
  readonly ownerId?: string | null;
  readonly implementerId?: string | null;
}

export function accept(database: Database, actor: Actor, input: AcceptInput): Promise<string> {
  return commandChange(database, actor, input, 'acceptChange', async ({ change: { em }, kase, context }) => {
    const own = actor.kind === 'person' ? actor.id : null;
    const ownerId = (await requirePerson(em, input.ownerId ?? null, 'ownerId')) ?? kase.record.ownerId ?? own;
    const implementerId = (await requirePerson(em, input.implementerId ?? null, 'implementerId')) ?? kase.record.implementerId;
    return { ...acceptChange(kase, { ownerId, implementerId }, context), ticket: { holderId: ownerId } };
  });
}

export interface ReasonInput extends RecordCommand {
  readonly reason: string;
}

export function refuse(database: Database, actor: Actor, input: ReasonInput): Promise<string> {
  return commandChange(database, actor, input, 'refuseChange', ({ kase, context }) => refuseChange(kase, reasonText(input.reason), context));
}

export function cancel(database: Database, actor: Actor, input: ReasonInput): Promise<string> {
  return commandChange(database, actor, input, 'cancelChange', ({ kase, context }) => cancelChange(kase, reasonText(input.reason), context));
}

export function plan(database: Database, actor: Actor, command: RecordCommand): Promise<string> {
  return commandChange(database, actor, command, 'planChange', ({ kase, context }) => planChange(kase, context));
}

/** Approvers see the impact as it is when they are asked. */
export function askApproval(database: Database, actor: Actor, command: RecordCommand): Promise<string> {
  return commandChange(database, actor, command, 'requestApproval', async ({ change, kase, context }) => {
    const impact = await impactSet(change.em, kase.cis.map(({ id }) => id), context.now);
    const decided = requestApproval(kase, context);
    return { ...decided, record: { ...decided.record, impact } };
  });
}

export function replan(database: Database, actor: Actor, input: ReasonInput): Promise<string> {
  return commandChange(database, actor, input, 'replanChange', ({ kase, context }) => replanChange(kase, reasonText(input.reason), context));
}
