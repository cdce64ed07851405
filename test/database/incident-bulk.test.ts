import { afterAll, beforeEach, expect, test } from 'vitest';
import { assignMany, followMany, takeMany, type BulkOutcome } from '../../server/src/features/incident/incident-bulk.service.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';

const story = await DeskStory.start();
const { people, teams, database } = story;
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));

const acme = story.customer('Acme').agreement();
const globex = story.customer('Globex').agreement();
const acmeId = await acme.customerId();

interface Ticket { readonly version: number; readonly holderId: string | null; readonly teamId: string }
const ticket = async (id: string): Promise<Ticket> =>
  (await database.em.execute<Ticket[]>('select version, holder_id as "holderId", team_id as "teamId" from ticket where id = ?', [id]))[0]!;
const itemsOf = async (...incidents: readonly IncidentInDatabase[]) =>
  Promise.all(incidents.map(async ({ id }) => ({ id, expectedVersion: (await ticket(id)).version })));
const codes = (outcomes: readonly BulkOutcome[]) => outcomes.map(({ refusal }) => refusal?.code ?? 'done');
const assigned = (id: string) => story.count('event_log', `ticket_id = '${id}' and type = 'incident.assigned'`);

test('WBD-04 of several some are assigned and some refused, each whole and each with its reason', async () => {
  const [good, stale, foreign] = [await acme.incident({ level: 'LV3' }), await acme.incident({ level: 'LV3' }), await acme.incident({ level: 'LV2' })];
  const items = await itemsOf(good, stale, foreign);
  items[1]!.expectedVersion -= 1;
  const before = await Promise.all([stale, foreign].map(({ id }) => ticket(id)));
  const outcomes = await assignMany(database, people.desk, { items: [...items, { id: newId(), expectedVersion: 1 }], holderId: people.engineer.id });
  // LV3 lies with the engineers, LV2 with the seniors, of whom the engineer is none.
  expect(codes(outcomes)).toEqual(['done', 'STALE_VERSION', 'INVALID_INPUT', 'NOT_FOUND']);
  expect(outcomes[2]!.refusal).toMatchObject({ field: 'holderId', message: 'This person is not a member of that team.' });
  expect((await ticket(good.id)).holderId).toBe(people.engineer.id);
  expect(await Promise.all([stale, foreign].map(({ id }) => ticket(id)))).toEqual(before);
  expect(await story.auditProblems()).toEqual([]);
});

test('API-03 sent again under its key, what was done is not done twice and what was refused is tried again', async () => {
  const [first, second] = [await acme.incident({ level: 'LV3' }), await acme.incident({ level: 'LV3' })];
  const items = await itemsOf(first, second);
  const command = { items: [items[0]!, { ...items[1]!, expectedVersion: 99 }], idempotencyKey: 'bulk-0001', holderId: people.engineer.id };
  expect(codes(await assignMany(database, people.desk, command))).toEqual(['done', 'STALE_VERSION']);
  const version = (await ticket(first.id)).version;
  const events = await assigned(first.id);
  expect(codes(await assignMany(database, people.desk, { ...command, items }))).toEqual(['done', 'done']);
  expect((await ticket(first.id)).version).toBe(version);
  expect(await assigned(first.id)).toBe(events);
  expect((await ticket(second.id)).holderId).toBe(people.engineer.id);
});

test('ORG-03 authority is asked for each incident: another customer\'s do not exist, and a contact assigns none at all', async () => {
  const own = await acme.incident({ level: 'LV3' });
  const other = await globex.incident({ level: 'LV3' });
  const ofAcme: Actor = { ...people.desk, grants: people.desk.grants.map((grant) => ({ ...grant, customerId: acmeId })) };
  expect(codes(await assignMany(database, ofAcme, { items: await itemsOf(own, other), holderId: people.engineer.id }))).toEqual(['done', 'NOT_FOUND']);
  expect((await ticket(other.id)).holderId).toBeNull();
  await expect(assignMany(database, story.contactOf(acmeId), { items: await itemsOf(own), holderId: people.colleague.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await ticket(own.id)).holderId).toBe(people.engineer.id);
});

test('WBD-04 taking several: those of the own team, not those of another', async () => {
  const [mine, theirs] = [await acme.incident({ level: 'LV3' }), await acme.incident({ level: 'LV2' })];
  expect(codes(await takeMany(database, people.engineer, { items: await itemsOf(mine, theirs) }))).toEqual(['done', 'FORBIDDEN']);
  expect(await ticket(mine.id)).toMatchObject({ holderId: people.engineer.id, teamId: teams.engineers });
});

test('INC-21 following several, twice is no second time', async () => {
  const both = [await acme.incident(), await globex.incident()];
  expect(codes(await followMany(database, people.engineer, { items: await itemsOf(...both) }))).toEqual(['done', 'done']);
  expect(codes(await followMany(database, people.engineer, { items: await itemsOf(...both) }))).toEqual(['done', 'done']);
  expect(await story.count('ticket_follower', `person_id = '${people.engineer.id}'`)).toBe(2);
});

test.each([
  ['none', 0, 'MISSING_FIELD'], ['a hundred and one', 101, 'TOO_LARGE'],
])('WBD-04 a command on %s is refused whole', async (_count, count, code) => {
  const items = Array.from({ length: count }, () => ({ id: newId(), expectedVersion: 1 }));
  await expect(assignMany(database, people.desk, { items, holderId: null })).rejects.toMatchObject({ code, field: 'items' });
});

test('WBD-04 a hundred are within the limit; one that is named twice is refused', async () => {
  const items = Array.from({ length: 100 }, () => ({ id: newId(), expectedVersion: 1 }));
  expect(new Set(codes(await takeMany(database, people.engineer, { items })))).toEqual(new Set(['NOT_FOUND']));
  await expect(takeMany(database, people.engineer, { items: [items[0]!, items[0]!] })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'items' });
});
