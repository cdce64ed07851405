import { Client } from 'pg';
import { SYSTEM } from '../../../server/src/kernel/actor.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { startChild } from '../harness/child.ts';
import type { Started } from '../harness/started.ts';
import { openForWriting } from '../harness/writing.ts';
import { BoardScreen } from './board-screen.ts';
import { costOf, type Cost, type Meter } from './cost.ts';
import type { FilledDesk, FilledDesks } from './desks.ts';
import { boardId, FRESH_BOARDS } from './fill.ts';
import { firing } from './firing.ts';
import { questionsOf, type Question } from './questions.ts';

/** How what it costs may grow with the number of incidents. */
export type Growth = 'log n' | 'flat';

/** What is measured at every desk, again in each round. */
export interface Task {
  readonly name: string;
  readonly growth: Growth;
  measure(): Promise<Cost>;
}

/** Deltas in one measurement. */
const DELTAS = 4;
/** Askings before any is measured: connections plan a prepared statement anew five times before they keep a plan. */
const WARM_UPS = 8;
const WARM_UP_MS = 3000;
const MOST_ASKINGS = 100;

export interface Served extends FilledDesk {
  readonly address: string;
  readonly client: Client;
  readonly meter: Meter;
  readonly writing: Database;
}

interface How {
  /** Timers in one measurement. */
  readonly due: number;
  /** How long one measurement of a question takes, where one asking does not take longer. */
  readonly budgetMs: number;
  readonly say: (line: string) => void;
}

/** A server for the desk, and all that is measured there. */
export async function tasksOf(started: Started, desk: FilledDesk, { postmaster }: FilledDesks, how: How): Promise<readonly Task[]> {
  const served = await serve(started, desk, postmaster);
  const ask = (body: object): Promise<unknown> => asked(served, body);
  const questions: Task[] = [];
  for (const question of await questionsOf(served.client, ask, desk)) questions.push(await askingTask(served, question, how));
  const [snapshot, delta, timers] = [snapshotTask(served), deltaTask(served), await firing(started, served, how.due)];
  // Questions are warm by now, these after their first measurement.
  for (const { measure } of [snapshot, delta, timers]) await measure();
  return [snapshot, delta, ...questions, timers];
}

async function serve(started: Started, desk: FilledDesk, postmaster: number): Promise<Served> {
  const client = started.ends(new Client({ connectionString: desk.url }), (opened) => opened.end());
  await client.connect();
  const writing = await openForWriting(started, desk.url, 1);
  await writing.now();
  // All connections so far are ours; whatever comes is the server's.
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity where datname = current_database()');
  const server = started.ends(await startChild<{ url: string }>('test/load/harness/server-child.ts', { DATABASE_URL: desk.url, NODE_ENV: 'production' }), ({ end }) => end());
  const meter = { client, postmaster, own: new Set(rows.map(({ pid }) => pid)), serverPid: server.pid };
  return { ...desk, address: server.ready.url, client, meter, writing };
}

async function asked({ address, stories }: Served, body: object): Promise<unknown> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${stories.token}` }, body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: readonly { readonly extensions?: { readonly code?: string } }[] };
  if (errors?.some(({ extensions }) => extensions?.code === 'BUSY')) throw new GivenUp();
  if (errors || !data) throw new Error(JSON.stringify(errors).slice(0, 1000));
  return data;
}

/** The server gives a statement up after a minute; what it took until then still counts. */
class GivenUp extends Error {}

/** As many askings a measurement as fit into the budget, at least one. */
async function askingTask(served: Served, question: Question, { budgetMs, say }: How): Promise<Task> {
  let turn = 0;
  const ask = async (): Promise<void> => {
    turn += 1;
    const answer = await asked(served, question.body(turn)).catch((error: unknown) => {
      if (!(error instanceof GivenUp)) throw error;
      say(`${question.name} among ${served.incidents}: given up by the server; its cost is at least what is shown`);
      return null;
    });
    const rows = answer === null ? question.least : question.rows(answer as never);
    if (rows < question.least) throw new Error(`${question.name} among ${served.incidents}: ${rows} rows, expected ${question.least}`);
  };
  const began = performance.now();
  let last = 0;
  for (let warmUps = 0; warmUps < WARM_UPS && performance.now() - began < WARM_UP_MS; warmUps += 1) {
    const asking = performance.now();
    await ask();
    last = performance.now() - asking;
  }
  const times = Math.max(1, Math.min(MOST_ASKINGS, Math.floor(budgetMs / last)));
  return { name: question.name, growth: 'log n', measure: () => costOf(served.meter, times, ask) };
}

/** Each time a board that nobody has opened yet, from the subscription to its first message. */
function snapshotTask(served: Served): Task {
  let opened = 0;
  return {
    name: 'board, first snapshot', growth: 'log n',
    measure: async () => {
      const id = await boardOf(served, opened % FRESH_BOARDS);
      opened += 1;
      const screen = new BoardScreen();
      const cost = await costOf(served.meter, 1, async () => {
        await screen.open(served.address, served.stories.token, id);
        await screen.until(({ __typename }) => __typename === 'BoardSnapshot');
      });
      screen.close();
      return cost;
    },
  };
}

/** From the change of a row on the board to the message that tells it; the writer's own work is not counted. */
function deltaTask(served: Served): Task {
  let turn = 0;
  return {
    name: 'board, one delta', growth: 'flat',
    measure: async () => {
      const screen = new BoardScreen();
      await screen.open(served.address, served.stories.token, await boardOf(served, 0));
      const { rows: [row] } = await screen.until(({ __typename }) => __typename === 'BoardSnapshot');
      const cost = await costOf(served.meter, DELTAS, async () => {
        turn += 1;
        const title = `turn ${turn}`;
        await retitle(served.writing, row!.id, title);
        await screen.until(({ __typename, upserts }) => __typename === 'BoardDelta' && upserts.some((upsert) => upsert.id === row!.id && upsert.title === title));
      });
      screen.close();
      return cost;
    },
  };
}

async function boardOf({ client }: Served, place: number): Promise<string> {
  return (await client.query<{ id: string }>(`select ${boardId('$1::int')} as id`, [place])).rows[0]!.id;
}

async function retitle(database: Database, id: string, title: string): Promise<void> {
  await database.change(SYSTEM('bench'), async ({ em, emit, now }) => {
    const rows = await em.execute<{ customerId: string; teamId: string }[]>('update ticket set title = ?, version = version + 1 where id = ? returning customer_id as "customerId", team_id as "teamId"', [title, id]);
    const { customerId, teamId } = rows[0]!;
    emit({ type: 'incident.logged', subjectKind: 'incident', subjectId: id, ticketId: id, occurredAt: await now(), customerId, teamIds: [teamId], after: { title } });
  });
}
