import type { Actor } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import type { NewId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Policies, PolicyVersions } from '../service-level/service-level.rules.ts';
import type { Ticket } from './ticket.entity.ts';

/** Arguments of every rule of a work record: time, actor, ids and policies come from outside (rules are pure). */
export interface RecordContext {
  /** Now, by the database's clock. */
  readonly now: Instant;
  readonly actor: Actor;
  readonly newId: NewId;
  readonly policies: Policies;
  readonly versions: PolicyVersions;
}

/** What every case of a work record has: the locked row and the row of its own kind. */
export interface RecordCase<Row extends object> {
  readonly ticket: Ticket;
  readonly record: Row;
}

/** What a rule decided. Nothing has happened yet. */
export interface RecordDecision<Row extends object> {
  readonly ticket?: Partial<Ticket>;
  readonly record?: Partial<Row>;
  /** Changes to other rows of the case, made with {@link patch}. */
  readonly patches?: readonly RowPatch[];
  /** New rows, by the name that the kind gives their table. */
  readonly add?: readonly AddedRecordRow[];
  readonly events: readonly DomainEvent[];
}

export interface RowPatch {
  readonly row: object;
  readonly values: object;
}

export interface AddedRecordRow {
  readonly table: string;
  readonly row: object;
}

/** A change to a row that was loaded with the case. */
export function patch<Row extends object>(row: Row, values: Partial<Row>): RowPatch {
  return { row, values };
}

/** An event of the record, addressed to its customer and its holding team. */
export function recordEvent(
  { ticket }: { readonly ticket: Ticket }, context: Pick<RecordContext, 'now'>, type: string, rest: Pick<DomainEvent, 'before' | 'after' | 'reason'> = {},
): DomainEvent {
  return {
    type, subjectKind: ticket.kind, subjectId: ticket.id, occurredAt: context.now, ticketId: ticket.id, customerId: ticket.customerId,
    teamIds: ticket.teamId === null ? [] : [ticket.teamId], ...rest,
  };
}
