import { afterAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

const agreement = async (column: string, where = 'true'): Promise<string> =>
  (await room.desk.database.em.execute<{ value: string }[]>(`select ${column}::text as value from agreement where ${where} order by number limit 1`))[0]?.value ?? '';

test('WBD-11 AGR-03 who answers for an agreement is named on its page, and kept', async () => {
  const id = await agreement('id');
  const manager = room.desk.people['manager'] ?? '';
  const [person] = await room.desk.database.em.execute<{ name: string; email: string }[]>('select name, email from person where id = ?', [manager]);
  const page = await room.page('admin', `/admin/agreements/${id}`, { locale: 'en' });
  await page.locator('input[name=technicalManagerId]').fill(`${person?.name ?? ''} · ${person?.email ?? ''}`);
  await page.getByText('Unsaved changes').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await expect.poll(() => agreement('technical_manager_id', `id = '${id}'`)).toBe(manager);
  await page.reload();
  await expect.poll(() => page.locator('input[name=technicalManagerId]').inputValue()).toBe(person?.name);
  await page.context().close();
});

test('WBD-11 AGR-03 the register of agreements goes on beyond a hundred, and is searched as a whole', async () => {
  await room.desk.database.em.execute(`insert into agreement (id, customer_id, number, name, calendar_id, targets, response_channels, starts_at, ends_at, version)
    select gen_random_uuid(), customer_id, 'MANY-' || n, 'Many', calendar_id, '{}', '[]', starts_at, ends_at + n * interval '1 day', 1 from agreement, generate_series(1, 105) n where number = (select min(number) from agreement)`);
  const page = await room.page('admin', '/admin/agreements', { locale: 'en' });
  await expect.poll(() => page.locator('tbody tr').count()).toBe(100);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(106);
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  await page.getByRole('searchbox').fill('many-105');
  await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
  await page.context().close();
});
