import { afterAll, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../server/src/kernel/instant.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { startServer } from '../../server/src/app/server.ts';
import { CiEntity, CiRelationEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { createPerson } from '../../server/src/features/access/access-people.service.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { ask } from '../support/ask.ts';
import { createTestDatabase } from '../support/database.ts';
import { LiveClient, type Message } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);
const token = (await desk.token()).plain;
const em = () => server.database.em;
const holder = (await createPerson(server.database, SYSTEM('test'), { name: 'Li', email: 'li@example.com', password: 'correct horse 9' })).id;
const [ciId, dependentId] = [newId(), newId()];
await addDependentCi();

afterAll(async () => {
  await server.close();
  await database.drop();
});

/** One of each kind; each differs from `plain` in one thing only. */
const plain = await desk.open({ dueInMs: 6 * HOUR });
const held = await desk.open({ dueInMs: 6 * HOUR });
const old = await desk.open({ dueInMs: 6 * HOUR });
const monitored = await desk.open({ dueInMs: 6 * HOUR });
const due = await desk.open({ dueInMs: 89 * MINUTE });
const breached = await desk.open({ dueInMs: -MINUTE });
const paused = await desk.open({ dueInMs: 6 * HOUR });
const onCi = await desk.open({ dueInMs: 6 * HOUR });
const onDependent = await desk.open({ dueInMs: 6 * HOUR });
const NAMES = new Map(Object.entries({ plain, held, old, monitored, due, breached, paused, onCi, onDependent }).map(([name, id]) => [id, name]));
await em().execute('update ticket set holder_id = ? where id = ?', [holder, held]);
await em().execute(`update incident set reported_at = reported_at - interval '3 hours' where ticket_id = ?`, [old]);
await em().execute(`update incident set category = 'monitoring' where ticket_id = ?`, [monitored]);
await em().execute(`update incident set state = 'suspended' where ticket_id = ?`, [paused]);
await em().execute(`update clock set state = 'paused', due_at = null, remaining_ms = 1000 where ticket_id = ?`, [paused]);
await em().execute('insert into incident_risk (ticket_id, percent) values (?, 40), (?, 100), (?, 7), (?, 99)', [plain, held, old, paused]);
await em().execute(`insert into suspension (id, ticket_id, category, from_at, suspended_by) values (?, ?, 'awaiting-vendor', now(), 'test')`, [newId(), paused]);
for (const [ticket, ci] of [[onCi, ciId], [onDependent, dependentId]]) await em().execute('insert into ticket_ci (id, ticket_id, ci_id, cause) values (?, ?, ?, false)', [newId(), ticket, ci]);

const others = (...without: string[]): string[] => [...NAMES.values()].filter((name) => !without.includes(name)).sort();

const CASES: readonly (readonly [string, object, readonly string[]])[] = [
  ['the person who holds it', { holderIds: [holder] }, ['held']],
  ['nobody', { holderIds: ['nobody'] }, others('held')],
  ['a person or nobody', { holderIds: [holder, 'nobody'] }, others()],
  ['category', { categories: ['monitoring'] }, ['monitored']],
  ['at least two hours old', { olderThanMinutes: 120 }, ['old']],
  ['younger than two hours', { youngerThanMinutes: 120 }, others('old')],
  ['not older than four hours and not younger than three', { olderThanMinutes: 180, youngerThanMinutes: 240 }, ['old']],
  ['due within 90 minutes', { dueWithinMinutes: 90 }, ['due']],
  ['due within 88 minutes', { dueWithinMinutes: 88 }, []],
  ['breached or due within 90 minutes', { clockStates: ['BREACHED'], dueWithinMinutes: 90 }, ['breached', 'due']],
  ['paused', { clockStates: ['PAUSED'] }, ['paused']],
  ['running', { clockStates: ['RUNNING'] }, others('paused')],
  ['pending reason', { suspensionCategories: ['awaiting-vendor'] }, ['paused']],
  ['another pending reason', { suspensionCategories: ['awaiting-user'] }, []],
  ['a CI', { ciId }, ['onCi']],
  ['a CI and what depends on it', { ciId, ciDependents: true }, ['onCi', 'onDependent']],
  ['a CI that others depend on, from above', { ciId: dependentId, ciDependents: true }, ['onDependent']],
];

const QUEUE = `subscription Queue($filter: IncidentFilter, $sort: IncidentSort, $group: IncidentGrouping) { queue(filter: $filter, sort: $sort, group: $group) { __typename
  ... on QueueSnapshot { rows { id order group dueAt breached } } ... on QueueDelta { upserts { id order group dueAt breached } removals } } }`;

interface Row { readonly id: string; readonly order: string; readonly group: string | null; readonly dueAt: string | null; readonly breached: boolean }
interface Update { readonly __typename: string; readonly rows: Row[]; readonly upserts: Row[]; readonly removals: string[] }
const read = (message: Message | undefined): Update => {
  const data = message?.payload?.data as { queue: Update } | undefined;
  if (!data) throw new Error(JSON.stringify(message));
  return data.queue;
};
const delta = async (client: LiveClient): Promise<Update> => read(await client.message(({ payload }) => JSON.stringify(payload).includes('QueueDelta')));
const named = (ids: readonly string[]): string[] => ids.map((id) => NAMES.get(id) ?? 'another').sort();

test.each(CASES)('WBD-04 by %s, list and live queue hold the same', async (_by, filter, expected) => {
  const { data } = await ask<{ incidents: { totalCount: number; edges: { node: { id: string } }[] } }>(
    server.url, token, 'query($filter: IncidentFilter) { incidents(filter: $filter) { totalCount edges { node { id } } } }', { filter });
  expect(named(data!.incidents.edges.map(({ node }) => node.id))).toEqual([...expected].sort());
  expect(data!.incidents.totalCount).toBe(expected.length);
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE, { filter });
  expect(named(read(await client.message()).rows.map(({ id }) => id))).toEqual([...expected].sort());
  client.close();
});

