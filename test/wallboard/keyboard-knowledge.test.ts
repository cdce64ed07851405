import type { Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { appointKnowledgeReviewer } from '../../server/src/features/knowledge/knowledge-category.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { openDesk, PROCESS_PEOPLE } from '../support/browser-desk.ts';
import { choose } from '../support/browser.ts';
import { actByKeys, enter, expectFocus, go, write } from '../support/keyboard.ts';
import { see } from '../support/record-page.ts';

const TITLE = '收费窗口打印中断的处理';
const room = await openDesk();
afterAll(() => room.close());

beforeAll(async () => {
  const { desk } = room;
  await desk.person('reviewer', ...PROCESS_PEOPLE.reviewer);
  await appointKnowledgeReviewer(desk.database, SYSTEM('test'), { personId: desk.people['reviewer'] ?? '' });
});

test('WBD-11 KNW-03 KNW-06 an article is written, submitted, returned, written again, published and found by keyboard alone', async () => {
  const writer = await room.page('network', '/knowledge');
  await enter(writer, writer.locator('.kb-links a.main'), 'Shift+Tab');
  await writer.locator('.kb-editor').waitFor();
  const field = (label: string) => writer.getByLabel(label, { exact: true });
  await write(writer, field('简短描述'), TITLE);
  await field('小类').locator('option', { hasText: '打印与外设' }).waitFor({ state: 'attached' });
  await go(writer, field('小类'));
  await choose(writer, field('小类'), '打印与外设');
  for (const [label, text] of [['现象', '收费窗口无法打印'], ['原因', '打印服务内存耗尽'], ['解决办法', '重启打印服务'], ['预防措施', '监控打印服务内存']] as const) await write(writer, field(label), text);
  await enter(writer, writer.getByRole('button', { name: '保存草稿' }));
  await writer.waitForURL(/KNW-\d+$/);
  await see(writer, TITLE, 'h1');
  await expectFocus(writer);
  await actByKeys(writer, 'submitArticle');

  const path = new URL(writer.url()).pathname;
  const reviewer = await room.page('reviewer', path);
  await actByKeys(reviewer, 'takeArticleReview');
  await actByKeys(reviewer, 'returnArticle', { note: '请写明版本' });
  await mendText(writer, path);
  await actByKeys(writer, 'submitArticle');
  await reviewer.reload();
  await actByKeys(reviewer, 'takeArticleReview');
  await actByKeys(reviewer, 'publishArticle', { GENERAL: true });
  await see(reviewer, '已发布', '.ticket-number');

  const desk = await room.page('desk', '/knowledge');
  const box = desk.locator('.kb-search input');
  await write(desk, box, '打印内存耗尽');
  await desk.keyboard.press('Enter');
  await desk.locator('.kb-hits').waitFor();
  await expectFocus(desk);
  await enter(desk, desk.locator('.kb-hits').getByRole('link', { name: TITLE }));
  await see(desk, TITLE, 'h1');
  await expectFocus(desk);
});

/** What the reviewer asked for, in the editor of the draft. */
async function mendText(writer: Page, path: string): Promise<void> {
  await writer.reload();
  await enter(writer, writer.locator(`a[href="${path}/edit"]`));
  await writer.locator('.kb-editor').waitFor();
  await write(writer, writer.getByLabel('解决办法', { exact: true }), '重启打印服务并升级到 4.2');
  await enter(writer, writer.getByRole('button', { name: '保存草稿' }));
  await writer.waitForURL((url) => url.pathname === path);
  await see(writer, '升级到 4.2');
  await expectFocus(writer);
}
