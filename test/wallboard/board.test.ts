import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { revokeToken } from '../../server/src/features/access/access-token.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR, MINUTE } from '../../server/src/kernel/instant.ts';
import { WALLBOARD_DIRECTORY } from '../../server/src/app/start/wallboard-build.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { seedApart } from '../support/browser-desk.ts';
import { createTestDatabase } from '../support/database.ts';
import { serverProcess } from '../support/server-process.ts';

const made = await createTestDatabase();
const { desk, close } = await seedApart(made.url);
let server = await serverProcess(made.url, { wallboardDirectory: WALLBOARD_DIRECTORY });
const browser = await openBrowser();
afterAll(async () => {
  await browser.close();
  await server.end('SIGKILL');
  await close();
  await made.drop();
});

/** A screen on a wall: no sign-in, only the token in its address. */
async function wall(prepare: (page: Page) => Promise<unknown> = async () => undefined): Promise<Page> {
  const page = await openPage(browser);
  await prepare(page);
  await page.goto(`${server.url}/board?token=${(await desk.screenToken()).plain}`);
  await page.locator('.alive[data-level=fresh]').waitFor();
  return page;
}

const seconds = (figure: string): number => figure.replace(/[^\d:]/g, '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const figureOf = (page: Page, title: string) => page.locator('.row', { hasText: title }).locator('.clock-figure');

test.each([-24, 24])('LIV-03 a screen whose clock is %i hours off counts right, and goes on counting', async (hours) => {
  await desk.incident({ title: `时钟偏差 ${hours}`, level: 'LV2', reportedMinutesAgo: 10 });
  const page = await wall((one) => one.addInitScript(`{
    const RealDate = Date;
    const off = ${hours * HOUR};
    Date = class extends RealDate {
      constructor(...given) { if (given.length === 0) super(RealDate.now() + off); else super(...given); }
      static now() { return RealDate.now() + off; }
    };
  }`));
  expect(await page.evaluate(() => Date.now()) - Date.now()).toBeGreaterThanOrEqual(hours * HOUR - 5000);
  const figure = figureOf(page, `时钟偏差 ${hours}`);
  // Response within 30 min of the report (LV2), of which ten have passed.
  const before = seconds(await figure.innerText());
  expect(before).toBeGreaterThan(19 * 60);
  expect(before).toBeLessThanOrEqual(20 * 60);
  const shown = await page.locator('.head-clock').innerText();
  const here = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' }).format(Date.now());
  const apart = Math.abs(seconds(shown) - seconds(here));
  expect(Math.min(apart, 86_400 - apart)).toBeLessThanOrEqual(2);
  await page.waitForFunction(
    ([title, from]) => {
      const row = [...document.querySelectorAll('.row')].find((one) => one.textContent.includes(String(title)));
      const [minutes = 0, rest = 0] = (row?.querySelector('.clock-figure')?.textContent ?? '').replace(/[^\d:]/g, '').split(':').map(Number);
      return minutes * 60 + rest <= Number(from) - 2;
    },
    [`时钟偏差 ${hours}`, before] as const, { timeout: 5000 },
  );
  await page.context().close();
});

test('WBD-02 a board whose server hangs says so in amber, then stale, keeps its rows, and clears by itself', async () => {
  await desk.incident({ title: '服务器停顿', reportedMinutesAgo: 5 });
  const page = await wall();
  const row = page.locator('.row', { hasText: '服务器停顿' });
  await row.waitFor();
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1000;
  server.child.kill('SIGSTOP');
  try {
    await page.locator('.band[data-level=late]', { hasText: '秒未更新' }).waitFor({ timeout: 20_000 });
    // Ten seconds after the last message, which came at most five seconds before the stop.
    expect(since()).toBeGreaterThan(4);
    expect(since()).toBeLessThan(12);
    expect(await row.isVisible()).toBe(true);
    await page.locator('.band[data-level=stale]', { hasText: '数据过期' }).waitFor({ timeout: 40_000 });
    expect(since()).toBeGreaterThan(24);
    expect(since()).toBeLessThan(33);
    expect(await row.isVisible()).toBe(true);
    expect(await row.locator('.clock-label').innerText()).toMatch(/^最后已知 \d\d:\d\d:\d\d$/);
  } finally {
    server.child.kill('SIGCONT');
  }
  const resumed = performance.now();
  await page.locator('.board[data-freshness=fresh]').waitFor({ timeout: 20_000 });
  expect(await page.locator('.band').count()).toBe(0);
  expect(performance.now() - resumed).toBeLessThan(4000);
  await page.context().close();
});

test('WBD-02 a server that is killed and started again finds its boards back, with what happened meanwhile', async () => {
  await desk.incident({ title: '中断之前', level: 'LV3' });
  const page = await wall();
  await page.locator('.row', { hasText: '中断之前' }).waitFor();
  const port = Number(new URL(server.url).port);
  await server.end('SIGKILL');
  await desk.incident({ title: '中断期间', level: 'LV1' });
  expect(await page.locator('.row', { hasText: '中断之前' }).isVisible()).toBe(true);
  server = await serverProcess(made.url, { port, wallboardDirectory: WALLBOARD_DIRECTORY });
  await page.locator('.row', { hasText: '中断期间' }).waitFor({ timeout: 30_000 });
  await page.locator('.row', { hasText: '中断之前' }).waitFor();
  await page.locator('.board[data-freshness=fresh]').waitFor();
  await page.context().close();
});

test('WBD-10 LIV-05 a screen token needs no sign-in, and a revoked one empties the screen within seconds and says why', async () => {
  await desk.incident({ title: '令牌屏幕' });
  const token = await desk.screenToken();
  const page = await openPage(browser);
  await page.goto(`${server.url}/board?token=${token.plain}`);
  await page.locator('.row', { hasText: '令牌屏幕' }).waitFor();
  await revokeToken(desk.database, SYSTEM('test'), token.id);
  await page.locator('.board.waiting', { hasText: '令牌' }).waitFor({ timeout: 5000 });
  expect(await page.locator('.row').count()).toBe(0);
  await page.reload();
  await page.locator('.board.waiting', { hasText: '令牌' }).waitFor();
  await page.context().close();
});

test('SLA-03 a breach appears on the wall by itself, when the server says so', async () => {
  const page = await wall();
  // LV1 asks for a response within ten minutes: over in about eight seconds.
  await desk.incident({ title: '即将超时', level: 'LV1', reportedMinutesAgo: 10 - 8000 / MINUTE });
  const clock = page.locator('.row', { hasText: '即将超时' }).locator('.clock');
  await clock.filter({ hasText: '◆' }).waitFor({ timeout: 5000 });
  await clock.and(page.locator('[data-shape=breached]')).filter({ hasText: '▲' }).filter({ hasText: '响应超时' }).waitFor({ timeout: 20_000 });
  await page.context().close();
});
