import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProblemFor } from '../../server/src/features/problem/problem-open.service.ts';
import { lookForTrends } from '../../server/src/features/problem/problem-trend.service.ts';
import { drawCause } from '../../server/src/features/problem/problem-work.service.ts';
import { prepareReview } from '../../server/src/features/review/review.service.ts';
import { addVendor } from '../../server/src/features/vendor/vendor.service.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openDesk, type PersonKey } from '../support/browser-desk.ts';
import { choose, press, typeInto } from '../support/browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A folder for pictures of every page in both languages, for whoever wants to look at them. */
const SHOTS = process.env['PROBLEM_SHOTS'];
const TEST = SYSTEM('test');
const room = await openDesk();
const { desk } = room;
const { database } = desk;
afterAll(() => room.close());

const lastMonth = (): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
};
const seen = (page: Page, text: string): Promise<void> => page.locator('main', { hasText: text }).first().waitFor();
const form = (page: Page) => page.locator('.action-form');
let number = '';

beforeAll(async () => {
  const ids: string[] = [];
  for (const title of ['门诊楼无线断开', '门诊楼无线再次断开', '住院部无线断开', '药房无线断开']) {
    ids.push(await record(database, TEST, {
      customerId: desk.customerId, title, description: title, channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV2', symptom: '无线断开', serviceId: desk.serviceId,
    }));
  }
  await database.em.execute(`insert into ci (id, external_id, class, name, status, customer_id, attributes, created_at, updated_at, version) values (?, 'wlc', 'server', '无线控制器 WLC-01', 'in-use', ?, '{}', now(), now(), 1)`, [newId(), desk.customerId]);
  await database.em.execute(`insert into ticket_ci (id, ticket_id, ci_id, cause) select gen_random_uuid(), t.id, c.id, false from ticket t, ci c where c.external_id = 'wlc' and t.title like '%无线%'`);
  const id = await database.change(TEST, (change) => openProblemFor(database, change, { incidentId: ids[0]!, title: '无线网络反复断开', reason: '变通关闭' }));
  const rows = await database.em.execute<{ number: string }[]>('select number from ticket where id = ?', [id]);
  number = rows[0]!.number;
  await lookForTrends(database);
  await addVendor(database, TEST, { name: '华为', products: ['无线控制器', '交换机'], contact: '李工', phone: '400-822-9999' });
  await database.em.execute(`update incident set reported_at = now() - interval '1 day' * ? where ticket_id = any(?::uuid[])`, [new Date().getUTCDate() + 3, `{${ids.slice(1).join(',')}}`]);
  await prepareReview(database, TEST, { month: lastMonth() });
});

const shoot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};

test('PRB-01 PRB-02 PRB-04 WBD-08 a problem is assigned, investigated and its cause drawn by keyboard alone, while the manager watches', async () => {
  const manager = await room.page('technical', '/problems');
  await manager.locator('tr', { hasText: '无线网络反复断开' }).locator('.badge.flag', { hasText: '待分配' }).waitFor();
  await press(manager, manager.getByRole('link', { name: number }));
  await press(manager, manager.getByRole('button', { name: '分配负责人', exact: true }));
  await choose(manager, form(manager).getByLabel(/^负责人/), '李强');
  await press(manager, form(manager).getByRole('button', { name: '提交' }));
  await form(manager).waitFor({ state: 'detached' });

  const owner = await room.page('network', `/problems/${number}`);
  await press(owner, owner.getByRole('button', { name: '开始调查', exact: true }));
  await press(owner, form(owner).getByRole('button', { name: '提交' }));
  await owner.locator('.stage-track li[aria-current=step]', { hasText: '调查中' }).waitFor();
  await press(owner, owner.getByRole('button', { name: '五个为什么', exact: true }));
  await press(owner, owner.getByRole('button', { name: '绘制', exact: true }));
  await typeInto(owner, owner.getByLabel('因为……').nth(0), '控制器内存耗尽');
  await typeInto(owner, owner.getByLabel('因为……').nth(1), '固件有内存泄漏');
  await press(owner, owner.getByRole('button', { name: '保存新版本' }));
  // The manager's page shows it without being touched.
  await press(manager, manager.getByRole('button', { name: /^五个为什么/ }));
  await manager.locator('.whys li[data-root=true]', { hasText: '固件有内存泄漏' }).waitFor();

  await press(owner, owner.getByRole('button', { name: '填写调查报告', exact: true }));
  await typeInto(owner, form(owner).getByLabel(/^调查报告/), '抓包三天');
  await typeInto(owner, form(owner).getByLabel(/^根本原因/), '固件缺陷');
  await press(owner, form(owner).getByRole('button', { name: '提交' }));
  await form(owner).waitFor({ state: 'detached' });
  await press(owner, owner.getByRole('button', { name: '提出解决方案', exact: true }));
  await typeInto(owner, form(owner).getByLabel(/^解决方案/), '升级固件');
  await typeInto(owner, form(owner).getByLabel(/^预计效果/), '不再断开');
  await press(owner, form(owner).getByRole('button', { name: '提交' }));
  await form(owner).waitFor({ state: 'detached' });
  await press(manager, manager.getByRole('button', { name: '审批方案', exact: true }));
  await choose(manager, form(manager).getByLabel(/^决定/), '批准');
  await press(manager, form(manager).getByRole('button', { name: '提交' }));
  await owner.locator('[data-solution=APPROVED]').waitFor();
  // What is missing is said before anybody tries.
  await owner.locator('.lacking summary').click();
  await owner.locator('.lacking', { hasText: 'The scope of impact is not recorded.' }).waitFor();
});

