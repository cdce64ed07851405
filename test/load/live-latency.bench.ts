/**
 * From commit to every screen: 200 boards on two servers, 50 changes a second for 20 s: `node --import tsx test/load/live-latency.bench.ts`.
 * Prints lines for RESULTS.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../server/src/app/server.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { LiveClient } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const SCREENS = 200;
const SECONDS = 20;
const RATE = 50;

const folder = mkdtempSync(join(tmpdir(), 'watchfloor-bench-'));
const postgres = await launchPostgres({ dataDirectory: folder });
await migrate(postgres.url);
const options = { databaseUrl: postgres.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false };
const servers = [await startServer(options), await startServer(options)] as const;
const desk = await PlainDesk.open(servers[0].database, 12);
const token = (await desk.token()).plain;
const ids = await Promise.all(Array.from({ length: 12 }, () => desk.open()));

const latencies: number[] = [];
let messages = 0;
const clients = await Promise.all(Array.from({ length: SCREENS }, (_, index) => watch(servers[index % 2]!.url)));
const cpu = process.cpuUsage();
const began = performance.now();
for (let turn = 0; turn < SECONDS * RATE; turn += 1) {
  const due = began + (turn * 1000) / RATE;
  const wait = due - performance.now();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  void desk.retitle(ids[turn % ids.length]!, `at ${performance.now()}`);
}
await new Promise((done) => setTimeout(done, 1500));
const used = process.cpuUsage(cpu);
const took = performance.now() - began;
const sorted = latencies.toSorted((a, b) => a - b);
const percentile = (share: number) => sorted[Math.floor(sorted.length * share)]!.toFixed(0);
console.log(`Node ${process.version}; ${SCREENS} boards over two servers, ${RATE} changes/s for ${SECONDS} s; servers, screens and database on the same 2 cores`);
console.log(`| commit begun → row at the screen | p50 ${percentile(0.5)} ms | p99 ${percentile(0.99)} ms | worst ${percentile(0.99999)} ms |`);
console.log(`${messages} messages, ${(messages / (took / 1000)).toFixed(0)}/s; this process (both servers and all screens) used ${(((used.user + used.system) / 1000 / took) * 100).toFixed(0)} % of a core`);
for (const client of clients) client.close();
await Promise.all(servers.map((server) => server.close()));
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

async function watch(url: string): Promise<LiveClient> {
  const client = await LiveClient.connect(url, token);
  client.socket.removeAllListeners('message');
  client.socket.on('message', (data: Buffer) => {
    messages += 1;
    const now = performance.now();
    // Only the newest change that a delta tells is counted for each row: those before it were skipped over.
    for (const [, at] of data.toString().matchAll(/"title":"at ([\d.]+)"/g)) latencies.push(now - Number(at));
  });
  client.subscribe('subscription($id: ID!) { board(id: $id) { ... on BoardDelta { toSeq upserts { id title version order clock { kind dueAt } } } ... on BoardHeartbeat { seq } } }', { id: desk.boards.all });
  return client;
}
