/**
 * The first snapshot of a board and of a queue over 10,000 open incidents, beside the same statements over a bare pg
 * connection: `node --import tsx test/load/first-snapshot.bench.ts`. Each board of the cold rounds is one that nobody
 * has opened yet; rounds are interleaved. Prints a table for RESULTS.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startServer } from '../../server/src/app/server.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { BoardEntity, type Board } from '../../server/src/features/board/board.entity.ts';
import { boardScope, readLines } from '../../server/src/features/board/board.queries.ts';
import { filterCondition } from '../../server/src/features/board/incident-filter.queries.ts';
import { queueLines } from '../../server/src/features/board/incident-list.queries.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import type { Em } from '../../server/src/platform/db/orm.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { BOARD_FEED } from '../support/board-follower.ts';
import { LiveClient } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const OPEN = 10_000;
const CLOSED = 20_000;
const ROUNDS = 15;

const folder = mkdtempSync(join(tmpdir(), 'watchfloor-bench-'));
const postgres = await launchPostgres({ dataDirectory: folder });
await migrate(postgres.url);
const server = await startServer({ databaseUrl: postgres.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);
const token = (await desk.token()).plain;
const pg = new Client({ connectionString: postgres.url });
await pg.connect();
await fill();
const boards = await makeBoards(ROUNDS + 3);

const cold: number[] = [];
const warm: number[] = [];
const raw: number[] = [];
const queue: number[] = [];
const rawQueue: number[] = [];
for (let round = -3; round < ROUNDS; round += 1) {
  const board = boards[round + 3]!;
  const [alone, followed] = await twoScreens(board.id);
  const measured = [alone, followed, await time(() => rawBoard(board)), await firstQueue(), await time(rawQueueKeys)] as const;
  // The first three warm caches, compilers and connections.
  if (round >= 0) for (const [index, list] of [cold, warm, raw, queue, rawQueue].entries()) list.push(measured[index]!);
}

const row = (name: string, ours: number[], base: number[]) => {
  const ratios = ours.map((value, index) => value / base[index]!);
  console.log(`| ${name} | ${median(ours).toFixed(1)} | ${median(base).toFixed(1)} | ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}) |`);
};
console.log(`Node ${process.version}; ${OPEN} open and ${CLOSED} closed incidents, ${ROUNDS} rounds, medians, ms\n`);
console.log('| snapshot | Watchfloor, socket to socket | bare pg | ratio (least–most) |\n|---|---:|---:|---:|');
row('board, first of its kind: 12 rows and counters', cold, raw);
row('board that others follow already', warm, raw);
row('queue of 10,000 keys', queue, rawQueue);
const memory = process.memoryUsage();
console.log(`\nHeap ${Math.round(memory.heapUsed / 1e6)} MB, resident ${Math.round(memory.rss / 1e6)} MB, with ${server.live.figures().cohorts} cohorts alive.`);

await pg.end();
await server.close();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

/** The first screen of a board, and the second while the first looks on. */
async function twoScreens(boardId: string): Promise<[number, number]> {
  const clients = [await LiveClient.connect(server.url, token), await LiveClient.connect(server.url, token)] as const;
  const snapshot = (client: LiveClient) => time(async () => {
    client.subscribe(BOARD_FEED, { id: boardId });
    const message = await client.message();
    if (!JSON.stringify(message).includes('BoardSnapshot')) throw new Error(JSON.stringify(message).slice(0, 500));
  });
  const took: [number, number] = [await snapshot(clients[0]), await snapshot(clients[1])];
  for (const client of clients) client.close();
  return took;
}

async function firstQueue(): Promise<number> {
  const client = await LiveClient.connect(server.url, token);
  const took = await time(async () => {
    // A filter that lets everything pass but is new, so that nobody has evaluated it.
    client.subscribe('subscription($filter: IncidentFilter) { queue(filter: $filter) { ... on QueueSnapshot { epoch seq total rows { id order version } } } }', {
      filter: { customerIds: [...Object.values(desk.customers), newId()], text: '', unassigned: true, levels: ['LV1', 'LV2', 'LV3', 'LV4'] },
    });
    const message = await client.message();
    const rows = (message?.payload?.data as { queue?: { rows?: unknown[] } } | undefined)?.queue?.rows?.length;
    if (rows !== OPEN) throw new Error(`expected ${OPEN} rows, got ${rows}`);
  });
  client.close();
  return took;
}

/** The board's statement over a bare connection. */
async function rawBoard(board: Board): Promise<void> {
  await readLines(bare(), { scope: boardScope(board, 'all'), limit: board.rowLimit, below: 0, now: Date.now() });
}

async function rawQueueKeys(): Promise<void> {
  await queueLines(bare(), filterCondition({}, 'all', { now: Date.now(), closedCalendars: [], ciIds: [] }), { sort: 'priority', group: null }, null);
}

function bare(): Em {
  return { execute: async (sql: string, values: unknown[]) => (await pg.query(numbered(sql), values)).rows } as unknown as Em;
}

function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${(count += 1)}`);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function makeBoards(count: number): Promise<Board[]> {
  return server.database.change(SYSTEM('bench'), async ({ em }) =>
    Array.from({ length: count }, (_, index) => em.create(BoardEntity, {
      id: newId(), name: `Board ${index}`, nameZh: '看板', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: index,
    })));
}

/** Copied in, as benchmark data may be: three clocks each, every level, due over three days around now. */
async function fill(): Promise<void> {
  const { customers, teams, calendarId } = desk;
  await pg.query(
    `insert into ticket (id, kind, number, title, customer_id, team_id, opened_at, closed_at, last_event_at)
     select gen_random_uuid(), 'incident', 'B-' || n, 'Incident number ' || n, (array[$1, $2]::uuid[])[1 + n % 2], (array[$3, $4]::uuid[])[1 + n % 2],
       now() - interval '1 day', case when n > $5 then now() end, now()
     from generate_series(1, $6::int) n`,
    [customers.acme, customers.bolt, teams.net, teams.desk, OPEN, OPEN + CLOSED],
  );
  await pg.query(
    `insert into incident (ticket_id, state, description, category, technical_class, channel, level, highest_level, reported_at)
     select id, case when closed_at is not null then 'closed' else (array['awaiting-assignment', 'in-progress', 'in-progress', 'suspended', 'awaiting-feedback'])[1 + substr(number, 3)::int % 5] end,
       'x', 'other', 'hardware', 'phone', 'LV' || 1 + substr(number, 3)::int % 4, 'LV1', opened_at from ticket`,
  );
  await pg.query(
    `insert into clock (id, ticket_id, kind, subject_id, state, outcome, start_at, due_at, target_ms, remaining_ms, misses, calendar_ref, calendar_version, policy, candidates)
     select gen_random_uuid(), t.id, k.kind, t.id, case when i.state = 'closed' or k.kind = 'response' then 'stopped' when i.state = 'suspended' then 'paused' else 'running' end, 'none', t.opened_at,
       case when i.state <> 'suspended' then now() + (substr(t.number, 3)::int % 4000 - 400) * interval '1 minute' end, 14400000, case when i.state = 'suspended' then 3600000 end, 0, $1, 1, 'bench', '[]'
     from ticket t join incident i on i.ticket_id = t.id cross join (values ('response'), ('resolution'), ('progress-report')) k(kind)`,
    [calendarId],
  );
  await pg.query('vacuum analyze');
}
