import type { Actor } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { statement } from '../db/statement.ts';
import type { Em } from '../db/orm.ts';

/** Writes events as the last act of a transaction: nothing may follow but COMMIT. Returns the seq of the last one. */
export async function appendEvents(em: Em, actor: Actor, recordedAt: Instant, events: readonly DomainEvent[]): Promise<number> {
  const rows = await statement<{ seq: string }>(em, 'select append_events(?::jsonb, ?::jsonb, ?::timestamptz) as seq', [
    JSON.stringify(events.map(toRow)),
    JSON.stringify(whoDidIt(actor)),
    toIso(recordedAt),
  ]);
  return Number(rows[0]!.seq);
}

function toRow(event: DomainEvent): object {
  const { type, subjectKind, subjectId, ticketId, customerId, teamIds, occurredAt, before, after, reason, mark, actor } = event;
  return {
    type, subjectKind, subjectId, ticketId: ticketId ?? null, customerId: customerId ?? null, teamIds: teamIds ?? [],
    occurredAt: toIso(occurredAt),
    ...(actor ? { actor: whoDidIt(actor) } : {}),
    payload: { before: before ?? null, after: after ?? null, reason: reason ?? null, mark: mark ?? null },
  };
}

function whoDidIt(actor: Actor): object {
  const { kind, id, name, origin, onBehalfOf } = actor;
  return { kind, id, name, origin, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}
