import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { ClockEntity, ClockFactEntity, TimerEntity } from '../../../server/src/features/clock/clock.entity.ts';
import { resume, suspend } from '../../../server/src/features/incident/incident-pause.service.ts';
import { IncidentEntity, SuspensionEntity } from '../../../server/src/features/incident/incident.entity.ts';
import { TicketEntity, TicketSpanEntity, WorkLogEntryEntity } from '../../../server/src/features/ticket/ticket.entity.ts';
import type { Actor } from '../../../server/src/kernel/actor.ts';
import { DAY } from '../../../server/src/kernel/instant.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import type { Place } from './pool.ts';
import type { Recorded, Row } from './recorded.ts';

/** MikroORM's `LockMode` of that name; its package is the server's, not ours. */
const PESSIMISTIC_WRITE = 3;

/** Suspends the incident, or resumes it. */
export type Write = (place: Place) => Promise<void>;

/** The real services: every rule, every clock judged. */
export function byService(database: Database, actor: Actor): Write {
  return async ({ id, version, suspended }) => {
    const command = { id, expectedVersion: version, idempotencyKey: randomUUID() };
    if (suspended) await resume(database, actor, { ...command, workLog: 'The customer has answered.' });
    else await suspend(database, actor, { ...command, category: 'awaiting-user', text: 'We wait for the customer.', expectedEndAt: Date.now() + DAY });
  };
}

interface Replayed {
  readonly suspend: Recorded;
  readonly resume: Recorded;
}

const ADDED = ['suspension', 'ticket_span', 'clock_fact', 'work_log_entry'] as const;
const ALTERED = {
  ticket: ['version', 'last_event_at'], incident: ['state'], ticket_span: ['to_at'], suspension: ['to_at', 'resumed_by'], clock: ['state', 'due_at', 'remaining_ms', 'candidates', 'next_at'],
} as const;

