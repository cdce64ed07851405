/**
 * W17: the 100,000 records behind a bar as CSV, from a server process of its own: `node --import tsx test/load/export.bench.ts`.
 * Prints time to the first byte and to the last, rows and bytes, and by how much the server's resident memory grew meanwhile
 * (sampled every 20 ms from /proc). `BENCH_DATABASE_URL` names a PostgreSQL on which a scratch database may be made; without it one is started.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { createToken } from '../../server/src/features/access/access-token.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';

const ROWS = Number(process.env['BENCH_ROWS'] ?? 100_000);
const ROUNDS = 5;
const MIB = 1024 * 1024;

const scratch = await openScratch();
await migrate(scratch.url);
const orm = await createOrm(scratch.url, ENTITIES);
const database = new Database(orm);
await seedPolicy(database);
await fill(scratch.url);
const { plain } = await createToken(database, SYSTEM('bench'), { name: 'bench', kind: 'integrator', scopes: ['metrics.read', 'change.read', 'incident.read', 'problem.read', 'release.read'], customerId: null, boardId: null });
const server = fork(fileURLToPath(new URL('../support/serve.ts', import.meta.url)), { env: { ...process.env, DATABASE_URL: scratch.url }, execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
const url = await new Promise<string>((resolve) => server.stdout!.once('data', (line: Buffer) => resolve((JSON.parse(line.toString()) as { url: string }).url)));

console.log('| round | first byte ms | all ms | rows | MiB | extra RSS MiB |\n|---|---|---|---|---|---|');
for (let round = 0; round <= ROUNDS; round += 1) {
  const measured = await download();
  // The first warms up.
  if (round > 0) console.log(`| ${round} | ${measured.firstMs.toFixed(0)} | ${measured.allMs.toFixed(0)} | ${measured.rows} | ${(measured.bytes / MIB).toFixed(1)} | ${measured.extraMiB.toFixed(1)} |`);
}
server.kill('SIGTERM');
await orm.close();
await scratch.close();

async function download() {
  const before = residentMiB();
  let most = before;
  const sampling = setInterval(() => { most = Math.max(most, residentMiB()); }, 20);
  const started = performance.now();
  const response = await fetch(`${url}/downloads/metric-records?figure=change-count&period=2026-Q1`, { headers: { authorization: `Bearer ${plain}` } });
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  let firstMs = 0, rows = -1, bytes = 0;
  for await (const piece of response.body) {
    if (firstMs === 0) firstMs = performance.now() - started;
    bytes += piece.length;
    for (const byte of piece) if (byte === 10) rows += 1;
  }
  clearInterval(sampling);
  if (rows !== ROWS) throw new Error(`Must hold: ${ROWS} rows, got ${rows}.`);
  return { firstMs, allMs: performance.now() - started, rows, bytes, extraMiB: Math.max(most, residentMiB()) - before };
}

function residentMiB(): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1024;
}

/** Changes of one quarter, written plainly; the triggers keep what they count for. */
async function fill(address: string): Promise<void> {
  const pg = new Client({ connectionString: address });
  await pg.connect();
  await pg.query(`insert into customer (id, name, full_name, time_zone, importance, active, created_at, version) select md5('c' || n)::uuid, 'Customer ' || n, 'Customer ' || n, 'Asia/Shanghai', 'normal', true, now(), 1 from generate_series(1, 40) n`);
  await pg.query(`insert into ticket (id, kind, number, title, customer_id, opened_at, last_event_at, version) select md5('t' || n)::uuid, 'change', 'CHG-' || lpad(n::text, 7, '0'), '【一般变更】接入交换机更换，第 ' || n || ' 次', md5('c' || (1 + n % 40))::uuid,
    '2026-01-05T00:00:00Z'::timestamptz + n * interval '1 second', '2026-01-05T00:00:00Z', 1 from generate_series(1, $1::int) n`, [ROWS]);
  await pg.query(`insert into change (ticket_id, state, category, type, risk, priority, source, subject, description, business_systems, departments, requester_name, software, recorded_afterwards, submitted_at, response_due_at, approval_round, outage_minutes)
    select id, 'submitted', 'general', 'system', 'low', 'normal', 'own', title, title, '[]', '[]', 'bench', false, false, opened_at, opened_at + interval '3 days', 0, 0 from ticket`);
  await pg.query('analyze');
  await pg.end();
}

async function openScratch(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env['BENCH_DATABASE_URL'];
  if (given) {
    const name = `bench_export_${process.pid}`;
    const admin = new Client({ connectionString: given });
    await admin.connect();
    await admin.query(`create database ${name}`);
    const address = new URL(given);
    address.pathname = `/${name}`;
    return { url: address.toString(), close: async () => { await admin.query(`drop database ${name} with (force)`); await admin.end(); } };
  }
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-bench-'));
  const postgres = await launchPostgres({ dataDirectory: folder });
  return { url: postgres.url, close: async () => { await postgres.stop(); rmSync(folder, { recursive: true, force: true }); } };
}
