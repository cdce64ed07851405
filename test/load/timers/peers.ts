import { Logger, makeWorkerUtils, run, type Runner } from 'graphile-worker';
import { Pool, type Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { effectsOf } from './ours.ts';
import type { Firing } from './fired.ts';

const TASK = 'fire';
/** Jobs handed over in one call. */
const PORTION = 5000;

interface Job {
  readonly name: string;
  readonly at: number;
}

const jobsOf = (prefix: string, from: number, { count, firstDue, spreadMs }: { count: number; firstDue: number; spreadMs: number }): Job[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${from + index}`, at: firstDue + Math.round((index * spreadMs) / count) }));

function portions(jobs: readonly Job[]): (readonly Job[])[] {
  return Array.from({ length: Math.ceil(jobs.length / PORTION) }, (_, index) => jobs.slice(index * PORTION, (index + 1) * PORTION));
}

const STANDING_FROM = 2 * 86_400_000;

/** The settings that its page on performance and its own benchmark use, and a poll every 50 ms: a job that is due later is found by polling only. */
export const GRAPHILE_SETTINGS = { concurrentJobs: 24, maxPoolSize: 25, pollInterval: 50, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } as const;

export async function graphileWorker(url: string, client: Client, standing: number): Promise<Firing & { end(): Promise<void> }> {
  const utils = await makeWorkerUtils({ connectionString: url });
  await utils.migrate();
  const pool = new Pool({ connectionString: url, max: 12 });
  let used = 0;
  let runner: Runner | null = null;
  const add = async (jobs: readonly Job[]): Promise<void> => {
    for (const some of portions(jobs)) await utils.addJobs(some.map(({ name, at }) => ({ identifier: TASK, payload: { name }, runAt: new Date(at) })));
  };
  await add(jobsOf('standing', 0, { count: standing, firstDue: Date.now() + STANDING_FROM, spreadMs: STANDING_FROM }));
  return {
    key: 'graphile-worker',
    arm: async (count, firstDue, spreadMs) => {
      const jobs = jobsOf('g', used, { count, firstDue, spreadMs });
      used += count;
      await add(jobs);
      return new Map(jobs.map(({ name, at }) => [name, at]));
    },
    start: async (fired) => {
      const { concurrentJobs, maxPoolSize, ...worker } = GRAPHILE_SETTINGS;
      runner = await run({
        connectionString: url, noHandleSignals: true, logger: new Logger(() => () => undefined), preset: { worker: { ...worker, concurrentJobs, maxPoolSize } },
        taskList: {
          [TASK]: async (payload) => {
            const { name } = payload as Pick<Job, 'name'>;
            await pool.query({ name: 'effect', text: `insert into bench_effect (contender, name) values ('graphile-worker', $1)`, values: [name] });
            fired(name);
          },
        },
      });
    },
    stop: async () => runner?.stop(),
    effects: (names) => effectsOf(client, 'graphile-worker', names),
    end: async () => {
      await utils.release();
      await pool.end();
    },
  };
}

/** The shortest poll that it allows, at once again while batches come back full, four workers that take turns. */
export const BOSS_SETTINGS = { pollingIntervalSeconds: 0.5, batchSize: 250, burstWhenBatchFull: true, localConcurrency: 4 } as const;

export async function pgBoss(url: string, client: Client, standing: number): Promise<Firing & { end(): Promise<void> }> {
  const boss = new PgBoss({ connectionString: url, max: 12 });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue(TASK);
  const pool = new Pool({ connectionString: url, max: 12 });
  let used = 0;
  const add = async (jobs: readonly Job[]): Promise<void> => {
    for (const some of portions(jobs)) await boss.insert(TASK, some.map(({ name, at }) => ({ data: { name }, startAfter: new Date(at) })));
  };
  await add(jobsOf('standing', 0, { count: standing, firstDue: Date.now() + STANDING_FROM, spreadMs: STANDING_FROM }));
  return {
    key: 'pg-boss',
    arm: async (count, firstDue, spreadMs) => {
      const jobs = jobsOf('b', used, { count, firstDue, spreadMs });
      used += count;
      await add(jobs);
      return new Map(jobs.map(({ name, at }) => [name, at]));
    },
    start: async (fired) => {
      await boss.work<Pick<Job, 'name'>>(TASK, BOSS_SETTINGS, async (jobs) => {
        const names = jobs.map(({ data }) => data.name);
        await pool.query({ name: 'effects', text: `insert into bench_effect (contender, name) select 'pg-boss', unnest($1::text[])`, values: [names] });
        for (const name of names) fired(name);
      });
    },
    stop: async () => boss.offWork(TASK),
    effects: (names) => effectsOf(client, 'pg-boss', names),
    end: async () => {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}
