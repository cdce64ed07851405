import { afterAll, beforeAll, test } from 'vitest';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { addVendor } from '../../server/src/features/vendor/vendor.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { openDesk } from '../support/browser-desk.ts';
import { actByKeys, enter, expectFocus, fillByKeys, sendByKeys } from '../support/keyboard.ts';
import { see } from '../support/record-page.ts';

const TEST = SYSTEM('test');
const room = await openDesk();
afterAll(() => room.close());
let number = '';

beforeAll(async () => {
  const { database, customerId, serviceId } = room.desk;
  const ids: string[] = [];
  for (const title of ['门诊楼无线断开', '住院部无线断开', '药房无线断开']) {
    ids.push(await record(database, TEST, { customerId, title, description: title, channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV2', symptom: '无线断开', serviceId }));
  }
  // In the month that is over.
  await database.em.execute(`update incident set reported_at = now() - interval '1 day' * ? where ticket_id = any(?::uuid[])`, [new Date().getUTCDate() + 3, `{${ids.join(',')}}`]);
  const incident = await room.desk.incident({ title: '无线控制器宕机' });
  [{ number }] = await database.em.execute<[{ number: string }]>('select number from ticket where id = ?', [incident]);
  await addVendor(database, TEST, { name: '华为', products: ['无线控制器'], contact: '李工', phone: '400-822-9999' });
});

test('WBD-11 INC-25 a review is prepared, its points decided and the meeting recorded by keyboard alone', async () => {
  const page = await room.page('manager', '/reviews');
  await enter(page, page.getByRole('button', { name: '准备' }));
  await page.locator('.review-entry').first().waitFor();
  await expectFocus(page);
  const points = await page.locator('.review-entry').count();
  for (let decided = 0; decided < points; decided += 1) {
    const point = page.locator('.review-entry[data-decided=false]').first();
    await enter(page, point.locator('button[data-decision=NONE]'));
    await fillByKeys(page, { reason: '已另立问题' });
    await sendByKeys(page);
  }
  await enter(page, page.locator('.review-head button.main'));
  await fillByKeys(page, { attendees: '郭晓燕、林志远', minutes: '按议程过了一遍' });
  await sendByKeys(page);
  await see(page, '按议程过了一遍', '.card');
});

test('WBD-11 VND-05 a vendor case is opened, followed up and closed by keyboard alone', async () => {
  const page = await room.page('manager', '/vendor-cases');
  await enter(page, page.getByRole('button', { name: '登记CASE' }));
  // A number that no incident has is refused at its field, and the hand stays there.
  await fillByKeys(page, { ticketNumber: 'INC-9999999', product: '华为 · 无线控制器', caseNumber: 'SR-1' });
  await enter(page, page.locator('form.action-form button[type=submit]'));
  await page.locator('form.action-form .refusal').waitFor();
  await expectFocus(page);
  await fillByKeys(page, { ticketNumber: number });
  await sendByKeys(page);
  const line = page.locator('tr', { hasText: 'SR-1' });
  await enter(page, line.getByRole('link', { name: /^VND-/ }));
  await page.locator('h1', { hasText: 'SR-1' }).waitFor();
  await expectFocus(page);
  await actByKeys(page, 'updateVendorCase', { text: '厂商要求抓包' });
  await see(page, '厂商要求抓包', '.entries');
  await actByKeys(page, 'closeVendorCase', { result: '升级固件后恢复' });
  await see(page, '升级固件后恢复', '.facts');
});
