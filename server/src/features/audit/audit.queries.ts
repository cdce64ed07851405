import { toIso, type Instant } from '../../kernel/instant.ts';
import type { EventPayload } from '../../platform/event-log/event-log.entity.ts';
import type { Em } from '../../platform/db/orm.ts';

/** One entry of the audit trail: who, when, what, before, after, why, from where (ORG-05). */
export interface AuditEvent {
  readonly seq: number;
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly ticketId: string | null;
  readonly customerId: string | null;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string; readonly origin: string; readonly onBehalfOf?: string };
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly payload: EventPayload;
  readonly redacted: boolean;
}

const COLUMNS = `seq::float8 as seq, type, subject_kind as "subjectKind", subject_id as "subjectId", ticket_id as "ticketId", customer_id as "customerId", actor,
  (extract(epoch from occurred_at) * 1000)::float8 as "occurredAt", (extract(epoch from recorded_at) * 1000)::float8 as "recordedAt", payload, redacted`;

export interface AuditFilter {
  readonly subjectId?: string | null;
  readonly ticketId?: string | null;
  /** Only events of this customer; for an auditor of one customer. */
  readonly customerId?: string | null;
  /** Beginning of the type, e.g. policy. */
  readonly type?: string | null;
  /** Part of the name of who did it. */
  readonly actorName?: string | null;
  readonly from?: Instant | null;
  readonly to?: Instant | null;
  readonly afterSeq: number;
  readonly limit: number;
}

/** The newest entries first, before a position: what an administrator reads. */
export async function newestEvents(em: Em, { customerId, type, actorName, from, to, afterSeq, limit }: AuditFilter): Promise<AuditEvent[]> {
  return em.execute<AuditEvent[]>(
    `select ${COLUMNS} from event_log where (? = 0 or seq < ?) and (? = '' or customer_id = nullif(?, '')::uuid) and (? = '' or starts_with(type, ?)) and (? = '' or actor->>'name' ilike ?)
       and (?::timestamptz is null or recorded_at >= ?::timestamptz) and (?::timestamptz is null or recorded_at < ?::timestamptz) order by seq desc limit ?`,
    [afterSeq, afterSeq, customerId ?? '', customerId ?? '', type ?? '', type ?? '', actorName ?? '', `%${(actorName ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`, iso(from), iso(from), iso(to), iso(to), limit],
  );
}

const iso = (at: Instant | null | undefined): string | null => (at == null ? null : toIso(at));

/** The trail in order of commit, after a position. */
export async function auditEvents(em: Em, { subjectId, ticketId, customerId, afterSeq, limit }: AuditFilter): Promise<AuditEvent[]> {
  const wanted = Object.entries({ subject_id: subjectId, ticket_id: ticketId, customer_id: customerId }).flatMap(([column, value]) => (value ? [{ column, value }] : []));
  const where = ['seq > ?', ...wanted.map(({ column }) => `${column} = ?::uuid`)].join(' and ');
  return em.execute<AuditEvent[]>(
    `select ${COLUMNS} from event_log where ${where} order by seq limit ?`,
    [afterSeq, ...wanted.map(({ value }) => value), limit],
  );
}

export interface AuditFinding {
  readonly seq: number;
  readonly problem: string;
}

// A redacted payload has no digest to be compared with, so every redaction must be vouched for by its own entry in the chain.
const UNEXPLAINED_REDACTIONS = `
select seq::float8 as seq, 'redacted without an entry' as problem from event_log e
where redacted and (payload - 'redacted' <> '{}' or not exists (
  select 1 from event_log r where r.type = 'event.redacted' and not r.redacted and r.payload#>>'{after,seq}' = e.seq::text))
order by e.seq limit 1000`;

/** Recomputes the chain of digests from the first event on; what it finds was changed behind the application's back. */
export async function findTampering(em: Em): Promise<{ events: number; findings: AuditFinding[] }> {
  const broken = await em.execute<AuditFinding[]>('select bad_seq::float8 as seq, problem from verify_event_log() limit 1000');
  const unexplained = await em.execute<AuditFinding[]>(UNEXPLAINED_REDACTIONS);
  const rows = await em.execute<{ events: number }[]>('select count(*)::float8 as events from event_log');
  return { events: rows[0]?.events ?? 0, findings: [...broken, ...unexplained] };
}
