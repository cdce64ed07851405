import { Client } from 'pg';
// Before anything that imports a resolver.
import { startFeed } from './writes/feed.ts';
import { createToken } from '../../server/src/features/access/access-token.service.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { respond, start } from '../../server/src/features/incident/incident-work.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { compare, OURS, type Comparison, type Contender } from './harness/compare.ts';
import { loadDesk, type LoadDesk } from './harness/desk.ts';
import { until } from '../support/until.ts';
import { placePool } from './writes/pool.ts';
import { record } from './writes/recorded.ts';
import { byEntities, byHand, byService, type Write } from './writes/writers.ts';

const WRITERS = [16, 4, 1] as const;
const BOARDS = 200;
/** More than the quickest writes in a second, with three suspensions and resumptions for each incident. */
const INCIDENTS_PER_SECOND = 700;

export const bench: Bench = {
  name: 'writes',
  work: 'suspending and resuming incidents: key, version, spans, clocks, work log, timer and audit in one transaction; by the service with every rule, by one hand-written transaction of the '
    + 'same rows, by entities and a plain flush. Then the service inside a server with feed and 200 boards, beside one without, and over HTTP. Writers and server are one process.',
  run,
};

async function run(run: BenchRun): Promise<BenchOutcome> {
  const desk = await loadDesk(Date.now() - 60_000);
  const client = new Client({ connectionString: desk.url });
  await client.connect();
  const stage = await prepare(desk, client);
  const hand = byHand(desk.url, stage.actor, stage.replayed, 16);
  const turn: BenchRun = { ...run, roundMs: Math.min(run.roundMs, 4000), warmUpMs: Math.min(run.warmUpMs, 1500) };
  try {
    const writes: Record<string, Write> = { [OURS]: byService(desk.live, stage.actor), 'hand-written': hand.write, 'mikro-orm': byEntities(desk.live, stage.actor, stage.replayed) };
    const comparisons: Comparison[] = [];
    for (const writers of WRITERS) {
      const contenders = Object.entries(writes).map(([key, write]) => contender(client, stage.templateId, { key, write, writers }));
      const comparison = await compare(turn, { unit: `commands/s, ${writers} writers`, better: 'more' }, contenders);
      comparisons.push(writers === WRITERS[0] ? comparison : suffixed(comparison, `${writers} writers`));
    }
    const feeds: Comparison[] = [];
    for (const writers of WRITERS) feeds.push(await withFeed(turn, client, { desk, stage, writers }));
    return {
      comparisons: [...comparisons, ...feeds.map((comparison, index) => suffixed(comparison, `${WRITERS[index]} writers`))],
      aims: [{ of: 'hand-written', least: 0.6 }, ...WRITERS.map((writers) => ({ of: `no feed, ${writers} writers`, least: 0.75 }))],
      versions: { node: process.version },
    };
  } finally {
    await hand.end();
    await client.end();
    await desk.close();
  }
}

interface Stage extends Awaited<ReturnType<typeof prepare>> {}

/** An LV1 in work whose clocks run around the clock, a board, a token, and what each command writes. */
async function prepare({ story, live }: LoadDesk, client: Client) {
  const actor = story.people.technicalManager;
  const incident = await story.customer().agreement().incident({ level: 'LV1' });
  await incident.tell(actor, start, {});
  await incident.tell(actor, respond, { channel: 'phone', reached: true });
  const boardId = newId();
  await live.change(SYSTEM('bench'), async ({ em }) => {
    em.create(BoardEntity, { id: boardId, name: 'All', nameZh: '看板', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 0 });
  });
  const scopes = ['board.read', 'incident.read', 'incident.work', 'incident.lead', 'customer.read', 'act.onBehalfOf'];
  const { plain: token } = await createToken(live, SYSTEM('bench'), { name: 'bench', kind: 'integrator', scopes, customerId: null, boardId: null });
  const templateId = incident.id;
  const pool = await placePool(client, templateId, 1);
  const place = pool.take();
  const write = byService(live, actor);
  const suspended = await record(client, place.id, () => write(place));
  const resumed = await record(client, place.id, () => write({ ...place, version: place.version + 1, suspended: true }));
  return { actor, templateId, boardId, token, replayed: { suspend: suspended, resume: resumed } };
}

interface Writing {
  readonly key: string;
  readonly write: Write;
  readonly writers: number;
}

function contender(client: Client, templateId: string, { key, write, writers }: Writing): Contender {
  return {
    key,
    round: async (milliseconds) => {
      const pool = await placePool(client, templateId, 2 * writers + Math.ceil((milliseconds / 1000) * INCIDENTS_PER_SECOND));
      const began = performance.now();
      let commands = 0;
      await Promise.all(Array.from({ length: writers }, async () => {
        while (performance.now() - began < milliseconds) {
          const place = pool.take();
          await write(place);
          place.version += 1;
          place.suspended = !place.suspended;
          place.commands += 1;
          pool.giveBack(place);
          commands += 1;
        }
      }));
      return (commands * 1000) / (performance.now() - began);
    },
  };
}

/** Ours with the feed and 200 boards, beside ours without any; and the same commands as requests to that server. */
async function withFeed(run: BenchRun, client: Client, { desk, stage, writers }: { desk: LoadDesk; stage: Stage; writers: number }): Promise<Comparison> {
  const off = contender(client, stage.templateId, { key: 'no feed', write: byService(desk.live, stage.actor), writers });
  const fed = (key: string, writeTo: (feed: Awaited<ReturnType<typeof startFeed>>) => Write): Contender => ({
    key,
    round: async (milliseconds) => {
      const feed = await startFeed(desk.url, { token: stage.token, boardId: stage.boardId, boards: BOARDS });
      try {
        const before = await feed.heard();
        const rate = await contender(client, stage.templateId, { key, write: writeTo(feed), writers }).round(milliseconds);
        await until('the boards have heard of it', async () => (await feed.heard()) > before, 20_000);
        return rate;
      } finally {
        await feed.end();
      }
    },
  });
  const on = fed(OURS, (feed) => byService(feed.database, stage.actor));
  const http = fed('over HTTP', (feed) => byRequest(feed.url, stage.token));
  return compare(run, { unit: `commands/s with feed and ${BOARDS} boards, ${writers} writers`, better: 'more' }, [on, off, http]);
}

const SUSPEND = 'mutation($input: SuspendIncidentInput!) { suspendIncident(input: $input) { incident { id version state } userErrors { code message } } }';
const RESUME = 'mutation($input: ResumeIncidentInput!) { resumeIncident(input: $input) { incident { id version state } userErrors { code message } } }';

function byRequest(url: string, token: string): Write {
  return async ({ id, version, suspended }) => {
    const command = { id, expectedVersion: version, idempotencyKey: newId() };
    const input = suspended ? { ...command, workLog: 'The customer has answered.' } : { ...command, category: 'awaiting-user', text: 'We wait for the customer.', expectedEndAt: new Date(Date.now() + 86_400_000).toISOString() };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-on-behalf-of': 'The desk' }, body: JSON.stringify({ query: suspended ? RESUME : SUSPEND, variables: { input } }),
    });
    const answer = await response.text();
    if (!answer.includes('"userErrors":[]')) throw new Error(answer.slice(0, 500));
  };
}

function suffixed(comparison: Comparison, what: string): Comparison {
  return { ...comparison, ratio: Object.fromEntries(Object.entries(comparison.ratio).map(([key, value]) => [`${key}, ${what}`, value])) };
}
