import { afterAll, beforeAll, test } from 'vitest';
import { registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { DAY, HOUR } from '../../server/src/kernel/instant.ts';
import { openDesk, PROCESS_PEOPLE } from '../support/browser-desk.ts';
import { actByKeys, enter, expectFocus, fillByKeys } from '../support/keyboard.ts';
import { see } from '../support/record-page.ts';

const PLAN = ['planType', 'background', 'presentEnvironment', 'dataBackup', 'steps', 'schedule', 'riskAndRollback', 'testSteps', 'implementationPlan', 'testPlan', 'rollbackPlan'];
const SECTIONS = ['CAPACITY', 'AVAILABILITY', 'CONTINUITY', 'SLA', 'COST'];
const texts = (names: readonly string[], text: string): Record<string, string> => Object.fromEntries(names.map((name) => [name, text]));

const room = await openDesk();
afterAll(() => room.close());

beforeAll(async () => {
  const { desk } = room;
  for (const key of ['owner', 'implementer', 'changeManager'] as const) await desk.person(key, PROCESS_PEOPLE[key][0], PROCESS_PEOPLE[key][1]);
  await desk.database.change(SYSTEM('test'), (change) => registerCi(change, { class: 'server', name: 'mail-01', customerId: desk.customerId, life: 'in-use' }));
});

test('WBD-11 CHG-02 CHG-03 a change is raised, planned, approved by the next and scheduled by keyboard alone', async () => {
  const engineer = await room.page('network', '/changes');
  await enter(engineer, engineer.getByRole('link', { name: '提出变更' }));
  await engineer.locator('form.action-form [name=title]').waitFor();
  await expectFocus(engineer);
  await fillByKeys(engineer, {
    customerId: '申江医院', category: '一般', title: '更换邮件中继', description: '设备到期', type: '系统变更', ciId: { ci: 'mail-01' }, businessSystems: '邮件', departments: '行政部', expectedResult: '邮件照常收发',
  });
  await enter(engineer, engineer.locator('form.action-form button[type=submit]'));
  await engineer.waitForURL(/CHG-\d+$/);
  await see(engineer, '更换邮件中继', 'h1');
  await expectFocus(engineer);
  const path = new URL(engineer.url()).pathname;
  await actByKeys(engineer, 'submitChange');
  await see(engineer, '已提交', '.ticket-number');

  const owner = await room.page('owner', path);
  await actByKeys(owner, 'acceptChange', { ownerId: '范丽娜', implementerId: '丁浩' });
  await actByKeys(owner, 'planChange');
  await actByKeys(owner, 'editChangePlan', texts(PLAN, '按方案'));
  await actByKeys(owner, 'assessChange', texts(SECTIONS, '无影响'));
  await actByKeys(owner, 'askCiOwners');
  const start = Date.now() + 3 * DAY;
  await actByKeys(owner, 'addChangeTask', { title: '换上新中继', implementerId: '丁浩', plannedStartAt: new Date(start), plannedEndAt: new Date(start + HOUR) });
  await actByKeys(owner, 'requestApproval');
  await see(owner, '审批中', '.ticket-number');

  const manager = await room.page('changeManager', path);
  await actByKeys(manager, 'approveChange', { approved: true, note: '同意' });
  await actByKeys(owner, 'scheduleChange', { windowStartAt: new Date(start), windowEndAt: new Date(start + 2 * HOUR) });
  await see(owner, '已排期', '.ticket-number');
  await actByKeys(owner, 'sendChangeTasks');
  // Whoever raised it sees it, and is still where they were.
  await see(engineer, '已排期', '.ticket-number');
  await expectFocus(engineer);
});
