import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

/** The count comes with the stream, the rows' bodies a question later. */
async function titles(page: Page): Promise<string[]> {
  await page.locator('.grid-row .cell-title b').first().waitFor();
  return page.locator('.grid-row .cell-title b').allInnerTexts();
}
const chip = (page: Page, name: string) => page.locator('.filters').getByRole('button', { name, exact: true });
const total = (page: Page, count: number) => page.locator('.total', { hasText: `共 ${count.toLocaleString('zh-CN')} 起` }).waitFor();

test('WBD-04 the address bar holds the filter: it can be sent, reloaded, left and come back to', async () => {
  const page = await room.page('manager');
  await total(page, 6);
  await chip(page, 'LV2').click();
  await total(page, 3);
  expect(new URL(page.url()).search).toBe('?level=LV2');
  await chip(page, '挂起').click();
  await total(page, 1);
  expect(new URL(page.url()).search).toBe('?level=LV2&state=SUSPENDED');
  await page.locator('.cell-title', { hasText: '分支机构 VPN 反复断开' }).waitFor();
  await page.reload();
  await total(page, 1);
  expect(await chip(page, '挂起').getAttribute('aria-pressed')).toBe('true');
  await page.locator('.grid-row a').click();
  await page.locator('.ticket-head h1', { hasText: '分支机构 VPN 反复断开' }).waitFor();
  await page.goBack();
  await total(page, 1);
  expect(new URL(page.url()).search).toBe('?level=LV2&state=SUSPENDED');
  await page.goForward();
  await page.locator('.ticket-head h1', { hasText: '分支机构 VPN 反复断开' }).waitFor();
  await page.context().close();
});

test('WBD-04 INC-21 words, teams and senseless words in the address', async () => {
  const page = await room.page('manager', `/queue?q=${encodeURIComponent('无线')}`);
  await total(page, 1);
  expect(await titles(page)).toEqual(['住院部无线网络全部中断']);
  await page.goto(`${room.server.url}/queue?team=${room.desk.teams['network'] ?? ''}`);
  await total(page, 1);
  expect(await titles(page)).toEqual(['数据库主备同步延迟']);
  await page.goto(`${room.server.url}/queue?level=LV9&colour=red`);
  await page.locator('.notice', { hasText: '地址栏中有无法识别的条件：colour, level=LV9' }).waitFor();
  await total(page, 6);
  await page.context().close();
});

test('WBD-04 sorting by number and by time to breach', async () => {
  const page = await room.page('manager', '/queue?sort=NUMBER');
  await page.waitForFunction(() => document.querySelectorAll('.cell-title b').length === 6);
  const numbers = await page.locator('.grid-row a').allInnerTexts();
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6].map((number) => `INC-000000${number}`));
  await page.getByLabel('排序').selectOption('PRIORITY');
  await page.waitForFunction(() => document.querySelector('.grid-row .cell-level')?.textContent === 'LV1');
  expect(new URL(page.url()).search).toBe('');
  // Level first, suspended last (D-40).
  const rows = await titles(page);
  expect(rows[0]).toBe('住院部无线网络全部中断');
  expect(rows.at(-1)).toBe('分支机构 VPN 反复断开');
  await page.context().close();
});

test('WBD-04 ten thousand incidents: j, k and Enter, the last one at once, and a new one comes in live', async () => {
  await room.desk.copies(10_000);
  const page = await room.page('manager', `/queue?q=${encodeURIComponent('批量')}`);
  await total(page, 10_000);
  const grid = page.getByRole('grid');
  expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
  await page.locator('.grid-row .cell-title b').first().waitFor();
  await page.keyboard.press('Tab');
  for (let stops = 0; stops < 60 && !(await grid.evaluate((element) => element === document.activeElement)); stops += 1) await page.keyboard.press('Tab');
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  expect(await page.locator('[aria-selected=true]').getAttribute('aria-rowindex')).toBe('3');
  await page.keyboard.press('End');
  const last = page.locator('.grid-row[aria-rowindex="10001"]');
  await last.locator('.cell-title b').waitFor();
  expect(await last.getAttribute('aria-selected')).toBe('true');
  expect(await page.locator('.grid-row').count()).toBeLessThanOrEqual(60);
  await page.keyboard.press('Home');
  await page.locator('.grid-row[aria-rowindex="2"] .cell-title b').waitFor();
  await room.desk.incident({ title: '批量之外的新事件', level: 'LV1' });
  await total(page, 10_001);
  await page.locator('.grid-row[aria-rowindex="2"]', { hasText: '批量之外的新事件' }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.locator('.ticket-head h1', { hasText: '批量之外的新事件' }).waitFor();
  await page.context().close();
});
