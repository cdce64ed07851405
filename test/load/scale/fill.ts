import { Client } from 'pg';
import { cloneIncidents, shifts, TABLES } from '../harness/cloned-incidents.ts';
import type { DeskSize } from './desks.ts';
import type { Stories } from './stories.ts';

export const TEAMS = 20;
/** Boards that nobody has opened yet. */
export const FRESH_BOARDS = 60;
/** Closed incidents were reported evenly over so long, the last of them three days ago. */
const DAYS = 730;
const DAY_MS = 86_400_000;
/** Of a hundred closed incidents so many changed hands on the way. */
const HANDED_OVER = 10;
/** The next timers of the open ones are due evenly from so long after the filling on, and before what was reported lies in the future. */
const DUE_AFTER_MS = 3 * 3_600_000;
const FILLED_TABLES = [...TABLES, 'event_log'];

interface Copies {
  readonly templateId: string;
  readonly count: number;
  readonly shiftMs: string;
  /** Of the first event in the log. */
  readonly firstSeq: number;
  readonly events: number;
}

/**
 * Makes many of the incidents that were told: rows as the services wrote them, moved in time, each with a title, a team and a number
 * of an older system of its own. All constraints stay, and foreign keys hold because they held for the templates; indexes that are not
 * constraints are built when the rows are there.
 */
export async function fill(url: string, { closed, open }: Stories, size: DeskSize & { readonly filledAt: number }): Promise<void> {
  const clients = [new Client({ connectionString: url }), new Client({ connectionString: url })];
  for (const client of clients) {
    await client.connect();
    await client.query('set session_replication_role = replica');
  }
  const [client] = clients as [Client, Client];
  await addTeams(client);
  await addBoards(client);
  const plan = [...await planClosed(client, closed, size), ...await planOpen(client, open, size)];
  let seq = Number((await client.query<{ seq: string }>('select seq from event_log_head')).rows[0]!.seq);
  const copies = plan.map((one): Copies => {
    const firstSeq = seq;
    seq += one.count * one.events;
    return { ...one, firstSeq };
  });
  const indexes = await takeIndexes(client);
  await share(clients, copies.toSorted((a, b) => b.count - a.count), copy);
  await client.query('update event_log_head set seq = $1', [seq]);
  await share(clients, indexes, (own, definition) => own.query(definition));
  // The templates are of another year: their timers are due.
  await removeIncidents(client, [...closed, ...open]);
  await client.query('vacuum (analyze)');
  for (const own of clients) await own.end();
}

/** Whoever is free takes the next piece. */
async function share<Piece>(clients: readonly Client[], pieces: readonly Piece[], work: (client: Client, piece: Piece) => Promise<unknown>): Promise<void> {
  const waiting = [...pieces];
  await Promise.all(clients.map(async (client) => {
    for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) await work(client, piece);
  }));
}

async function addTeams(client: Client): Promise<void> {
  await client.query(
    `insert into team (id, key, name, name_zh, line, purpose, active, version)
     select ${teamId('n')}, 'scale-' || n, 'Team ' || n, '班组 ' || n, 1 + n % 3, 'other', true, 1 from generate_series(0, $1::int - 1) n`, [TEAMS],
  );
}

export function teamId(n: string): string {
  return `md5('scale-team-' || ${n})::uuid`;
}

async function addBoards(client: Client): Promise<void> {
  await client.query(
    `insert into board (id, name, name_zh, time_zone, row_limit, customer_ids, team_ids, position)
     select ${boardId('n')}, 'Board ' || n, '看板 ' || n, 'Asia/Shanghai', 12, '[]', '[]', n from generate_series(0, $1::int - 1) n`, [FRESH_BOARDS],
  );
}

export function boardId(n: string): string {
  return `md5('scale-board-' || ${n})::uuid`;
}

type Planned = Omit<Copies, 'firstSeq'>;

