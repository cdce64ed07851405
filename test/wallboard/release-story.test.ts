import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raise } from '../../server/src/features/change/change-raise.service.ts';
import { registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { raiseRelease } from '../../server/src/features/release/release-raise.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { openDesk, PROCESS_PEOPLE, type ProcessPerson } from '../support/browser-desk.ts';
import { act, browsersOf, refusalOf, see, sendForm } from '../support/record-page.ts';
import { actorOf, PACKAGE, ReleaseInDatabase, type ReleasePerson } from '../support/release-story.ts';

const TEST = SYSTEM('test');
const OTHER_PACKAGE = 'b'.repeat(64);

const room = await openDesk();
afterAll(() => room.close());
const at = browsersOf(room);
const ready = { number: '', change: '' };

/** The package's server, what rests on it, and a release that has been tested, accepted and announced. */
beforeAll(async () => {
  const { desk } = room;
  const { database, customerId } = desk;
  for (const [key, [name, role]] of Object.entries(PROCESS_PEOPLE)) await desk.person(key, name, role);
  const portal = await database.change(TEST, (change) => registerCi(change, { class: 'application', name: 'pay-portal', customerId, life: 'in-use' }));
  const erp = await database.change(TEST, (change) => registerCi(change, { class: 'server', name: 'erp-db-01', customerId, life: 'in-use' }));
  await database.change(TEST, (change) => relateCis(change, { sourceId: portal.id, type: 'depends_on', targetId: erp.id, authorisation: { kind: 'exception', reason: 'As it stands in the room.' } }));
  const changeId = await raise(database, TEST, { customerId, title: '升级 ERP', description: '随发布实施', category: 'general', type: 'system', ciIds: [erp.id], businessSystems: ['ERP'], departments: ['财务部'], software: true });
  // How a change comes to be implemented is the change's own story.
  await database.em.execute(`update change set state = 'implementing' where ticket_id = ?`, [changeId]);
  const people = cast();
  const id = await raiseRelease(database, people.owner, { customerId, title: 'ERP 4.2 上线', version: '4.2', ciIds: [erp.id], changeIds: [changeId] });
  const release = await new ReleaseInDatabase({ database, people, now: await database.now() }, id).to('deployment');
  ready.number = (await release.ticket()).number;
  [{ number: ready.change }] = await database.em.execute<[{ number: string }]>('select number from ticket where id = ?', [changeId]);
}, 120_000);

/** Those of the browser's desk who prepare the release. */
function cast(): Record<ReleasePerson, ReturnType<typeof actorOf>> {
  const someone = (key: ProcessPerson) => actorOf(PROCESS_PEOPLE[key][0], PROCESS_PEOPLE[key][1], room.desk.people[key]);
  return {
    owner: someone('releaseOwner'), otherOwner: someone('releaseOwner'), manager: someone('releaseManager'), tester: someone('tester'), head: someone('department'), secondHead: someone('delivery'),
    keeper: someone('configuration'), auditor: someone('quality'),
  };
}

test('REL-03 REL-04 REL-06 REL-07 MET-01 a deployment, an incident on what rests on it, the suspicion, a person\'s word, and the quarter that counts it', { timeout: 240_000 }, async () => {
  const owner = await at('releaseOwner', `/releases/${ready.number}`);
  await deploy(owner);
  await owner.evaluate(() => Reflect.set(window, 'sameDocument', true));
  const manager = await at('manager', '/metrics/quarter');
  await figure(manager, 'release-caused-incidents', 0);
  const incident = await recordIncident(await at('desk', '/record'));
  // REL-07: what is only suspected stands beside and is not counted.
  await manager.locator('.metric-beside[data-figure=release-suggested-incidents][data-value="1"]').waitFor();
  await figure(manager, 'release-caused-incidents', 0);
  await confirmCause(owner, incident);
  await figure(manager, 'release-caused-incidents', 1);
  await figure(manager, 'release-count', 1);
  await manager.locator('.metric-card[data-figure=release-caused-incidents] .metric-value').click();
  await manager.locator('.metric-drawer [data-total="1"]').waitFor();
  await manager.locator('.metric-drawer').getByRole('link', { name: incident }).click();
  await see(manager, '支付门户报错', '.ticket-head h1');
});

/** A newest value on the page of the quarter. */
const figure = (page: Page, key: string, value: number): Promise<void> => page.locator(`.metric-card[data-figure=${key}] .metric-value[data-value="${value}"]`).waitFor();

async function deploy(owner: Page): Promise<void> {
  const now = await room.server.database.now();
  await act(owner, 'scheduleRelease', { windowStartAt: inShanghai(now), windowEndAt: inShanghai(now + 2 * HOUR) });
  await act(owner, 'recordReleaseBaseline');
  for (const item of ['环境', '备份', '已通知相关人员', '风险评估']) {
    await owner.getByRole('button', { name: `检查 · ${item}` }).click();
    await sendForm(owner, item);
    await see(owner, `☑ ${item}`);
  }
  // REL-04: what was not accepted is not installed.
  expect(await refusalOf(owner, 'startDeployment', { changeId: ready.change, sha256: OTHER_PACKAGE })).toContain(PACKAGE);
  await act(owner, 'startDeployment', { changeId: ready.change, sha256: PACKAGE });
  await act(owner, 'finishDeployment', { sha256: PACKAGE });
  await see(owner, '更新配置库', '.ticket-number');
}

/** What a `datetime-local` input of somebody in Shanghai takes. */
const inShanghai = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString({ smallestUnit: 'minute' });

async function recordIncident(desk: Page): Promise<string> {
  await desk.locator('.level-cards label').first().waitFor();
  await desk.getByLabel('客户').selectOption({ label: '申江医院' });
  await desk.locator('.intake input[list]').fill('pay-portal');
  await desk.locator('.intake datalist option[value="pay-portal"]').waitFor({ state: 'attached' });
  await desk.getByLabel('标题').fill('支付门户报错');
  await desk.getByRole('group', { name: '影响' }).getByRole('button', { name: '中' }).click();
  await desk.locator('input[name=level][value=LV3]').check();
  await desk.keyboard.press('Control+Enter');
  await see(desk, '支付门户报错', '.ticket-head h1');
  await see(desk, 'pay-portal');
  return (await desk.locator('.ticket-number b').innerText()).trim();
}

/** REL-06: it comes to the open page by itself, with the way from the incident's item to the release's. */
async function confirmCause(owner: Page, incident: string): Promise<void> {
  const entry = owner.locator('.entries > li', { has: owner.getByRole('link', { name: incident }) });
  await entry.filter({ hasText: '疑似' }).waitFor();
  await entry.filter({ hasText: '经由 pay-portal → erp-db-01' }).waitFor();
  expect(await owner.evaluate(() => Reflect.get(window, 'sameDocument'))).toBe(true);
  await entry.getByRole('button', { name: '确认由本发布引起' }).click();
  await sendForm(owner, 'decideReleaseCause');
  await entry.filter({ hasText: '已确认' }).filter({ hasText: '姚远' }).waitFor();
}
