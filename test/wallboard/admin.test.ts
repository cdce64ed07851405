import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { choose, press, tabTo, typeInto } from '../support/browser.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const PICTURES = process.env['ADMIN_PICTURES'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((result) => result.violations)`)) as Violation[];
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${(failureSummary ?? '').split('\n')[1]?.trim() ?? ''}`));
}

const idOf = async (table: string, where: string): Promise<string> => {
  const rows = await room.desk.database.em.execute<{ id: string }[]>(`select id from ${table} where ${where} limit 1`);
  return rows[0]?.id ?? '';
};
const PAGES = [
  ['people', '/admin/people', 'tbody td a'], ['person', async () => `/admin/people/${room.desk.people['network'] ?? ''}`, '.admin-columns td'], ['teams', '/admin/teams', 'tbody td a'],
  ['team', async () => `/admin/teams/${room.desk.teams['network'] ?? ''}`, '.admin-columns td'], ['customers', '/admin/customers', 'tbody td a'], ['customer', async () => `/admin/customers/${room.desk.customerId}`, '.admin-stack td'],
  ['agreements', '/admin/agreements', 'tbody td a'], ['agreement', async () => `/admin/agreements/${await idOf('agreement', 'true')}`, '.agreement-lines'], ['services', '/admin/services', 'tbody td'],
  ['policies', '/admin/policies', '.policy-cards a'], ['level-table', '/admin/policies/level-table', '.side-by-side td'], ['handoff', '/admin/policies/handoff', '.policy-list td'], ['priority-matrix', '/admin/policies/priority-matrix', '.policy-grid td'],
  ['calendars', '/admin/calendars', 'tbody td a'], ['calendar', async () => `/admin/calendars/${await idOf('calendar', "key = '5x8'")}`, '.hours'], ['tokens', '/admin/tokens', 'main h1'], ['audit', '/admin/audit', 'tbody td'],
] as const;

async function open(person: 'admin' | 'network' | 'manager', path: string | (() => Promise<string>), ready: string, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
  const page = await room.page(person, typeof path === 'string' ? path : await path(), { locale });
  await page.locator(ready).first().waitFor();
  return page;
}

test('WBD-11 WBD-03 every admin page passes axe-core in both languages and both themes', async () => {
  const found: string[] = [];
  for (const locale of ['zh-CN', 'en'] as const) {
    for (const [name, path, ready] of PAGES) {
      const page = await open('admin', path, ready, locale);
      for (const theme of ['dark', 'light'] as const) {
        await page.evaluate((wanted) => { document.documentElement.dataset['theme'] = wanted; }, theme);
        found.push(...(await violations(page)).map((one) => `${name} ${locale} ${theme}: ${one}`));
        if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}-${locale}-${theme}.png` });
      }
      await page.context().close();
    }
  }
  expect(found).toEqual([]);
}, 600_000);

test('WBD-11 ORG-03 who may not see a page is told so, and finds no way to it', async () => {
  const page = await open('network', '/admin/people', '[data-page-state="forbidden"]');
  expect(await page.locator('[data-page-state="forbidden"]').count()).toBe(1);
  expect(await page.locator('.admin-nav a').count()).toBe(0);
  expect(await page.locator('.desk-rail a[href="/admin"]').count()).toBe(0);
  await page.context().close();
});

