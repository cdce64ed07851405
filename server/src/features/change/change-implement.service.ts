import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { commandChange } from './change-case.service.ts';
import { requireStartUnfrozen } from './change-freeze.service.ts';
import { reasonText, requireWord } from './change-checks.service.ts';
import { note } from './change-decision.rules.ts';
import { completeChange, failChange, retryChange, rollBackChange, startChange, stopChange, verifyRollback } from './change-implement.rules.ts';
import { raiseChange } from './change-raise.service.ts';

export interface StartInput extends RecordCommand {
  /** When it began, for a change that is recorded afterwards (INC-14). */
  readonly occurredAt?: Instant | null;
}

export function start(database: Database, actor: Actor, input: StartInput): Promise<string> {
  return commandChange(database, actor, input, 'startChange', async ({ change, kase, context }) => {
    await requireStartUnfrozen(change.em, kase, context.now);
    return startChange(kase, input.occurredAt ?? null, context);
  });
}

export interface RemarkInput extends RecordCommand {
  readonly remark: string;
}

export function complete(database: Database, actor: Actor, input: RemarkInput & StartInput): Promise<string> {
  return commandChange(database, actor, input, 'completeChange', ({ kase, context }) =>
    completeChange(kase, { occurredAt: input.occurredAt ?? null, remark: reasonText(input.remark, 'remark') }, context));
}

export function fail(database: Database, actor: Actor, input: RemarkInput): Promise<string> {
  return commandChange(database, actor, input, 'failChange', ({ kase, context }) => failChange(kase, reasonText(input.remark, 'remark'), context));
}

export function rollBack(database: Database, actor: Actor, input: RemarkInput): Promise<string> {
  return commandChange(database, actor, input, 'rollBackChange', ({ kase, context }) => rollBackChange(kase, reasonText(input.remark, 'remark'), context));
}

export interface VerifyInput extends RecordCommand {
  readonly passed: boolean;
  readonly tests: string;
}

export function verify(database: Database, actor: Actor, input: VerifyInput): Promise<string> {
  return commandChange(database, actor, input, 'verifyRollback', ({ kase, context }) => verifyRollback(kase, { passed: input.passed, tests: reasonText(input.tests, 'tests') }, context));
}

export function retry(database: Database, actor: Actor, command: RecordCommand): Promise<string> {
  return commandChange(database, actor, command, 'retryChange', ({ kase, context }) => retryChange(kase, context));
}

export interface StopInput extends RecordCommand {
  readonly followedBy: string;
  readonly reason: string;
}

/** CHG-08: with "new-change" the change that follows is raised in the same transaction, as a draft of the same content. */
export function stop(database: Database, actor: Actor, input: StopInput): Promise<string> {
  return commandChange(database, actor, input, 'stopChange', async ({ change, kase, context }) => {
    const by = requireWord(input.followedBy, 'followedBy', ['new-change', 'terminate'] as const);
    const decided = stopChange(kase, { by, reason: reasonText(input.reason) }, context);
    if (by === 'terminate') return decided;
    const { record, ticket, cis } = kase;
    const nextId = await raiseChange(database, change, {
      customerId: ticket.customerId, title: record.subject, description: record.description, category: record.category, type: record.type, risk: record.risk, priority: record.priority,
      source: record.source === 'third-party' || record.source === 'customer' ? record.source : 'own', askedBy: record.askedBy, expectedResult: record.expectedResult, ciIds: cis.map(({ id }) => id),
      businessSystems: record.businessSystems, departments: record.departments, ownerId: record.ownerId, implementerId: record.implementerId, teamId: ticket.teamId, software: record.software, followsId: ticket.id,
    });
    return { ...decided, events: decided.events.map((event) => ({ ...event, after: { ...Object(event.after), nextId } })) };
  });
}

export interface OutageInput extends RecordCommand {
  readonly system: string;
  readonly minutes: number;
  readonly keySystem?: boolean | null;
  readonly ciId?: string | null;
  readonly remark?: string | null;
}

const MOST_MINUTES = 60 * 24 * 30;

/** CHG-09: an outage that it caused; the total is kept with the change. */
export function recordOutage(database: Database, actor: Actor, input: OutageInput): Promise<string> {
  return commandChange(database, actor, input, 'recordOutage', ({ kase, context }) => {
    const { minutes } = input;
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES) throw new Refusal('OUT_OF_RANGE', `"minutes" must be 1–${MOST_MINUTES}, got ${minutes}.`, 'minutes');
    const ciId = input.ciId ?? null;
    if (ciId !== null && !reached(ciId, kase.cis.map(({ id }) => id), kase.record.impact?.nodes ?? [])) {
      throw new Refusal('NOT_FOUND', 'Neither the CIs of this change nor what they reach hold that CI.', 'ciId');
    }
    const outage = { system: requiredText(input.system, 'system'), minutes, keySystem: input.keySystem ?? false, ciId, remark: optionalText(input.remark, 'remark', 2000) };
    const total = kase.outages.reduce((sum, row) => sum + row.minutes, 0) + minutes;
    const row = { id: context.newId(), ticketId: kase.ticket.id, ...outage, recordedAt: context.now, recordedBy: actor.name };
    return note(kase, context, { event: 'change.outageRecorded', after: { ...outage, total }, fields: { outageMinutes: total }, rows: { add: [{ table: 'outage', row }] } });
  });
}

function reached(ciId: string, own: readonly string[], nodes: readonly { readonly ciId: string }[]): boolean {
  return own.includes(ciId) || nodes.some((node) => node.ciId === ciId);
}
