import type { Locator, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { choose, press, tabTo, typeInto, typeTime } from '../support/browser.ts';
import { DESK_PASSWORD, emailOf, openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
afterAll(() => room.close());

/** Waits until the page shows the text. */
const see = (page: Page, text: string | RegExp, within = 'body'): Promise<void> => page.locator(within).filter({ hasText: text }).first().waitFor();

/** An input of the open action form, by its label. */
const field = (page: Page, label: string): Locator => page.locator('.action-form').getByLabel(new RegExp(`^${label}`));

/** Opens an action's form by keyboard; seldom ones are behind "more". */
async function open(page: Page, action: string): Promise<void> {
  const button = page.locator('.actions').getByRole('button', { name: action, exact: true, includeHidden: true });
  await button.waitFor({ state: 'attached' });
  if (!(await button.isVisible())) await press(page, page.locator('.more-actions > summary'));
  await press(page, button);
  await page.locator('.action-form h3', { hasText: action }).waitFor();
}

const send = (page: Page): Promise<void> => press(page, page.locator('.action-form').getByRole('button', { name: '提交' }));

/** Sends the open form and waits until the page has taken the answer. */
async function done(page: Page): Promise<void> {
  await send(page);
  await page.locator('.action-form').waitFor({ state: 'detached' });
}

/** Counts what a person presses; a Chinese character takes about three keys. */
async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    let keys = 0;
    addEventListener('keydown', () => (keys += 1), true);
    addEventListener('input', (event) => {
      if (event instanceof InputEvent) keys += 3 * (event.data?.match(/\p{Script=Han}/gu)?.length ?? 0);
    }, true);
    Reflect.set(window, 'pressedKeys', () => keys);
  });
  return () => page.evaluate(() => (Reflect.get(window, 'pressedKeys') as () => number)());
}

/** The people of the day, each at a browser of their own, and the wall. */
interface Day {
  readonly desk: Page;
  readonly senior: Page;
  readonly network: Page;
  readonly board: Page;
  /** The incident's line on the wall. */
  readonly row: Locator;
}

test('WBD-11 WBD-05 an incident goes through a whole day by keyboard alone, and the wall follows', async () => {
  const desk = await room.page(null, '/');
  const board = await room.page('manager', '/board');
  await see(board, '当前没有未关闭的事件');
  await typeInto(desk, desk.getByLabel('邮箱'), emailOf('desk'));
  await typeInto(desk, desk.getByLabel('密码'), DESK_PASSWORD);
  await desk.keyboard.press('Enter');
  const number = await recordIncident(desk);
  const row = board.locator('.row', { hasText: number });
  await row.waitFor({ timeout: 5000 });
  for (const text of ['LV2', '门诊楼核心交换机无响应', '申江医院', '高级工程师组', '待分配']) await row.filter({ hasText: text }).waitFor();
  const day: Day = { desk, board, row, senior: await room.page('senior', `/incident/${number}`), network: await room.page('network', `/incident/${number}`) };
  await takeAnswerAndBegin(day);
  await suspend(day);
  await resume(day);
  await handOver(day);
  await regradeAndSolve(day);
  const customer = await room.page('contact', `/incident/${number}`);
  await open(customer, '确认已解决');
  await typeInto(customer, field(customer, '备注'), '已恢复，谢谢');
  await done(customer);
  await open(desk, '关闭');
  await choose(desk, field(desk, '关闭代码'), '成功关闭');
  await done(desk);
  await see(desk, '已关闭', '.ticket-number');
  await see(board, '当前没有未关闭的事件');
});

