import { afterAll, expect, test } from 'vitest';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { countEach } from '../../server/src/features/board/saved-view.queries.ts';
import { changeView, chooseDefaultView, countViews, createView, findView, listViews, removeView, type ViewContent } from '../../server/src/features/board/saved-view.service.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DeskStory } from '../support/desk-story.ts';

const story = await DeskStory.start();
const { people, teams, database } = story;
afterAll(() => story.open.close());

const acme = story.customer('Acme').agreement();
const globex = story.customer('Globex').agreement();
const content = (name: string, more: Partial<ViewContent> = {}): ViewContent => ({ name, scope: 'me', filter: {}, sort: 'priority', ...more });
const names = async (actor: Actor) => (await listViews(database, actor)).map(({ name }) => name);
const find = (actor: Actor, slug: string) => findView(database.em, actor, { slug });
const limited: Actor = { ...people.serviceManager, grants: [{ role: 'service-manager', permissions: permissionsOfRole('service-manager'), customerId: await globex.customerId(), teamId: null }] };

test('WBD-04 a view keeps filter, order, bands and columns at an address of its own', async () => {
  await createView(database, people.engineer, content('网络组 超时', { filter: { levels: ['LV2', 'LV1'], holderIds: ['me'] }, sort: 'due', grouping: 'team', columns: ['number', 'clock'] }));
  expect(await find(people.engineer, '网络组-超时')).toMatchObject({
    name: '网络组 超时', scope: 'me', filter: { levels: ['LV1', 'LV2'], holderIds: ['me'], openOnly: true }, sort: 'due', grouping: 'team', columns: ['number', 'clock'], version: 1, isDefault: false,
  });
  await createView(database, people.colleague, content('网络组 超时'));
  expect((await find(people.colleague, '网络组-超时-2')).name).toBe('网络组 超时');
});

