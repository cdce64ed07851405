import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { openDesk } from '../support/browser-desk.ts';
import { enter, expectFocus, go, write } from '../support/keyboard.ts';
import { see } from '../support/record-page.ts';

const room = await openDesk();
afterAll(() => room.close());

/** An application on a machine on a host on a storage. */
const CHAIN = [['门诊挂号系统', 'application'], ['his-vm-01', 'virtual-machine'], ['esx-01', 'server'], ['存储阵列-A', 'storage']] as const;

beforeAll(async () => {
  await room.desk.database.change(SYSTEM('test'), async (change) => {
    const authorisation = { kind: 'exception', reason: 'fixture' } as const;
    let above = '';
    for (const [name, kind] of CHAIN) {
      const { id } = await registerCi(change, { class: kind, name, life: 'in-use', customerId: room.desk.customerId });
      await change.em.flush();
      if (above !== '') await relateCis(change, { sourceId: above, type: 'depends_on', targetId: id, authorisation });
      above = id;
    }
  });
});

test('WBD-11 WBD-07 CMDB-04 an item is searched, its relations followed and its picture walked by keyboard alone', async () => {
  const page = await room.page('admin', '/cmdb');
  await page.locator('.cmdb-table').waitFor();
  await write(page, page.locator('main input[type=search]'), 'his-vm');
  await page.locator('.total', { hasText: '1' }).waitFor();
  await page.locator('tr', { hasText: 'esx-01' }).waitFor({ state: 'detached' });
  await expectFocus(page);
  await enter(page, page.getByRole('link', { name: 'his-vm-01' }));
  await see(page, 'his-vm-01', 'h1');
  await expectFocus(page);

  // Along the list of relations, down one.
  await page.locator('.relation-group').first().waitFor();
  await enter(page, page.locator('.relation-group').getByRole('link', { name: 'esx-01' }));
  await see(page, 'esx-01', 'h1');
  await expectFocus(page);

  // In the picture: what rests on the host, up to the application and into it.
  const active = page.locator('.graph-box[data-active="true"]');
  await active.filter({ hasText: 'esx-01' }).waitFor();
  await go(page, active);
  const way = async (key: string, name: string): Promise<void> => {
    await page.keyboard.press(key);
    await active.filter({ hasText: name }).waitFor();
    await expect.poll(() => active.evaluate((box) => box === document.activeElement)).toBe(true);
    await expectFocus(page);
  };
  await way('ArrowRight', 'his-vm-01');
  await way('ArrowRight', '门诊挂号系统');
  await way('ArrowLeft', 'his-vm-01');
  await page.keyboard.press('n');
  await page.locator('.graph-box[data-mark="barred"]', { hasText: 'his-vm-01' }).waitFor();
  await expectFocus(page);
  await page.keyboard.press('n');
  await page.locator('.graph-box[data-mark="barred"]').waitFor({ state: 'detached' });
  await way('ArrowRight', '门诊挂号系统');
  await page.keyboard.press('Enter');
  await see(page, '门诊挂号系统', 'h1');
  await expectFocus(page);

  // The other way round: what the application rests on.
  await enter(page, page.locator('.graph-part .chips').getByRole('button', { name: '依赖' }));
  await page.locator('.graph-box', { hasText: '存储阵列-A' }).waitFor();
  await expectFocus(page);
});
