import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { READ_PERMISSION } from './ticket-record.service.ts';
import type { TicketKind } from './ticket.rules.ts';

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

/** CIs that a record concerns, at most 200; another customer's are left out (ORG-03). */
export async function cisOfTicket(em: Em, actor: Actor, ticketId: string): Promise<LinkedCi[]> {
  const rows = await em.execute<(LinkedCi & { customerId: string | null })[]>(
    `select c.id, c.name, c.class, l.cause, c.customer_id as "customerId" from ticket_ci l join ci c on c.id = l.ci_id where l.ticket_id = ? order by l.cause desc, c.name, c.id limit 200`,
    [ticketId],
  );
  return rows.filter(({ customerId }) => mayNameCi(actor, customerId));
}

/** Whether an item may be named on a record that the actor reads: the provider's shared equipment is, another customer's is not (ORG-03). */
export function mayNameCi(actor: Actor, customerId: string | null): boolean {
  return customerId === null || may(actor, 'cmdb.read', { customerId });
}

export interface TicketFile {
  id: string; name: string; mediaType: string; size: number; sha256: string; paper: string | null; customerVisible: boolean; recordedAt: Instant; author: string;
}

/** Files of a record, at most 50; a customer sees those meant for them. */
export async function filesOf(em: Em, actor: Actor, ticketId: string): Promise<TicketFile[]> {
  return em.execute<TicketFile[]>(
    `select id, name, media_type as "mediaType", size, sha256, paper, customer_visible as "customerVisible", ${ms('recorded_at')} as "recordedAt", author_name as author
     from attachment where ticket_id = ? and (customer_visible or ?) order by recorded_at, id limit 50`, [ticketId, actor.customerId === null],
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

export interface CiRecord {
  id: string; recordKind: TicketKind; number: string; title: string; open: boolean; openedAt: Instant; ci: string;
}

/** INC-13: what else happened to the CIs of a record, newest first; only records that the actor may read. */
export async function recordsOfSameCis(em: Em, actor: Actor, ticketId: string, first: number): Promise<CiRecord[]> {
  const rows = await em.execute<(CiRecord & { customerId: string; teamId: string | null; ciCustomerId: string | null })[]>(
    `select distinct on (t.opened_at, t.id) t.id, t.kind as "recordKind", t.number, t.title, t.closed_at is null as open, ${ms('t.opened_at')} as "openedAt", c.name as ci,
       t.customer_id as "customerId", t.team_id as "teamId", c.customer_id as "ciCustomerId"
     from ticket_ci mine join ticket_ci other on other.ci_id = mine.ci_id and other.ticket_id <> mine.ticket_id
     join ticket t on t.id = other.ticket_id join ci c on c.id = mine.ci_id
     where mine.ticket_id = ? order by t.opened_at desc, t.id, c.name limit ?`,
    [ticketId, 4 * pageRequest(first, null).first],
  );
  return rows
    .filter(({ recordKind, customerId, teamId, ciCustomerId }) => may(actor, READ_PERMISSION[recordKind], { customerId, teamId }) && mayNameCi(actor, ciCustomerId))
    .slice(0, first);
}