/** Fills in the intake form and answers the number. Three keys a second are an unhurried hand: a minute has 180. */
async function recordIncident(desk: Page): Promise<string> {
  await press(desk, desk.getByRole('link', { name: '登记事件' }));
  await desk.locator('.level-cards label').first().waitFor();
  const keys = await countKeys(desk);
  await choose(desk, desk.getByLabel('客户'), '申江医院');
  await see(desk, '在服务范围内');
  await typeInto(desk, desk.getByLabel('报告人'), '顾医生');
  await choose(desk, desk.locator('select[name=serviceId]'), '网络接入');
  await typeInto(desk, desk.getByLabel('现象'), '门诊断网');
  await typeInto(desk, desk.getByLabel('标题'), '门诊楼核心交换机无响应');
  await press(desk, desk.getByRole('group', { name: '影响' }).getByRole('button', { name: '大' }));
  await see(desk, '建议', '.level-cards label[data-level=LV2]');
  await tabTo(desk, desk.locator('input[name=level][value=LV2]'));
  await desk.keyboard.press('Space');
  await see(desk, '已确认', '.level-cards label[data-level=LV2]');
  await desk.keyboard.press('Control+Enter');
  await see(desk, '门诊楼核心交换机无响应', '.ticket-head h1');
  await see(desk, '待分配', '.ticket-number');
  expect(await keys()).toBeLessThan(180);
  return (await desk.locator('.ticket-number b').innerText()).trim();
}

async function takeAnswerAndBegin({ desk, senior, row }: Day): Promise<void> {
  await open(senior, '接单');
  await done(senior);
  await see(senior, '已分配未开始', '.ticket-number');
  await see(desk, '黄建国', '.ticket-sub');
  await open(senior, '记录响应');
  await choose(senior, field(senior, '渠道'), '电话');
  await send(senior);
  await see(senior, 'An attempt that reached nobody needs the number that was called.', '.field:has([name=phoneNumber]) .refusal');
  await tabTo(senior, field(senior, '已联系到客户'));
  await senior.keyboard.press('Space');
  await done(senior);
  await see(senior, '按时完成', '.clock-card:has-text("首次响应")');
  await open(senior, '开始解决');
  await done(senior);
  await see(senior, '解决中', '.ticket-number');
  await row.filter({ hasText: '黄建国' }).filter({ hasText: '解决中' }).waitFor();
}

/** Without an end, then with one in the past, then rightly: the wall shows it by shape and word, and its figure stands. */
async function suspend({ senior, board, row }: Day): Promise<void> {
  await open(senior, '挂起');
  await choose(senior, field(senior, '挂起原因'), '等待用户回复');
  await send(senior);
  expect(await field(senior, '预计恢复时间').evaluate((element) => element.matches(':focus:invalid'))).toBe(true);
  await typeTime(senior, field(senior, '预计恢复时间'), new Date(Date.now() - HOUR));
  await send(senior);
  await see(senior, '"expectedEndAt" must be in the future.', '.field:has([name=expectedEndAt]) .refusal');
  await typeTime(senior, field(senior, '预计恢复时间'), new Date(Date.now() + 3 * HOUR));
  await done(senior);
  await see(senior, '挂起', '.ticket-number');
  const clock = row.locator('.clock[data-shape=suspended]');
  await clock.filter({ hasText: '❚❚' }).filter({ hasText: '已挂起' }).waitFor();
  await row.filter({ hasText: '等待用户回复' }).waitFor();
  const frozen = await clock.locator('.clock-figure').innerText();
  const wallTime = await board.locator('.head-clock').innerText();
  await board.waitForFunction((before) => {
    const seconds = (text: string) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    // Midnight passes backwards.
    return Math.abs(seconds(document.querySelector('.head-clock')?.textContent ?? '') - seconds(before)) >= 2;
  }, wallTime);
  expect(await clock.locator('.clock-figure').innerText()).toBe(frozen);
  await see(board, /^❚❚1/, '.tile[data-kind=suspended] strong');
}

async function resume({ senior, row }: Day): Promise<void> {
  await open(senior, '恢复');
  await typeInto(senior, field(senior, '工作日志'), '客户已提供机房权限');
  await done(senior);
  await see(senior, '客户已提供机房权限', '.entries');
  await row.locator('.clock:not([data-shape=suspended])').waitFor();
}

