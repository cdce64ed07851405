import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { createFreeze } from '../../server/src/features/change/change-freeze-edit.service.ts';
import { DAY, HOUR } from '../../server/src/kernel/instant.ts';
import { openDesk } from '../support/browser-desk.ts';
import { choose, press, tabTo, typeInto, typeTime } from '../support/browser.ts';
import { PlanningDesk } from '../support/planning-desk.ts';

const room = await openDesk();
const desk = await new PlanningDesk(room).seed();
afterAll(() => room.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const now = await desk.database.now();
/** Midnight in Shanghai of the day after next: nothing of these tests is ever over. */
const midnight = Math.floor((now + 8 * HOUR) / DAY) * DAY - 8 * HOUR + 2 * DAY;
const dayText = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 10);

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target)))`);
}

test('WBD-08 CHG-11 the calendar is walked by keyboard, flags what is in conflict and moves while it is open', async () => {
  const first = await desk.inApproval('更换核心交换机电源', { ci: '核心交换机-A', from: midnight + 22 * HOUR, to: midnight + 26 * HOUR });
  const second = await desk.inApproval('核心交换机固件升级', { ci: '核心交换机-A', from: midnight + 5 * DAY, to: midnight + 5 * DAY + 2 * HOUR });
  await createFreeze(desk.database, desk.actor('changes'), { name: '结算冻结', reason: '结算', startsAt: midnight + 3 * DAY, endsAt: midnight + 4 * DAY });
  const page = await desk.page('owner', `/planning?day=${dayText(midnight - DAY)}`);
  await page.locator('.day-cell[aria-selected=true]').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator(`[data-day="${dayText(midnight)}"]:focus`).waitFor();
  expect(new URL(page.url()).searchParams.get('day')).toBe(dayText(midnight));
  await page.locator('.day-panel .entries li', { hasText: '更换核心交换机电源' }).waitFor();
  expect(await page.locator('.day-panel .conflicts li', { hasText: '核心交换机-A' }).count()).toBe(0);
  // Somebody else moves the other change into the same night.
  await desk.move(second, { from: midnight + 23 * HOUR, to: midnight + 25 * HOUR });
  const cause = page.locator('.day-panel .entries > li').filter({ has: page.getByRole('link', { name: /更换核心交换机电源$/ }) }).locator('.conflicts li', { hasText: '操作同一配置项 核心交换机-A' });
  await cause.waitFor();
  await page.locator(`[data-day="${dayText(midnight)}"] .chip[data-conflict=true]`).first().waitFor();
  await desk.move(second, { from: midnight + 26 * HOUR, to: midnight + 27 * HOUR });
  await cause.waitFor({ state: 'detached' });
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('t');
  await page.locator('.day-cell:focus[data-today=true]').waitFor();
  expect(await page.locator('.freeze-band', { hasText: '结算冻结' }).count()).toBeGreaterThan(0);
  expect(first).not.toBe(second);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('FRZ-01 a freeze is opened by keyboard and shows on the calendar of somebody else', async () => {
  await desk.inApproval('PACS 扩容', { ci: 'PACS 存储', from: midnight + 8 * DAY, to: midnight + 8 * DAY + 2 * HOUR });
  const page = await desk.page('changes', '/planning/freezes', { locale: 'en' });
  await press(page, page.getByRole('button', { name: 'New freeze' }));
  await typeInto(page, page.getByLabel('Name'), 'Expo safeguard');
  await typeInto(page, page.getByLabel('Reason'), 'Expo');
  await typeTime(page, page.getByLabel('From'), new Date(midnight + 7 * DAY));
  await typeTime(page, page.getByLabel('To (not included)'), new Date(midnight + 10 * DAY));
  await press(page, page.getByRole('button', { name: 'Send' }));
  await page.locator('.freeze-list li', { hasText: 'Expo safeguard' }).waitFor();
  expect(await violations(page)).toEqual([]);
  const other = await desk.page('owner', `/planning?view=week&day=${dayText(midnight + 8 * DAY)}`);
  await other.locator('.freeze-band', { hasText: 'Expo safeguard' }).first().waitFor();
  await other.locator('.day-panel .conflicts li', { hasText: '处于冻结期“Expo safeguard”' }).waitFor();
  expect(await violations(other)).toEqual([]);
  // The change manager, who neither asked for it nor owns it, lets it in where it stands that it is stopped.
  await page.goto(`${room.server.url}/planning?day=${dayText(midnight + 8 * DAY)}`);
  const stopped = page.locator('.day-panel .conflicts li', { hasText: 'Expo safeguard' });
  expect(await other.locator('.override').count()).toBe(0);
  await press(page, stopped.getByRole('button', { name: 'Override the freeze' }));
  await typeInto(page, page.getByLabel('Why it is let in'), 'Agreed with the customer');
  await press(page, page.getByRole('button', { name: 'Send' }));
  await stopped.waitFor({ state: 'detached' });
  await other.locator('.day-panel .conflicts li', { hasText: 'Expo safeguard' }).waitFor({ state: 'detached' });
  for (const one of [page, other]) await one.context().close();
});

test('CHG-05 a meeting from its call to its minutes, each member at their own desk', async () => {
  await desk.inApproval('HIS 数据库升级', { ci: 'HIS 数据库', from: midnight + 12 * DAY, to: midnight + 12 * DAY + 2 * HOUR });
  const page = await desk.page('changes', '/planning/cab');
  await press(page, page.getByRole('button', { name: '召集会议' }));
  await typeInto(page, page.getByLabel('会议名称'), '周例会');
  await typeTime(page, page.getByLabel('开始时间'), new Date(midnight + 10 * HOUR));
  await press(page, page.getByRole('button', { name: '提交' }));
  await page.locator('.ticket-number b', { hasText: 'CAB-0000001' }).waitFor();
  const waiting = page.locator('.ticket-side li', { hasText: 'HIS 数据库升级' });
  await waiting.waitFor();
  expect(await waiting.getByRole('button', { name: '放入议程' }).count()).toBe(0);
  await press(page, waiting.getByRole('button', { name: /^发送材料/ }));
  await press(page, waiting.getByRole('button', { name: /^放入议程/ }));
  const item = page.locator('.cab-item', { hasText: 'HIS 数据库升级' });
  await item.waitFor();
  const absent = await desk.page('board1', '/planning/cab/CAB-0000001');
  await press(absent, absent.locator('.cab-item').getByRole('button', { name: '赞成' }));
  // The vote shows on the chair's page by itself.
  await item.locator('.votes li', { hasText: '王海涛' }).waitFor();
  await press(page, page.getByRole('button', { name: '开始会议' }));
  await choose(page, page.getByLabel('到场委员（未选者记为缺席）'), '赵敏华');
  await press(page, page.locator('.action-form').getByRole('button', { name: '提交' }));
  await page.locator('.badge[data-meeting=OPEN]').waitFor();
  const present = await desk.page('board2', '/planning/cab/CAB-0000001');
  await press(present, present.locator('.cab-item').getByRole('button', { name: '赞成' }));
  await item.locator('.badge[data-quorate=true]').waitFor();
  await press(page, item.getByRole('button', { name: /^作出决定/ }));
  await press(page, item.locator('.action-form').getByRole('button', { name: '提交' }));
  await item.locator('.decision[data-decision=APPROVED]').waitFor();
  await press(page, page.getByRole('button', { name: '结束会议' }));
  await typeInto(page, page.getByLabel('会议纪要'), '同意实施。');
  await tabTo(page, page.locator('.action-form').getByRole('button', { name: '提交' }));
  await page.keyboard.press('Enter');
  await page.locator('.badge[data-meeting=CLOSED]').waitFor();
  expect(await page.locator('.card', { hasText: '同意实施。' }).count()).toBe(1);
  const rows = await desk.database.em.execute<{ n: number }[]>(`select count(*)::int as n from change c join ticket t on t.id = c.ticket_id where t.title like '%HIS 数据库升级' and c.approved_at is not null`);
  expect(rows[0]?.n).toBe(1);
  expect(await violations(page)).toEqual([]);
  for (const one of [page, absent, present]) await one.context().close();
});

test('WBD-08 two hundred changes of a month stay readable: what does not fit is counted, what is in conflict is not left out', async () => {
  const start = midnight + 60 * DAY;
  const of = await desk.inApproval('批量变更', { ci: '邮件网关', from: start, to: start + 2 * HOUR });
  const id = `md5('many ' || n)::uuid`;
  for (const [table, key, differs] of [
    ['ticket', 'id', `'id', ${id}, 'number', 'CHG-' || lpad((2000000 + n)::text, 7, '0'), 'title', '【一般变更】批量变更 ' || n`],
    ['change', 'ticket_id', `'ticket_id', ${id}, 'category', 'general', 'window_start_at', one.window_start_at + (n % 20) * interval '1 day', 'window_end_at', one.window_end_at + (n % 20) * interval '1 day'`],
  ] as const) {
    await desk.database.em.execute(`insert into ${table} select (jsonb_populate_record(one, jsonb_build_object(${differs}))).* from ${table} one, generate_series(1, 199) n where one.${key} = ?`, [of]);
  }
  const page = await desk.page('owner', `/planning?day=${dayText(start)}`);
  const cell = page.locator(`[data-day="${dayText(start)}"]`);
  await cell.locator('.chip-more').waitFor();
  const shown = await cell.locator('.chip').count();
  expect(`${shown + Number((await cell.locator('.chip-more').textContent())?.replace(/\D/g, ''))}`).toBe(String(await page.locator('.day-panel .entries > li').count()));
  const cut = await page.evaluate(() => [...document.querySelectorAll('.day-cell')].filter((element) => element.scrollHeight > element.clientHeight + 1).length);
  expect(cut).toBe(0);
  await page.goto(`${room.server.url}/planning?view=week&day=${dayText(start)}`);
  await page.locator('.bar').first().waitFor();
  const overlapping = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.lane')].map((lane) => [...lane.querySelectorAll('.bar')].map((bar) => bar.getBoundingClientRect()));
    return boxes.flatMap((bars) => bars.slice(1).filter((bar, index) => bar.left < (bars[index]?.right ?? 0) - 1)).length;
  });
  expect(overlapping).toBe(0);
  await page.context().close();
});
