import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { openDesk } from '../support/browser-desk.ts';
import { tabTo } from '../support/browser.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

/** The count comes with the stream, the rows' bodies a question later: not before each row shown has its own. */
async function titles(page: Page): Promise<string[]> {
  await page.waitForFunction(() => {
    const rows = document.querySelectorAll('.grid-row').length;
    return rows > 0 && document.querySelectorAll('.grid-row .cell-title b').length === rows;
  });
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

test('WBD-04 the typed bar: / goes there, values are completed by keyboard, what means nothing is named, a chip is taken away', async () => {
  const page = await room.page('manager');
  await total(page, 6);
  await page.keyboard.press('/');
  const bar = page.getByRole('combobox', { name: '筛选条件' });
  await page.waitForFunction(() => document.activeElement?.id === 'queue-text');
  await page.keyboard.type('等级:LV2 状态:挂');
  await page.locator('.bar-suggestions [role=option]', { hasText: '挂起' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('颜色:红');
  await page.keyboard.press('Enter');
  await total(page, 1);
  expect(new URL(page.url()).search).toBe('?level=LV2&state=SUSPENDED');
  await page.locator('.filter-bar .refusal', { hasText: '“颜色:红”：没有这个条件' }).waitFor();
  expect(await bar.inputValue()).toBe('颜色:红');
  await page.getByRole('button', { name: /去掉条件 等级/ }).click();
  expect(new URL(page.url()).search).toBe('?state=SUSPENDED');
  expect(await chip(page, '挂起').getAttribute('aria-pressed')).toBe('true');
  await page.goBack();
  expect(new URL(page.url()).search).toBe('?level=LV2&state=SUSPENDED');
  await page.context().close();
});

test('WBD-04 a view that is shared is found by its address in another person\'s browser; one that is not is said to be missing', async () => {
  const page = await room.page('manager', '/queue?level=LV2&group=STATE');
  await page.getByRole('button', { name: '保存为视图' }).click();
  await page.getByLabel('名称').fill('紧急事件');
  await page.getByLabel('谁能看到').selectOption('ALL');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.waitForURL(/\/queue\/v\//);
  expect(decodeURIComponent(new URL(page.url()).pathname)).toBe('/queue/v/紧急事件');
  const other = await room.page('network', '/queue/v/紧急事件');
  await total(other, 3);
  await other.getByRole('treegrid').waitFor();
  await other.locator('.grid-band', { hasText: '挂起' }).waitFor();
  await other.locator('.view-list a.active', { hasText: '紧急事件' }).waitFor();
  await other.goto(`${room.server.url}/queue/v/nowhere`);
  await other.getByText('没有地址为“nowhere”的视图').waitFor();
  for (const one of [page, other]) await one.context().close();
});

test('WBD-04 several at once by keyboard: one confirmation, and what was refused stands line by line with its reason', async () => {
  const page = await room.page('manager', '/queue?sort=NUMBER');
  await total(page, 6);
  await page.locator('.grid-row .cell-title b').first().waitFor();
  for (const key of ['j', 'x', 'j', 'x', 'j', 'x', 'a']) await page.keyboard.press(key);
  const dialog = page.getByRole('dialog', { name: '确认指派 3 起事件' });
  await dialog.getByLabel('处理人').selectOption({ label: '李强' });
  await dialog.getByRole('button', { name: '确认指派 3 起事件' }).click();
  await page.getByText('完成 1 起，未完成 2 起').waitFor();
  const lines = await page.locator('.bulk-report li').allInnerTexts();
  expect(lines).toHaveLength(2);
  expect(lines.join()).toContain('INC-0000002');
  expect(lines.join()).toContain('INC-0000003');
  await page.getByRole('button', { name: '重试未完成的 2 起' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('已选 2 起').first().waitFor();
  await page.context().close();
});

test('WBD-04 Back comes to the row and the place that one left, with the keyboard there', async () => {
  const page = await room.page('manager', '/queue?sort=NUMBER');
  await page.waitForFunction(() => document.querySelectorAll('.cell-title b').length === 6);
  for (const key of ['j', 'j', 'j', 'j']) await page.keyboard.press(key);
  const row = await page.locator('[data-active=true]').getAttribute('id');
  await page.keyboard.press('o');
  await page.locator('.ticket-head h1').waitFor();
  await page.goBack();
  await page.locator(`#${row ?? ''}[data-active=true]`).waitFor();
  expect(await page.getByRole('grid').evaluate((element) => element === document.activeElement)).toBe(true);
  await page.context().close();
});

test('WBD-04 ? lists the keys and turns those of one letter off', async () => {
  const page = await room.page('manager');
  await total(page, 6);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '键盘操作' }).waitFor();
  await page.getByLabel('启用单字母快捷键').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.locator('.grid-row .cell-title b').first().waitFor();
  await page.keyboard.press('j');
  expect(await page.locator('[data-active=true]').count()).toBe(0);
  await tabTo(page, page.getByRole('grid'));
  await page.keyboard.press('ArrowDown');
  expect(await page.locator('[data-active=true]').count()).toBe(1);
  await page.context().close();
});

test('WBD-04 ten thousand incidents: j, k and Enter, the last one at once, and a new one comes in live', async () => {
  await room.desk.copies(10_000);
  const page = await room.page('manager', `/queue?q=${encodeURIComponent('批量')}`);
  await total(page, 10_000);
  const grid = page.getByRole('grid');
  expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
  await page.locator('.grid-row .cell-title b').first().waitFor();
  await tabTo(page, grid);
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  expect(await page.locator('[data-active=true]').getAttribute('aria-rowindex')).toBe('3');
  await page.keyboard.press('End');
  const last = page.locator('.grid-row[aria-rowindex="10001"]');
  await last.locator('.cell-title b').waitFor();
  expect(await last.getAttribute('data-active')).toBe('true');
  expect(await page.locator('.grid-row').count()).toBeLessThanOrEqual(60);
  await page.keyboard.press('Home');
  await page.locator('.grid-row[aria-rowindex="2"] .cell-title b').waitFor();
  await room.desk.incident({ title: '批量之外的新事件', level: 'LV1' });
  await total(page, 10_001);
  // The focus is inside: the list stands still until it is told otherwise.
  await page.locator('.waiting', { hasText: '有 1 处变化' }).waitFor();
  expect(await page.locator('.grid-row[aria-rowindex="2"]').innerText()).not.toContain('批量之外的新事件');
  await page.keyboard.press('.');
  await page.locator('.grid-row[aria-rowindex="2"]', { hasText: '批量之外的新事件' }).waitFor();
  expect(await page.locator('.waiting').count()).toBe(0);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.locator('.ticket-head h1', { hasText: '批量之外的新事件' }).waitFor();
  await page.context().close();
});
