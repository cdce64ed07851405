import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { createPerson, grantRole, revokeRole } from '../../server/src/features/access/access-people.service.ts';
import { signIn } from '../../server/src/features/access/access.service.ts';
import { addTeamMember } from '../../server/src/features/team/team.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { SESSION_COOKIE } from '../../server/src/platform/auth/cookie.ts';
import { createTestDatabase } from '../support/database.ts';
import { LiveClient, type Message } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null });
const desk = await PlainDesk.open(server.database);
const admin = SYSTEM('test');
const PASSWORD = 'a long enough one';
const people: Record<string, { id: string; cookie: string; grantId: string }> = {};

afterAll(async () => {
  await server.close();
  await database.drop();
});

beforeAll(async () => {
  for (const name of ['li', 'wang']) {
    const { id } = await createPerson(server.database, admin, { name, email: `${name}@example.com`, password: PASSWORD });
    const { id: grantId } = await grantRole(server.database, admin, { personId: id, role: 'engineer' });
    await addTeamMember(server.database, admin, { teamId: desk.teams.net, personId: id });
    const { token } = await signIn(server.database, { email: `${name}@example.com`, password: PASSWORD, origin: 'test' });
    people[name] = { id, grantId, cookie: `${SESSION_COOKIE}=${token}` };
  }
});

const NOTICES = `subscription Bell($after: FeedCursor) { notices(after: $after) { __typename
  ... on NoticesSnapshot { epoch seq unread notices { id kind number readAt } }
  ... on NoticesChanged { fromSeq toSeq unread notices { id kind number readAt } }
  ... on NoticesHeartbeat { seq } } }`;

interface Update { readonly __typename: string; readonly unread: number; readonly epoch: string; readonly seq: string; readonly notices: readonly { readonly id: string; readonly kind: string; readonly readAt: string | null }[] }

const updateOf = (message: Message | undefined): Update => {
  const data = message?.payload?.data as { notices: Update } | undefined;
  if (!data) throw new Error(`expected an update, got ${JSON.stringify(message)}`);
  return data.notices;
};
const isTold = (message: Message): boolean => (message.payload?.data as { notices?: Update } | undefined)?.notices?.__typename !== 'NoticesHeartbeat';
const connect = (who: string): Promise<LiveClient> => LiveClient.connect(server.url, null, { cookie: people[who]!.cookie, origin: server.url });
const ask = async (who: string, query: string): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: people[who]!.cookie, origin: server.url }, body: JSON.stringify({ query }) });
  return (await answer.json()) as Record<string, unknown>;
};

/** Given to that person by somebody else. */
const give = async (who: string, incidentId: string): Promise<void> => {
  await server.database.change(admin, async (change) => change.emit({
    type: 'incident.assigned', subjectKind: 'incident', subjectId: incidentId, ticketId: incidentId, customerId: desk.customers.acme, teamIds: [desk.teams.net], occurredAt: await change.now(),
    before: { teamId: desk.teams.net, holderId: null }, after: { teamId: desk.teams.net, holderId: people[who]!.id },
  }));
};

test('WBD-13 LIV-01 a notice reaches the bell of its person within a second, and nobody else\'s', async () => {
  const [li, wang] = await Promise.all([connect('li'), connect('wang')]);
  li.subscribe(NOTICES);
  wang.subscribe(NOTICES);
  expect([updateOf(await li.message(isTold)).unread, updateOf(await wang.message(isTold)).unread]).toEqual([0, 0]);
  const incident = await desk.open();
  const began = performance.now();
  await give('li', incident);
  const told = updateOf(await li.message(isTold));
  const took = performance.now() - began;
  process.stdout.write(`notice on the bell after ${Math.round(took)} ms\n`);
  expect([told.__typename, told.unread, told.notices[0]?.kind]).toEqual(['NoticesChanged', 1, 'ASSIGNED']);
  expect(took).toBeLessThan(1000);
  await give('wang', incident);
  expect(updateOf(await wang.message(isTold)).unread).toBe(1);
  expect(li.heard.filter(isTold)).toEqual([]);
  // Read in one window, it is read in the other.
  const second = await connect('li');
  second.subscribe(NOTICES);
  expect(updateOf(await second.message(isTold)).unread).toBe(1);
  await ask('li', 'mutation { markNoticesRead(input: {}) { notices { marked unread } userErrors { message } } }');
  expect([updateOf(await li.message(isTold)).unread, updateOf(await second.message(isTold)).unread]).toEqual([0, 0]);
  for (const client of [li, wang, second]) client.close();
});

test('LIV-02 WBD-13 after a break the bell says at once how it stands', async () => {
  const first = await connect('li');
  first.subscribe(NOTICES);
  const { epoch, seq, unread } = updateOf(await first.message(isTold));
  first.close();
  await give('li', await desk.open());
  const second = await connect('li');
  second.subscribe(NOTICES, { after: { epoch, seq } });
  let update = updateOf(await second.message(isTold));
  while (update.unread === unread) update = updateOf(await second.message(isTold));
  expect(update.unread).toBe(unread + 1);
  second.close();
});

test('LIV-05 ORG-03 a bell ends with the rights that it was opened by, and a token has none', async () => {
  const token = await desk.token();
  const client = await LiveClient.connect(server.url, token.plain);
  client.subscribe(NOTICES);
  const refused = await client.message((message) => message.type === 'error' || message.payload?.errors !== undefined);
  expect(JSON.stringify(refused)).toContain('FORBIDDEN');
  client.close();
  const wang = await connect('wang');
  wang.subscribe(NOTICES);
  await wang.message(isTold);
  await revokeRole(server.database, admin, people['wang']!.grantId);
  expect((await wang.closed()).code).toBe(4403);
  expect(JSON.stringify(await ask('wang', '{ notices { unread edges { node { number } } } unreadNotices }'))).toContain('"unreadNotices":0');
});
