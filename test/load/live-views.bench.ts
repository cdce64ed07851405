/**
 * 5,000 views of one incident each, as pages and integrators follow them, 20 on a connection. Every incident changes once a
 * second, in 50 commits of 100 rows. From just before the events are appended and committed to the client that has parsed
 * the message; database, server, writer and clients share the machine.
 */
import graphqlWs from 'graphql-ws/package.json' with { type: 'json' };
import { PlainDesk } from '../support/plain-desk.ts';
import { until } from '../support/until.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { benchDatabase } from './harness/bench-database.ts';
import { cpuSeconds, startChild } from './harness/child.ts';
import { compare, OURS, quantile, type Contender } from './harness/compare.ts';
import { withStarted, type Started } from './harness/started.ts';
import { openForWriting } from './harness/writing.ts';
import { changeAll, openIncidents } from './live-views/desk.ts';
import { Views } from './live-views/views.ts';

const VIEWS = 5000;
/** Of every round, until the process that was started for it is warm. */
const NOT_COUNTED_MS = 3000;

interface Figures {
  worstMean: number;
  errors: number;
  readonly p99s: number[];
  readonly commits: number[];
  readonly cpu: number[];
}

export const bench: Bench = {
  name: 'live-views',
  work: `${VIEWS} distinct views, one changed row per view per second in 50 commits of ${VIEWS / 50} rows`,
  run: (run) => withStarted((started) => measure(run, started)),
};

async function measure(run: BenchRun, started: Started): Promise<BenchOutcome> {
  const databaseUrl = await benchDatabase(started);
  const desk = await PlainDesk.open(await openForWriting(started, databaseUrl));
  const world = { databaseUrl, desk, token: (await desk.token()).plain, ids: await openIncidents(desk, VIEWS) };
  const ours = contender(run, world, OURS, 'test/load/harness/server-child.ts');
  const stock = contender(run, world, 'graphql-ws', 'test/load/live-views/stock.ts');
  const comparison = await compare({ ...run, warmUpMs: run.roundMs }, { unit: 'ms from event to client, mean', better: 'less' }, [ours.contender, stock.contender]);
  return {
    comparisons: [comparison],
    figures: {
      worstMeanMs: ours.figures.worstMean, p99Ms: quantile(ours.figures.p99s, 0.5), errors: ours.figures.errors,
      commitsPerSecond: quantile(ours.figures.commits, 0.5), serverCores: quantile(ours.figures.cpu, 0.5),
      stockP99Ms: quantile(stock.figures.p99s, 0.5), stockErrors: stock.figures.errors, stockServerCores: quantile(stock.figures.cpu, 0.5),
    },
    aims: [{ of: 'worstMeanMs', most: 1000 }, { of: 'errors', most: 0 }, { of: 'commitsPerSecond', least: 49 }],
    versions: { node: process.version, 'graphql-ws': graphqlWs.version },
  };
}

interface World {
  readonly databaseUrl: string;
  readonly desk: PlainDesk;
  readonly token: string;
  readonly ids: readonly string[];
}

/** A server process for each round, so that the other does not follow the log meanwhile. */
function contender(run: BenchRun, world: World, key: string, script: string): { contender: Contender; figures: Figures } {
  const figures: Figures = { worstMean: 0, errors: 0, p99s: [], commits: [], cpu: [] };
  const round = (milliseconds: number) => withStarted(async (started) => {
    const { databaseUrl, desk, token, ids } = world;
    const child = started.ends(await startChild<{ url: string }>(script, { DATABASE_URL: databaseUrl }), ({ end }) => end());
    const views = started.ends(new Views(), (opened) => opened.close());
    await views.open(child.ready.url, token, ids);
    await until('every view has its first message', () => views.shown.size === ids.length, 60_000);
    await changeAll(desk, ids, NOT_COUNTED_MS, views);
    views.forget();
    const before = cpuSeconds(child.pid);
    const commits = await changeAll(desk, ids, milliseconds, views);
    figures.cpu.push((cpuSeconds(child.pid) - before) / (milliseconds / 1000));
    await until('every change is heard', () => views.missing === 0, 60_000);
    await compareWithDatabase(desk, views);
    const mean = views.latencies.reduce((sum, one) => sum + one, 0) / views.latencies.length;
    figures.worstMean = Math.max(figures.worstMean, mean);
    figures.errors += views.errors;
    figures.p99s.push(quantile(views.latencies, 0.99));
    figures.commits.push(commits / (milliseconds / 1000));
    run.say(`${key}: ${views.latencies.length} changes heard, p99 ${quantile(views.latencies, 0.99).toFixed(0)} ms, ${commits} commits, ${views.errors} errors`);
    return mean;
  });
  return { contender: { key, round }, figures };
}

/** What every view shows at the end is what the database says. */
async function compareWithDatabase({ database }: PlainDesk, views: Views): Promise<void> {
  const rows = await database.em.execute<{ id: string; version: number }[]>('select id, version from ticket');
  views.errors += rows.filter(({ id, version }) => views.shown.get(id) !== version).length;
}
