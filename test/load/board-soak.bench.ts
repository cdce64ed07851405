/**
 * W8: a board lives 30 minutes at sixty times the usual rate of changes, cut off twenty times: `node --import tsx
 * test/load/board-soak.bench.ts [--minutes=30]`. Prints heap after forced collection, DOM nodes and listeners each minute,
 * the slope of the heap, and the same judge's word on a leak planted on purpose. Ends with 1 when the aim is missed.
 */
import { parseArgs } from 'node:util';
import { buildWallboard } from '../../server/src/app/start/wallboard-build.ts';
import { openBrowser } from '../support/browser.ts';
import { grows, MOST_MB_PER_MINUTE, sayTrend, standsStill, trendOf } from '../support/page-memory.ts';
import { scratchPostgres } from '../support/scratch-postgres.ts';
import { SOAK_PER_SECOND, soak } from '../support/soak.ts';
import { Wall } from '../support/wall.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(values.minutes);
await buildWallboard(new AbortController().signal);
const postgres = await scratchPostgres();
const wall = await Wall.open(postgres.url, 15);
const browser = await openBrowser();

const page = await wall.board(browser);
const { holdings, done, failed } = await soak(wall, page, { minutes, reconnections: 20, samples: Math.max(10, minutes) });
for (const { minute, heapMb, nodes, listeners } of holdings) console.log(`${minute.toFixed(1).padStart(5)} min  heap ${heapMb.toFixed(2)} MB  ${nodes} nodes  ${listeners} listeners`);
const trend = trendOf(holdings);
console.log(`\n${minutes} minutes at ${SOAK_PER_SECOND} changes/s (${done} done, ${failed} failed), 20 reconnections: ${sayTrend(trend)}; aim: at most ${MOST_MB_PER_MINUTE} MB/min`);
const ends = await page.locator('.row').count();
await page.context().close();

const leaky = await wall.board(browser);
await leaky.evaluate(`setInterval(() => (window.kept ??= []).push('x'.repeat(2000) + performance.now(), document.createElement('i')), 200)`);
const leak = trendOf((await soak(wall, leaky, { minutes: Math.min(2, minutes), reconnections: 2, samples: 12 })).holdings);
console.log(`planted leak: ${sayTrend(leak)}; the judge ${grows(leak) || !standsStill(leak) ? 'finds it' : 'MISSES it'}`);

await browser.close();
await wall.close();
await postgres.stop();
if (trend.mbPerMinute > MOST_MB_PER_MINUTE || !standsStill(trend) || ends === 0 || failed > 0) process.exitCode = 1;
