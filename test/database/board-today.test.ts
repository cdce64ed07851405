import { afterAll, beforeEach, expect, test } from 'vitest';
import { BoardEntity, type Board } from '../../server/src/features/board/board.entity.ts';
import { BoardView } from '../../server/src/features/board/board-feed.service.ts';
import { readBoard } from '../../server/src/features/board/board.service.ts';
import { cancelFreeze, createFreeze } from '../../server/src/features/change/change-freeze-edit.service.ts';
import { declare } from '../../server/src/features/incident/incident-major.service.ts';
import { raiseRelease } from '../../server/src/features/release/release-raise.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { ChangeStory } from '../support/change-story.ts';
import { addCi } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await ChangeStory.start();
afterAll(() => story.desk.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));
const { database } = story;
const borealis = await story.desk.customer('Borealis').agreement().customerId();
const system = SYSTEM('test');

async function board(facts: Partial<Board> = {}): Promise<Board> {
  const id = newId();
  await database.change(system, async ({ em }) => {
    em.create(BoardEntity, { id, name: 'NOC', nameZh: '大屏', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 0, ...facts });
  });
  return database.em.findOneOrFail(BoardEntity, { id });
}

const shown = async (one: Board, local: string, actor: Actor = system) => {
  story.at(local);
  return readBoard(database, database.em, { board: one, actor, now: await database.now() });
};
const numbers = async (one: Board, local: string) => (await shown(one, local)).today.items.map(({ kind, standing }) => `${kind} ${standing}`);

const plain = async (from: string, to: string, customerId = story.customerId): Promise<string> => {
  const change = await story.raise({ category: 'general', customerId, ciIds: [] });
  await database.em.execute(`update change set state = 'accepted' where ticket_id = ?`, [change.id]);
  await database.em.execute('update change set window_start_at = ?::timestamptz, window_end_at = ?::timestamptz where ticket_id = ?', [at(from), at(to), change.id]);
  return change.id;
};
const at = (local: string): string => new Date(shanghai(local)).toISOString();

test('WBD-01 today are the changes whose window touches the day of the board\'s zone, half-open at both midnights', async () => {
  const here = await board({ customerIds: [story.customerId] });
  const ended = await plain('2026-03-10 22:00', '2026-03-11 00:00');
  const touching = await plain('2026-03-10 22:00', '2026-03-11 00:01');
  const last = await plain('2026-03-11 23:59', '2026-03-12 03:00');
  await plain('2026-03-12 00:00', '2026-03-12 03:00');
  const { today } = await shown(here, '2026-03-11 09:00');
  // What is over stands last.
  expect(today.items.map(({ id }) => id)).toEqual([last, touching]);
  expect(today).toMatchObject({ from: shanghai('2026-03-11 00:00'), to: shanghai('2026-03-12 00:00'), total: 2 });
  // In Tokyo that day begins and ends an hour earlier.
  const tokyo = await board({ customerIds: [story.customerId], timeZone: 'Asia/Tokyo' });
  expect((await shown(tokyo, '2026-03-11 09:00')).today.items.map(({ id }) => id).sort()).toEqual([ended, touching].sort());
});

test('WBD-01 more than twenty are counted, what comes next is sent', async () => {
  const here = await board({ customerIds: [story.customerId] });
  for (let index = 0; index < 21; index += 1) await plain(`2026-03-15 ${String(index).padStart(2, '0')}:00`, `2026-03-15 ${String(index + 1).padStart(2, '0')}:00`);
  const { today } = await shown(here, '2026-03-15 05:00');
  expect([today.items.length, today.total]).toEqual([20, 21]);
  expect(today.items[0]!.windowStartAt).toBe(shanghai('2026-03-15 05:00'));
});

test('WBD-01 a change goes from waiting for its approval to scheduled, running and done', async () => {
  const here = await board({ customerIds: [story.customerId] });
  const change = await story.scheduled('general');
  expect(await numbers(here, '2026-03-07 12:00')).toEqual(['change scheduled']);
  for (const [state, outcome, standing] of [['approval', null, 'unapproved'], ['implementing', null, 'running'], ['rolled-back', null, 'rolled-back'], ['review', 'failed', 'failed'], ['closed', 'successful', 'done']]) {
    await database.em.execute('update change set state = ?, outcome = ? where ticket_id = ?', [state, outcome, change.id]);
    expect(await numbers(here, '2026-03-07 12:00')).toEqual([`change ${standing}`]);
  }
  await database.em.execute(`update change set state = 'cancelled' where ticket_id = ?`, [change.id]);
  expect(await numbers(here, '2026-03-07 12:00')).toEqual([]);
});

