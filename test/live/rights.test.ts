import { afterAll, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { startServer } from '../../server/src/app/server.ts';
import { revokeToken } from '../../server/src/features/access/access-token.service.ts';
import { BOARD_FEED, BoardFollower } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { LiveClient } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const options = { databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false };
const server = await startServer(options);
const other = await startServer(options);
const desk = await PlainDesk.open(server.database);

afterAll(async () => {
  await Promise.all([server.close(), other.close()]);
  await database.drop();
});

async function errorOf(client: LiveClient, query: string, variables: Record<string, unknown>): Promise<unknown> {
  const id = client.subscribe(query, variables);
  const message = await client.message((heard) => heard.id === id && heard.type !== 'complete');
  return message?.payload?.errors?.[0]?.extensions?.['code'];
}

test('LIV-05 a revoked token ends its stream within 5 s, on a process that had no part in it', async () => {
  const token = await desk.token({ kind: 'screen', boardId: desk.boards.all });
  const follower = new BoardFollower(other.url, token.plain, desk.boards.all);
  await follower.connect();
  await follower.step();
  const began = performance.now();
  await revokeToken(server.database, SYSTEM('test'), token.id);
  expect(await follower.client!.closed()).toEqual({ code: 4403, reason: 'RIGHTS_LOST' });
  expect(performance.now() - began).toBeLessThan(5000);
  await expect(LiveClient.connect(other.url, token.plain)).rejects.toThrow('4403');
});

test('ORG-03 a screen sees its own board and no other, no queue and no incident', async () => {
  const screen = await desk.token({ kind: 'screen', boardId: desk.boards.acme });
  const client = await LiveClient.connect(server.url, screen.plain);
  expect(await errorOf(client, BOARD_FEED, { id: desk.boards.all })).toBe('NOT_FOUND');
  expect(await errorOf(client, 'subscription { queue { __typename } }', {})).toBe('FORBIDDEN');
  const incident = await desk.open();
  expect(await errorOf(client, 'subscription($id: ID!) { incident(id: $id) { __typename } }', { id: incident })).toBe('FORBIDDEN');
  expect(await errorOf(client, BOARD_FEED, { id: desk.boards.acme })).toBeUndefined();
  client.close();
});

test('LIV-05 ORG-03 a token limited to a customer hears nothing of another, in queue and single record', async () => {
  const token = await desk.token({ customerId: desk.customers.acme });
  const client = await LiveClient.connect(server.url, token.plain);
  const feed = client.subscribe('subscription { queue { __typename ... on QueueSnapshot { rows { id } } ... on QueueDelta { upserts { id } removals } } }');
  await client.message(({ id }) => id === feed);
  const foreign = await desk.open({ customer: 'bolt' });
  const own = await desk.open({ customer: 'acme' });
  const delta = await client.message(({ payload }) => JSON.stringify(payload).includes(own));
  expect(JSON.stringify(delta)).not.toContain(foreign);
  expect(await errorOf(client, 'subscription($id: ID!) { incident(id: $id) { __typename } }', { id: foreign })).toBe('NOT_FOUND');
  expect(JSON.stringify(client.heard)).not.toContain(foreign);
  client.close();
});

const GROUPED = 'subscription($group: IncidentGrouping, $filter: IncidentFilter) { queue(group: $group, filter: $filter) { __typename ... on QueueSnapshot { rows { id group } } } }';

test('LIV-05 ORG-03 the queue stream of a customer has no bands of teams or holders and no filter by them; the provider\'s has', async () => {
  const incident = await desk.open({ customer: 'acme', level: 'LV2' });
  const [contact, staff] = [await desk.token({ customerId: desk.customers.acme }), await desk.token()];
  const client = await LiveClient.connect(server.url, contact.plain);
  for (const variables of [{ group: 'TEAM' }, { group: 'HOLDER' }, { filter: { teamIds: [desk.teams.net] } }, { group: 'LEVEL', filter: { holderIds: ['nobody'] } }]) {
    expect(await errorOf(client, GROUPED, variables)).toBe('FORBIDDEN');
  }
  expect(JSON.stringify(client.heard)).not.toContain(desk.teams.net);
  expect(await groupOf(client, incident, { group: 'LEVEL' })).toBe('LV2');
  const ours = await LiveClient.connect(server.url, staff.plain);
  expect(await groupOf(ours, incident, { group: 'TEAM', filter: { teamIds: [desk.teams.net] } })).toBe(desk.teams.net);
  client.close();
  ours.close();
});

/** What the stream says of that incident's band. */
async function groupOf(client: LiveClient, incident: string, variables: Record<string, unknown>): Promise<string | null | undefined> {
  const feed = client.subscribe(GROUPED, variables);
  const { payload } = (await client.message(({ id }) => id === feed))!;
  const { queue } = payload!.data as unknown as { queue: { rows: { id: string; group: string | null }[] } };
  return queue.rows.find(({ id }) => id === incident)?.group;
}

test('ORG-04 nobody and a wrong token are refused with 4403', async () => {
  await expect(LiveClient.connect(server.url, null)).rejects.toThrow('4403');
  await expect(LiveClient.connect(server.url, 'wf_wrong')).rejects.toThrow('4403');
});

test('ORG-04 a page of another origin cannot open a socket with the visitor\'s cookie', async () => {
  await expect(LiveClient.connect(server.url, null, { origin: 'https://evil.example' })).rejects.toThrow('403');
});
