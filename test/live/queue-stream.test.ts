import { afterAll, expect, test } from 'vitest';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { startServer } from '../../server/src/app/server.ts';
import { createTestDatabase } from '../support/database.ts';
import { LiveClient, type Message } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);
const token = (await desk.token()).plain;

afterAll(async () => {
  await server.close();
  await database.drop();
});

const QUEUE = `subscription Queue($filter: IncidentFilter, $after: FeedCursor) { queue(filter: $filter, after: $after) { __typename
  ... on QueueSnapshot { epoch seq total rows { id order version } }
  ... on QueueDelta { fromSeq toSeq total upserts { id order version } removals }
  ... on QueueHeartbeat { seq } } }`;

interface QueueUpdate {
  readonly __typename: string;
  readonly epoch: string;
  readonly seq: string;
  readonly fromSeq: string;
  readonly toSeq: string;
  readonly total: number;
  readonly rows: { readonly id: string; readonly order: string; readonly version: number }[];
  readonly upserts: { readonly id: string; readonly order: string; readonly version: number }[];
  readonly removals: string[];
}

function read(message: Message | undefined): QueueUpdate {
  const data = message?.payload?.data as { queue: QueueUpdate } | undefined;
  if (!data) throw new Error(`expected an update, got ${JSON.stringify(message)}`);
  return data.queue;
}

test('LIV-01 INC-18 a queue sends its rows in the order of work, then only what changed', async () => {
  const lv3 = await desk.open({ level: 'LV3', dueInMs: -HOUR });
  const lv1 = await desk.open({ level: 'LV1', dueInMs: 9 * HOUR });
  const lv1First = await desk.open({ level: 'LV1', dueInMs: HOUR });
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE);
  const snapshot = read(await client.message());
  expect(snapshot.rows.map(({ id }) => id)).toEqual([lv1First, lv1, lv3]);
  expect(snapshot.total).toBe(3);
  await desk.retitle(lv1, 'new title');
  const delta = read(await client.message(({ payload }) => JSON.stringify(payload).includes('QueueDelta')));
  expect(delta).toMatchObject({ fromSeq: snapshot.seq, upserts: [{ id: lv1, version: 2 }], removals: [], total: 3 });
  await desk.close(lv3);
  const after = read(await client.message(({ payload }) => JSON.stringify(payload).includes('QueueDelta')));
  expect(after).toMatchObject({ upserts: [], removals: [lv3], total: 2 });
  client.close();
  for (const id of [lv1, lv1First]) await desk.close(id);
});

test('LIV-02 a queue resumes with what was touched, and nothing else', async () => {
  const kept = await desk.open();
  const touched = await desk.open();
  const gone = await desk.open();
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE);
  const { epoch, seq } = read(await client.message());
  client.close();
  await desk.retitle(touched, 'touched');
  await desk.close(gone);
  const again = await LiveClient.connect(server.url, token);
  again.subscribe(QUEUE, { after: { epoch, seq } });
  const update = read(await again.message());
  expect(update).toMatchObject({ __typename: 'QueueDelta', fromSeq: seq, upserts: [{ id: touched, version: 2 }], removals: [gone], total: 2 });
  again.close();
  for (const id of [kept, touched]) await desk.close(id);
});

test.each([
  ['states', { states: ['AWAITING_ASSIGNMENT'] }, ['waiting']],
  ['levels', { levels: ['LV1', 'LV2'] }, ['urgent']],
  ['customer', { customerIds: [desk.customers.bolt] }, ['foreign']],
  ['team', { teamIds: [desk.teams.desk] }, ['waiting']],
  ['breached', { clockStates: ['BREACHED'] }, ['urgent']],
  ['due within 15 minutes', { clockStates: ['DUE_15'] }, ['foreign']],
  ['text', { text: 'ROUTER' }, ['foreign']],
])('WBD-04 a queue filtered by %s holds only those', async (_by, filter, expected) => {
  const ids = new Map([
    [await desk.open({ state: 'awaiting-assignment', team: 'desk' }), 'waiting'], [await desk.open({ level: 'LV1', dueInMs: -1 }), 'urgent'],
    [await desk.open({ customer: 'bolt', dueInMs: HOUR / 6, title: 'Router of the branch' }), 'foreign'], [await desk.open(), 'plain'],
  ]);
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(QUEUE, { filter });
  expect(read(await client.message()).rows.map(({ id }) => ids.get(id))).toEqual(expected);
  client.close();
  for (const id of ids.keys()) await desk.close(id);
});

test('LIV-01 a single incident tells that it changed, an untouched one only that it lives', async () => {
  const id = await desk.open();
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(`subscription($id: ID!) { incident(id: $id) { __typename ... on IncidentSnapshot { incidentVersion } ... on IncidentChanged { incidentVersion } } }`, { id });
  expect((await client.message())?.payload?.data).toMatchObject({ incident: { __typename: 'IncidentSnapshot', incidentVersion: 1 } });
  await desk.open();
  await desk.retitle(id, 'changed');
  const next = await client.message(({ payload }) => JSON.stringify(payload).includes('IncidentChanged'));
  expect(next?.payload?.data).toMatchObject({ incident: { incidentVersion: 2 } });
  client.close();
});
