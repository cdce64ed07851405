import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assign, log } from '../../server/src/features/incident/incident-work.service.ts';
import { drawUpHandover } from '../../server/src/features/shift-handover/shift-handover.service.ts';
import { addShift } from '../../server/src/features/team/team.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { press, tabTo } from '../support/browser.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
const { desk } = room;
const TEST = SYSTEM('test');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
afterAll(() => room.close());

const versionOf = async (id: string): Promise<number> => (await desk.database.em.execute<{ version: number }[]>('select version from ticket where id = ?', [id]))[0]!.version;
const bell = (page: Page) => page.locator('.bell > button');
const unread = (page: Page, count: number) => page.locator(`.bell > button[data-unread='${count}']`).waitFor();
const row = (page: Page, section: string, number: string) => page.locator(`.work-section[data-section='${section}'] .work-row[data-number='${number}']`);
const numberOf = async (id: string): Promise<string> => (await desk.database.em.execute<{ number: string }[]>('select number from ticket where id = ?', [id]))[0]!.number;

/** Pictures of the pages as they stand, for whoever asks for them. */
async function picture(page: Page, name: string): Promise<void> {
  const into = process.env['PICTURES_INTO'];
  if (into !== undefined) await page.screenshot({ path: `${into}/${name}.png` });
}

