/**
 * The quarter page over 1,000,000 changes, beside the naive count that it must equal: `node --import tsx test/load/metrics.bench.ts`.
 * Four ways are measured in interleaved rounds: the stored months (what the page uses), the rows kept for each change with their indexes,
 * one naive statement over the tables of the changes, and the whole page as the API answers it. Prints a table for RESULTS.md.
 * `BENCH_DATABASE_URL` names a PostgreSQL on which a scratch database may be made; without it one is started.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { definitionsOf } from '../../server/src/features/metrics/metric-catalog.rules.ts';
import { countFigures } from '../../server/src/features/metrics/metric-counts.queries.ts';
import { metricFrame, metricsPage } from '../../server/src/features/metrics/metric-page.service.ts';
import { metricRecords } from '../../server/src/features/metrics/metric-records.service.ts';
import { foldMonths } from '../../server/src/features/metrics/metric-sums.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';

const CHANGES = Number(process.env['BENCH_CHANGES'] ?? 1_000_000);
const ROUNDS = 11;
const WARM_UP = 2;
const CUSTOMERS = 40;
const TEAMS = 12;
/** Two years of changes. */
const DAYS = 730;
const BENCH = SYSTEM('bench');

const KEYS = ['change-response', 'change-success', 'change-count', 'change-outage', 'change-missed-result'] as const;
const FIGURES = ['response', 'success', 'count', 'outage', 'missed'] as const;
const NAIVE = `
  select p.key, c.category,
    count(*) filter (where c.responded_at <= c.response_due_at and c.responded_at >= p.from_at and c.responded_at < p.to_at) as response_hits,
    count(*) filter (where (c.responded_at <= c.response_due_at and c.responded_at >= p.from_at and c.responded_at < p.to_at)
      or ((c.responded_at > c.response_due_at or (c.responded_at is null and c.response_due_at < $4 and (t.closed_at is null or t.closed_at > c.response_due_at)))
        and c.response_due_at >= p.from_at and c.response_due_at < p.to_at)) as response_total,
    count(*) filter (where t.closed_at >= p.from_at and t.closed_at < p.to_at and c.implementation_started_at is not null and c.outcome in ('successful', 'successful-with-issues')) as success_hits,
    count(*) filter (where t.closed_at >= p.from_at and t.closed_at < p.to_at and c.implementation_started_at is not null and c.outcome is not null) as success_total,
    0 as count_hits, count(*) filter (where c.submitted_at >= p.from_at and c.submitted_at < p.to_at) as count_total,
    coalesce(sum(c.outage_minutes) filter (where t.closed_at >= p.from_at and t.closed_at < p.to_at), 0) as outage_hits, 0 as outage_total,
    count(*) filter (where t.closed_at >= p.from_at and t.closed_at < p.to_at and c.implementation_started_at is not null and c.outcome is not null and c.expected_result_met is false) as missed_hits,
    count(*) filter (where t.closed_at >= p.from_at and t.closed_at < p.to_at and c.implementation_started_at is not null and c.outcome is not null and c.expected_result_met is not null) as missed_total
  from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) p(key, from_at, to_at) cross join change c join ticket t on t.id = c.ticket_id
  group by 1, 2`;

const scratch = await openScratch();
await migrate(scratch.url);
const orm = await createOrm(scratch.url, ENTITIES);
const database = new Database(orm);
await seedPolicy(database);
const pg = new Client({ connectionString: scratch.url });
await pg.connect();
await fill();
const rebuild = await timed(() => pg.query(`select rebuild_metric_months('Asia/Shanghai')`));
await pg.query('vacuum analyze');
// The quarter that runs: all figures, six quarters, as the page asks.
const frame = await metricFrame(database, database.em, {});
const period = frame.periods.at(-1)!.key;
const everything = [{ customerId: null, teamId: null }];
const question = { ...frame, scope: everything };
const definitions = definitionsOf('changes');

