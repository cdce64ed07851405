import { setTimeout as wait } from 'node:timers/promises';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm, type Orm } from '../../server/src/platform/db/orm.ts';
import { EventTailer } from '../../server/src/platform/live/event-tailer.ts';
import { ListenCarrier } from '../../server/src/platform/live/listen-carrier.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { Draw } from '../support/process-model-draw.ts';
import { until } from '../support/until.ts';
import { faultDatabase } from './harness/fault-database.ts';
import type { FaultRun, Part, PartOutcome } from './harness/fault-run.ts';
import { checkFeedOrder, type Heard, type Written } from './r13/feed-order.ts';
import { naiveFeed } from './r13/naive-feed.ts';
import { VisiblePrefix } from './r13/visible-prefix.ts';

const WRITERS = 32;
const MOST_DELAY_MS = 50;
const MOST_ROWS = 5;
const ROLLED_BACK = 0.04;
/** So often the delay comes after the numbers are taken, when all other writers wait for it; more would take hours. */
const DELAYED_COMMIT = 0.01;

/** R13: many writers whose transactions take a random time commit in another order than they began; a reader of the feed hears commit order. */
export const feedOrder: FaultRun = {
  id: 'R13', title: 'feed order under slow commits', unit: 'rows', full: 100_000, quick: 2_000, budgetMinutes: 8,
  async run(serverUrl, part) {
    const made = await faultDatabase(serverUrl);
    const orms = await Promise.all([16, 16, 2].map((pool) => createOrm(made.url, ENTITIES, pool)));
    try {
      return await written({ url: made.url, orms, part });
    } finally {
      await Promise.all(orms.map((orm) => orm.close(true)));
      await made.drop();
    }
  },
  async controls(serverUrl) {
    const made = await faultDatabase(serverUrl);
    try {
      const { written: all, heard, seen } = await naiveFeed(made.url, { writers: WRITERS, rows: 600, mostDelayMs: MOST_DELAY_MS });
      return [
        { planted: 'a reader at "id > last" over a sequence, without the lock of the head', findings: checkFeedOrder(all, heard) },
        { planted: 'numbers of a sequence, looked at while transactions commit', findings: seen },
        ...spoiled(all),
      ];
    } finally {
      await made.drop();
    }
  },
};

/** Two processes' worth of writers, a third's reader. */
async function written({ url, orms, part }: { url: string; orms: readonly Orm[]; part: Part }): Promise<PartOutcome> {
  const draw = new Draw(part.seed + part.from);
  const reader = new Database(orms[2]!);
  const tailer = new EventTailer(reader, new ListenCarrier(url));
  await tailer.start();
  const heard: Heard[] = [];
  tailer.onEvents((events) => heard.push(...events.map(({ reason }) => heardOf(reason))));
  const prefix = await VisiblePrefix.watch(url, { table: 'event_log', numbers: 'seq', from: tailer.head.seq });
  const all: Written[] = [];
  const done = { rows: part.from };
  const began = performance.now();
  const databases = orms.slice(0, 2).map((orm) => writingDatabase(orm, draw.fork()));
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer({ database: databases[number % 2]!, number, draw: draw.fork(), all, done, part })));
  const seconds = (performance.now() - began) / 1000;
  await until('the reader has heard what was written', () => heard.length >= done.rows - part.from, 60_000);
  await prefix.end();
  await tailer.close();
  part.say(`${done.rows} rows, ${all.length} transactions in ${seconds.toFixed(1)} s, ${prefix.looks} looks at what can be seen`);
  return {
    done: done.rows, figures: { transactions: all.length, rolledBack: all.filter(({ acknowledgedAt }) => acknowledgedAt === null).length, looks: prefix.looks },
    findings: [...checkFeedOrder(all, heard), ...prefix.findings],
  };
}

/** Some commits come late although the numbers are taken. */
function writingDatabase(orm: Orm, draw: Draw): Database {
  orm.em.getEventManager().registerSubscriber({
    beforeTransactionCommit: async () => {
      if (draw.chance(DELAYED_COMMIT)) await wait(draw.next() * MOST_DELAY_MS);
    },
  });
  return new Database(orm);
}

interface Writer {
  readonly database: Database;
  readonly number: number;
  readonly draw: Draw;
  readonly all: Written[];
  readonly done: { rows: number };
  readonly part: Part;
}

const ROLLBACK = 'rolled back on purpose';

async function writer({ database, number, draw, all, done, part }: Writer): Promise<void> {
  for (let turn = 0; done.rows < part.upTo && !part.over(); turn += 1) {
    const mark = `${number}-${turn}`;
    const rows = draw.whole(1, MOST_ROWS);
    const fails = draw.chance(ROLLED_BACK);
    let readyAt = 0;
    const work = database.change(SYSTEM(`writer ${number}`), async ({ emit, now }) => {
      const occurredAt = await now();
      await wait(draw.next() * MOST_DELAY_MS);
      for (let row = 0; row < rows; row += 1) emit({ type: 'test.written', subjectKind: 'test', subjectId: newId(), occurredAt, reason: `${mark} ${row}` });
      readyAt = performance.now();
      if (fails) throw new Error(ROLLBACK);
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== ROLLBACK) throw error;
    });
    all.push({ mark, rows, readyAt, acknowledgedAt: fails ? null : performance.now() });
    if (!fails) done.rows += rows;
  }
}

function heardOf(reason: string | null): Heard {
  const [mark = '', row] = (reason ?? '').split(' ');
  return { mark, row: Number(row) };
}

/** What was heard of a good feed, spoiled by hand in each way that the checker must see. */
function spoiled(all: readonly Written[]): { planted: string; findings: readonly string[] }[] {
  const committed = all.filter(({ acknowledgedAt }) => acknowledgedAt !== null).toSorted((a, b) => a.acknowledgedAt! - b.acknowledgedAt!);
  const good: Heard[] = committed.flatMap(({ mark, rows }) => Array.from({ length: rows }, (_, row) => ({ mark, row })));
  const lost = good.toSpliced(good.length >> 1, 1);
  const twice = good.toSpliced(good.length >> 1, 0, good[good.length >> 1]!);
  const late = [...good.slice(1), good[0]!];
  const secret = [...good, { mark: 'never', row: 0 }];
  return [
    { planted: 'one row lost', findings: checkFeedOrder(all, lost) },
    { planted: 'one row told twice', findings: checkFeedOrder(all, twice) },
    { planted: 'the first row told last', findings: checkFeedOrder(all, late) },
    { planted: 'a row that nobody committed', findings: checkFeedOrder(all, secret) },
  ];
}