async function faultless(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const found = await page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target }) => id + ' ' + target)))`);
  expect(found).toEqual([]);
}

beforeAll(async () => {
  await desk.mixed();
});

test('WBD-13 INC-21 two people at once: what one assigns is on the other\'s bell and page within a second', async () => {
  const [network, lead] = await Promise.all([room.page('network', '/'), room.page('technical', '/queue')]);
  await network.waitForURL('**/my-work');
  await network.locator('.work-row').first().waitFor();
  // What the mixed desk says to this person has been told before.
  await network.locator(".bell > button:not([data-unread='0'])").waitFor();
  const before = Number(await bell(network).getAttribute('data-unread'));
  const id = await desk.incident({ title: '住院部打印机离线', level: 'LV3' });
  const number = await numberOf(id);
  await row(network, 'unassigned', number).waitFor();
  const had = before + 1;
  await unread(network, had);
  const began = Date.now();
  // By the lead's own hand, through the API that the page uses.
  const answer = await lead.request.post(`${room.server.url}/graphql`, {
    headers: { origin: room.server.url }, data: {
      query: 'mutation Give($input: AssignIncidentInput!) { assignIncident(input: $input) { userErrors { message } } }',
      variables: { input: { id, expectedVersion: await versionOf(id), teamId: desk.teams['engineers'], holderId: desk.people['network'] } },
    },
  });
  expect(await answer.json()).toEqual({ data: { assignIncident: { userErrors: [] } } });
  await Promise.all([row(network, 'held', number).waitFor(), unread(network, had + 1)]);
  const took = Date.now() - began;
  process.stdout.write(`assigned in one browser, notice and My work in the other after ${took} ms\n`);
  expect(took).toBeLessThan(1000);
  expect(await network.title()).toMatch(new RegExp(`^\\(${had + 1}\\) `));
  await row(network, 'unassigned', number).waitFor({ state: 'detached' });
  await picture(network, 'my-work');
  await faultless(network);
});

test('WBD-13 the bell by keyboard: opened, read through, marked, closed', async () => {
  const page = await room.page('network', '/my-work');
  const id = await desk.incident({ title: '收费窗口掉线', level: 'LV3' });
  await log(desk.database, TEST, { id, expectedVersion: await versionOf(id), kind: 'note', text: '@李强 请先看交换机', customerVisible: false, minutes: null });
  await page.locator(".bell > button:not([data-unread='0'])").waitFor();
  await tabTo(page, bell(page));
  await page.keyboard.press('Enter');
  await page.locator('.notice-panel .notice-item[data-kind="MENTIONED"]', { hasText: '请先看交换机' }).waitFor();
  await picture(page, 'bell');
  await faultless(page);
  expect(await page.evaluate(() => document.querySelector('.notice-panel')?.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Enter');
  await unread(page, 0);
  expect(await page.title()).not.toMatch(/^\(/);
  await page.keyboard.press('Escape');
  await page.locator('.notice-panel').waitFor({ state: 'detached' });
  expect(await bell(page).evaluate((element) => element === document.activeElement)).toBe(true);
  await page.goto(`${room.server.url}/notices`);
  await page.locator('.notice-item').first().waitFor();
  await picture(page, 'notices');
  await faultless(page);
  await page.getByLabel('我组待认领').click();
  await page.locator('.notice-settings input:not(:checked)').waitFor();
  await page.reload();
  await page.locator('.notice-item').first().waitFor();
  expect(await page.getByLabel('我组待认领').isChecked()).toBe(false);
  expect(await page.getByLabel('升级', { exact: true }).isDisabled()).toBe(true);
});

test('WBD-13 INC-21 taken in place by keyboard alone', async () => {
  const page = await room.page('network', '/my-work');
  const id = await desk.incident({ title: '放射科网络缓慢', level: 'LV4' });
  const number = await numberOf(id);
  await row(page, 'unassigned', number).waitFor();
  await page.locator('main').locator('a').first().focus();
  for (let step = 0; step < 40; step += 1) {
    if (await row(page, 'unassigned', number).locator('a').evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('j');
  }
  await page.keyboard.press('a');
  await row(page, 'held', number).waitFor();
  // Whoever works by keyboard goes on from there.
  await page.waitForFunction((of) => document.activeElement?.closest('li')?.getAttribute('data-number') === of, number);
  const [{ holder }] = (await desk.database.em.execute<{ holder: string }[]>('select holder_id as holder from ticket where id = ?', [id])) as [{ holder: string }];
  expect(holder).toBe(desk.people['network']);
});

test('WBD-13 WCAG 2.1.4 keys of one letter are switched off on My work, stay off, on the queue as well, and come back', async () => {
  const page = await room.page('network', '/my-work');
  const first = page.locator('[data-work-link]').first();
  const press = async (key: string): Promise<boolean> => {
    await page.locator('.work-row').first().waitFor();
    await page.keyboard.press(key);
    return first.evaluate((element) => element === document.activeElement);
  };
  expect(await press('j')).toBe(true);
  await page.getByLabel('启用单字母快捷键').press(' ');
  await page.reload();
  expect(await press('j')).toBe(false);
  await faultless(page);
  await page.goto(`${room.server.url}/queue`);
  await page.locator('.keys', { hasText: '单字母快捷键已关闭' }).waitFor();
  await page.goto(`${room.server.url}/my-work`);
  await page.getByLabel('启用单字母快捷键').press(' ');
  expect(await press('j')).toBe(true);
});

test('ORG-06 ORG-02 a shift is handed over and taken over by keyboard, and the on-call page says how it stands', async () => {
  const now = await desk.database.now();
  const teamId = desk.teams['network'] ?? '';
  await addShift(desk.database, TEST, { teamId, personId: desk.people['lead'] ?? '', startsAt: now - 11 * HOUR, endsAt: now + HOUR, leader: true });
  await addShift(desk.database, TEST, { teamId, personId: desk.people['network'] ?? '', startsAt: now + HOUR, endsAt: now + 13 * HOUR, leader: true });
  const held = await desk.incident({ title: '汇聚交换机丢包', level: 'LV2' });
  await assign(desk.database, TEST, { id: held, expectedVersion: await versionOf(held), teamId, holderId: desk.people['lead'] ?? '', reason: null });
  const handover = await drawUpHandover(desk.database, TEST, teamId);
  const lead = await room.page('lead', '/my-work');
  const network = await room.page('network', '/on-call');
  await press(lead, lead.locator('.work-shift a'));
  await lead.locator('.handover-lines li', { hasText: '汇聚交换机丢包' }).waitFor();
  await tabTo(lead, lead.locator('.handover-lines input').first());
  await lead.keyboard.type('厂商明早到场');
  await tabTo(lead, lead.locator('#handover-notes'));
  await lead.keyboard.type('本班平稳');
  await picture(lead, 'handover-draft');
  await faultless(lead);
  await lead.keyboard.press('Control+Enter');
  await lead.locator(".badge[data-handover='SIGNED']").waitFor();
  await network.locator(".badge[data-handover='SIGNED']").waitFor({ timeout: 10_000 });
  await picture(network, 'on-call');
  await faultless(network);
  await network.goto(`${room.server.url}/on-call/handovers/${handover}`);
  await network.locator('.handover-note', { hasText: '厂商明早到场' }).waitFor();
  await tabTo(network, network.locator('.handover-actions input'));
  await network.keyboard.type('哪家厂商？');
  await press(network, network.getByRole('button', { name: '退回提问' }));
  await lead.locator('.question', { hasText: '哪家厂商？' }).waitFor({ timeout: 10_000 });
  await tabTo(lead, lead.locator('#handover-notes'));
  await lead.keyboard.press('Control+End');
  await lead.keyboard.type('，是华维');
  await lead.keyboard.press('Control+Enter');
  await network.locator('.entry-body', { hasText: '是华维' }).waitFor({ timeout: 10_000 });
  await tabTo(network, network.getByRole('button', { name: '签字接班' }));
  await network.keyboard.press('Control+Enter');
  await network.locator(".badge[data-handover='TAKEN_OVER']").waitFor();
  await picture(network, 'handover-done');
  await faultless(network);
  const [stored] = await desk.database.em.execute<{ state: string; by: string }[]>('select state, taken_over_by as by from shift_handover where id = ?', [handover]);
  expect(stored).toEqual({ state: 'taken-over', by: '李强' });
});
