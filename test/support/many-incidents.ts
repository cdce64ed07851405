import type { Client } from 'pg';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { CalendarEntity, CalendarVersionEntity } from '../../server/src/features/calendar/calendar.entity.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';

export interface ManyIncidents {
  readonly teams: readonly string[];
  readonly customers: readonly string[];
  readonly people: readonly string[];
}

interface HowMany {
  readonly open: number;
  readonly closed: number;
  readonly teams?: number;
  readonly customers?: number;
}

/**
 * Incidents copied in, as data for measuring may be, but whole: each clock has the history that it was judged from, so that judging it
 * anew gives what is stored; what is due has a timer. Two clocks each, one in twenty breached, a handoff for every fourth.
 */
export async function manyIncidents(database: Database, pg: Client, { open, closed, teams: teamCount = 20, customers: customerCount = 10 }: HowMany): Promise<ManyIncidents> {
  const calendarId = await alwaysOpen(database);
  const teams = await insert(pg, `insert into team (id, key, name, name_zh, line, purpose, active, version)
    select gen_random_uuid(), 'many-' || n, 'Team ' || n, '班组 ' || n, 1 + n % 3, 'other', true, 1 from generate_series(1, $1::int) n returning id`, teamCount);
  const customers = await insert(pg, `insert into customer (id, name, full_name, time_zone, importance, active, created_at, version)
    select gen_random_uuid(), 'Customer ' || n, 'Customer ' || n || ' "Ltd"', 'Asia/Shanghai', 'normal', true, now(), 1 from generate_series(1, $1::int) n returning id`, customerCount);
  const people = await insert(pg, `insert into person (id, name, email, active, created_at)
    select gen_random_uuid(), '工程师 ' || n, 'many-' || n || '@example.com', true, now() from generate_series(1, $1::int) n returning id`, 60);
  await insertTickets(pg, { teams, customers, people, open, all: open + closed });
  await insertClocks(pg, calendarId);
  await insertHandoffs(pg, teams, people);
  await pg.query('vacuum analyze');
  return { teams, customers, people };
}

async function insert(pg: Client, sql: string, count: number): Promise<string[]> {
  return (await pg.query<{ id: string }>(sql, [count])).rows.map(({ id }) => id);
}

async function alwaysOpen(database: Database): Promise<string> {
  const id = newId();
  await database.change(SYSTEM('test'), async ({ em, now }) => {
    const createdAt = await now();
    em.create(CalendarEntity, { id, key: `24x7-${id}`, name: 'Always', nameZh: '全天', version: 1 });
    em.create(CalendarVersionEntity, { id: newId(), calendarId: id, version: 1, validFrom: null, source: '24x7', reason: null, createdBy: null, createdAt });
  });
  return id;
}

async function insertTickets(pg: Client, { teams, customers, people, open, all }: ManyIncidents & { readonly open: number; readonly all: number }): Promise<void> {
  await pg.query(
    `insert into ticket (id, kind, number, title, customer_id, team_id, holder_id, opened_at, closed_at, last_event_at, urge_count)
     select gen_random_uuid(), 'incident', 'MANY-' || n, 'Incident "' || n || '" 打印机 of floor ' || n % 9, ($1::uuid[])[1 + n % $2], ($3::uuid[])[1 + (n / 7) % $4],
       case when n % 3 > 0 then ($5::uuid[])[1 + n % 60] end, date_trunc('second', now()) - (100 + n % 5000) * interval '1 minute', case when n > $6 then now() end,
       now() - (n % 90) * interval '1 second', n % 3
     from generate_series(1, $7::int) n`,
    [customers, customers.length, teams, teams.length, people, open, all],
  );
  await pg.query(
    `insert into incident (ticket_id, state, started, description, category, technical_class, channel, level, highest_level, level_confirmed, reported_at, impact, urgency, first_contact_engineer_id)
     select id, case when closed_at is not null then 'closed' else (array['awaiting-assignment', 'in-progress', 'in-progress', 'awaiting-feedback'])[1 + n % 4] end, n % 2 = 0,
       'What was reported: ' || repeat('it does not work. ', 10), (array['hotline', 'network', 'other'])[1 + n % 3], 'hardware', 'phone', 'LV' || 1 + n % 4, 'LV' || 1 + n % 4, true, opened_at,
       1 + n % 3, 1 + n % 2, holder_id
     from (select *, substr(number, 6)::int as n from ticket where number like 'MANY-%') t`,
  );
}

