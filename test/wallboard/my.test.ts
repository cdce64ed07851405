import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { attach } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { resume, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { close, propose } from '../../server/src/features/incident/incident-solve.service.ts';
import { assign, confirm, log, start } from '../../server/src/features/incident/incident-work.service.ts';
import { createSite } from '../../server/src/features/customer/customer-place.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { choose, press, tabTo, typeInto } from '../support/browser.ts';
import { DESK_PASSWORD, emailOf, openDesk } from '../support/browser-desk.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const room = await openDesk();
const { desk } = room;
const TEST = SYSTEM('test');
await createSite(desk.database, TEST, { customerId: desk.customerId, name: '门诊楼', address: '浦东' });
afterAll(() => room.close());

const see = (page: Page, text: string | RegExp, within = 'main'): Promise<void> => page.locator(within).filter({ hasText: text }).first().waitFor();

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return (await page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target)))`)) as string[];
}

type Command<Input> = (database: typeof desk.database, actor: typeof TEST, input: Input & { id: string; expectedVersion: number }) => Promise<string>;

/** What the provider does meanwhile, on the record as it is now. */
async function ours<Input>(number: string, command: Command<Input>, input: Input): Promise<void> {
  const rows = await desk.database.em.execute<{ id: string; version: number }[]>('select id, version from ticket where number = ?', [number]);
  await command(desk.database, TEST, { ...input, id: rows[0]!.id, expectedVersion: rows[0]!.version });
}

const WORDS = {
  'zh-CN': {
    email: '邮箱', password: '密码', report: '报告故障', what: '发生了什么', details: '详细情况', send: '提交', received: '已收到，正在安排处理人员',
    working: '正在处理', answer: '等待您的回复', answered: '已收到您的回复', confirm: '请确认是否已解决', 
    accepted: '您已确认解决', rate: '请评价本次服务', rated: '您的评价', proposed: 'LV3',
  },
  en: {
    email: 'E-mail', password: 'Password', report: 'Report a fault', what: 'What happened', details: 'Details', send: 'Send', received: 'Received; we are finding the right person',
    working: 'Being worked on', answer: 'We wait for your answer', answered: 'Your answer has arrived', confirm: 'Please confirm: is it solved?', 
    accepted: 'You confirmed it', rate: 'Please rate our service', rated: 'Your rating', proposed: 'LV3',
  },
} as const;

describe.each(['zh-CN', 'en'] as const)('WBD-12 the customer\'s day in %s', (locale) => {
  const words = WORDS[locale];
  test('WBD-12 D-03 D-37 INC-17 from report to rating by keyboard alone, while the desk works; axe finds nothing on the way', { timeout: 240_000 }, async () => {
    const page = await room.page(null, '/sign-in', { locale });
    await typeInto(page, page.getByLabel(words.email), emailOf('contact'));
    await typeInto(page, page.getByLabel(words.password), DESK_PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/my');
    expect(await page.locator('nav a[href="/queue"]').count()).toBe(0);
    expect(await axe(page)).toEqual([]);

    await press(page, page.locator('.my-head').getByRole('link', { name: words.report }));
    const title = `门诊楼三楼无法上网 ${locale}`;
    await typeInto(page, page.getByLabel(words.what, { exact: true }), title);
    await typeInto(page, page.getByLabel(words.details, { exact: true }), '早上八点开始');
    await choose(page, page.locator('select[name=siteId]'), '门诊楼');
    await tabTo(page, page.locator('input[name=impact]').first());
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.locator('input[name=urgency]').first());
    await page.keyboard.press('ArrowDown');
    await page.locator('.my-proposed b', { hasText: words.proposed }).waitFor();
    expect(await axe(page)).toEqual([]);
    await press(page, page.getByRole('button', { name: words.send, exact: true }));
    await see(page, words.received);
    const number = /INC-\d+/.exec(page.url())?.[0] ?? '';

    // Two clients: what either side does, the other sees without asking.
    const engineer = await room.page('lead', `/incident/${number}`);
    await see(engineer, title);
    await ours(number, confirm, { level: 'LV3' as const });
    await ours(number, assign, { teamId: desk.teams['engineers'] ?? null, holderId: desk.people['network'] ?? null });
    await ours(number, start, {});
    await ours(number, log, { kind: 'note' as const, text: '内部：多半是他们自己拔了线', customerVisible: false });
    await ours(number, suspend, { category: 'awaiting-user', text: '请告知楼层配线间的位置', expectedEndAt: (await desk.database.now()) + HOUR });
    await see(page, words.answer);
    await see(page, '请告知楼层配线间的位置');
    expect(await page.locator('body').innerText()).not.toContain('多半是他们自己拔了线');
    expect(await axe(page)).toEqual([]);

    await press(page, page.locator('[data-action=recordCustomerFeedback]'));
    await typeInto(page, page.locator('.action-form textarea'), '三楼东侧弱电间');
    await press(page, page.locator('.action-form button[type=submit]'));
    await see(page, words.answered);
    await see(engineer, '三楼东侧弱电间');

    await ours(number, resume, { workLog: '客户已回复' });
    await ours(number, propose, { solution: '更换光模块', causeClass: 'unknown' });
    await see(page, words.confirm);
    await see(page, '更换光模块');
    await press(page, page.locator('[data-action=refuseSolution]'));
    await typeInto(page, page.locator('.action-form textarea'), '二号诊室仍不通');
    await press(page, page.locator('.action-form button[type=submit]'));
    await see(page, words.working);
    await see(engineer, '二号诊室仍不通');
    await ours(number, propose, { solution: '更换网线', causeClass: 'unknown' });
    await see(page, words.confirm);
    await press(page, page.locator('[data-action=acceptSolution]'));
    await press(page, page.locator('.action-form button[type=submit]'));
    await see(page, words.accepted);
    await ours(number, close, { closureCode: 'successful' });
    await see(page, words.rate);
    await tabTo(page, page.locator('input[name=score]').first());
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
    expect(await axe(page)).toEqual([]);
    await press(page, page.locator('.my-rating button[type=submit]'));
    await see(page, words.rated);
    expect((await desk.database.em.execute<{ score: number }[]>('select s.score from satisfaction s join ticket t on t.id = s.ticket_id where t.number = ?', [number]))[0]?.score).toBe(5);
  });
});

test('WBD-12 ORG-03 whatever address a customer comes by, the desk\'s pages are never shown, and another\'s record is not there', async () => {
  const page = await room.page('contact', '/queue');
  await page.waitForURL('**/my');
  const number = (await desk.database.em.execute<{ number: string }[]>(`select number from ticket where id = ?`, [await desk.incident()]))[0]!.number;
  await page.goto(`${room.server.url}/incident/${number}`);
  await page.waitForURL(`**/my/incidents/${number}`);
  await page.goto(`${room.server.url}/my/incidents/INC-9999999`);
  await page.locator('[data-page-state=missing]').waitFor();
  await page.goto(`${room.server.url}/metrics/quarter`);
  await page.waitForURL('**/my');
});

test('WBD-12 ORG-03 a file of ours is not offered; one that is meant for the customer is', async () => {
  const id = await desk.incident({ title: '附件可见范围' });
  const file = { ticketId: id, mediaType: 'text/plain', content: Buffer.from('x') };
  await attach(desk.database, TEST, { ...file, name: '内部抓包.txt' });
  await attach(desk.database, TEST, { ...file, name: '操作指引.txt', customerVisible: true });
  const number = (await desk.database.em.execute<{ number: string }[]>('select number from ticket where id = ?', [id]))[0]!.number;
  const page = await room.page('contact', `/my/incidents/${number}`);
  await see(page, '操作指引.txt');
  expect(await page.locator('body').innerText()).not.toContain('内部抓包.txt');
});

test.each([['zh-CN', 'dark'], ['en', 'light']] as const)('WBD-12 W15 W17 the service report in %s, %s: page, CSV and axe', async (locale, theme) => {
  const page = await room.page('contact', '/my/report', { locale });
  await page.evaluate((chosen) => localStorage.setItem('watchfloor.theme', chosen), theme);
  await page.reload();
  await page.locator('.my-report .my-figures tr[data-figure]').first().waitFor();
  expect(await axe(page)).toEqual([]);
  const shown = await page.locator('.my-figures tr[data-figure]').evaluateAll((rows) => rows.map((row) => ['figure', 'part', 'numerator', 'denominator', 'value'].map((name) => row.getAttribute(`data-${name}`)).join('|')));
  const href = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const text = await (await page.request.get(room.server.url + href)).text();
  const lines = text.split('\r\n').slice(1).map((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '').replaceAll('"', '')) ?? []);
  const exported = lines.slice(0, shown.length).map((cells) => [cells[13], cells[14], cells[3], cells[4], cells[5]].join('|'));
  expect(exported.toSorted()).toEqual(shown.toSorted());
  console.log(`W17 service report ${locale}: ${shown.length} rows, ${shown.length * 3} numbers equal on page and in CSV`);
});
