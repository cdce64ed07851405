import { afterAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { WALLBOARD_DIRECTORY } from '../../server/src/app/start/wallboard-build.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { listScreens } from '../../server/src/features/screen/screen.queries.ts';
import { pairScreen } from '../../server/src/features/screen/screen-pairing.service.ts';
import { revokeScreen, updateScreen } from '../../server/src/features/screen/screen.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { seedApart, signInByRequest } from '../support/browser-desk.ts';
import { createTestDatabase } from '../support/database.ts';
import { serverProcess } from '../support/server-process.ts';

const TEST = SYSTEM('test');
const made = await createTestDatabase();
const { desk, close } = await seedApart(made.url);
const second = newId();
await desk.database.change(TEST, async ({ em }) => {
  em.create(BoardEntity, { id: second, name: 'Network', nameZh: '网络大屏', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 1 });
});
let server = await serverProcess(made.url, { wallboardDirectory: WALLBOARD_DIRECTORY });
const browser = await openBrowser();
afterAll(async () => {
  await browser.close();
  await server.end('SIGTERM');
  await close();
  await made.drop();
});

async function device(): Promise<{ page: Page; code: string }> {
  const page = await openPage(browser);
  await page.goto(`${server.url}/screen`);
  return { page, code: await codeOf(page) };
}

async function codeOf(page: Page): Promise<string> {
  return (await page.locator('.pair-code').getAttribute('data-code')) ?? '';
}

const settings = (boards: readonly (readonly [string, number])[]) => ({
  name: `墙 ${newId().slice(-4)}`, place: '值班室', boards: boards.map(([boardId, seconds]) => ({ boardId, seconds })), locale: 'zh-CN' as const, diagonalInches: 65, seatMetres: 4, sound: false,
});

/** A device that is bound already, without the desk's page. */
async function bound(boards: readonly (readonly [string, number])[] = [[desk.boardId, 30]]): Promise<{ page: Page; id: string; facts: ReturnType<typeof settings> }> {
  const { page, code } = await device();
  const facts = settings(boards);
  const id = await pairScreen(desk.database, TEST, { ...facts, code });
  await page.locator('.screen-board[data-front=true] .board[data-freshness=fresh]').waitFor();
  return { page, id, facts };
}

test('WBD-10 a device shows a code, an administrator enters it, the board appears; revoked, it says so and shows a code again, never a form', async () => {
  await desk.incident({ title: '配对之后可见' });
  const { page, code } = await device();
  expect(await page.locator('main').innerText()).toMatch(/此屏幕尚未配对[^]*This screen is not paired yet/);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const admin = await openPage(browser);
  await signInByRequest(admin, server.url, 'admin');
  await admin.goto(`${server.url}/screens`);
  await admin.getByRole('button', { name: '配对屏幕' }).click();
  await admin.getByLabel('屏幕上显示的代码').fill(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
  await admin.getByLabel('名称').fill('东墙');
  const entered = performance.now();
  await admin.locator('.screen-form button[type=submit]').click();
  await page.locator('.row', { hasText: '配对之后可见' }).waitFor();
  const appeared = (performance.now() - entered) / 1000;
  const line = admin.locator('tr', { hasText: '东墙' });
  await line.locator('.badge', { hasText: '在线' }).waitFor();
  await line.getByRole('button', { name: '撤销' }).click();
  await admin.getByLabel('原因').fill('搬走');
  const asked = performance.now();
  await admin.getByRole('button', { name: '确定撤销' }).click();
  await page.locator('.row').first().waitFor({ state: 'detached' });
  const dark = (performance.now() - asked) / 1000;
  await page.locator('h1', { hasText: '此屏幕的授权已被撤销' }).waitFor();
  expect(await codeOf(page)).not.toBe(code);
  expect(await page.locator('form, input, a').count()).toBe(0);
  process.stdout.write(`pairing → board ${appeared.toFixed(2)} s · revocation → dark ${dark.toFixed(2)} s\n`);
  expect(appeared).toBeLessThan(6);
  expect(dark).toBeLessThan(5);
  await page.reload();
  await page.locator('.pair-code').waitFor();
  await Promise.all([page.context().close(), admin.context().close()]);
});

test('WBD-10 other boards, another language and another size reach the wall within seconds, without a reload', async () => {
  const { page, id, facts } = await bound();
  await page.evaluate(() => { Object.assign(window, { same: true }); });
  const row = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--row'));
  const before = await row();
  const began = performance.now();
  await updateScreen(desk.database, TEST, { ...facts, id, expectedVersion: 1, boards: [{ boardId: second, seconds: 30 }], locale: 'en', diagonalInches: 86 });
  await page.locator('.head h1', { hasText: 'Network' }).waitFor();
  await expect.poll(row, { timeout: 8000 }).not.toBe(before);
  process.stdout.write(`other boards, language and size → wall ${((performance.now() - began) / 1000).toFixed(2)} s\n`);
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
  await page.context().close();
});

test('WBD-02 the rotation never shows a blank frame, stops by a key, and a new LV1 calls its board', async () => {
  const { page } = await bound([[desk.boardId, 600], [second, 600]]);
  await page.locator('.screen-board:not([data-front=true]) .head h1').waitFor({ state: 'attached' });
  // Looks at every frame: whether something of a board is seen, and which.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = (): void => {
      const front = document.querySelector('.screen-board[data-front=true] .board:not(.waiting) .head h1');
      seen.push(front instanceof HTMLElement && front.offsetHeight > 0 ? front.innerText : 'BLANK');
      requestAnimationFrame(look);
    };
    look();
  });
  const front = page.locator('.screen-board[data-front=true] .head h1');
  for (let turns = 0; turns < 6; turns += 1) {
    await page.keyboard.press('ArrowRight');
    await front.filter({ hasText: turns % 2 === 0 ? '网络大屏' : '值班大屏' }).waitFor();
  }
  expect(await page.locator('.turn-mark').innerText()).toMatch(/看板 1\/2 · \d+ 秒后切换/);
  await page.keyboard.press(' ');
  await page.locator('.turn-mark', { hasText: '轮播已暂停' }).waitFor();
  const began = performance.now();
  await desk.incident({ title: '核心机房断电', level: 'LV1' });
  await page.locator('.turn-mark[data-held=true]').waitFor();
  process.stdout.write(`new LV1 → its board in front ${((performance.now() - began) / 1000).toFixed(2)} s\n`);
  const seen = await page.evaluate(() => ('seen' in window ? window.seen : [])) as string[];
  process.stdout.write(`${seen.length} frames over 6 switches, ${seen.filter((name) => name === 'BLANK').length} blank\n`);
  expect(seen.length).toBeGreaterThan(20);
  expect(seen).not.toContain('BLANK');
  await page.context().close();
});

