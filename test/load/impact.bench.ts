/**
 * Impact over 100,000 items and 300,000 relations with cycles, to any depth, beside one recursive SQL statement in interleaved rounds:
 * `node --import tsx test/load/impact.bench.ts`. Both must reach the same items before a figure counts. The register is made by a
 * counter, so that every run has the same one. Prints tables for RESULTS.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { graphFor } from '../../server/src/features/cmdb/cmdb-graph.service.ts';
import { impactFor } from '../../server/src/features/cmdb/cmdb-impact.queries.ts';
import { impactOf } from '../../server/src/features/cmdb/cmdb-impact.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';

const ITEMS = 100_000;
/** Those that are made twice fall away: at least 300,000 stay. */
const RELATIONS = 350_000;
const LEAST = 300_000;
const ROOTS = 40;

const folder = mkdtempSync(join(tmpdir(), 'watchfloor-bench-'));
const postgres = await launchPostgres({ dataDirectory: folder });
await migrate(postgres.url);
const orm = await createOrm(postgres.url, ENTITIES);
const pg = new Client({ connectionString: postgres.url });
await pg.connect();
await fill();

const em = () => orm.em.fork();
const before = process.memoryUsage().rss;
const cold = await timed(() => graphFor(em()));
const graph = cold.value;
if (graph.arcCount < LEAST || graph.nodeCount < ITEMS * 0.99) throw new Error(`Must hold: ${LEAST} relations; got ${graph.arcCount} between ${graph.nodeCount}`);
const grown = process.memoryUsage().rss - before;

// Items of every layer: at the bottom some that carry all, at the top some that carry nobody.
const roots = Array.from({ length: ROOTS }, (_, index) => itemId(Math.floor((index * ITEMS) / ROOTS) + 1));
const figures: Record<'impact' | 'dependency', { ours: number[]; sql: number[]; reached: number[] }> = { impact: { ours: [], sql: [], reached: [] }, dependency: { ours: [], sql: [], reached: [] } };
for (const direction of ['impact', 'dependency'] as const) {
  for (const root of roots) {
    const ours = await timed(() => impactOf(em(), { ciIds: [root], direction }));
    const sql = await timed(() => recursive(root, direction));
    const reached = new Set(ours.value.nodes.map(({ ciId }) => ciId));
    if (ours.value.cutOff || reached.size !== sql.value.length || sql.value.some((id) => !reached.has(id))) {
      throw new Error(`Must hold: both reach the same; from ${root} (${direction}) ours ${reached.size}, SQL ${sql.value.length}`);
    }
    figures[direction].ours.push(ours.ms);
    figures[direction].sql.push(sql.ms);
    figures[direction].reached.push(reached.size);
  }
}

const actor = SYSTEM('bench');
const shown = [];
for (const root of roots) shown.push((await timed(() => impactFor(em(), actor, { ciIds: [root], direction: 'impact', now: Date.now() }))).ms);
const past = [];
for (const root of roots) past.push((await timed(() => impactOf(em(), { ciIds: [root], direction: 'impact', asOf: Date.parse('2026-02-01T00:00:00Z') }))).ms);
await pg.query(`delete from ci_relation where id = (select id from ci_relation order by id limit 1)`);
const stale = await timed(() => impactOf(em(), { ciIds: [roots[0]!], direction: 'impact' }));

console.log(`Node ${process.version}; ${graph.nodeCount} items and ${graph.arcCount} relations, ${ROOTS} roots each way, to any depth, ms\n`);
console.log('| walk | reached, median (most) | Watchfloor p50 | p95 | worst | recursive SQL p50 | p95 | worst | ratio of p95 |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|');
for (const [direction, { ours, sql, reached }] of Object.entries(figures)) {
  console.log(`| ${direction} | ${at(reached, 0.5)} (${Math.max(...reached)}) | ${ms(at(ours, 0.5))} | ${ms(at(ours, 0.95))} | ${ms(Math.max(...ours))} | ${ms(at(sql, 0.5))} | ${ms(at(sql, 0.95))} | ${ms(Math.max(...sql))} | ${(at(ours, 0.95) / at(sql, 0.95)).toFixed(3)} |`);
}
console.log(`\nWith names, 200 items shown, services and customers of all: p50 ${ms(at(shown, 0.5))}, p95 ${ms(at(shown, 0.95))}. As of a past instant: p95 ${ms(at(past, 0.95))}.`);
console.log(`First load of the graph by a process: ${ms(cold.ms)}, ${Math.round(grown / 1e6)} MB resident. First walk after a relation was ended elsewhere: ${ms(stale.ms)}.`);

await pg.end();
await orm.close(true);
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

/** The statement that one would write: each item once, cycles end by the union. */
async function recursive(root: string, direction: 'impact' | 'dependency'): Promise<string[]> {
  const [from, to] = direction === 'impact' ? ['target_id', 'source_id'] : ['source_id', 'target_id'];
  const { rows } = await pg.query<{ id: string }>(
    `with recursive reached (id) as (select $1::uuid union select r.${to} from ci_relation r join reached on r.${from} = reached.id) select id from reached where id <> $1`, [root],
  );
  return rows.map(({ id }) => id);
}

/** Items 1 … 100,000; each depends on three below it, one in a hundred on one far above it, which makes cycles. Copied in, as benchmark data may be. */
async function fill(): Promise<void> {
  await pg.query(
    `insert into ci (id, class, name, status, attributes, created_at, updated_at)
     select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'device', 'item ' || n, 'active', '{}', '2026-01-01', '2026-01-01' from generate_series(1, $1::int) n`, [ITEMS],
  );
  const id = (number: string): string => `('00000000-0000-4000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
  await pg.query(
    `insert into ci_relation (id, source_id, type, target_id, created_at)
     select ('00000000-0000-4000-9000-' || lpad(to_hex(k), 12, '0'))::uuid, ${id('s')}, 'depends_on', ${id('t')}, '2026-01-01' from (
       select k, 1 + k % $1::int as s, case when k % 100 = 7 then 1 + (k::bigint * 7919 % $1::int)::int else greatest(1, (1 + k % $1::int) - 1 - (k::bigint * 104729 % 997)::int * (1 + (k / $1::int) * 20)) end as t
       from generate_series(0, $2::int - 1) k) made on conflict do nothing`, [ITEMS, RELATIONS],
  );
  await pg.query('vacuum analyze');
}

function itemId(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ ms: number; value: Value }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
