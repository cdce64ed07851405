import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { choose, press, tabTo } from '../support/browser.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
const { desk } = room;
afterAll(() => room.close());

const numberOf = async (id: string): Promise<string> => (await desk.database.em.execute<{ number: string }[]>('select number from ticket where id = ?', [id]))[0]!.number;
const text = (page: Page) => page.locator('.action-form textarea').first();
const option = (page: Page, name: string) => page.getByRole('option', { name });

/** Opens the work log's form by keyboard and goes to its text. */
async function openLog(page: Page, label: string): Promise<void> {
  await press(page, page.locator('.actions').getByRole('button', { name: label, exact: true }));
  await tabTo(page, text(page));
}

test('WBD-13 two people at once: an @ offers names, one is chosen by keyboard, and that person is told', async () => {
  const number = await numberOf(await desk.incident({ title: '核心交换机丢包', level: 'LV3' }));
  const [lead, network] = await Promise.all([room.page('lead', `/incident/${number}`), room.page('network', '/notices')]);
  await openLog(lead, '工作日志');
  await lead.keyboard.type('请@');
  await option(lead, '李强').waitFor();
  // Escape closes the list alone; the form and what was typed stay.
  await lead.keyboard.press('Escape');
  await option(lead, '李强').waitFor({ state: 'detached' });
  await lead.keyboard.press('Backspace');
  await lead.keyboard.type('@network');
  await option(lead, '李强').waitFor();
  await lead.keyboard.press('Enter');
  await lead.keyboard.type('看一下光模块');
  expect(await text(lead).inputValue()).toBe('请@李强 看一下光模块');
  await choose(lead, lead.locator('.action-form select[name=kind]'), '记录');
  await press(lead, lead.locator('.action-form').getByRole('button', { name: '提交' }));
  await lead.locator('.action-form').waitFor({ state: 'detached' });
  await network.locator('.notice-item[data-kind="MENTIONED"]', { hasText: '看一下光模块' }).waitFor();
});

test('WBD-09 WBD-13 Chinese typed by an input method: its Enter chooses nobody, and the name that it wrote is found', async () => {
  const number = await numberOf(await desk.incident({ title: '打印机离线', level: 'LV4' }));
  const page = await room.page('lead', `/incident/${number}`);
  await openLog(page, '工作日志');
  await page.keyboard.type('@');
  await option(page, '周敏').waitFor();
  const method = await page.context().newCDPSession(page);
  await method.send('Input.imeSetComposition', { text: 'li', selectionStart: 2, selectionEnd: 2 });
  await option(page, '周敏').waitFor({ state: 'detached' });
  expect(await page.locator('.mention-list').count()).toBe(0);
  // So a browser passes on the key that confirms a candidate.
  await method.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
  await method.send('Input.insertText', { text: '李强' });
  await option(page, '李强').waitFor();
  expect(await text(page).inputValue()).toBe('@李强');
  await page.keyboard.press('Tab');
  expect(await text(page).inputValue()).toBe('@李强 ');
});

test('WBD-13 axe finds nothing while people are offered, in both languages and both themes', async () => {
  const number = await numberOf(await desk.incident({ title: '无线网络缓慢', level: 'LV4' }));
  const page = await room.page('lead', `/incident/${number}`);
  for (const [locale, theme, label] of [['zh-CN', 'dark', '工作日志'], ['zh-CN', 'light', '工作日志'], ['en', 'dark', 'Work log'], ['en', 'light', 'Work log']] as const) {
    await page.evaluate(([chosen, colours]) => {
      localStorage.setItem('watchfloor.locale', chosen);
      localStorage.setItem('watchfloor.theme', colours);
    }, [locale, theme] as const);
    await page.reload();
    await openLog(page, label);
    await page.keyboard.type('@');
    await page.locator('.mention-list').waitFor();
    expect(await violations(page), `${locale} ${theme}`).toEqual([]);
  }
});
