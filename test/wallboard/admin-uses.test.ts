import { afterAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

test('WBD-11 ORG-02 before a team is dissolved the page tells what it still holds; the server refuses by the same count', async () => {
  const page = await room.page('admin', `/admin/teams/${room.desk.teams['network'] ?? ''}`, { locale: 'en' });
  await page.getByRole('button', { name: 'Dissolve team' }).click();
  const dialog = page.getByRole('dialog');
  const held = (await dialog.locator('.uses li[data-kind=TICKET]').innerText()).split(' ')[0] ?? '';
  expect(Number(held)).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Dissolve team' }).click();
  expect(await page.locator('.refusal').innerText()).toContain(`is still used by ${held} open record`);
  await page.context().close();
});

test('WBD-11 AGR-01 before a customer leaves the page tells its open records and agreements, in Chinese too', async () => {
  const page = await room.page('admin', `/admin/customers/${room.desk.customerId}`);
  await page.getByRole('button', { name: '停止服务' }).click();
  const uses = page.getByRole('dialog').locator('.uses');
  await uses.waitFor();
  expect(await uses.innerText()).toMatch(/\d+ 张未关闭的工单[\s\S]*1 份未到期的协议/);
  await page.getByRole('dialog').getByRole('button', { name: '停止服务' }).click();
  expect(await page.locator('.refusal').innerText()).toContain('1 agreement (');
  await page.context().close();
});

test('WBD-11 AGR-06 a service that open incidents name tells so in its form, and the refusal stands at its field', async () => {
  const page = await room.page('admin', '/admin/services', { locale: 'en' });
  await page.getByRole('button', { name: 'Edit Network access' }).click();
  await page.locator('.uses li[data-kind=TICKET]').waitFor();
  await page.getByLabel('In the catalogue').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.locator('.field .refusal').innerText()).toContain('"Network access" is still used by');
  await page.context().close();
});
