import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser.ts';
import { seedApart, signInByRequest } from '../support/browser-desk.ts';
import { createTestDatabase } from '../support/database.ts';
import { mainThread } from '../support/main-thread.ts';
import { grows, sayTrend, standsStill, trendOf } from '../support/page-memory.ts';
import { soak } from '../support/soak.ts';
import { steadily } from '../support/steadily.ts';
import { Wall } from '../support/wall.ts';

/** In a page's first minute code is still compiled, some 0.2 MB; the aim of 0.1 MB a minute is for the long soak. */
const SHORT_MB_PER_MINUTE = 0.5;

/** Figures of the board in a real Chromium, each printed; the long forms are in `test/load/`. */
const made = await createTestDatabase();
const browser = await openBrowser();
let wall: Wall;
let closeDesk: () => Promise<void>;
beforeAll(async () => {
  ({ close: closeDesk } = await seedApart(made.url));
  wall = await Wall.open(made.url, 15);
});
afterAll(async () => {
  await browser.close();
  await wall.close();
  await closeDesk();
  await made.drop();
});

interface Weight {
  /** Gzipped, in kB of 1000: scripts, and everything that a page fetches to be drawn. */
  readonly scripts: number;
  readonly all: number;
  readonly text: string;
}

async function weigh(page: Page, go: () => Promise<unknown>): Promise<Weight> {
  const parts: Promise<{ readonly type: string; readonly body: Buffer }>[] = [];
  const take = (response: Response): void => {
    const type = response.request().resourceType();
    if (['document', 'script', 'stylesheet', 'font', 'image'].includes(type) && response.ok()) parts.push(response.body().then((body) => ({ type, body })));
  };
  page.on('response', take);
  await go();
  page.off('response', take);
  const fetched = await Promise.all(parts);
  const kb = (some: typeof fetched): number => some.reduce((sum, { body }) => sum + gzipSync(body).length, 0) / 1000;
  return { scripts: kb(fetched.filter(({ type }) => type === 'script')), all: kb(fetched), text: fetched.map(({ body }) => body.toString('utf8')).join('\n') };
}

/** A word in Apollo Client's cache that no minifier renames; the names of chunks do not count. */
const APOLLO = /executeSelectionSet/;
/** kB gzipped: what is reached stays reached. The aims are 90 and 180. */
const REACHED = { board: 90, queue: 180 };

test('WBD-02 the scripts of the board weigh no more than was reached, all that it loads, and carry no Apollo Client', async () => {
  const page = await openPage(browser, { locale: 'en' });
  const { scripts, all, text } = await weigh(page, async () => {
    await page.goto(await wall.address());
    await page.locator('.row .clock-figure').first().waitFor();
    await page.waitForLoadState('load');
  });
  console.log(`board: scripts ${scripts.toFixed(1)} kB gzipped (aim 90), with styles and page ${all.toFixed(1)} kB`);
  expect(scripts).toBeLessThanOrEqual(REACHED.board);
  expect(scripts).toBeGreaterThan(60);
  expect(APOLLO.test(text), 'Apollo Client on the board').toBe(false);
  await page.context().close();
});

test('WBD-04 the scripts of the queue weigh no more than was reached, and carry no charts', async () => {
  const page = await openPage(browser, { locale: 'zh-CN' });
  await signInByRequest(page, wall.server.url, 'manager');
  const { scripts, all, text } = await weigh(page, async () => {
    await page.goto(`${wall.server.url}/queue`);
    await page.locator('.grid-row, [role=grid]').first().waitFor();
    await page.waitForLoadState('networkidle');
  });
  console.log(`queue: scripts ${scripts.toFixed(1)} kB gzipped (aim 180), with styles and page ${all.toFixed(1)} kB`);
  expect(scripts).toBeLessThanOrEqual(REACHED.queue);
  expect(APOLLO.test(text), 'Apollo Client on the queue, as the check on the board would see it').toBe(true);
  expect(text.includes('recharts'), 'charts on the queue').toBe(false);
  await page.context().close();
});

