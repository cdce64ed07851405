/**
 * W7: `node --import tsx test/load/restarts.bench.ts [--restarts=50] [--boards=200]`. 200 boards come back after the server is
 * killed and started again: how long until the last has its snapshot, and how many snapshot statements that cost. Then one
 * board in Chromium stays open over 50 such restarts, with changes in between: it must end equal to a board opened anew,
 * without having reloaded itself, and with its memory flat.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { setTimeout as wait } from 'node:timers/promises';
import { startServer } from '../../server/src/app/server.ts';
import { buildWallboard } from '../../server/src/app/start/wallboard-build.ts';
import { BoardFeedDocument, type BoardFeedSubscription } from '../../wallboard/src/graphql/generated/board/graphql.ts';
import { createBoardFeed } from '../../wallboard/src/lib/feed/board-feed.ts';
import { browserTimers } from '../../wallboard/src/lib/feed/browser-timers.ts';
import type { BoardUpdate } from '../../wallboard/src/lib/feed/feed-reducer.ts';
import { graphqlAttempt } from '../../wallboard/src/lib/feed/graphql-ws-attempt.ts';
import { openBrowser } from '../support/browser.ts';
import { grows, memoryOf, sayTrend, standsStill, trendOf, type Holding } from '../support/page-memory.ts';
import { scratchPostgres } from '../support/scratch-postgres.ts';
import { until } from '../support/until.ts';
import { Wall } from '../support/wall.ts';

const { values } = parseArgs({ options: { restarts: { type: 'string', default: '50' }, boards: { type: 'string', default: '200' } } });
const [restarts, boards] = [Number(values.restarts), Number(values.boards)];
await buildWallboard(new AbortController().signal);
const postgres = await scratchPostgres();
const wall = await Wall.open(postgres.url, 8);
const browser = await openBrowser();

const back = await stormOfBoards();
console.log(`${boards} boards are back ${back.seconds.toFixed(1)} s after the restarted server listens (aim 15), with ${back.evaluations} readings of the board (aim 3)`);

const page = await wall.board(browser);
let loads = 0;
page.on('load', () => (loads += 1));
const look = await memoryOf(page);
const holdings: Holding[] = [];
const began = performance.now();
const outages: number[] = [];
for (let round = 1; round <= restarts; round += 1) {
  await wall.desk.retitle(wall.ids[round % wall.ids.length]!, `before restart ${round}`);
  await wall.restart();
  const title = `after restart ${round}`;
  const from = performance.now();
  await wall.desk.retitle(wall.ids[round % wall.ids.length]!, title);
  await page.locator('.row', { hasText: title }).waitFor({ timeout: 30_000 });
  await page.locator('.board[data-freshness=fresh]').waitFor();
  outages.push((performance.now() - from) / 1000);
  holdings.push(await look((performance.now() - began) / 60_000));
}
const trend = trendOf(holdings);
const fresh = await wall.board(browser);
const equal = (await shown(page)) === (await shown(fresh));
outages.sort((a, b) => a - b);
console.log(`${restarts} restarts: the board is back ${outages[Math.floor(restarts / 2)]!.toFixed(1)} s (median), ${outages.at(-1)!.toFixed(1)} s (longest) after the server listens; ${loads} reloads; ${equal ? 'equal to' : 'DIFFERENT from'} a board opened anew`);
console.log(sayTrend(trend));

await browser.close();
await wall.close();
await postgres.stop();
if (back.seconds > 15 || back.evaluations > 3 || loads > 0 || !equal || grows(trend) || !standsStill(trend)) process.exitCode = 1;

/** What stands on a board, without what time alone changes. */
function shown(one: Page): Promise<string> {
  return one.locator('.row-title, .tile').allInnerTexts().then((texts) => texts.join('\n'));
}

/** With the board's own reader, so with its back-off, in this process; the server runs here too, to be asked what it evaluated. */
async function stormOfBoards(): Promise<{ seconds: number; evaluations: number }> {
  const { plain } = await wall.desk.token();
  const options = { databaseUrl: postgres.url, host: '127.0.0.1', wallboardDirectory: null, timers: false };
  const first = await startServer({ ...options, port: 0 });
  const port = Number(new URL(first.url).port);
  const feeds = Array.from({ length: boards }, () => createBoardFeed({
    open: graphqlAttempt<BoardFeedSubscription, BoardUpdate>({
      url: `ws://127.0.0.1:${port}/graphql`, token: plain, query: BoardFeedDocument.toString(), variables: { id: wall.desk.boards.all }, updateOf: (data) => data.board,
    }),
    timers: browserTimers, monotonic: () => performance.now(), nextFrame: (task) => { setImmediate(task); },
  }));
  const allConnected = (): boolean => feeds.every((feed) => feed.state().connected);
  await until('all boards are connected', allConnected, 120_000);
  await first.close();
  await until('all boards know that they are cut off', () => feeds.every((feed) => !feed.state().connected), 30_000);
  await wait(5000);
  const second = await startServer({ ...options, port });
  const from = performance.now();
  await until('all boards are connected again', allConnected, 120_000);
  const seconds = (performance.now() - from) / 1000;
  const { evaluations } = second.live.figures();
  for (const feed of feeds) feed.stop();
  await second.close();
  return { seconds, evaluations };
}
