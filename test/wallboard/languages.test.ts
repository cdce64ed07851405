import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

/** Every page, with what shows that it is complete. */
const PAGES = [
  ['sign-in', '/sign-in', '.sign-in button'], ['board', '/board', '.row'], ['queue', '/queue', '.grid-row .cell-title b'],
  ['ticket', '/incident/INC-0000002', '.timeline li'], ['intake', '/record', '.level-cards label'],
] as const;
const LOCALES = ['zh-CN', 'en'] as const;
const EACH = LOCALES.flatMap((locale) => PAGES.map(([name, path, ready]) => ({ locale, name, path, ready })));

async function open({ locale, path, ready }: (typeof EACH)[number]): Promise<Page> {
  const page = await room.page(path === '/sign-in' ? null : 'lead', path, { locale });
  await page.locator(ready).first().waitFor();
  // Everything that is folded away is there for those who unfold it.
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  return page;
}

/** Texts of the page, its labels, hints and titles. */
const texts = (page: Page): Promise<string[]> => page.evaluate(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node.textContent ?? '');
  // The time line keeps the API's name of an event as its hint.
  for (const element of document.querySelectorAll('[aria-label], [title]:not(.timeline *), [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
  }
  return found.map((text) => text.trim()).filter((text) => text !== '');
});

test.each(EACH)('WBD-09 the $name page in $locale passes axe-core and says its language', async (one) => {
  const page = await open(one);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(one.locale);
  expect(await violations(page)).toEqual([]);
  const said = await texts(page);
  expect(said.filter((text) => /^[a-zA-Z]+(\.[a-zA-Z_-]+)+$/.test(text))).toEqual([]);
  await page.context().close();
});

test.each(['/queue', '/incident/INC-0000002', '/record'])('WBD-03 %s is legible in light colours too, with a form open', async (path) => {
  const page = await room.page('lead', path);
  await page.getByRole('button', { name: '切换明暗' }).click();
  if (path.startsWith('/incident')) await page.getByRole('button', { name: '恢复', exact: true }).click();
  await page.locator('.grid-row .cell-title b, .action-form textarea, .level-cards label').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

/** What people and records are called does not change with the language. */
const NAMES = /申江医院|运维服务协议|[周黄李刘林郭韩顾][敏建国强洋志远晓燕冰医生]+|ERP 月结报表无法生成|分支机构 VPN 反复断开|数据库主备同步延迟|住院部无线网络全部中断|收费系统响应缓慢|打印服务器磁盘空间不足|影响门诊|客户再次来电|需要网络组排查|已检查主机|检查链路|中文/g;

test.each(PAGES)('WBD-09 the English %s page has no Chinese but names', async (name, path, ready) => {
  const page = await open({ locale: 'en', name, path, ready } as (typeof EACH)[number]);
  const said = await texts(page);
  expect(said.filter((text) => /\p{Script=Han}/u.test(text.replaceAll(NAMES, '')))).toEqual([]);
  await page.context().close();
});

test.each([['zh-CN', '等待厂商'], ['en', 'Awaiting vendor']] as const)('WBD-01 WBD-09 the wall says in %s why an incident is suspended', async (locale, reason) => {
  const page = await room.page('manager', '/board', { locale });
  await page.locator('.row[data-state=SUSPENDED]', { hasText: reason }).waitFor();
  await page.context().close();
});

test('WBD-09 the language is switched on the spot, kept, and said to the browser', async () => {
  const page = await room.page('manager');
  await page.locator('.grid-row .cell-title b').first().waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: 'Record incident' }).or(page.getByRole('link', { name: /Record/ })).first().waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.reload();
  await page.getByRole('button', { name: '中文' }).waitFor();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('link', { name: '登记事件' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await page.context().close();
});
