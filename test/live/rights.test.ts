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

test('ORG-04 nobody and a wrong token are refused with 4403', async () => {
  await expect(LiveClient.connect(server.url, null)).rejects.toThrow('4403');
  await expect(LiveClient.connect(server.url, 'wf_wrong')).rejects.toThrow('4403');
});

test('ORG-04 a page of another origin cannot open a socket with the visitor\'s cookie', async () => {
  await expect(LiveClient.connect(server.url, null, { origin: 'https://evil.example' })).rejects.toThrow('403');
});