test('WBD-11 SLA-10 an administrator sets up a person, a team, a customer with its agreement and lines, and edits a policy after looking at what it would do: by keyboard only', async () => {
  const page = await open('admin', '/admin/people', 'tbody td a', 'en');
  await press(page, page.getByRole('button', { name: 'New person' }));
  await typeInto(page, page.getByLabel('Name', { exact: false }).first(), '严冬');
  await typeInto(page, page.locator('input[name="email"]'), 'not an address');
  await press(page, page.getByRole('button', { name: 'Save' }));
  await page.locator('.field .refusal').waitFor();
  expect(await page.locator('input[name="email"]').getAttribute('aria-invalid')).toBe('true');
  await tabTo(page, page.locator('input[name="email"]'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('yan@example.com');
  await press(page, page.getByRole('button', { name: 'Save' }));
  await page.getByRole('heading', { name: /严冬/ }).waitFor();
  await press(page, page.getByRole('button', { name: 'Grant a role' }));
  await choose(page, page.locator('select[name="role"]'), 'Senior engineer');
  await press(page, page.locator('.new-form').getByRole('button', { name: 'Save' }));
  await page.getByText('see incidents').first().waitFor();

  await page.goto(`${room.server.url}/admin/teams`);
  await press(page, page.getByRole('button', { name: 'New team' }));
  for (const [name, text] of [['key', 'night'], ['nameZh', '夜班组'], ['name', 'Night shift']] as const) await typeInto(page, page.locator(`input[name="${name}"]`), text);
  await choose(page, page.locator('select[name="purpose"]'), '7×24');
  await press(page, page.getByRole('button', { name: 'Save' }));
  await page.getByRole('heading', { name: /Night shift/ }).waitFor();
  await page.locator('#new-member').waitFor();
  await typeInto(page, page.locator('#new-member'), '严冬 · yan@example.com');
  await press(page, page.getByRole('button', { name: 'Add', exact: true }));
  await page.getByRole('link', { name: '严冬' }).waitFor();
  expect(await page.locator('a[href^="/on-call"]').count()).toBeGreaterThan(0);

  await page.goto(`${room.server.url}/admin/customers`);
  await press(page, page.getByRole('button', { name: 'New customer' }));
  await typeInto(page, page.locator('input[name="name"]'), '临港数据');
  await typeInto(page, page.locator('input[name="fullName"]'), '临港数据中心有限公司');
  await press(page, page.getByRole('button', { name: 'Save' }));
  await page.getByRole('heading', { name: /临港数据/ }).waitFor();
  await press(page, page.getByRole('button', { name: 'New agreement' }));
  await typeInto(page, page.locator('.new-form input[name="number"]'), 'SA-9');
  await typeInto(page, page.locator('.new-form input[name="name"]'), '驻场服务');
  await choose(page, page.locator('.new-form select[name="calendarId"]'), '5×8');
  for (const [name, year] of [['startsAt', '2026'], ['endsAt', '2030']] as const) {
    await typeInto(page, page.locator(`.new-form input[name="${name}"]`), `0101${year}`);
    // The year takes six digits: the arrow goes on to the hours.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('1200AM');
  }
  await press(page, page.locator('.new-form').getByRole('button', { name: 'Save' }));
  await page.getByRole('button', { name: 'Add a line' }).waitFor();
  await press(page, page.getByRole('button', { name: 'Add a line' }));
  await choose(page, page.getByLabel('Line 1 Service'), 'Network access');
  await choose(page, page.getByLabel('Line 1 Tier'), 'VIP');
  await press(page, page.getByRole('button', { name: 'Save lines' }));
  await expect.poll(() => idOf('agreement_line', "tier = 'vip'"), { timeout: 15_000 }).not.toBe('');

  await page.goto(`${room.server.url}/admin/policies/level-table`);
  const work = page.getByLabel(/LV2 Start of work/);
  await tabTo(page, work);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('25m');
  await press(page, page.getByRole('button', { name: 'What would this do to open incidents?' }));
  await page.locator('.what-if-sum').waitFor();
  // Only what was reported 45 minutes ago is past 25 minutes but not past the hour that it had.
  expect(await page.locator('.what-if-rows tr[data-change="BREACHED"]').count()).toBe(1);
  expect(await idOf('policy_version', "key = 'level-table' and version = 2")).toBe('');
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/what-if.png`, fullPage: true });
  expect(await violations(page)).toEqual([]);
  await press(page, page.getByRole('button', { name: 'Save version 2' }));
  await page.getByText('Version 2', { exact: true }).first().waitFor();
  await expect.poll(async () => (await room.desk.database.em.execute<{ n: number }[]>(`select count(*)::int as n from clock where kind = 'start-of-work' and breached_at is not null`))[0]?.n, { timeout: 20_000 }).toBeGreaterThan(0);
  await page.context().close();
}, 300_000);

test('API-03 WBD-11 when somebody else was quicker both values stand side by side, and one is chosen', async () => {
  const page = await open('admin', async () => `/admin/customers/${room.desk.customerId}`, 'input[name="fullName"]', 'en');
  await page.locator('input[name="fullName"]').fill('Mine');
  await room.desk.database.em.execute(`update customer set full_name = 'Theirs', version = version + 1 where id = ?`, [room.desk.customerId]);
  await page.getByRole('button', { name: 'Save' }).first().click();
  const conflict = page.locator('.conflict');
  await conflict.waitFor();
  expect(await conflict.innerText()).toContain('Mine');
  expect(await conflict.innerText()).toContain('Theirs');
  await conflict.getByRole('button', { name: 'Mine' }).click();
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect.poll(() => idOf('customer', "full_name = 'Mine'")).toBe(room.desk.customerId);
  await page.context().close();
});

test('WBD-11 what was typed and not saved is asked about when one leaves, and is still there when one comes back', async () => {
  const page = await open('admin', async () => `/admin/teams/${room.desk.teams['network'] ?? ''}`, 'input[name="name"]', 'en');
  await page.locator('input[name="name"]').fill('Half done');
  const asked: string[] = [];
  page.once('dialog', (dialog) => { asked.push(dialog.message()); void dialog.dismiss(); });
  await page.getByRole('link', { name: /Teams/ }).first().click();
  expect(asked).toEqual(['There are unsaved changes. Leave this page?']);
  expect(page.url()).toContain('/admin/teams/');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('link', { name: /Teams/ }).first().click();
  await page.locator('tbody td a').first().waitFor();
  await page.goBack();
  await expect.poll(() => page.locator('input[name="name"]').inputValue()).toBe('Half done');
  expect(await page.getByText('Unsaved changes').count()).toBe(1);
  await page.context().close();
});