test('WBD-01 the first full board stands 1.5 s after it is asked for, and nothing moves on it', async () => {
  const took: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const page = await openPage(browser, { locale: 'en' });
    await page.addInitScript(`new MutationObserver((_, observer) => {
      if (!document.querySelector('.row .clock-figure')?.textContent) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => { window.fullAt = performance.now(); }));
    }).observe(document, { subtree: true, childList: true, characterData: true });
    window.moved = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });`);
    await page.goto(await wall.address());
    await page.waitForFunction(() => Reflect.get(window, 'fullAt') !== undefined);
    took.push(await page.evaluate<number>('window.fullAt'));
    const moved = await page.evaluate<number>('window.moved');
    if (round === 0) console.log(`layout shift of the board: ${moved.toFixed(4)} (aim 0.02)`);
    expect(moved).toBeLessThanOrEqual(0.02);
    await page.context().close();
  }
  const quickest = Math.min(...took);
  console.log(`first full board after ${took.map((ms) => ms.toFixed(0)).join(', ')} ms (aim 1500)`);
  // The aim is for a quiet machine; here only a board that does not come fails.
  expect(quickest).toBeLessThanOrEqual(6000);
});

test('WBD-02 a board that was cut off is complete again a second after it may come back, and never blank', async () => {
  const page = await wall.board(browser);
  await page.evaluate(`window.blank = 0; new MutationObserver(() => { if (document.querySelector('.row') === null) window.blank += 1; }).observe(document.body, { subtree: true, childList: true })`);
  wall.cable.set({ refuses: true });
  wall.cable.reset();
  await wall.desk.retitle(wall.ids[0]!, 'While nobody heard it');
  await page.waitForTimeout(1500);
  wall.cable.set({});
  const began = performance.now();
  await page.locator('.row', { hasText: 'While nobody heard it' }).waitFor();
  const took = performance.now() - began;
  console.log(`after a reconnection ${took.toFixed(0)} ms, of which up to 1000 are the wait between two tries (aim 1000 from the connection on)`);
  expect(took).toBeLessThanOrEqual(4000);
  expect(await page.evaluate<number>('window.blank')).toBe(0);
  await page.context().close();
});

test('WBD-02 the main thread of a board is idle, and stays so at a hundred changes a second', async () => {
  const page = await wall.board(browser);
  const idle = await mainThread(page, 6);
  const [busy, { failed }] = await Promise.all([mainThread(page, 6), steadily(100, 6, (turn) => wall.desk.retitle(wall.ids[turn % wall.ids.length]!, `Busy ${turn}`))]);
  console.log(`main thread: idle ${idle.toFixed(1)} ms/s (aim 10), at 100 changes/s ${busy.toFixed(1)} ms/s (aim 50)`);
  expect(failed).toBe(0);
  // Processor time still grows with what else the two cores do; the aims are measured alone by `change-to-pixels.bench.ts`.
  expect(idle).toBeLessThanOrEqual(20);
  expect(busy).toBeLessThanOrEqual(100);
  await page.context().close();
});

test('WBD-02 a minute at sixty times the usual rate with six reconnections leaves heap, nodes and listeners as they were', async () => {
  const page = await wall.board(browser);
  const { holdings, done, failed } = await soak(wall, page, { minutes: 1, reconnections: 6, samples: 20 });
  const trend = trendOf(holdings);
  console.log(`a minute's soak, ${done} changes: ${sayTrend(trend)}`);
  expect(failed).toBe(0);
  expect(grows(trend, SHORT_MB_PER_MINUTE)).toBe(false);
  expect(standsStill(trend)).toBe(true);

  // The same judge on a page that keeps 20 kB a second: 1.2 MB a minute.
  await page.evaluate(`setInterval(() => (window.kept ??= []).push(Array.from({ length: 250 }, () => Math.random())), 100)`);
  const leak = trendOf((await soak(wall, page, { minutes: 0.4, reconnections: 1, samples: 12 })).holdings);
  console.log(`a planted leak: ${sayTrend(leak)}`);
  expect(grows(leak, SHORT_MB_PER_MINUTE)).toBe(true);
  await page.context().close();
}, 300_000);
