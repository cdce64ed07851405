import { setTimeout as wait } from 'node:timers/promises';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { Draw } from '../support/process-model-draw.ts';
import { until } from '../support/until.ts';
import { watchHonesty } from './harness/board-honesty.ts';
import type { FaultBoard } from './harness/fault-board.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { openDesk, type FaultDesk } from './harness/fault-desk.ts';
import type { FaultRun, Part } from './harness/fault-run.ts';
import { complaintsFound, countedServer, leaks, settledHoldings, type Holdings } from './harness/holdings.ts';
import { keepMarking, type Marking } from './harness/marking.ts';
import { checkMutations } from './harness/mutation-check.ts';
import { MutationLoad } from './harness/mutation-load.ts';
import { ServerRoom } from './harness/server-room.ts';
import { BadCables } from './r7/bad-cables.ts';
import { allEqual } from './r7/equal-feeds.ts';
import { checkFeeds } from './r7/feed-check.ts';
import { FeedJournal, journaledBoard, journaledRecords, type RecordsFeed } from './r7/feeds.ts';
import { proxyControls } from './r7/proxy-controls.ts';

const QUICK = 100;
/** Disconnections until everybody is compared with the database again. */
const ROUND = 1000;
/** Silences only in the first part of a round: a feed hears nothing of one for 12 s. */
const SILENCES_UP_TO = 0.4;
const MARKED_INCIDENTS = 6;
const EQUAL_WITHIN_MS = 45_000;
/** A server finds a half-open connection when its second ping, each after 12 s, finds no answer; one of requests ends after 30 s. */
const GIVEN_BACK_WITHIN_MS = 40_000;
/** The server keeps the newest 10,000 events: that they become so many is no leak. */
const EVENTS_KEPT = 10_000;

/** How many come, and how many harms a second are done to them. */
const FULL_SIZE = { processes: 2, boards: 240, records: 60, harmsPerSecond: 28, mutationsPerSecond: 20 };
const QUICK_SIZE = { processes: 1, boards: 30, records: 10, harmsPerSecond: 30, mutationsPerSecond: 20 };

/** R7: the network between servers and everybody else breaks connections in every way that networks have; nobody shows, tells or does anything wrong for it. */
export const faultProxy: FaultRun = {
  id: 'R7', title: 'connections reset, cut in a frame, silenced, slowed', unit: 'disconnections', full: 10_000, quick: QUICK, budgetMinutes: 11,
  async run(serverUrl, part) {
    const made = await faultDatabase(serverUrl);
    const size = part.upTo === QUICK ? QUICK_SIZE : FULL_SIZE;
    const servers = await ServerRoom.open(made.url, size.processes, countedServer);
    const targets = servers.urls.map((url) => ({ port: Number(new URL(url).port) }));
    const streams = await FaultProxy.start(...targets);
    const requests = await FaultProxy.start(...targets);
    try {
      return await withDatabase(made.url, async (database) => {
        const desk = await openDesk(database);
        return disconnecting({ servers, streams, requests, database, databaseUrl: made.url, desk, size }, part);
      });
    } finally {
      await Promise.all([streams.stop(), requests.stop()]);
      await servers.close();
      await made.drop();
    }
  },
  controls: proxyControls,
};

interface Scene {
  readonly servers: ServerRoom;
  readonly streams: FaultProxy;
  readonly requests: FaultProxy;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly desk: FaultDesk;
  readonly size: typeof FULL_SIZE;
}

async function disconnecting(scene: Scene, part: Part) {
  const { servers, streams, requests, database, databaseUrl, desk, size } = scene;
  const isQuick = part.upTo === QUICK;
  const name = `r7-${part.seed}-${part.from}`;
  const marking = await keepMarking(database, desk, MARKED_INCIDENTS);
  if (!isQuick) await fillKeptEvents(database);
  // Everybody once, so that what a server compiles and caches for them is there before.
  (await openFeeds(scene, marking, new FeedJournal())).stop();
  const before = await Promise.all(servers.processes.map((server) => settledHoldings(server, { atMost: { sockets: 0 }, withinMs: GIVEN_BACK_WITHIN_MS })));
  const journal = new FeedJournal();
  const feeds = await openFeeds(scene, marking, journal);
  const honesty = watchHonesty(feeds.boards, marking.marks);
  const load = new MutationLoad({ desk, urls: () => [`http://127.0.0.1:${requests.port}`], perSecond: size.mutationsPerSecond, seed: part.seed + part.from, name });
  const cables = new BadCables({ streams, requests, draw: new Draw(part.seed + part.from) });
  const rounds = await manyRounds(scene, { feeds, journal, cables, load, marking, part });
  const { said, findings, unknown, repeated } = await load.end();
  await marking.stop();
  const lies = honesty.stop();
  feeds.stop();
  // In the quick form what is half-open is ended by us.
  if (isQuick) await Promise.all([streams.stop(), requests.stop()]);
  const held = await holdingFindings(servers, before, journal.disconnections);
  const wrong = [...await checkFeeds(databaseUrl, journal, marking.marks), ...await checkMutations(databaseUrl, said, name)];
  return {
    done: part.from + journal.disconnections,
    figures: {
      ...cables.dealt, resumed: journal.resumed, snapshots: journal.snapshots, states: journal.shown.size, tellings: journal.told.size,
      acknowledged: said.length, unknown, repeated, comparisons: rounds.comparisons, worstBackMs: rounds.worstBackMs, worstHeapGrowthMb: held.heapGrowthMb,
    },
    findings: [...servers.findings, ...journal.findings, ...lies, ...rounds.findings, ...findings, ...held.findings, ...wrong, ...complaintsFound(servers.processes)],
  };
}

