import type { Instant } from '../../kernel/instant.ts';
import type { Em } from '../db/orm.ts';
import { statement } from '../db/statement.ts';
import type { TimeSource } from '../time/time-source.ts';
import type { LoggedEvent, LogHead } from './logged-event.ts';

const COLUMNS = `seq::float8 as seq, type, subject_kind as "subjectKind", subject_id as "subjectId", ticket_id as "ticketId",
  customer_id as "customerId", team_ids as "teamIds", (extract(epoch from occurred_at) * 1000)::float8 as "occurredAt",
  payload->'after' as after, payload->'before' as before, payload->>'reason' as reason, payload->>'mark' as mark`;

/** With the database's clock at that moment, in milliseconds. */
export async function readHeadAt(em: Em, { sql }: TimeSource): Promise<LogHead & { readonly now: Instant }> {
  const rows = await statement<LogHead & { now: Instant }>(em, `select epoch, seq::float8 as seq, ${sql} as now from event_log_head where id = 1`, []);
  return rows[0]!;
}

export async function readHead(em: Em): Promise<LogHead> {
  const rows = await statement<LogHead>(em, 'select epoch, seq::float8 as seq from event_log_head where id = 1', []);
  return rows[0]!;
}

/** Events with `from` < seq ≤ `to`, in order, at most `limit`. Numbers have no holes, so a short answer means the end. */
export async function readEvents(em: Em, from: number, to: number, limit: number): Promise<LoggedEvent[]> {
  if (to <= from) return [];
  return statement<LoggedEvent>(em, `select ${COLUMNS} from event_log where seq > ? and seq <= ? order by seq limit ?`, [from, to, limit]);
}

/**
 * The log's id, made new when this database turns out to be a restored copy: the same numbers may then mean other
 * events, and every screen must start from a fresh snapshot. Told by the server's own identity, the database's oid and
 * the time line, which changes with each point-in-time recovery.
 */
export async function settleEpoch(em: Em): Promise<string> {
  return em.transactional(async (change) => {
    const cluster = await clusterOf(change);
    const rows = await change.execute<{ epoch: string; cluster: string | null }[]>('select epoch, cluster from event_log_head where id = 1 for update');
    const head = rows[0]!;
    if (head.cluster === cluster) return head.epoch;
    // A null cluster is a log that no server has followed yet: its first epoch is still good.
    const renew = head.cluster === null ? 'epoch' : 'gen_random_uuid()';
    const renewed = await change.execute<{ epoch: string }[]>(`update event_log_head set cluster = ?, epoch = ${renew} where id = 1 returning epoch`, [cluster]);
    return renewed[0]!.epoch;
  });
}

async function clusterOf(em: Em): Promise<string> {
  // A provider may forbid these functions; then only the oid tells copies apart.
  const allowed = await em.execute<{ yes: boolean }[]>(
    `select has_function_privilege('pg_control_system()', 'execute') and has_function_privilege('pg_control_checkpoint()', 'execute') as yes`,
  );
  const identity = allowed[0]!.yes
    ? `(select system_identifier::text from pg_control_system()) || ':' || (select timeline_id::text from pg_control_checkpoint())`
    : `'unknown'`;
  const rows = await em.execute<{ cluster: string }[]>(
    `select ${identity} || ':' || (select oid::text from pg_database where datname = current_database()) as cluster`,
  );
  return rows[0]!.cluster;
}

/** The next events of some types after a position, and the position up to which nothing was left out. */
export async function readEventsOf(em: Em, { types, after, limit }: { types: readonly string[]; after: number; limit: number }): Promise<{ events: LoggedEvent[]; upTo: number }> {
  const head = await readHead(em);
  const events = await em.execute<LoggedEvent[]>(
    `select ${COLUMNS} from event_log where seq > ? and seq <= ? and type = any(?::text[]) order by seq limit ?`, [after, head.seq, `{${types.join(',')}}`, limit],
  );
  const last = events.at(-1);
  return { events, upTo: events.length === limit && last ? last.seq : head.seq };
}