/** Templates come in pairs: solved at once, and handed over. */
async function planClosed(client: Client, templates: readonly string[], { incidents, open, filledAt }: DeskSize & { filledAt: number }): Promise<Planned[]> {
  const pairs = templates.length / 2;
  return each(templates, async (templateId, index) => {
    const share = (index % 2 === 0 ? 100 - HANDED_OVER : HANDED_OVER) / 100 / pairs;
    const count = Math.round((incidents - open) * share);
    const { reported, events } = await factsOf(client, templateId);
    const first = filledAt - (DAYS + 3) * DAY_MS - reported;
    return { templateId, count, events, shiftMs: `${first} + (n - 1 + ${index / templates.length}) * ${(DAYS * DAY_MS) / Math.max(1, count)}::float8` };
  });
}

async function planOpen(client: Client, templates: readonly string[], { open, filledAt }: DeskSize & { filledAt: number }): Promise<Planned[]> {
  return each(templates, async (templateId, index) => {
    const count = Math.floor(open / templates.length) + (index < open % templates.length ? 1 : 0);
    const { reported, due, events } = await factsOf(client, templateId);
    const span = due - reported - DUE_AFTER_MS;
    return { templateId, count, events, shiftMs: `${filledAt + DUE_AFTER_MS - due} + round((n - 1 + ${index / templates.length}) * ${span / (count + 1)}::float8)` };
  });
}

async function each(templates: readonly string[], plan: (templateId: string, index: number) => Promise<Planned>): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const [index, templateId] of templates.entries()) planned.push(await plan(templateId, index));
  return planned;
}

async function factsOf(client: Client, templateId: string): Promise<{ reported: number; due: number; events: number }> {
  const { rows } = await client.query<{ reported: number; due: number; events: number }>(
    `select (extract(epoch from i.reported_at) * 1000)::float8 as reported, (extract(epoch from m.due_at) * 1000)::float8 as due,
       (select count(*)::int from event_log e where e.ticket_id = i.ticket_id) as events
     from incident i left join timer m on m.ticket_id = i.ticket_id where i.ticket_id = $1`, [templateId],
  );
  return rows[0]!;
}

async function copy(client: Client, { templateId, count, shiftMs, firstSeq, events }: Copies): Promise<void> {
  if (count === 0) return;
  await cloneIncidents(client, {
    templateId, from: 1, to: count, shiftMs,
    instead: {
      'ticket.title': `(array['Mail is down', 'Printer prints nothing', 'VPN drops every hour', '无法登录财务系统', 'Disk nearly full'])[1 + n % 5] || ' #' || n`,
      'ticket.team_id': teamId(`n % ${TEAMS}`),
      // One alarm in twenty has not been taken yet.
      'alarm.acknowledged_at': `case when n % 20 > 0 then o.raised_at + shift + interval '5 minutes' end`, 'alarm.acknowledged_by': `case when n % 20 > 0 then 'desk' end`,
      'ticket.external_source': `'elsewhere'`, 'ticket.external_number': `'EXT-' || substr(o.id::text, 25) || '-' || n`,
    },
  });
  await client.query(
    `insert into event_log (seq, type, subject_kind, subject_id, ticket_id, customer_id, team_ids, actor, occurred_at, recorded_at, payload, redacted, payload_digest, digest)
     select $4::bigint + (n - 1) * $5::bigint + o.place, o.type, o.subject_kind, md5(o.subject_id::text || n)::uuid, md5(o.ticket_id::text || n)::uuid, o.customer_id, o.team_ids, o.actor,
       o.occurred_at + shift, o.recorded_at + shift, o.payload, o.redacted, o.payload_digest, o.digest
     from (select *, row_number() over (order by seq) as place from event_log where ticket_id = $1) o cross join ${shifts(shiftMs)}`,
    [templateId, 1, count, firstSeq, events],
  );
}

/** Away with incidents, but for what the log says of them: it is append-only. */
export async function removeIncidents(client: Client, ids: readonly string[]): Promise<void> {
  await client.query('set session_replication_role = replica');
  for (const table of TABLES.toReversed()) await client.query(`delete from ${table} where ${table === 'ticket' ? 'id' : 'ticket_id'} = any($1::uuid[])`, [ids]);
  await client.query('set session_replication_role = default');
}

/** Drops the indexes that are no constraints, and says how to make them again, the largest tables first. */
async function takeIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::regclass[]) and not i.indisunique order by array_position($2::text[], i.indrelid::regclass::text), 1`,
    [FILLED_TABLES, ['event_log', 'clock_fact', 'clock']],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}