test('WBD-01 a deployment of today is told beside them', async () => {
  const here = await board({ customerIds: [story.customerId] });
  const id = await raiseRelease(database, story.people.projectManager, { customerId: story.customerId, title: 'Mail 2.0', version: '2.0' });
  await database.em.execute('update release set window_start_at = ?::timestamptz, window_end_at = ?::timestamptz where ticket_id = ?', [at('2026-03-20 22:00'), at('2026-03-20 23:00'), id]);
  expect(await numbers(here, '2026-03-20 08:00')).toEqual(['release unapproved']);
  await database.em.execute(`update release set state = 'deployment' where ticket_id = ?`, [id]);
  expect(await numbers(here, '2026-03-20 08:00')).toEqual(['release scheduled']);
  expect(await numbers(here, '2026-03-21 00:00')).toEqual([]);
});

test('WBD-01 ORG-03 a customer\'s board tells neither the changes nor the freezes of another customer', async () => {
  const mine = await plain('2026-03-25 10:00', '2026-03-25 11:00');
  const ci = await addCi(story.desk, borealis, 'their server');
  await plain('2026-03-25 10:00', '2026-03-25 11:00', borealis);
  const span = { reason: 'quarter end', startsAt: shanghai('2026-03-25 08:00'), endsAt: shanghai('2026-03-25 20:00') };
  for (const [name, scope] of [['all', {}], ['mine', { customerIds: [story.customerId] }], ['theirs', { customerIds: [borealis] }], ['their server', { ciIds: [ci] }]] as const) {
    await createFreeze(database, system, { name, ...span, ...scope });
  }
  const all = await shown(await board(), '2026-03-25 09:00');
  expect([all.today.total, all.banners.map(({ title }) => title).sort()]).toEqual([2, ['all', 'mine', 'their server', 'theirs']]);
  const bound = await shown(await board({ customerIds: [story.customerId] }), '2026-03-25 09:00');
  const reader: Actor = { ...story.contact, grants: story.contact.grants.map((grant) => ({ ...grant, permissions: new Set(['board.read'] as const) })) };
  const limited = await shown(await board(), '2026-03-25 09:00', reader);
  for (const { today, banners, bannerCount } of [bound, limited]) {
    expect(today.items.map(({ id }) => id)).toEqual([mine]);
    expect(banners.map(({ title }) => title).sort()).toEqual(['all', 'mine']);
    expect(bannerCount).toBe(2);
  }
});

test('WBD-01 FRZ-01 a freeze stands from the midnight of its first day to its end, a called-off one not at all', async () => {
  const here = await board();
  const id = await createFreeze(database, system, { name: 'Spring', reason: 'peak', startsAt: shanghai('2026-04-10 18:00'), endsAt: shanghai('2026-04-11 06:00') });
  const titles = async (local: string) => (await shown(here, local)).banners.map(({ title }) => title);
  expect(await titles('2026-04-09 23:59')).toEqual([]);
  expect(await titles('2026-04-10 00:00')).toEqual(['Spring']);
  expect(await titles('2026-04-11 05:59')).toEqual(['Spring']);
  expect(await titles('2026-04-11 06:00')).toEqual([]);
  await cancelFreeze(database, system, { id, expectedVersion: 1, reason: 'not needed' });
  expect(await titles('2026-04-10 20:00')).toEqual([]);
});

test('WBD-01 INC-16 a major incident hangs over the board until it is closed', async () => {
  const here = await board({ customerIds: [borealis] });
  const told = await story.desk.customer('Cirrus').agreement().incident({ level: 'LV1', customerId: borealis });
  await told.tell('lead', declare, { bridge: '400-800' });
  expect((await shown(here, '2026-03-02 10:00')).banners).toMatchObject([{ kind: 'major-incident', incidentId: told.id, title: 'Mail is down', to: null }]);
  expect((await shown(await board({ customerIds: [story.customerId] }), '2026-03-02 10:00')).banners).toEqual([]);
  await database.em.execute('update ticket set closed_at = now() where id = ?', [told.id]);
  expect((await shown(here, '2026-03-02 10:00')).banners).toEqual([]);
});

test('WBD-01 LIV-01 at midnight a screen is told the new day without any event, and hears of changes, releases and freezes', async () => {
  const here = await board({ customerIds: [story.customerId] });
  const view = new BoardView(database, here, system);
  story.at('2026-05-01 23:59');
  const read = async () => view.evaluate({ em: database.em, now: await database.now(), seq: 1 }, null, new Set());
  const step = { fromSeq: 1, toSeq: 1, asOf: 0, events: [] };
  const before = await read();
  expect(view.delta(before, await read(), step)).toBeNull();
  story.at('2026-05-02 00:00');
  expect(view.delta(before, await read(), step)).toMatchObject({ today: { from: shanghai('2026-05-02 00:00') }, alarms: null, banners: null });
  const event = { seq: 2, type: 'x', subjectKind: 'change', subjectId: 's', ticketId: 't', customerId: story.customerId, teamIds: [], occurredAt: 0, after: null, before: null, reason: null, mark: null };
  expect(view.concerns(event)).toBe(true);
  expect(view.concerns({ ...event, customerId: borealis })).toBe(false);
  expect(view.concerns({ ...event, subjectKind: 'freeze', ticketId: null, customerId: null })).toBe(true);
  expect(view.concerns({ ...event, subjectKind: 'person', ticketId: null, customerId: null })).toBe(false);
});
