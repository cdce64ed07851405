import { Client } from 'pg';
import { respond } from '../../server/src/features/incident/incident-work.service.ts';
import { MINUTE } from '../../server/src/kernel/instant.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { cloneIncidents } from './harness/cloned-incidents.ts';
import { compare, quantile, type Comparison } from './harness/compare.ts';
import { loadDesk, type LoadDesk } from './harness/desk.ts';
import { versionOf } from './harness/version-of.ts';
import { fireRound, type Fired, type Firing } from './timers/fired.ts';
import { bareTimers, realClocks, type Template } from './timers/ours.ts';
import { BOSS_SETTINGS, GRAPHILE_SETTINGS, graphileWorker, pgBoss } from './timers/peers.ts';

const DUE = 1000;
const DAY = 86_400_000;

export const bench: Bench = {
  name: 'timers',
  work: 'of 100,000 armed clocks 1,000 fall due within one second, and once more in the same instant: how late the effect of each is committed. Ours judges the clocks and writes '
    + 'firings, events, alarms and escalations; "ours, bare" and the peers write one row each. Worker and measurement are one process, PostgreSQL beside it.',
  run,
};

async function run(run: BenchRun): Promise<BenchOutcome> {
  const standing = run.quick ? 10_000 : 100_000;
  const desk = await loadDesk(Date.now() - 2 * DAY);
  const client = new Client({ connectionString: desk.url });
  await client.connect();
  await client.query('create table bench_effect (contender text, name text, at timestamptz default clock_timestamp())');
  const templates = await makeTemplates(desk);
  const incidents = await arm(client, templates, standing);
  run.say(`${standing} armed clocks on ${incidents} incidents; as many jobs wait at each peer`);
  run.say(`graphile-worker: ${JSON.stringify(GRAPHILE_SETTINGS)}; pg-boss: ${JSON.stringify(BOSS_SETTINGS)}`);
  const peers = [await graphileWorker(desk.url, client, standing), await pgBoss(desk.url, client, standing)];
  await client.query('vacuum analyze');
  try {
    return await measure(run, [realClocks(desk.live, client, templates), bareTimers(desk.live, client), ...peers]);
  } finally {
    for (const peer of peers) await peer.end();
    await client.end();
    await desk.close();
  }
}

async function measure(run: BenchRun, all: readonly Firing[]): Promise<BenchOutcome> {
  const spread = await compareLateness(run, all, 1000);
  const burst = await compareLateness(run, all, 0);
  const { ours } = spread.fired;
  const faults = (fault: 'lost' | 'doubled'): number => [...spread.fired.ours!, ...burst.fired.ours!].reduce((sum, one) => sum + one[fault], 0);
  const late = ours!.flatMap(({ lateMs }) => lateMs);
  return {
    comparisons: [spread.comparison, { ...burst.comparison, ratio: Object.fromEntries(Object.entries(burst.comparison.ratio).map(([key, value]) => [`${key}, same instant`, value])) }],
    figures: {
      p50LateMs: quantile(late, 0.5), p99LateMs: quantile(late, 0.99), lost: faults('lost'), doubled: faults('doubled'),
      p99LateMsSameInstant: burst.comparison.spread['ours']!.median,
    },
    aims: [{ of: 'p99LateMs', most: 250 }, { of: 'lost', most: 0 }, { of: 'doubled', most: 0 }, { of: 'graphile-worker', least: 5 }, { of: 'pg-boss', least: 5 }],
    versions: { node: process.version, 'graphile-worker': versionOf('graphile-worker'), 'pg-boss': versionOf('pg-boss') },
  };
}

async function compareLateness(run: BenchRun, all: readonly Firing[], spreadMs: number): Promise<{ comparison: Comparison; fired: Record<string, Fired[]> }> {
  const fired: Record<string, Fired[]> = {};
  const comparison = await compare(run, { unit: `ms late at p99, ${DUE} due ${spreadMs === 0 ? 'in the same instant' : 'evenly over one second'}`, better: 'less' }, all.map((firing) => ({
    key: firing.key,
    round: async () => {
      const one = await fireRound(firing, DUE, spreadMs);
      (fired[firing.key] ??= []).push(one);
      if (one.lost + one.doubled > 0) run.say(`${firing.key}: ${one.lost} lost, ${one.doubled} twice`);
      run.say(`${firing.key}: p50 ${quantile(one.lateMs, 0.5).toFixed(1)} ms, p99 ${quantile(one.lateMs, 0.99).toFixed(1)} ms, worst ${Math.max(...one.lateMs).toFixed(1)} ms`);
      return quantile(one.lateMs, 0.99);
    },
  })));
  return { comparison, fired };
}

/** Two LV1 incidents around the clock: one whose response is to be warned of next, one whose resolution breaches and escalates next. */
async function makeTemplates({ story }: LoadDesk): Promise<Template[]> {
  const customer = story.customer().agreement();
  const fresh = await customer.incident({ level: 'LV1' });
  const late = await customer.incident({ level: 'LV1' });
  await late.tell('engineer', respond, { channel: 'phone', reached: true });
  const start = story.open.time.current;
  // Everything before the breach has fired.
  for (let at = start; at <= start + 8 * 60 * MINUTE - MINUTE; at += 5 * MINUTE) {
    story.open.time.current = at;
    await late.look();
  }
  return Promise.all([fresh, late].map(async ({ id }) => {
    const rows = await story.database.em.execute<{ due: number }[]>(`select (extract(epoch from due_at) * 1000)::float8 as due from timer where ticket_id = ?`, [id]);
    return { id, dueAt: rows[0]!.due };
  }));
}

/** So many incidents that as many clocks are armed as wanted, due between two and four days from now. */
async function arm(client: Client, templates: readonly Template[], clocks: number): Promise<number> {
  const { rows } = await client.query<{ armed: number }>('select count(*)::int as armed from clock where next_at is not null and ticket_id = any($1::uuid[])', [templates.map(({ id }) => id)]);
  const each = Math.ceil(clocks / rows[0]!.armed);
  for (const { id, dueAt } of templates) await cloneIncidents(client, { templateId: id, from: 1, to: each, shiftMs: `${Date.now() + 2 * DAY - dueAt} + n * ${(2 * DAY) / each}::float8` });
  return each * templates.length;
}
