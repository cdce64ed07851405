import { afterAll, expect, test } from 'vitest';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openDesk } from '../support/browser-desk.ts';
import { enter, expectFocus, fillByKeys, go, sendByKeys, tick } from '../support/keyboard.ts';

const room = await openDesk();
afterAll(() => room.close());

test('WBD-10 WBD-11 a screen is paired, renamed, given a second board and revoked by keyboard alone', async () => {
  await room.desk.database.change(SYSTEM('test'), async ({ em }) => {
    em.create(BoardEntity, { id: newId(), name: 'Network', nameZh: '网络大屏', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 1 });
  });
  const wall = await room.page(null, '/screen');
  const code = (await wall.locator('.pair-code').getAttribute('data-code')) ?? '';
  const admin = await room.page('admin', '/screens');
  await enter(admin, admin.getByRole('button', { name: '配对屏幕' }));
  await admin.locator('.screen-form').waitFor();
  await expectFocus(admin);
  // A code that no screen shows: what was typed stays, and the hand stays at the form.
  await fillByKeys(admin, { code: 'AAAA AAAA', name: '东墙', place: '值班室' });
  await enter(admin, admin.locator('.screen-form button[type=submit]'));
  await admin.locator('.screen-form .refusal').first().waitFor();
  await expectFocus(admin);
  await fillByKeys(admin, { code: code.toLowerCase() });
  await sendByKeys(admin);
  await wall.locator('.screen-board[data-front=true] .head h1', { hasText: '值班大屏' }).waitFor();

  const line = (name: string) => admin.locator('tr', { hasText: name });
  await enter(admin, line('东墙').getByRole('button', { name: '编辑' }), 'Shift+Tab');
  await expectFocus(admin);
  await admin.keyboard.press('Escape');
  await admin.locator('.screen-form').waitFor({ state: 'detached' });
  await expectFocus(admin);
  await enter(admin, line('东墙').getByRole('button', { name: '编辑' }));
  await fillByKeys(admin, { name: '西墙' });
  await tick(admin, admin.getByRole('checkbox', { name: '网络大屏' }), true);
  await enter(admin, admin.getByRole('button', { name: '网络大屏 提前' }));
  await expectFocus(admin);
  await sendByKeys(admin);
  await wall.locator('.screen-board[data-front=true] .head h1', { hasText: '网络大屏' }).waitFor();

  await enter(admin, line('西墙').getByRole('button', { name: '撤销' }));
  await fillByKeys(admin, { reason: '搬走' });
  await go(admin, admin.getByRole('button', { name: '确定撤销' }));
  await sendByKeys(admin);
  await wall.locator('h1', { hasText: '此屏幕的授权已被撤销' }).waitFor();
  await line('西墙').locator('[data-screen-state=REVOKED]').waitFor();
  expect(await admin.locator('form.action-form').count()).toBe(0);
});