/** One transaction by hand: key, lock and version, all rows in one prepared statement, the events; nothing is read or judged. */
export function byHand(url: string, actor: Actor, replayed: Replayed, connections: number): { write: Write; end(): Promise<void> } {
  const pool = new Pool({ connectionString: url, max: connections, options: '-c timezone=UTC -c jit=off' });
  const write: Write = async (place) => {
    const recorded = place.suspended ? replayed.resume : replayed.suspend;
    const parts = rowsFor(recorded, place);
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query({
        name: 'key', text: `insert into idempotency_key (actor_id, key, operation, body_digest, record_id, created_at) values ($1, $2, 'write', $3, $4, clock_timestamp()) on conflict do nothing`,
        values: [actor.id, randomUUID(), randomUUID(), place.id],
      });
      const { rows } = await client.query<{ version: number }>({ name: 'lock', text: 'select version from ticket where id = $1 for no key update', values: [place.id] });
      if (rows[0]?.version !== place.version) throw new Error('stale');
      await client.query({ name: place.suspended ? 'resume' : 'suspend', text: textOf(recorded), values: parts.values });
      await client.query({ name: 'events', text: 'select append_events($1::jsonb, $2::jsonb, clock_timestamp())', values: [JSON.stringify(parts.events), JSON.stringify(who(actor))] });
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
  return { write, end: () => pool.end() };
}

function textOf({ added, altered }: Recorded): string {
  let at = 0;
  const inserts = ADDED.filter((table) => added[table]!.length > 0).map((table) => `insert into ${table} select * from json_populate_recordset(null::${table}, $${(at += 1)}::json)`);
  const updates = Object.entries(ALTERED).filter(([table]) => altered[table]!.length > 0).map(([table, columns]) => {
    const key = table === 'incident' ? 'ticket_id' : 'id';
    return `update ${table} t set ${columns.map((column) => `${column} = g.${column}`).join(', ')} from json_populate_recordset(null::${table}, $${(at += 1)}::json) g where t.${key} = any($${(at += 1)}::uuid[]) and t.${key} = g.${key}`;
  });
  const timer = `insert into timer select * from json_populate_recordset(null::timer, $${(at += 1)}::json) on conflict (ticket_id, purpose) do update set due_at = excluded.due_at`;
  return `with ${[...inserts, ...updates, timer].map((sql, index) => `p${index} as (${sql})`).join(', ')} select 1`;
}

/** The recorded rows with this incident's ids and numbers. */
function rowsFor({ added, altered, events }: Recorded, place: Place): { values: string[]; events: object[] } {
  const spanId = randomUUID();
  const suspensionId = place.suspended ? place.suspensionId : randomUUID();
  const own: Record<string, Row> = {
    suspension: { id: suspensionId }, ticket_span: { id: spanId, seq: place.spanSeq + 1 }, clock_fact: { id: randomUUID(), seq: place.factSeq + 1, subject_id: place.id }, work_log_entry: { id: randomUUID() },
  };
  const changed: Record<string, (row: Row, index: number) => Row> = {
    ticket: (row) => ({ ...row, id: place.id, version: place.version + 1 }),
    incident: (row) => ({ ...row, ticket_id: place.id }),
    ticket_span: (row) => ({ ...row, id: place.spanId }),
    suspension: (row) => ({ ...row, id: place.suspensionId }),
    clock: (row, index) => ({ ...row, id: place.clockIds[index] }),
  };
  const values = [
    ...ADDED.filter((table) => added[table]!.length > 0).map((table) => JSON.stringify(added[table]!.map((row) => ({ ...row, ticket_id: place.id, ...own[table] })))),
    ...Object.keys(ALTERED).filter((table) => altered[table]!.length > 0).flatMap((table) => {
      const rows = altered[table]!.map((row, index) => changed[table]!(row, index));
      return [JSON.stringify(rows), `{${rows.map((row) => String(row[table === 'incident' ? 'ticket_id' : 'id'])).join(',')}}`];
    }),
    JSON.stringify([{ ticket_id: place.id, purpose: 'clocks', due_at: new Date(Date.now() + DAY).toISOString() }]),
  ];
  place.spanId = spanId;
  place.suspensionId = suspensionId;
  place.spanSeq += 1;
  place.factSeq += added['clock_fact']!.length;
  return { values, events: events.map((event) => ({ ...event, subjectId: place.id, ticketId: place.id })) };
}

const who = ({ kind, id, name, origin }: Actor): object => ({ kind, id, name, origin });

/** The same rows by entities and one flush: found under a lock, altered, created; events and key as everywhere. */
export function byEntities(database: Database, actor: Actor, replayed: Replayed): Write {
  return async (place) => {
    const { added, altered, events } = place.suspended ? replayed.resume : replayed.suspend;
    await database.em.transactional(async (em) => {
      await em.execute(`insert into idempotency_key (actor_id, key, operation, body_digest, record_id, created_at) values (?, ?, 'write', ?, ?, clock_timestamp())`, [actor.id, randomUUID(), randomUUID(), place.id]);
      const ticket = await em.findOneOrFail(TicketEntity, { id: place.id }, { lockMode: PESSIMISTIC_WRITE });
      if (ticket.version !== place.version) throw new Error('stale');
      const incident = await em.findOneOrFail(IncidentEntity, { ticketId: place.id });
      const span = await em.findOneOrFail(TicketSpanEntity, { ticketId: place.id, toAt: null });
      const clocks = await em.find(ClockEntity, { ticketId: place.id }, { orderBy: { kind: 'asc', id: 'asc' } });
      const now = Date.now();
      ticket.version += 1;
      ticket.lastEventAt = now;
      span.toAt = now;
      for (const [index, row] of altered['clock']!.entries()) {
        Object.assign(clocks[index]!, { state: row['state'], remainingMs: row['remaining_ms'], candidates: row['candidates'], dueAt: at(row['due_at']), nextAt: at(row['next_at']) });
      }
      em.create(TicketSpanEntity, { ...span, id: randomUUID(), seq: span.seq + 1, fromAt: now, toAt: null, state: place.suspended ? 'in-progress' : 'suspended' });
      for (const row of added['clock_fact']!) {
        em.create(ClockFactEntity, {
          id: randomUUID(), ticketId: place.id, subjectId: place.id, seq: ++place.factSeq, at: now, knownAt: now, kinds: row['kinds'] as never, body: row['body'] as never, withdrawnAt: null, withdrawnReason: null,
        });
      }
      if (place.suspended) {
        const suspension = await em.findOneOrFail(SuspensionEntity, { ticketId: place.id, toAt: null });
        Object.assign(suspension, { toAt: now, resumedBy: actor.name });
        incident.state = 'in-progress';
        em.create(WorkLogEntryEntity, { id: randomUUID(), ticketId: place.id, kind: 'note', text: 'The customer has answered.', customerVisible: false, occurredAt: now, recordedAt: now, authorId: actor.id, authorName: actor.name, minutes: null, lateReason: null });
      } else {
        incident.state = 'suspended';
        em.create(SuspensionEntity, {
          id: randomUUID(), ticketId: place.id, category: 'awaiting-user', text: 'We wait for the customer.', pastedMail: null, fromAt: now, toAt: null, expectedEndAt: now + DAY, suspendedBy: actor.name,
          resumedBy: null, remindedAt: null, flagged: false, correctedAt: null, correctedBy: null, correctedReason: null,
        });
      }
      await em.upsert(TimerEntity, { ticketId: place.id, purpose: 'clocks', dueAt: now + DAY });
      await em.flush();
      await em.execute('select append_events(?::jsonb, ?::jsonb, clock_timestamp())', [JSON.stringify(events.map((event) => ({ ...event, subjectId: place.id, ticketId: place.id }))), JSON.stringify(who(actor))]);
    });
  };
}

function at(value: unknown): number | null {
  return typeof value === 'string' ? Date.parse(value) : null;
}
