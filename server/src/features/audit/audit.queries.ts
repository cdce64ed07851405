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
  /** Where it is not one entry but one of several: the first of them, `seq` being the last. */
  readonly from?: number;
}

/** Where the log ended at a time, kept where nobody reaches who may write to the database. */
export interface AuditHead {
  readonly at: string;
  readonly seq: number;
  readonly digest: string;
}

export interface AuditCheck {
  readonly events: number;
  readonly head: AuditHead;
  readonly findings: readonly AuditFinding[];
}

// A redacted payload has no digest to be compared with, so every redaction must be vouched for, word by word, by its own entry in the chain.
const UNEXPLAINED_REDACTIONS = `
select seq::float8 as seq, 'redacted without an entry' as problem from event_log e
where redacted and (payload - 'redacted' <> '{}' or not exists (
  select 1 from event_log r where r.type = 'event.redacted' and not r.redacted and r.payload#>>'{after,seq}' = e.seq::text and r.payload->>'reason' = e.payload->>'redacted'))
order by e.seq limit 1000`;

const ENDS = `
select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, h.seq::float8 as seq, h.digest, e.digest as "lastDigest",
  (select count(*)::float8 from event_log) as events, (select coalesce(max(seq), 0)::float8 from event_log) as last
from event_log_head h left join event_log e on e.seq = h.seq where h.id = 1`;

interface Ends extends AuditHead {
  /** Of the entry with the head's number. */
  readonly lastDigest: string | null;
  readonly events: number;
  readonly last: number;
}

/**
 * Recomputes the chain of digests from the first event on; what it finds was changed behind the application's back. Who writes the chain
 * anew up to its head, or cuts its tail off and sets the head back, is found by heads that were kept elsewhere. To be called in one
 * snapshot (`repeatable read`): else what is committed meanwhile looks like a fault.
 */
export async function findTampering(em: Em, heads: readonly AuditHead[] = []): Promise<AuditCheck> {
  const broken = await em.execute<AuditFinding[]>('select bad_seq::float8 as seq, problem from verify_event_log() limit 1000');
  const unexplained = await em.execute<AuditFinding[]>(UNEXPLAINED_REDACTIONS);
  const { at, seq, digest, lastDigest, events, last } = (await em.execute<Ends[]>(ENDS))[0]!;
  // The chain's own check says "tail missing" of every end that is not the head's.
  const chain = broken.filter(({ problem }) => problem !== 'tail missing');
  const end: AuditFinding[] = [];
  if (last < seq) end.push({ seq: last + 1, problem: 'tail missing' });
  if (last > seq) end.push({ seq: seq + 1, problem: 'added behind the head' });
  if (lastDigest !== null && lastDigest !== digest) end.push({ seq, problem: 'differs from the head' });
  return { events, head: { at, seq, digest }, findings: [...chain, ...end, ...unexplained, ...(await headFindings(em, heads, last))] };
}

/** The first kept head that the log contradicts; all later ones do as well. */
async function headFindings(em: Em, heads: readonly AuditHead[], last: number): Promise<AuditFinding[]> {
  const rows = await em.execute<{ seq: number; digest: string }[]>('select seq::float8 as seq, digest from event_log where seq = any(?::bigint[])', [`{${heads.map(({ seq }) => seq).join(',')}}`]);
  const digests = new Map(rows.map(({ seq, digest }) => [seq, digest]));
  const findings: AuditFinding[] = [];
  let good = 0;
  for (const head of heads.toSorted((a, b) => a.seq - b.seq)) {
    if (head.seq === 0) continue;
    if (head.seq > last) return [...findings, { seq: last + 1, problem: `tail missing: a kept head of ${head.at} is at ${head.seq}` }];
    const differs = digests.get(head.seq) !== head.digest;
    if (differs && findings.length === 0) findings.push({ seq: head.seq, from: good + 1, problem: `changed: differs from the kept head of ${head.at}` });
    if (!differs) good = head.seq;
  }
  return findings;
}
