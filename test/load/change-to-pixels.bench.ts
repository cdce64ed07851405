/**
 * W6: from COMMIT to the pixels of a board while 200 others follow, 50 changes a second: `node --import tsx
 * test/load/change-to-pixels.bench.ts [--seconds=30] [--boards=200] [--rate=50]`. A title carries its number; the page notes
 * when the frame with it was drawn (both clocks are this machine's). Then W12's half: the main thread at 100 changes a second.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildWallboard } from '../../server/src/app/start/wallboard-build.ts';
import { openBrowser } from '../support/browser.ts';
import { mainThread } from '../support/main-thread.ts';
import { roomOfBoards } from '../support/room-of-boards.ts';
import { scratchPostgres } from '../support/scratch-postgres.ts';
import { steadily } from '../support/steadily.ts';
import { Wall } from '../support/wall.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' }, boards: { type: 'string', default: '200' }, rate: { type: 'string', default: '50' } } });
const [seconds, boards, rate] = [Number(values.seconds), Number(values.boards), Number(values.rate)];
await buildWallboard(new AbortController().signal);
const postgres = await scratchPostgres();
const wall = await Wall.open(postgres.url, 8);
const browser = await openBrowser();
const page = await wall.board(browser);
const room = await roomOfBoards(wall, boards);
await noteFrames(page);

const committed = new Map<number, number>();
const load = await steadily(rate, seconds, async (turn) => {
  await wall.desk.retitle(wall.ids[turn % wall.ids.length]!, `change ${turn} `);
  committed.set(turn, Date.now());
});
await page.waitForTimeout(2000);
const drawn = await page.evaluate(() => Object.entries((window as unknown as { drawn: Record<string, number> }).drawn));
// Only the newest title of a row is drawn when several came together; the others were skipped, not late.
const took = drawn.flatMap(([turn, at]) => (committed.has(Number(turn)) ? [Math.max(0, at - committed.get(Number(turn))!)] : [])).toSorted((a, b) => a - b);
const share = (part: number): string => (took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? Number.NaN).toFixed(0);
console.log(`Node ${process.version}; ${boards} other boards, ${rate} changes/s for ${seconds} s (${load.failed} failed); ${took.length} drawn`);
console.log(`| commit → pixels | p50 ${share(0.5)} ms (aim 250) | p99 ${share(0.99)} ms (aim 1000) | worst ${share(1)} ms |`);
console.log(`other boards heard ${room.messages()} messages; ${room.lost()} connections lost`);
room.close();

const idle = await mainThread(page, 10);
const [busy] = await Promise.all([mainThread(page, 10), steadily(100, 10, (turn) => wall.desk.retitle(wall.ids[turn % wall.ids.length]!, `busy ${turn}`))]);
console.log(`| main thread | idle ${idle.toFixed(1)} ms/s (aim 10) | at 100 changes/s ${busy.toFixed(1)} ms/s (aim 50) |`);

await browser.close();
await wall.close();
await postgres.stop();
if (Number(share(0.5)) > 250 || Number(share(0.99)) > 1000 || idle > 10 || busy > 50) process.exitCode = 1;

/** Notes for every number that a title shows when the frame after it was drawn. */
function noteFrames(one: Page): Promise<void> {
  return one.evaluate(() => {
    const drawn: Record<string, number> = {};
    Object.assign(window, { drawn });
    new MutationObserver(() => {
      const fresh = [...document.querySelectorAll('.row')].flatMap((row) => /change (\d+) /.exec(row.textContent ?? '')?.[1] ?? []).filter((turn) => drawn[turn] === undefined);
      for (const turn of fresh) drawn[turn] = Number.POSITIVE_INFINITY;
      // The second callback runs after the first frame's paint.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        for (const turn of fresh) drawn[turn] = Date.now();
      }));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