const ways = {
  'stored months (the page)': () => countFigures(database.em, definitions, question, { by: 'part', sums: true }),
  'rows kept for each change, indexed': () => countFigures(database.em, definitions, question, { by: 'part', sums: false }),
  'naive count over change and ticket': () => naive(),
  'whole page: metrics(CHANGES)': () => metricsPage(database, BENCH, 'changes', { period }),
  'the same of one customer': () => metricsPage(database, BENCH, 'changes', { period, customerId: firstCustomer }),
  'the records behind a bar, first 50': () => metricRecords(database, BENCH, { figure: 'change-success', period }),
} satisfies Record<string, () => Promise<unknown>>;

const { rows: customers } = await pg.query<{ id: string }>('select id from customer order by name limit 1');
const firstCustomer = customers[0]!.id;
const equal = await compare();
const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  for (const [name, way] of Object.entries(ways)) {
    const took = await timed(way);
    if (round >= 0) times.get(name)!.push(took);
  }
}
const alone = await writes();

const version = (await pg.query<{ server_version: string }>('show server_version')).rows[0]!.server_version;
const stored = (await pg.query<{ months: number; bytes: string }>(`select (select count(*)::int from metric_month) as months, pg_size_pretty(pg_total_relation_size('metric_month')) as bytes`)).rows[0]!;
const kept = (await pg.query<{ bytes: string }>(`select pg_size_pretty(pg_total_relation_size('metric_change')) as bytes`)).rows[0]!;
console.log(`Node ${process.version}, PostgreSQL ${version}; ${CHANGES.toLocaleString('en-US')} changes of ${CUSTOMERS} customers and ${TEAMS} teams over two years, ${ROUNDS} interleaved rounds, ms\n`);
console.log('| way | median | least–most |\n|---|---:|---:|');
for (const [name, list] of times) console.log(`| ${name} | ${median(list).toFixed(1)} | ${Math.min(...list).toFixed(1)}–${Math.max(...list).toFixed(1)} |`);
console.log(`\n${equal} numbers compared: all equal. ${stored.months.toLocaleString('en-US')} rows of months (${stored.bytes}), rows for each change ${kept.bytes}, counting all anew ${(rebuild / 1000).toFixed(1)} s.`);
console.log(`Writing 2,000 changes takes ${alone.with.toFixed(0)} ms with the triggers and ${alone.without.toFixed(0)} ms without (${((alone.with - alone.without) / 2000).toFixed(3)} ms each); folding afterwards ${alone.fold.toFixed(0)} ms.`);

await pg.end();
await orm.close(true);
await scratch.close();

/** One pass over the changes for each of six quarters, as somebody would write who knows nothing of what is stored. */
async function naive(): Promise<Map<string, number[]>> {
  const { rows } = await pg.query<Record<string, string>>(NAIVE, [frame.periods.map(({ key }) => key), frame.periods.map(({ from }) => new Date(from)), frame.periods.map(({ to }) => new Date(to)), new Date(frame.now)]);
  return new Map(rows.map((row) => [`${row['key']} ${row['category']}`, FIGURES.flatMap((figure) => [Number(row[`${figure}_hits`]), Number(row[`${figure}_total`])])]));
}

/** Both sides of every figure, category and quarter; throws at the first that differs. */
async function compare(): Promise<number> {
  const page = await countFigures(database.em, definitions, question, { by: 'part', sums: true });
  const shown = new Map(page.filter(({ overall }) => !overall).map((row) => [`${row.period} ${row.part} ${row.figure}`, row]));
  let compared = 0;
  for (const [key, numbers] of await naive()) {
    for (const [index, figure] of KEYS.entries()) {
      const row = shown.get(`${key} ${figure}`);
      const expected = [numbers[index * 2]!, numbers[index * 2 + 1]!];
      const got = figure === 'change-outage' ? [row?.amount ?? 0, expected[1]!] : figure === 'change-count' ? [expected[0]!, row?.total ?? 0] : [row?.hits ?? 0, row?.total ?? 0];
      if (got[0] !== expected[0] || got[1] !== expected[1]) throw new Error(`Must hold: ${figure} of ${key} is ${expected.join(' / ')}, but the page says ${got.join(' / ')}.`);
      compared += 2;
    }
  }
  return compared;
}