test('LIV-01 WBD-04 an incident enters and leaves a live queue as what is filtered changes', async () => {
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE, { filter: { holderIds: ['nobody'] } });
  expect(read(await client.message()).rows.map(({ id }) => id)).toContain(plain);
  await em().execute('update ticket set holder_id = ? where id = ?', [holder, plain]);
  await desk.retitle(plain, 'given to Li');
  expect(await delta(client)).toMatchObject({ upserts: [], removals: [plain] });
  await em().execute('update ticket set holder_id = null where id = ?', [plain]);
  await desk.retitle(plain, 'given back');
  expect((await delta(client)).upserts.map(({ id }) => id)).toEqual([plain]);
  client.close();
});

test('WBD-04 "me" is refused for a token, in list and stream', async () => {
  const filter = { holderIds: ['me'] };
  const { errors } = await ask(server.url, token, 'query($filter: IncidentFilter) { incidents(filter: $filter) { totalCount } }', { filter });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'filter.holderIds' });
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE, { filter });
  expect((await client.message())?.payload?.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  client.close();
});

test.each(['PRIORITY', 'DUE', 'REPORTED', 'AGE', 'LEVEL', 'NUMBER', 'UPDATED', 'RISK'])('WBD-04 sorted by %s, list and live queue stand in the same order', async (sort) => {
  const { data } = await ask<{ incidents: { edges: { node: { id: string } }[] } }>(server.url, token, 'query($sort: IncidentSort!) { incidents(sort: $sort) { edges { node { id } } } }', { sort });
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE, { sort });
  const rows = read(await client.message()).rows;
  expect(rows.map(({ id }) => id)).toEqual(rows.toSorted((a, b) => (a.order < b.order || (a.order === b.order && a.id < b.id) ? -1 : 1)).map(({ id }) => id));
  expect(rows.map(({ id }) => id)).toEqual(data!.incidents.edges.map(({ node }) => node.id));
  client.close();
});

test('WBD-04 rows tell the group that was asked for, and their clock as the server judged it', async () => {
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE, { group: 'HOLDER' });
  const byHolder = new Map(read(await client.message()).rows.map((row) => [NAMES.get(row.id), row]));
  expect(byHolder.get('held')?.group).toBe(holder);
  expect(byHolder.get('plain')?.group).toBeNull();
  expect(byHolder.get('paused')?.dueAt).toBeNull();
  await desk.breach(breached);
  expect((await delta(client)).upserts).toMatchObject([{ id: breached, breached: true }]);
  client.subscribe(QUEUE, { group: 'STATE' });
  const byState = read(await client.message(({ payload }) => JSON.stringify(payload).includes('QueueSnapshot')));
  expect(byState.rows.find(({ id }) => id === paused)?.group).toBe('suspended');
  client.close();
});

/** Two CIs, the second of which depends on the first. */
async function addDependentCi(): Promise<void> {
  await server.database.change(SYSTEM('test'), async ({ em, now }) => {
    const createdAt = await now();
    for (const [id, name] of [[ciId, 'db'], [dependentId, 'web']] as const) {
      em.create(CiEntity, { id, externalId: null, class: 'device', name, status: 'active', customerId: null, ownerName: null, site: null, attributes: {}, createdAt, updatedAt: createdAt });
    }
    await em.flush();
    em.create(CiRelationEntity, { id: newId(), sourceId: dependentId, type: 'depends_on', targetId: ciId, createdAt });
  });
}