/** The other team accepts on a page that was open before, without a reload. */
async function handOver({ senior, network, board, row }: Day): Promise<void> {
  await open(senior, '移交团队');
  await choose(senior, field(senior, '移交给团队'), '网络组');
  await typeInto(senior, field(senior, '原因'), '汇聚层端口异常');
  await typeInto(senior, field(senior, '已尝试'), '重启引擎板');
  await typeInto(senior, field(senior, '请求事项'), '检查光模块');
  await done(senior);
  await row.filter({ hasText: '⇄' }).waitFor();
  await see(board, '⇄', '.side-section[data-kind=handoff]');
  await open(network, '接收交接');
  await done(network);
  await see(senior, '网络组 · 李强', '.ticket-sub');
  await row.filter({ hasText: '李强' }).waitFor();
}

async function regradeAndSolve({ network, row }: Day): Promise<void> {
  await open(network, '调整等级');
  await choose(network, field(network, '等级'), 'LV3');
  await typeInto(network, field(network, '原因'), '仅影响一个诊室');
  await done(network);
  await see(network, 'LV3 中', '.ticket-number');
  await row.filter({ hasText: 'LV3' }).waitFor();
  await open(network, '开始解决');
  await done(network);
  await open(network, '提交解决方案');
  await typeInto(network, field(network, '解决方案'), '更换光模块后恢复');
  await choose(network, field(network, '原因分类'), '操作错误');
  await done(network);
  await see(network, '待反馈', '.ticket-number');
}

test('API-03 when two people act at once the second is told, sees what the first did, and keeps what they typed', async () => {
  const id = await room.desk.incident({ title: '两人同时处理', level: 'LV2' });
  const rows = await room.desk.database.em.execute<{ number: string }[]>('select number from ticket where id = ?', [id]);
  const path = `/incident/${rows[0]?.number ?? ''}`;
  const first = await room.page('lead', path);
  const second = await room.page('senior', path);
  await open(second, '调整等级');
  await choose(second, field(second, '等级'), 'LV4');
  await typeInto(second, field(second, '原因'), '客户说不急');
  // The second person's request is on its way while the first person's is carried out.
  let overtaken = false;
  await second.route('**/graphql', async (route) => {
    if (!overtaken && route.request().postData()?.includes('"RegradeIncident"')) {
      overtaken = true;
      await open(first, '调整等级');
      await choose(first, field(first, '等级'), 'LV3');
      await typeInto(first, field(first, '原因'), '仅一台设备');
      await done(first);
    }
    await route.continue();
  });
  await send(second);
  await see(second, '此事件刚被他人修改，已载入最新内容；请核对后重新提交。', '.action-form .refusal');
  await see(second, 'LV3 中', '.ticket-number');
  expect(await field(second, '原因').inputValue()).toBe('客户说不急');
  expect(await field(second, '等级').inputValue()).toBe('LV4');
  await done(second);
  await see(second, 'LV4 低', '.ticket-number');
  await see(first, 'LV4 低', '.ticket-number');
});

test('ORG-04 a wrong password is said at the form, and what was typed stays', async () => {
  const page = await room.page(null, '/queue?level=LV1');
  await typeInto(page, page.getByLabel('邮箱'), emailOf('desk'));
  await typeInto(page, page.getByLabel('密码'), 'not the password');
  await page.keyboard.press('Enter');
  await page.locator('.sign-in .refusal[role=alert]').waitFor();
  expect(await page.getByLabel('邮箱').inputValue()).toBe(emailOf('desk'));
  const password = page.getByLabel('密码');
  await password.focus();
  await password.press('Control+A');
  await page.keyboard.type(DESK_PASSWORD);
  await page.keyboard.press('Enter');
  // Back to what was asked for before signing in.
  await page.locator('.filters').waitFor();
  expect(new URL(page.url()).search).toBe('?level=LV1');
});
