import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptHandedOver, handOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { assign } from '../../server/src/features/incident/incident-work.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { violations } from '../support/axe.ts';
import { choose, press, typeInto } from '../support/browser.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
const { desk } = room;
const TEST = SYSTEM('test');
const TEXTS = { reason: '需要网络组排查', tried: '已检查主机', requestedAction: '检查链路' };
afterAll(() => room.close());

interface Stored {
  readonly number: string;
  readonly version: number;
  readonly state: string | null;
}

/** The record with its newest handoff, as they are stored. */
async function stored(id: string): Promise<Stored> {
  const rows = await desk.database.em.execute<Stored[]>(
    'select t.number, t.version, (select h.state from handoff h where h.ticket_id = t.id order by h.requested_at desc, h.id desc limit 1) as state from ticket t where t.id = ?', [id],
  );
  return rows[0]!;
}

const aim = async (id: string) => ({ id, expectedVersion: (await stored(id)).version });
const move = async (id: string, team: string): Promise<unknown> => handOver(desk.database, TEST, { ...(await aim(id)), ...TEXTS, toTeamId: desk.teams[team] ?? '' });

/** An incident on which the network person works for the engineers. */
async function worked(title: string): Promise<{ id: string; number: string }> {
  const id = await desk.incident({ title, level: 'LV3' });
  await assign(desk.database, TEST, { ...(await aim(id)), teamId: desk.teams['engineers'] ?? null, holderId: desk.people['network'] ?? null });
  return { id, number: (await stored(id)).number };
}

const waiting = (page: Page, number: string) => page.locator('.waiting-list > li', { hasText: number });
const form = (page: Page) => page.locator('.action-form');

/** Offers it to the senior engineers from the record's page, by keyboard. */
async function offer(page: Page, number: string): Promise<void> {
  await page.goto(`${room.server.url}/incident/${number}`);
  const button = page.locator('.actions').getByRole('button', { name: '移交团队', exact: true, includeHidden: true });
  await button.waitFor({ state: 'attached' });
  if (!(await button.isVisible())) await press(page, page.locator('.more-actions > summary'));
  await press(page, button);
  await choose(page, form(page).getByLabel(/^移交给团队/), '高级工程师组');
  await typeInto(page, form(page).getByLabel(/^原因/), '核心层异常');
  await typeInto(page, form(page).getByLabel(/^已尝试/), '已重启');
  await typeInto(page, form(page).getByLabel(/^请求事项/), '请查看核心');
  await press(page, form(page).getByRole('button', { name: '提交' }));
  await form(page).waitFor({ state: 'detached' });
  await page.goto(`${room.server.url}/handoffs`);
  await waiting(page, number).waitFor();
}

/** Opens what can be done with it on the handoff page, and one of its forms. */
async function act(page: Page, number: string, action: string): Promise<void> {
  await press(page, waiting(page, number).getByRole('button', { name: `处理 ${number} 的交接` }));
  await press(page, waiting(page, number).getByRole('button', { name: action, exact: true }));
  await form(page).waitFor();
}

let network: Page;
let senior: Page;

beforeAll(async () => {
  // Back to a team that has had it (HND-03), and now it waits for an hour and a quarter.
  const { id } = await worked('往返移交的事件');
  await move(id, 'network');
  await acceptHandedOver(desk.database, TEST, { ...(await aim(id)), holderId: desk.people['lead'] ?? null });
  await move(id, 'engineers');
  await desk.database.em.execute(`update handoff set requested_at = requested_at - interval '75 minutes' where ticket_id = ?`, [id]);
  [network, senior] = await Promise.all([room.page('network', '/queue'), room.page('senior', '/handoffs')]);
});

test('WBD-06 HND-05 two people at once: what one offers is on the other\'s page, and accepted it goes from both', async () => {
  const { id, number } = await worked('核心交换机告警');
  await waiting(senior, '往返移交的事件').waitFor();
  await offer(network, number);
  const row = waiting(senior, number);
  await row.waitFor();
  for (const text of ['工程师组', '高级工程师组', '核心层异常', '请查看核心', '李强', '尚未提醒']) await row.filter({ hasText: text }).waitFor();
  await act(senior, number, '接收交接');
  await press(senior, form(senior).getByRole('button', { name: '提交' }));
  await Promise.all([waiting(senior, number).waitFor({ state: 'detached' }), waiting(network, number).waitFor({ state: 'detached' })]);
  expect((await stored(id)).state).toBe('accepted');
  // Both see the team's figures move as well: one taken, one accepted.
  for (const page of [network, senior]) await page.locator('tr', { hasText: '高级工程师组' }).filter({ hasText: /高级工程师组1/ }).first().waitFor();
});

test('WBD-06 HND-01 declined with its reason it goes from both, and the one who offered it finds the reason', async () => {
  const { id, number } = await worked('汇聚端口抖动');
  await move(id, 'senior');
  await Promise.all([waiting(network, number).waitFor(), waiting(senior, number).waitFor()]);
  // Whoever offered it may call it back, but neither accept nor decline it.
  await press(network, waiting(network, number).getByRole('button', { name: `处理 ${number} 的交接` }));
  await waiting(network, number).getByRole('button', { name: '撤回交接' }).waitFor();
  expect(await waiting(network, number).getByRole('button', { name: /^(接收|退回)交接$/ }).count()).toBe(0);
  await act(senior, number, '退回交接');
  await typeInto(senior, form(senior).getByLabel(/^原因/), '应由厂商处理');
  await press(senior, form(senior).getByRole('button', { name: '提交' }));
  await Promise.all([waiting(senior, number).waitFor({ state: 'detached' }), waiting(network, number).waitFor({ state: 'detached' })]);
  expect((await stored(id)).state).toBe('rejected');
  await network.goto(`${room.server.url}/incident/${number}`);
  await network.locator('.entries li', { hasText: '应由厂商处理' }).first().waitFor();
});

const WORDS = { 'zh-CN': { age: '1小时15分', pingPong: '反复移交', path: '工程师组 → 网络组 → 工程师组' }, en: { age: '1 h 15 min', pingPong: 'back and forth', path: 'Engineers → Network → Engineers' } } as const;

test('WBD-06 HND-03 age and ping-pong are said, and axe finds nothing, in both languages and both themes', async () => {
  const page = await room.page('manager', '/handoffs');
  for (const [locale, theme] of [['zh-CN', 'dark'], ['zh-CN', 'light'], ['en', 'dark'], ['en', 'light']] as const) {
    await page.evaluate(([chosen, colours]) => {
      localStorage.setItem('watchfloor.locale', chosen);
      localStorage.setItem('watchfloor.theme', colours);
    }, [locale, theme] as const);
    await page.reload();
    const { age, pingPong, path } = WORDS[locale];
    const row = waiting(page, '往返移交的事件');
    await row.filter({ hasText: age }).filter({ hasText: pingPong }).waitFor();
    await page.locator('.entry-body', { hasText: path }).waitFor();
    await row.getByRole('button').click();
    await row.locator('.waiting-actions button, .waiting-actions .quiet').first().waitFor();
    expect(await violations(page), `${locale} ${theme}`).toEqual([]);
  }
});
