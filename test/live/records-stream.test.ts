import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { createTestDatabase } from '../support/database.ts';
import { LiveClient, type Message } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);

afterAll(async () => {
  await server.close();
  await database.drop();
});

const RECORDS = `subscription Records($kind: TicketKind!, $id: ID, $after: FeedCursor) { records(kind: $kind, id: $id, after: $after) { __typename
  ... on RecordsSnapshot { epoch seq }
  ... on RecordsChanged { fromSeq toSeq ids }
  ... on RecordsHeartbeat { seq } } }`;

interface Update { readonly __typename: string; readonly epoch: string; readonly seq: string; readonly toSeq: string; readonly ids: readonly string[] }

function read(message: Message | undefined): Update {
  const data = message?.payload?.data as { records: Update } | undefined;
  if (!data) throw new Error(`expected an update, got ${JSON.stringify(message)}`);
  return data.records;
}

/** Something happened to a record of that kind. */
const happen = (subjectKind: string, customer: keyof PlainDesk['customers'], id = newId()): Promise<string> =>
  server.database.change(SYSTEM('test'), async (change) => {
    change.emit({ type: `${subjectKind}.touched`, subjectKind, subjectId: id, ticketId: id, customerId: desk.customers[customer], teamIds: [], occurredAt: await change.now() });
    return id;
  });

test('LIV-01 MET-05 the stream of a kind tells which records changed, and not of other kinds', async () => {
  const client = await LiveClient.connect(server.url, (await desk.token()).plain);
  client.subscribe(RECORDS, { kind: 'INCIDENT' });
  expect(read(await client.message()).__typename).toBe('RecordsSnapshot');
  await happen('change', 'acme');
  const id = await happen('incident', 'acme');
  const changed = read(await client.message());
  expect([changed.__typename, changed.ids]).toEqual(['RecordsChanged', [id]]);
  await client.close();
});

test('LIV-02 after a break it says at once that something may have changed', async () => {
  const { plain } = await desk.token();
  const first = await LiveClient.connect(server.url, plain);
  first.subscribe(RECORDS, { kind: 'INCIDENT' });
  const { epoch, seq } = read(await first.message());
  await first.close();
  const id = await happen('incident', 'acme');
  const second = await LiveClient.connect(server.url, plain);
  second.subscribe(RECORDS, { kind: 'INCIDENT', after: { epoch, seq } });
  const resumed = read(await second.message());
  expect([resumed.__typename, resumed.ids]).toEqual(['RecordsChanged', [id]]);
  await second.close();
});

test('LIV-05 a kind that the token may not read, and a record that is not there, are refused', async () => {
  const client = await LiveClient.connect(server.url, (await desk.token()).plain);
  client.subscribe(RECORDS, { kind: 'CHANGE' });
  expect(JSON.stringify(await client.message())).toContain('FORBIDDEN');
  const other = await LiveClient.connect(server.url, (await desk.token()).plain);
  other.subscribe(RECORDS, { kind: 'INCIDENT', id: newId() });
  expect(JSON.stringify(await other.message())).toContain('NOT_FOUND');
  await client.close();
  await other.close();
});
