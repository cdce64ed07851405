/**
 * The queue over 10,000 open incidents in real Chromium (W14): from a click on a filter to the first rows, long tasks and frames
 * while scrolling from end to end, heap, and rows in the page: `node --import tsx test/load/queue-scroll.bench.ts`.
 * Every filter holds all 10,000, which is the worst that a filter can do. Prints a table for RESULTS.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startServer } from '../../server/src/app/server.ts';
import { buildWallboard, WALLBOARD_DIRECTORY } from '../../server/src/app/start/wallboard-build.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { BrowserDesk, signInByRequest } from '../support/browser-desk.ts';
import { openBrowser, openPage } from '../support/browser.ts';

const OPEN = 10_000;
const FILTERS = 30;
const SCREENS = 150;

await buildWallboard(new AbortController().signal);
const folder = mkdtempSync(join(tmpdir(), 'watchfloor-bench-'));
const postgres = await launchPostgres({ dataDirectory: folder });
await migrate(postgres.url);
const server = await startServer({ databaseUrl: postgres.url, port: 0, host: '127.0.0.1', wallboardDirectory: WALLBOARD_DIRECTORY, timers: false });
const desk = await new BrowserDesk(server.database).seed();
await desk.copies(OPEN);
await server.database.em.execute('analyze');
const browser = await openBrowser();

for (const viewport of [{ width: 1920, height: 1080 }, { width: 3840, height: 2160 }]) {
  const page = await openPage(browser, { viewport });
  // The loader of this file names its functions by a function that a page does not have.
  await page.addInitScript('globalThis.__name = (one) => one');
  await signInByRequest(page, server.url, 'manager');
  await page.goto(`${server.url}/queue`);
  await rowsShown(page);
  await tapLongTasks(page);
  const filtered = await filterTimes(page);
  const scrolled = await scroll(page);
  const heap = await heapOf(page);
  console.log(`\n${viewport.width}×${viewport.height}, ${OPEN} open incidents`);
  console.log(`filter → first rows, ${FILTERS} times: p50 ${at(filtered, 0.5)} ms, p95 ${at(filtered, 0.95)} ms, worst ${at(filtered, 1)} ms`);
  console.log(`scroll, ${SCREENS} steps to the end: ${scrolled.longTasks.length} tasks over 50 ms (longest ${Math.round(Math.max(0, ...scrolled.longTasks))} ms), frames p95 ${at(scrolled.frames, 0.95)} ms, at most ${scrolled.mostRows} rows in the page`);
  console.log(`heap after collection ${heap.toFixed(1)} MB`);
  await page.context().close();
}
await browser.close();
await server.close();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

async function rowsShown(page: Page): Promise<void> {
  await page.locator('.grid-row .cell-title b').first().waitFor();
}

/** Long tasks are what the browser itself calls so: over 50 ms on the main thread. */
async function tapLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const longTasks: number[] = [];
    Object.assign(window, { longTasks });
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
}

/** Measured in the page, from the click to the frame in which a row of the new list has its text. */
async function filterTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = -3; round < FILTERS; round += 1) {
    const took = await page.evaluate(() => new Promise<number>((done) => {
      const chip = [...document.querySelectorAll<HTMLButtonElement>('.filters .chips button')].find(({ textContent }) => textContent === 'LV2');
      // The list of a new filter is a new grid: its first row is not the one that stands there now.
      const before = document.querySelector('.grid-row');
      const began = performance.now();
      const look = (): void => {
        const row = document.querySelector('.grid-row');
        if (row !== null && row !== before && row.querySelector('.cell-title b') !== null) done(performance.now() - began);
        else requestAnimationFrame(look);
      };
      chip?.click();
      requestAnimationFrame(look);
    }));
    // The first three warm caches, compilers and connections.
    if (round >= 0) times.push(took);
    await page.waitForTimeout(300);
  }
  return times;
}

async function scroll(page: Page): Promise<{ readonly longTasks: readonly number[]; readonly frames: readonly number[]; readonly mostRows: number }> {
  return page.evaluate((steps) => new Promise((done) => {
    const scroller = document.querySelector('.grid-scroll');
    const tapped = (window as unknown as { longTasks: number[] }).longTasks;
    const before = tapped.length;
    const frames: number[] = [];
    let mostRows = 0;
    let last = performance.now();
    let step = 0;
    const move = (): void => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      mostRows = Math.max(mostRows, document.querySelectorAll('.grid-row').length);
      step += 1;
      if (scroller === null || step > steps) setTimeout(() => done({ longTasks: tapped.slice(before), frames, mostRows }), 500);
      else {
        scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * (step / steps);
        requestAnimationFrame(move);
      }
    };
    requestAnimationFrame(move);
  }), SCREENS);
}

async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

function at(values: readonly number[], part: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(0);
}