test('WBD-02 a server that is killed and started again finds its screens back, with the same identity', async () => {
  const { page, id } = await bound();
  const port = Number(new URL(server.url).port);
  await server.end('SIGKILL');
  await page.locator('.screen-board[data-front=true] .board').waitFor();
  await desk.incident({ title: '重启期间' });
  server = await serverProcess(made.url, { port, wallboardDirectory: WALLBOARD_DIRECTORY });
  await page.locator('.row', { hasText: '重启期间' }).waitFor({ timeout: 30_000 });
  const admin = { ...TEST };
  await expect.poll(async () => (await listScreens(desk.database, admin)).find((screen) => screen.id === id)?.state, { timeout: 20_000 }).toBe('live');
  await page.context().close();
});

test('S10 a copied cookie in another browser is noticed and listed; revoked, both are out', async () => {
  const { page, id } = await bound();
  // After the first reports the secret of the pairing has been replaced.
  await page.waitForTimeout(6000);
  const copy = await openPage(browser);
  await copy.context().addCookies(await page.context().cookies(`${server.url}/graphql`));
  await copy.goto(`${server.url}/screen`);
  await copy.locator('.screen-board[data-front=true] .board[data-freshness=fresh]').waitFor();
  const began = performance.now();
  await expect.poll(async () => (await listScreens(desk.database, TEST)).find((screen) => screen.id === id)?.state, { timeout: 20_000 }).toBe('cloned');
  process.stdout.write(`copy noticed after ${((performance.now() - began) / 1000).toFixed(2)} s\n`);
  await revokeScreen(desk.database, TEST, { id });
  await Promise.all([page, copy].map((one) => one.locator('.pair-code').waitFor({ timeout: 8000 })));
  await Promise.all([page.context().close(), copy.context().close()]);
});

test('W13 a page whose thread hung for more than 15 s loads itself anew; one that hung for less does not', async () => {
  const { page } = await bound();
  const hang = (ms: number) => page.evaluate((time) => {
    Object.assign(window, { same: true });
    const end = performance.now() + time;
    while (performance.now() < end);
  }, ms).catch(() => undefined);
  await hang(5000);
  await page.waitForTimeout(3000);
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
  const loaded = page.waitForEvent('load', { timeout: 40_000 });
  await hang(20_000);
  await loaded;
  await page.locator('.screen-board[data-front=true] .board[data-freshness=fresh]').waitFor();
  expect(await page.evaluate(() => 'same' in window)).toBe(false);
  await page.context().close();
});
