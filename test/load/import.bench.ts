/**
 * Importing events, beside PostgreSQL alone writing the very rows that the import left (copied server-side into tables
 * of the same shape and indexes: no client, no rules, no hash chain): `node --import tsx test/load/import.bench.ts`.
 * Rounds are interleaved, each in a database of its own. Prints a table for RESULTS.md.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { importIncidents } from '../../server/src/features/import/import-incident.service.ts';
import { readMapping } from '../../server/src/features/import/import-mapping.rules.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { firstOfRealLog, logFolder } from '../support/incident-log.ts';

const ROWS = 6_000;
const ROUNDS = 5;
const TABLES = ['ticket', 'incident', 'ticket_span', 'suspension', 'handoff', 'work_log_entry', 'clock_fact', 'clock', 'clock_firing', 'escalation', 'event_log'] as const;

const mapping = readMapping(JSON.parse(readFileSync(new URL('../../server/data/mappings/servicenow.json', import.meta.url), 'utf8')));
const log = logFolder();
const path = log.writeText('log.csv', firstOfRealLog(ROWS));
const seconds: number[] = [];
const floor: number[] = [];
let written = 0;

for (let round = -1; round < ROUNDS; round += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-bench-'));
  const postgres = await launchPostgres({ dataDirectory: folder });
  await migrate(postgres.url);
  const orm = await createOrm(postgres.url, ENTITIES);
  const database = new Database(orm);
  await seedPolicy(database);
  const ours = await time(async () => {
    const done = await importIncidents(database, SYSTEM('import'), { path, source: 'bench', mapping, timeZone: 'Asia/Shanghai', customer: 'ACME' });
    if (done.accepted + done.refused !== ROWS) throw new Error(`${done.accepted} accepted and ${done.refused} refused are not ${ROWS} rows.`);
  });
  for (const table of TABLES) await database.em.execute(`create table bench_${table} (like ${table} including all)`);
  const alone = await time(async () => {
    for (const table of TABLES) await database.em.execute(`insert into bench_${table} select * from ${table}`);
  });
  const counts = await Promise.all(TABLES.map(async (table) => (await database.em.execute<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]!.n));
  written = counts.reduce((sum, n) => sum + n, 0);
  // The first round warms the compiler.
  if (round >= 0) {
    seconds.push(ours);
    floor.push(alone);
  }
  await orm.close(true);
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
log.remove();

const ratios = seconds.map((value, index) => value / floor[index]!);
console.log(`Node ${process.version}; the first ${ROWS} rows of the log, ${written} rows written, ${ROUNDS} rounds, medians\n`);
console.log('| | seconds | rows of the file /s | ratio (least–most) |\n|---|---:|---:|---:|');
console.log(`| Watchfloor import | ${median(seconds).toFixed(2)} | ${Math.round(ROWS / median(seconds))} | ${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)}) |`);
console.log(`| PostgreSQL copying the same rows | ${median(floor).toFixed(2)} | ${Math.round(ROWS / median(floor))} | 1 |`);
console.log(`\n${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident at the end.`);

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