test('PRB-05 a trend with its evidence becomes a problem', async () => {
  const page = await room.page('technical', '/problems/trends');
  const card = page.locator('.trend', { has: page.locator('h2', { hasText: '无线控制器 WLC-01' }) });
  await card.locator('tbody tr').nth(2).waitFor();
  await press(page, card.getByRole('button', { name: '不立项' }));
  await typeInto(page, form(page).getByLabel(/^原因/), '控制器下周更换');
  await shoot(page, 'trends-form');
  await press(page, form(page).getByRole('button', { name: '提交' }));
  await card.waitFor({ state: 'detached' });
  const other = page.locator('.trend', { has: page.locator('h2', { hasText: '无线断开' }) });
  await press(page, other.getByRole('button', { name: '立为问题' }));
  await press(page, form(page).getByRole('button', { name: '提交' }));
  await page.locator('.ticket-number', { hasText: '来自趋势分析' }).waitFor();
});

test('VND-05 INC-25 a vendor case is recorded, a point of the review decided', async () => {
  const incident = await desk.incident({ title: '无线控制器宕机' });
  const [{ number: incidentNumber } = { number: '' }] = await database.em.execute<{ number: string }[]>('select number from ticket where id = ?', [incident]);
  const page = await room.page('manager', '/vendor-cases');
  await press(page, page.getByRole('button', { name: '登记CASE' }));
  await typeInto(page, form(page).getByLabel(/^事件编号/), incidentNumber);
  await choose(page, form(page).getByLabel(/^厂商 · 产品/), '华为 · 无线控制器');
  await typeInto(page, form(page).getByLabel(/^厂商CASE编号/), 'SR-20261122-1');
  await press(page, form(page).getByRole('button', { name: '提交' }));
  await page.locator('tr', { hasText: 'SR-20261122-1' }).filter({ hasText: incidentNumber }).waitFor();
  await page.goto(`${room.server.url}/reviews/${lastMonth()}`);
  const point = page.locator('.review-entry').first();
  await press(page, point.getByRole('button', { name: '不处理' }));
  await typeInto(page, form(page).getByLabel(/^理由/), '已另立问题');
  await press(page, form(page).getByRole('button', { name: '提交' }));
  await point.locator('.badge[data-decision=NONE]').waitFor();
});

test.each([['zh', 'zh-CN'], ['en', 'en']] as const)('WBD-09 PRB-02 every page in %s, with a fishbone drawn, is readable for whoever cannot see it', async (short, locale) => {
  const rows = await database.em.execute<{ id: string; version: number }[]>('select id, version from ticket where number = ?', [number]);
  const { id, version } = rows[0]!;
  await drawCause(database, TEST, { id, expectedVersion: version, method: 'fishbone', body: FISHBONE });
  const pages = [['list', '/problems'], ['problem', `/problems/${number}`], ['trends', '/problems/trends?state=ACCEPTED'], ['new', '/problems/new'], ['vendor', '/vendor-cases'], ['reviews', '/reviews'], ['review', `/reviews/${lastMonth()}`]] as const;
  const page = await room.page('manager' satisfies PersonKey, '/problems', { locale });
  for (const [name, path] of pages) {
    await page.goto(room.server.url + path);
    await page.locator('main :is(table, form, article, .trend)').first().waitFor();
    await shoot(page, `${name}-${short}`);
    expect([name, await violations(page)]).toEqual([name, []]);
  }
  await page.goto(`${room.server.url}/problems/${number}`);
  await page.locator('.cause-figure .cause[data-verdict=root]').waitFor();
  await page.getByRole('button', { name: short === 'zh' ? '帕累托图' : 'Pareto' }).click();
  await page.locator('.pareto tbody tr').first().waitFor();
  await shoot(page, `pareto-${short}`);
  await seen(page, short === 'zh' ? '累计占比' : 'Cumulative share');
  expect(await violations(page)).toEqual([]);
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target)))`);
}

const FISHBONE = {
  effect: '无线网络反复断开',
  categories: [
    { name: '人员', causes: [{ text: '值班未看告警', verdict: 'contributing', evidence: '告警 03:12 未确认' }] },
    { name: '方法', causes: [{ text: '无固件升级计划', verdict: 'contributing', causes: [{ text: '厂商公告无人跟踪', verdict: 'open' }] }] },
    { name: '设备', causes: [{ text: '控制器内存耗尽', verdict: 'contributing', evidence: '内存 99 %', causes: [{ text: '固件内存泄漏', verdict: 'root', evidence: '厂商公告 SA-2026-17' }] }, { text: '电源不稳', verdict: 'ruled-out' }] },
    { name: '环境', causes: [{ text: '信道干扰', verdict: 'ruled-out', evidence: '频谱正常' }] },
  ],
};
