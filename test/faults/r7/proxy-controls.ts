import { freshness } from '../../../wallboard/src/lib/feed/freshness.ts';
import { freshBoard } from '../../support/board-follower.ts';
import { LiveClient } from '../../support/live-client.ts';
import { until } from '../../support/until.ts';
import { dishonesty, type Marked } from '../harness/board-honesty.ts';
import { faultDatabase, withDatabase } from '../harness/fault-database.ts';
import { openDesk } from '../harness/fault-desk.ts';
import type { Control } from '../harness/fault-run.ts';
import { complaintsFound, countedServer, holdingsOf, leaks, settledHoldings } from '../harness/holdings.ts';
import { keepMarking } from '../harness/marking.ts';
import { BROKEN_PROGRAM, mutationControls } from '../harness/mutation-controls.ts';
import { notEqual } from './equal-feeds.ts';
import { checkFeeds, type Heard } from './feed-check.ts';
import { FeedJournal, journaledBoard, journaledRecords } from './feeds.ts';

const MARKS = 15;
const CONNECTIONS = 30;
const LOST = 'an acknowledged change taken out of its table';
const DOUBLED = 'an effect doubled';

/** A real server that leaks and complains, then what its feeds heard with one thing altered. */
export async function proxyControls(serverUrl: string): Promise<readonly Control[]> {
  const now = performance.now();
  const marked: Marked = { incidentId: 'one', committedAt: [now - 20_000, now - 15_000] };
  const pretender = { trueUntil: () => performance.now(), freshness: () => freshness(performance.now(), performance.now()), titleOf: () => 'mark 0', serverNow: () => null };
  return [
    { planted: 'a board that shows old data as fresh', findings: [dishonesty(pretender, marked)].filter((found) => found !== null) },
    ...(await feedControls(serverUrl)),
    ...(await mutationControls(serverUrl, { [LOST]: BROKEN_PROGRAM[LOST]!, [DOUBLED]: BROKEN_PROGRAM[DOUBLED]! })),
  ];
}

async function feedControls(serverUrl: string): Promise<Control[]> {
  const made = await faultDatabase(serverUrl);
  const server = await countedServer(made.url, { preload: ['./test/faults/r7/leaky-server.ts'] });
  try {
    return await withDatabase(made.url, async (database) => {
      const desk = await openDesk(database);
      const marking = await keepMarking(database, desk, 2);
      const before = await holdingsOf(server);
      const journal = new FeedJournal();
      const board = journaledBoard(server.url, desk, { journal, marks: marking.marks });
      const records = journaledRecords(server.url, desk, journal);
      await until('enough is heard', () => marking.marks.every(({ committedAt }) => committedAt.length > MARKS / 2) && journal.told.size > MARKS / 3 && journal.spans.some(({ urged }) => urged.length > 1));
      await marking.rest();
      const fresh = await freshBoard(server.url, desk.screenToken, desk.boardId);
      await until('everything is heard', () => board.canonical() === fresh.canonical && (records.seq() ?? 0) >= fresh.seq);
      const check = (heard: Heard): Promise<string[]> => checkFeeds(made.url, heard, marking.marks);
      const honest = await check(journal);
      // The checker must also be silent where nothing is wrong, or it catches nothing.
      if (honest.length > 0) throw new Error(`The checker finds something where nothing was planted: ${honest.join('; ')}`);
      const controls = await Promise.all(Object.entries(alterations(journal)).map(async ([planted, heard]) => ({ planted, findings: await check(heard) })));
      const stuck = { ...board, canonical: () => '{}' };
      controls.push({ planted: 'a board that does not come back to what the database holds', findings: notEqual(fresh, { boards: [board, stuck], records: [] }) });
      for (const feed of [board, records]) feed.stop();
      await Promise.all(Array.from({ length: CONNECTIONS }, async () => (await LiveClient.connect(server.url, desk.token)).close()));
      const after = await settledHoldings(server, { atMost: before, withinMs: 5000 });
      controls.push({ planted: 'a server that keeps something of every connection', findings: leaks({ before, after, times: CONNECTIONS }) });
      controls.push({ planted: 'a server that complains of bad networks', findings: complaintsFound([server]) });
      return controls;
    });
  } finally {
    await server.end('SIGKILL');
    await made.drop();
  }
}

/** What was heard, each time with one thing as a defect would have left it. */
function alterations({ shown, told, spans }: FeedJournal): Readonly<Record<string, Heard>> {
  const [key, state] = [...shown].find(([, { marks }]) => marks[0]! > 2)!;
  const [place, said] = [...told].find(([, { ids }]) => ids.length > 0)!;
  const span = spans.find(({ urged }) => urged.length > 1)!;
  const heard = { shown, told, spans };
  return {
    'a board that missed a change of one row': { ...heard, shown: new Map(shown).set(key, { ...state, marks: state.marks.map((mark, index) => (index === 0 ? mark - 1 : mark)) }) },
    'a board that counts one incident too many': { ...heard, shown: new Map(shown).set(key, { ...state, open: (state.open ?? 0) + 1 }) },
    'a stream that does not tell of a record': { ...heard, told: new Map(told).set(place, { ...said, ids: said.ids.slice(1) }) },
    'a heartbeat that steps over a change': { ...heard, told: new Map(told).set('0 0', { ...said, ids: [] }) },
    'a board that missed a happening': { ...heard, spans: [{ ...span, urged: span.urged.slice(1) }] },
    'a board that heard of a happening twice': { ...heard, spans: [{ ...span, urged: [span.urged[0]!, ...span.urged] }] },
  };
}