test('WBD-04 somebody else\'s own view is not there: not in the list, not by address, not to be changed', async () => {
  const id = await createView(database, people.engineer, content('private'));
  expect(await names(people.colleague)).not.toContain('private');
  for (const actor of [people.colleague, people.serviceManager, story.contactOf(await acme.customerId())]) {
    await expect(find(actor, 'private')).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'slug' });
    await expect(changeView(database, actor, { ...content('stolen'), id, expectedVersion: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(removeView(database, actor, { id, expectedVersion: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(chooseDefaultView(database, actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  expect((await find(people.engineer, 'private')).name).toBe('private');
});

test('WBD-04 a team\'s view: its lead shares it, its members find it, a member changes nothing', async () => {
  const team = content('engineers today', { scope: 'team', teamId: teams.engineers });
  await expect(createView(database, people.engineer, team)).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'scope' });
  const id = await createView(database, people.lead, team);
  expect(await names(people.engineer)).toContain('engineers today');
  expect(await names(people.senior)).not.toContain('engineers today');
  await expect(changeView(database, people.engineer, { ...team, id, expectedVersion: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(removeView(database, people.engineer, { id, expectedVersion: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await changeView(database, people.serviceManager, { ...team, name: 'engineers now', id, expectedVersion: 1 });
  expect(await find(people.engineer, 'engineers-today')).toMatchObject({ name: 'engineers now', version: 2 });
});

test('WBD-04 with everybody only who leads incidents shares; ORG-03 customers never find it', async () => {
  const all = content('major', { scope: 'all', filter: { levels: ['LV1'] } });
  for (const actor of [people.engineer, people.desk, limited, story.contactOf(await acme.customerId())]) {
    await expect(createView(database, actor, all)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  await createView(database, people.serviceManager, all);
  expect(await names(people.desk)).toContain('major');
  expect(await names(limited)).toContain('major');
  const contact = story.contactOf(await acme.customerId());
  expect(await names(contact)).toEqual([]);
  await expect(find(contact, 'major')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('ORG-03 a shared view does not widen what its reader may see: each counts their own', async () => {
  const [ours] = [await acme.incident({ level: 'LV4' }), await globex.incident({ level: 'LV4' })];
  const filters = [{ levels: ['LV4' as const] }, { customerIds: [await acme.customerId()], levels: ['LV4' as const] }, { levels: ['LV4' as const], holderIds: ['me'] }];
  expect(await countViews(database, people.serviceManager, filters)).toEqual([2, 1, 0]);
  expect(await countViews(database, limited, filters)).toEqual([1, 0, 0]);
  await database.em.execute('update ticket set holder_id = ? where id = ?', [people.engineer.id, ours!.id]);
  expect(await countViews(database, people.engineer, filters)).toEqual([2, 1, 1]);
  expect(await countViews(database, people.serviceManager, filters)).toEqual([2, 1, 0]);
});

test('ORG-03 a customer keeps and counts no view by team or holder, one by level they do', async () => {
  const contact = story.contactOf(await acme.customerId());
  await expect(createView(database, contact, content('whose', { filter: { holderIds: [people.engineer.id] } }))).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'filter.holderIds' });
  await expect(createView(database, contact, content('whose', { grouping: 'team' }))).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'grouping' });
  await expect(countViews(database, contact, [{ levels: ['LV4'] }, { teamIds: [teams.engineers] }])).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'filter.teamIds' });
  await createView(database, contact, content('ours', { filter: { levels: ['LV4'] }, grouping: 'level' }));
  expect([await names(contact), await countViews(database, contact, [{ levels: ['LV4'] }])]).toEqual([['ours'], [1]]);
});

test('WBD-04 counting ends one above ten thousand', async () => {
  const many = { sql: `t.id = t.id and exists (select from generate_series(1, 2))`, parameters: [], openOnly: true };
  expect((await countEach(database.em, [many, { sql: 'false', parameters: [], openOnly: true }]))[1]).toBe(0);
  expect(await countEach(database.em, [])).toEqual([]);
});

test('API-03 a stale version is refused, the same key is the same view, and a taken or reserved address is named', async () => {
  const input = { ...content('keyed'), idempotencyKey: 'view-key-1' };
  const id = await createView(database, people.desk, input);
  expect(await createView(database, people.desk, input)).toBe(id);
  await expect(createView(database, people.desk, { ...input, name: 'other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  await changeView(database, people.desk, { ...content('renamed'), id, expectedVersion: 1 });
  await expect(changeView(database, people.desk, { ...content('again'), id, expectedVersion: 1 })).rejects.toMatchObject({ code: 'STALE_VERSION' });
  expect((await find(people.desk, 'keyed')).name).toBe('renamed');
  for (const slug of ['keyed', 'mine']) await expect(createView(database, people.engineer, content('x', { slug }))).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'slug' });
  await expect(createView(database, people.engineer, content('x', { filter: { teamIds: ['net'] } }))).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'filter.teamIds' });
  await expect(createView(database, people.engineer, content('x', { scope: 'team' }))).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'teamId' });
});

test('WBD-04 a queue opens with the view that was chosen; it is gone with the view, and all of it is in the log', async () => {
  const id = await createView(database, people.senior, content('mine first'));
  await chooseDefaultView(database, people.senior, id);
  expect(await find(people.senior, 'mine-first')).toMatchObject({ isDefault: true });
  await chooseDefaultView(database, people.senior, null);
  expect(await find(people.senior, 'mine-first')).toMatchObject({ isDefault: false });
  await chooseDefaultView(database, people.senior, id);
  await removeView(database, people.senior, { id, expectedVersion: 1 });
  expect(await story.count('default_view', `person_id = '${people.senior.id}'`)).toBe(0);
  await expect(find(people.senior, 'mine-first')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const types = await database.em.execute<{ type: string }[]>('select type from event_log where subject_id = ? order by seq', [id]);
  expect(types.map(({ type }) => type)).toEqual(['savedView.created', 'savedView.removed']);
  expect(await story.auditProblems()).toEqual([]);
});

test('ORG-03 a token and who may not read incidents keep no views', async () => {
  const token: Actor = { ...people.serviceManager, kind: 'token', id: newId() };
  const sales: Actor = { ...people.engineer, grants: [{ role: 'pre-sales', permissions: permissionsOfRole('pre-sales'), customerId: null, teamId: null }] };
  for (const actor of [token, sales]) {
    await expect(createView(database, actor, content('x'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(() => listViews(database, actor)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  }
});
