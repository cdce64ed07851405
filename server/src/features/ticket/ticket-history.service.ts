import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Em } from '../../platform/db/orm.ts';

/** Epoch milliseconds of a column, as a number. */
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

export interface HistoryEntry {
  seq: number; type: string; occurredAt: Instant; recordedAt: Instant; actor: string; reason: string | null; before: unknown; after: unknown; mark: string | null;
}

/** The history of one record, newest first by (occurredAt, seq) (D-19): at most `first` entries older than the entry `beforeSeq`. A customer gets none. */
export async function historyOf(em: Em, actor: Actor, { ticketId, first, beforeSeq }: { ticketId: string; first: number; beforeSeq: number | null }): Promise<HistoryEntry[]> {
  if (actor.customerId !== null) return [];
  return em.execute<HistoryEntry[]>(
    `select seq::float8 as seq, type, ${ms('occurred_at')} as "occurredAt", ${ms('recorded_at')} as "recordedAt",
       coalesce(actor->>'onBehalfOf', actor->>'name') as actor, payload->>'reason' as reason, payload->'before' as before, payload->'after' as after,
       payload->>'mark' as mark
     from event_log where ticket_id = ?
       and (?::bigint is null or (occurred_at, seq) < (select e.occurred_at, e.seq from event_log e where e.seq = ?::bigint))
     order by occurred_at desc, seq desc limit ?`,
    [ticketId, beforeSeq, beforeSeq, pageRequest(first, null).first],
  );
}

export interface LinkedCi {
  id: string; name: string; class: string; cause: boolean;
}

/** CIs that a record concerns, at most 200. */
export async function cisOfTicket(em: Em, ticketId: string): Promise<LinkedCi[]> {
  return em.execute<LinkedCi[]>(
    `select c.id, c.name, c.class, l.cause from ticket_ci l join ci c on c.id = l.ci_id where l.ticket_id = ? order by l.cause desc, c.name, c.id limit 200`,
    [ticketId],
  );
}

export interface TicketFile {
  id: string; name: string; mediaType: string; size: number; sha256: string; paper: string | null; recordedAt: Instant; author: string;
}

/** Files of a record, at most 50. */
export async function filesOf(em: Em, ticketId: string): Promise<TicketFile[]> {
  return em.execute<TicketFile[]>(
    `select id, name, media_type as "mediaType", size, sha256, paper, ${ms('recorded_at')} as "recordedAt", author_name as author
     from attachment where ticket_id = ? order by recorded_at, id limit 50`, [ticketId],
  );
}

export interface LoggedWork {
  id: string; kind: string; text: string; customerVisible: boolean; occurredAt: Instant; recordedAt: Instant; author: string; minutes: number | null; lateReason: string | null;
}

/** The latest 500 entries of a record's work log, oldest first; a customer sees the visible ones (INC-06). */
export async function workLogOf(em: Em, actor: Actor, ticketId: string): Promise<LoggedWork[]> {
  const rows = await em.execute<LoggedWork[]>(
    `select id, kind, text, customer_visible as "customerVisible", ${ms('occurred_at')} as "occurredAt", ${ms('recorded_at')} as "recordedAt",
       author_name as author, minutes, late_reason as "lateReason"
     from work_log_entry where ticket_id = ? and (customer_visible or ?) order by occurred_at desc, id desc limit 500`, [ticketId, actor.customerId === null],
  );
  return rows.toReversed();
}