interface Feeds {
  readonly boards: readonly FaultBoard[];
  readonly records: readonly RecordsFeed[];
  stop(): void;
}

/** All of them, connected, by good cables: a clock that is set through a bad one is wrong by its lateness (LIV-03). */
async function openFeeds({ streams, desk, size }: Scene, { marks }: Marking, journal: FeedJournal): Promise<Feeds> {
  const url = `http://127.0.0.1:${streams.port}`;
  const boards = Array.from({ length: size.boards }, () => journaledBoard(url, desk, { journal, marks }));
  const records = Array.from({ length: size.records }, () => journaledRecords(url, desk, journal));
  const all = [...boards, ...records];
  await until('every feed is connected', () => all.every((feed) => feed.connected()), 60_000);
  return { boards, records, stop: () => all.forEach((feed) => feed.stop()) };
}

interface Round {
  readonly feeds: Feeds;
  readonly journal: FeedJournal;
  readonly cables: BadCables;
  readonly load: MutationLoad;
  readonly marking: Marking;
  readonly part: Part;
}

async function manyRounds(scene: Scene, round: Round): Promise<{ comparisons: number; worstBackMs: number; findings: string[] }> {
  const { journal, cables, load, marking, part } = round;
  const findings: string[] = [];
  let comparisons = 0;
  let worstBackMs = 0;
  while (part.from + journal.disconnections < part.upTo && !part.over()) {
    const began = journal.disconnections;
    const length = Math.min(ROUND, part.upTo - part.from - began);
    while (journal.disconnections - began < length && !part.over()) {
      cables.harm({ silences: journal.disconnections - began < length * SILENCES_UP_TO });
      await wait(1000 / scene.size.harmsPerSecond);
    }
    cables.mend();
    load.rest();
    await marking.rest();
    const equal = await allEqual(scene.servers.urls[0]!, { desk: scene.desk, withinMs: EQUAL_WITHIN_MS }, round.feeds);
    comparisons += round.feeds.boards.length;
    worstBackMs = Math.max(worstBackMs, equal.milliseconds);
    findings.push(...equal.findings.map((finding) => `after ${part.from + journal.disconnections} disconnections: ${finding}`));
    part.say(`${part.from + journal.disconnections} disconnections, ${load.done} mutations; all equal after ${(equal.milliseconds / 1000).toFixed(1)} s`);
    load.goOn();
    marking.goOn();
  }
  return { comparisons, worstBackMs, findings };
}

async function holdingFindings(servers: ServerRoom, before: readonly Holdings[], times: number): Promise<{ heapGrowthMb: number; findings: string[] }> {
  const pairs = await Promise.all(servers.processes.map(async (server, place) => {
    const after = await settledHoldings(server, { atMost: before[place]!, withinMs: GIVEN_BACK_WITHIN_MS });
    return { before: before[place]!, after, times };
  }));
  return { heapGrowthMb: Math.max(...pairs.map((pair) => pair.after.heapMb - pair.before.heapMb)), findings: pairs.flatMap(leaks) };
}

async function fillKeptEvents(database: Database): Promise<void> {
  for (let done = 0; done < EVENTS_KEPT; done += 500) {
    await database.change(SYSTEM('fault'), async ({ emit, now }) => {
      const occurredAt = await now();
      emit(...Array.from({ length: 500 }, () => ({ type: 'fault.filled', subjectKind: 'fault', subjectId: newId(), customerId: null, teamIds: [], occurredAt, after: { why: 'The newest events are kept in memory; so many that their number stands still.' } })));
    });
  }
}
