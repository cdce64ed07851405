import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import type { Permission } from '../../kernel/permission.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { guardAction, listActions, type AvailableAction, type Process } from './ticket-action.rules.ts';
import type { RecordCase, RecordContext, RecordDecision } from './ticket-record.rules.ts';
import { TicketEntity, type Ticket } from './ticket.entity.ts';
import { TEXT_LIMITS, type TicketKind } from './ticket.rules.ts';
import { nextNumber } from './ticket.service.ts';

/** Who may read a record of that kind (ORG-03). */
export const READ_PERMISSION = { incident: 'incident.read', change: 'change.read', problem: 'problem.read', release: 'release.read' } as const satisfies Record<TicketKind, Permission>;

/** What every command on a work record carries (API-03). */
export interface RecordCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey?: string | null;
}

/** How one kind of work record is loaded, guarded and saved. */
export interface RecordKind<Case extends RecordCase<object>, State extends string, Move extends string, Action extends string> {
  readonly kind: TicketKind;
  readonly process: Process<Case, State, Move, Action>;
  /** Entities of the rows that its decisions add, by name. */
  readonly tables: Readonly<Record<string, object>>;
  /** Loads everything its rules look at; rows stay managed, so that patches are saved. */
  load(change: Change, ticket: Ticket, context: RecordContext, database: Database): Promise<Case>;
  /** Done last, in the same transaction: timers, what follows for others. */
  settle?(change: Change, kase: Case, context: RecordContext, database: Database): Promise<void>;
}

export interface OpenRecord<Case> {
  readonly change: Change;
  readonly kase: Case;
  readonly context: RecordContext;
  readonly database: Database;
}

type RowOf<Case> = Case extends RecordCase<infer Row> ? Row : never;

/**
 * What every command on a work record repeats: lock the ticket, check scope and version, read the clock once, guard the action,
 * ask the rule, carry it out. Returns the record's id.
 */
export async function changeRecord<Case extends RecordCase<object>, State extends string, Move extends string, Action extends string>(
  database: Database, actor: Actor, kind: RecordKind<Case, State, Move, Action>, command: RecordCommand, action: Action,
  rule: (open: OpenRecord<Case>) => RecordDecision<RowOf<Case>> | Promise<RecordDecision<RowOf<Case>>>,
): Promise<string> {
  return database.change(actor, (change) => idempotent(change, action, command, async () => {
    const ticket = await lockTicket(change, kind.kind, command.id);
    if (ticket.version !== command.expectedVersion) {
      throw new Refusal('STALE_VERSION', `The ${kind.kind} is at version ${ticket.version}, the command was based on ${command.expectedVersion}. Read it again.`, 'expectedVersion', { version: ticket.version });
    }
    await actOn(database, change, kind, ticket, action, rule);
    return ticket.id;
  }));
}

/** The same within a transaction that is open already, on a ticket that it has locked: for what must be true together. */
export async function actOn<Case extends RecordCase<object>, State extends string, Move extends string, Action extends string>(
  database: Database, change: Change, kind: RecordKind<Case, State, Move, Action>, ticket: Ticket, action: Action,
  rule: (open: OpenRecord<Case>) => RecordDecision<RowOf<Case>> | Promise<RecordDecision<RowOf<Case>>>,
): Promise<void> {
  const context = await recordContext(database, change, ticket);
  const kase = await kind.load(change, ticket, context, database);
  guardAction(kind.process, action, kase, change.actor);
  carryOutRecord(change, kind, kase, await rule({ change, kase, context, database }), context);
  await kind.settle?.(change, kase, context, database);
}

/** Writes a decision into the case's rows, registers the new ones and remembers the events. */
export function carryOutRecord<Case extends RecordCase<object>>(
  change: Change, kind: Pick<RecordKind<Case, string, string, string>, 'tables'>, kase: Case, decision: RecordDecision<RowOf<Case>>, context: RecordContext,
): void {
  Object.assign(kase.ticket, decision.ticket);
  Object.assign(kase.record, decision.record);
  for (const { row, values } of decision.patches ?? []) Object.assign(row, values);
  for (const { table, row } of decision.add ?? []) {
    const entity = kind.tables[table];
    assert(entity, `"${table}" is a table of this kind of record`);
    persistRow(change.em, entity, row);
  }
  kase.ticket.version += 1;
  kase.ticket.lastEventAt = Math.max(kase.ticket.lastEventAt, context.now);
  change.emit(...decision.events);
}

/** Time, actor and policies for the rules; "now" is never before the record's last event (D-19). */
export async function recordContext(database: Database, change: Change, ticket?: Ticket): Promise<RecordContext> {
  const now = Math.max(await change.now(), ticket?.lastEventAt ?? 0);
  const { policies, versions } = await policiesAt(database, change.em, now);
  return { now, actor: change.actor, newId, policies, versions };
}

/** Locks a record first of all; several are locked in ascending id. A foreign customer's record does not exist for the actor. */
export async function lockTicket(change: Change, kind: TicketKind, id: string, field = 'id'): Promise<Ticket> {
  const ticket = await change.em.findOne(TicketEntity, { id, kind }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!ticket || !may(change.actor, READ_PERMISSION[kind], { customerId: ticket.customerId })) {
    throw new Refusal('NOT_FOUND', `There is no ${kind} ${id}.`, field);
  }
  return ticket;
}

export interface NewTicket {
  readonly kind: TicketKind;
  readonly title: string;
  readonly customerId: string;
  readonly teamId: string | null;
  readonly holderId: string | null;
}

/** The shared row of a new record, with its number; registered for insertion. */
export async function createTicket(change: Change, { title, ...facts }: NewTicket): Promise<Ticket> {
  const now = await change.now();
  const ticket: Ticket = {
    id: newId(), ...facts, number: await nextNumber(change.em, facts.kind), title: requiredText(title, 'title', TEXT_LIMITS.title), openedAt: now,
    closedAt: null, lastEventAt: now, externalNumber: null, externalSource: null, externalRevision: null, major: false, urgeCount: 0, lastUrgedAt: null, version: 1,
  };
  // Returned as the unit of work manages it, so that what a later step of the same command writes is saved.
  return change.em.create(TicketEntity, ticket, { persist: true });
}

/** API-03: what the actor may do with a record now, by the function that guards the commands. Nothing is locked or saved. */
export async function availableRecordActions<Case extends RecordCase<object>, State extends string, Move extends string, Action extends string>(
  database: Database, actor: Actor, kind: RecordKind<Case, State, Move, Action>, id: string,
): Promise<(Omit<AvailableAction<Action>, 'lacks'> & { lacks: AvailableAction['lacks'][number][] })[]> {
  const em = database.em;
  const ticket = await em.findOne(TicketEntity, { id, kind: kind.kind });
  if (!ticket || !may(actor, READ_PERMISSION[kind.kind], { customerId: ticket.customerId })) return [];
  const change: Change = { em, actor, now: () => database.time.read(em), emit: () => undefined };
  const kase = await kind.load(change, ticket, await recordContext(database, change, ticket), database);
  return listActions(kind.process, kase, actor).map(({ lacks, ...rest }) => ({ ...rest, lacks: [...lacks] }));
}