/** What the triggers add to a write, and what is left to fold. */
async function writes(): Promise<{ with: number; without: number; fold: number }> {
  const write = (): Promise<unknown> => pg.query(`update change set outage_minutes = outage_minutes + 1 where ticket_id in (select ticket_id from change limit 2000)`);
  await write();
  const measured = { with: 0, without: 0, fold: 0 };
  measured.with = await timed(write);
  measured.fold = await timed(() => foldMonths(database));
  await pg.query('alter table change disable trigger metric_follows_change');
  measured.without = await timed(write);
  await pg.query('alter table change enable trigger metric_follows_change');
  return measured;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function openScratch(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env['BENCH_DATABASE_URL'];
  if (given !== undefined) {
    const name = `metrics_bench_${process.pid}`;
    const admin = new Client({ connectionString: given });
    await admin.connect();
    await admin.query(`create database ${name}`);
    const url = new URL(given);
    url.pathname = `/${name}`;
    return { url: url.href, close: async () => { await admin.query(`drop database ${name} with (force)`); await admin.end(); } };
  }
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-bench-'));
  const postgres = await launchPostgres({ dataDirectory: folder });
  return { url: postgres.url, close: async () => { await postgres.stop(); rmSync(folder, { recursive: true, force: true }); } };
}

/** Copied in, as benchmark data may be: every category, outcome, lateness and end there is, spread evenly by arithmetic. */
async function fill(): Promise<void> {
  await pg.query(`insert into customer (id, name, full_name, time_zone, importance, active, created_at, version)
    select gen_random_uuid(), 'C' || n, 'C' || n, 'Asia/Shanghai', 'normal', true, now(), 1 from generate_series(1, ${CUSTOMERS}) n`);
  await pg.query(`insert into team (id, key, name, name_zh, line, purpose, active, version) select gen_random_uuid(), 't' || n, 'T' || n, 'T' || n, 2, 'other', true, 1 from generate_series(1, ${TEAMS}) n`);
  // Triggers are what `writes` measures; here all is counted once at the end.
  await pg.query(`set session_replication_role = replica`);
  await pg.query(`insert into ticket (id, kind, number, title, customer_id, team_id, opened_at, closed_at, last_event_at)
    select gen_random_uuid(), 'change', 'B-' || n, 'Change number ' || n, c.id, t.id, at, case when n % 100 < 94 and at + (n % 9 + 5) * interval '1 day' < now() then at + (n % 9 + 5) * interval '1 day' end, at
    from (select n, now() - (n::bigint * 7919 % ${DAYS * 86_400}) * interval '1 second' as at from generate_series(1, ${CHANGES}) n) g
    join (select id, row_number() over (order by name) as r from customer) c on c.r = g.n % ${CUSTOMERS} + 1
    join (select id, row_number() over (order by name) as r from team) t on t.r = g.n / 40 % ${TEAMS} + 1`);
  await pg.query(`insert into change (ticket_id, state, category, type, risk, priority, source, subject, description, business_systems, departments, requester_name, submitted_at, response_due_at,
      responded_at, response, implementation_started_at, implementation_ended_at, window_start_at, window_end_at, outcome, expected_result_met, outage_minutes)
    select id, case when closed_at is null then 'submitted' else 'closed' end, (array['major', 'important', 'important', 'general', 'general', 'general', 'general', 'emergency'])[1 + n % 8],
      'system', 'low', 'normal', 'own', 'x', 'x', '[]', '[]', 'x', opened_at, opened_at + interval '4 days',
      case when n % 97 < 91 then opened_at + interval '2 hours' when n % 97 < 95 then opened_at + interval '5 days' end, null,
      case when n % 10 < 9 then opened_at + interval '4 days' end, case when n % 10 < 9 then opened_at + interval '4 days 2 hours' end, opened_at + interval '4 days',
      opened_at + interval '4 days' + (1 + n % 3) * interval '1 hour',
      case when closed_at is not null and n % 10 < 9 then (array['successful', 'successful', 'successful', 'successful', 'successful', 'successful-with-issues', 'failed', 'rolled-back', 'terminated'])[1 + n % 9] end,
      case when n % 11 = 0 then false when n % 11 < 10 then true end, case when n % 13 = 0 then n % 60 else 0 end
    from (select *, substr(number, 3)::int as n from ticket where kind = 'change') t`);
  await pg.query(`set session_replication_role = default`);
}