/** The resolution is due by the minute, in order of the numbers' digits turned; the response was given for every second. */
async function insertClocks(pg: Client, calendarId: string): Promise<void> {
  await pg.query(
    `create temporary table made as
     select t.id as ticket_id, k.kind, t.opened_at as start_at, t.closed_at,
       (case when k.kind = 'response' then 30 else (100 + n % 5000) + (case when n % 20 = 0 then -60 - n % 30 else 240 + n * 7919 % 8000 end) end)::int as minutes,
       case when t.closed_at is not null then t.closed_at when k.kind = 'response' and n % 2 = 0 then t.opened_at + interval '10 minutes' end as met_at
     from (select *, substr(number, 6)::int as n from ticket where number like 'MANY-%') t cross join (values ('response'), ('resolution')) k(kind)`,
  );
  await pg.query(
    `insert into clock_fact (id, ticket_id, kinds, subject_id, seq, at, known_at, body)
     select gen_random_uuid(), ticket_id, jsonb_build_array(kind), ticket_id, case kind when 'response' then 1 else 3 end, start_at, start_at, jsonb_build_object('fact', 'started', 'plan', jsonb_build_object(
       'candidates', jsonb_build_array(jsonb_build_object('source', 'level table', 'target', jsonb_build_object('minutes', minutes), 'calendarRef', $1::text, 'own', false)), 'thresholds', '[]'::jsonb, 'recurring', false, 'policy', 'many')) from made
     union all
     select gen_random_uuid(), ticket_id, jsonb_build_array(kind), ticket_id, case kind when 'response' then 2 else 4 end, met_at, met_at, '{"fact": "met"}' from made where met_at is not null`,
    [calendarId],
  );
  await pg.query(
    `insert into clock (id, ticket_id, kind, subject_id, state, outcome, start_at, due_at, target_ms, remaining_ms, breached_at, announced_at, breach_team_id, breach_holder_id, met_at, misses, calendar_ref, calendar_version, policy, candidates, next_at)
     select gen_random_uuid(), m.ticket_id, m.kind, m.ticket_id, case when m.met_at is null then 'running' else 'stopped' end, case when m.met_at is null then 'none' else 'met' end, m.start_at,
       m.due, m.minutes * 60000, case when m.met_at is not null then 0 end, case when m.late then m.due end, case when m.late then m.due end, case when m.late then t.team_id end, case when m.late then t.holder_id end,
       m.met_at, 0, $1, 1, 'many',
       jsonb_build_array(jsonb_build_object('source', 'level table', 'target', jsonb_build_object('minutes', m.minutes), 'calendarRef', $1::text, 'own', false, 'targetMs', m.minutes * 60000, 'dueAtStart', (extract(epoch from m.due) * 1000)::float8, 'chosen', true, 'calendarVersion', 1)),
       case when m.met_at is null and not m.late then m.due + interval '1 millisecond' end
     from (select *, start_at + minutes * interval '1 minute' as due, start_at + minutes * interval '1 minute' < coalesce(met_at, now()) as late from made) m join ticket t on t.id = m.ticket_id`,
    [calendarId],
  );
  await pg.query(`insert into clock_firing (id, clock_id, ticket_id, step, occurrence, at, fired_at, late) select gen_random_uuid(), id, ticket_id, 'breach', 0, breached_at, breached_at, false from clock where breached_at is not null`);
  await pg.query(`insert into timer (ticket_id, purpose, due_at) select ticket_id, 'clocks', min(next_at) from clock where next_at is not null group by ticket_id on conflict do nothing`);
  await pg.query('drop table made');
}

async function insertHandoffs(pg: Client, teams: readonly string[], people: readonly string[]): Promise<void> {
  await pg.query(
    `insert into handoff (id, ticket_id, from_team_id, to_team_id, to_person_id, reason, tried, requested_action, state, requested_at, requested_by, decided_at, decided_by, ageing_step, unusual)
     select gen_random_uuid(), id, ($1::uuid[])[1 + n % $2], team_id, case when n % 8 = 0 then ($3::uuid[])[1 + n % 60] end, 'The fault lies deeper', 'A restart', 'Look at it', 'accepted',
       opened_at + interval '20 minutes', 'desk', opened_at + interval '25 minutes', 'engineer', 0, n % 3 = 0
     from (select *, substr(number, 6)::int as n from ticket where number like 'MANY-%') t where n % 4 = 0`,
    [teams, teams.length, people],
  );
}

/** A long story on one incident: entries in its work log, handoffs and a history. */
export async function longStory(pg: Client, number: string, { logged, handed, events }: { readonly logged: number; readonly handed: number; readonly events: number }): Promise<string> {
  const { rows } = await pg.query<{ id: string }>('select id from ticket where number = $1', [number]);
  const { id } = rows[0]!;
  await pg.query(
    `insert into work_log_entry (id, ticket_id, kind, text, customer_visible, occurred_at, recorded_at, author_name, minutes)
     select gen_random_uuid(), $1, 'note', 'Line ' || n || E': "tried"\\n再試', n % 2 = 0, now() - n * interval '1 minute', now(), '工程师 ' || n, case when n % 3 = 0 then n end from generate_series(1, $2::int) n`, [id, logged],
  );
  await pg.query(
    `insert into handoff (id, ticket_id, from_team_id, to_team_id, reason, tried, requested_action, state, requested_at, requested_by, decided_at, decided_by, ageing_step, unusual)
     select gen_random_uuid(), $1, (select id from team order by id offset n % 2 limit 1), (select id from team order by id offset (n + 1) % 2 limit 1), 'Reason ' || n, 'Tried', 'Do', 'accepted',
       now() - n * interval '1 hour', 'desk', now() - n * interval '1 hour', 'engineer', 0, false from generate_series(1, $2::int) n`, [id, handed],
  );
  await pg.query(
    `insert into event_log (seq, type, subject_kind, subject_id, ticket_id, team_ids, actor, occurred_at, recorded_at, payload, payload_digest, digest)
     select h.seq + n, 'incident.logged', 'incident', $1::uuid, $1::uuid, '[]', jsonb_build_object('kind', 'person', 'id', 'p', 'name', 'Ann ' || n, 'origin', 'http'), now() - n * interval '1 minute', now(),
       jsonb_build_object('before', jsonb_build_object('level', 'LV3', 'n', n), 'after', jsonb_build_object('level', 'LV2', 'text', 'é "quoted" ' || n), 'reason', case when n % 2 = 0 then 'because' end), 'x', 'x'
     from generate_series(1, $2::int) n cross join event_log_head h`, [id, events],
  );
  await pg.query('update event_log_head set seq = seq + $1', [events]);
  return id;
}
