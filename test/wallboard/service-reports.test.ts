import { afterAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

test('WBD-12 SLM-06 a service manager issues a customer\'s report after a question, and the customer reads the same', async () => {
  const page = await room.page('manager', '/metrics/service', { locale: 'en' });
  const period = (await page.locator('.my-report').getAttribute('data-period')) ?? '';
  expect(period).toMatch(/^\d{4}-Q[1-4]$/);
  expect(await page.getByText('No report has been issued yet.').count()).toBe(1);
  await page.getByRole('button', { name: 'Issue service report' }).click();
  await page.getByText(`The service report of ${period} is issued to 申江医院`).waitFor();
  await page.locator('textarea[name=remark]').fill('谢谢配合');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Issue it' }).click();
  await page.locator('.my-report[data-issued=true]').waitFor();
  expect(await page.getByRole('status').getByText(`/my/report?period=${period}`).count()).toBe(1);
  expect(await page.getByRole('link', { name: period, exact: true }).count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Issue service report' }).count()).toBe(0);
  const customer = await room.page('contact', `/my/report?period=${period}`);
  await customer.locator('.my-report[data-issued=true]').getByText('谢谢配合').waitFor();
  await page.context().close();
  await customer.context().close();
});

test('WBD-12 SLM-06 the quarter that runs is shown and cannot be issued yet', async () => {
  const page = await room.page('manager', '/metrics/service');
  await page.locator('.my-report').waitFor();
  const choice = page.getByLabel('期间');
  const running = await choice.locator('option').first().getAttribute('value');
  await choice.selectOption(running);
  await page.locator(`.my-report[data-period="${running ?? ''}"]`).waitFor();
  await page.getByText('周期结束后才能发布。').waitFor();
  expect(await page.getByRole('button', { name: '发布服务报告' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
