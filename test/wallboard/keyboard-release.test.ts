import type { Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { raise } from '../../server/src/features/change/change-raise.service.ts';
import { registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { openDesk, PROCESS_PEOPLE, type ProcessPerson } from '../support/browser-desk.ts';
import { actByKeys, enter, expectFocus, fillByKeys, sendByKeys, write } from '../support/keyboard.ts';
import { see } from '../support/record-page.ts';
import { actorOf, PACKAGE, ReleaseInDatabase, type ReleasePerson } from '../support/release-story.ts';

const TEST = SYSTEM('test');
const room = await openDesk();
afterAll(() => room.close());
let change = '';

beforeAll(async () => {
  const { desk } = room;
  const { database, customerId } = desk;
  for (const [key, [name, role]] of Object.entries(PROCESS_PEOPLE)) await desk.person(key, name, role);
  const { id } = await database.change(TEST, (unit) => registerCi(unit, { class: 'server', name: 'erp-db-01', customerId, life: 'in-use' }));
  const changeId = await raise(database, TEST, { customerId, title: '升级 ERP', description: '随发布实施', category: 'general', type: 'system', ciIds: [id], businessSystems: ['ERP'], departments: ['财务部'], software: true });
  // How a change comes to be implemented is the change's own story.
  await database.em.execute(`update change set state = 'implementing' where ticket_id = ?`, [changeId]);
  [{ number: change }] = await database.em.execute<[{ number: string }]>('select number from ticket where id = ?', [changeId]);
});

test('WBD-11 REL-03 a release is planned with its change, reviewed by the next, scheduled and deployed by keyboard alone', async () => {
  const owner = await room.page('releaseOwner', '/releases');
  await enter(owner, owner.getByRole('link', { name: '新建发布' }));
  await owner.locator('form.action-form [name=title]').waitFor();
  await expectFocus(owner);
  await fillByKeys(owner, { customerId: '申江医院', title: 'ERP 4.2 上线', version: '4.2', ciId: { ci: 'erp-db-01' } });
  await enter(owner, owner.locator('form.action-form button[type=submit]'));
  await owner.waitForURL(/REL-\d+$/);
  await see(owner, 'ERP 4.2 上线', 'h1');
  await expectFocus(owner);
  await plan(owner);

  const path = new URL(owner.url()).pathname;
  await actByKeys(await room.page('department', path), 'reviewReleaseContent', { agree: true, note: '同意' });
  await actByKeys(await room.page('releaseManager', path), 'approveReleaseContent');
  await restOfTheWay(path.split('/').at(-1) ?? '');
  await owner.reload();
  await deploy(owner);
});

async function plan(owner: Page): Promise<void> {
  for (const action of ['editReleasePlan', 'editGoLivePlan']) {
    await enter(owner, owner.locator(`.actions [data-action=${action}]`));
    const texts = owner.locator('form.action-form textarea');
    await texts.first().waitFor();
    for (let field = 0; field < (await texts.count()); field += 1) await write(owner, texts.nth(field), '按计划');
    await sendByKeys(owner);
  }
  await actByKeys(owner, 'nameReleaseReviewer', { personId: '曾国强', department: '财务部' });
  await actByKeys(owner, 'carryChange', { changeId: change });
  await actByKeys(owner, 'submitReleaseContent');
}

/** Tests, trial and announcement have the same forms: they are carried out without the page. */
async function restOfTheWay(number: string): Promise<void> {
  const { database } = room.server;
  const someone = (key: ProcessPerson) => actorOf(PROCESS_PEOPLE[key][0], PROCESS_PEOPLE[key][1], room.desk.people[key]);
  const people: Record<ReleasePerson, ReturnType<typeof actorOf>> = {
    owner: someone('releaseOwner'), otherOwner: someone('releaseOwner'), manager: someone('releaseManager'), tester: someone('tester'), head: someone('department'), secondHead: someone('delivery'),
    keeper: someone('configuration'), auditor: someone('quality'),
  };
  const [{ id }] = await database.em.execute<[{ id: string }]>('select id from ticket where number = ?', [number]);
  await new ReleaseInDatabase({ database, people, now: await database.now() }, id).to('deployment');
}

async function deploy(owner: Page): Promise<void> {
  const now = await room.server.database.now();
  await actByKeys(owner, 'scheduleRelease', { windowStartAt: new Date(now), windowEndAt: new Date(now + 2 * HOUR) });
  await actByKeys(owner, 'recordReleaseBaseline');
  for (const item of ['环境', '备份', '已通知相关人员', '风险评估']) {
    await enter(owner, owner.getByRole('button', { name: `检查 · ${item}` }));
    await sendByKeys(owner);
    await see(owner, `☑ ${item}`);
  }
  await actByKeys(owner, 'startDeployment', { changeId: change, sha256: PACKAGE });
  await actByKeys(owner, 'finishDeployment', { sha256: PACKAGE });
  await see(owner, '更新配置库', '.ticket-number');
}
