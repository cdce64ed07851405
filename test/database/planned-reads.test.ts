import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { createToken, revokeToken } from '../../server/src/features/access/access-token.service.ts';
import { INCIDENT_JSON } from '../../server/src/features/incident/incident-json.queries.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { trustedDocuments } from '../../server/src/platform/graphql/trusted-documents.ts';
import { anySelection } from '../support/any-selection.ts';
import { canonicalJson } from '../support/canonical-json.ts';
import { createTestDatabase } from '../support/database.ts';
import { longStory, manyIncidents } from '../support/many-incidents.ts';
import { watchStatements } from '../support/statement-count.ts';

// Before any connection is opened: each keeps the function that it sends with.
const watched = watchStatements();
const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const pg = new Client({ connectionString: database.url });
await pg.connect();
const made = await manyIncidents(server.database, pg, { open: 360, closed: 40, teams: 3, customers: 4 });
const storied = await longStory(pg, 'MANY-43', { logged: 12, handed: 2, events: 20 });
const system = SYSTEM('test');

afterAll(async () => {
  watched.stop();
  await pg.end();
  await server.close();
  await database.drop();
});

type Limits = { readonly customerId?: string; readonly teamId?: string; readonly scopes?: readonly string[] };

async function token({ customerId, teamId, scopes = ['incident.read'] }: Limits = {}): Promise<{ id: string; plain: string }> {
  const { token: row, plain } = await createToken(server.database, system, { name: 'reader', kind: 'integrator', scopes, customerId: customerId ?? null, teamId: teamId ?? null });
  return { id: row.id, plain };
}

interface Said {
  readonly status: number;
  readonly text: string;
  /** Answered by one statement that also confirmed who asks. */
  readonly planned: boolean;
  readonly statements: readonly string[];
}

async function say(as: string, body: object): Promise<Said> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${as}` };
  let said = { status: 0, text: '' };
  const statements = await watched.during(async () => {
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    said = { status: response.status, text: await response.text() };
  });
  return { ...said, statements, planned: statements.length === 1 && statements[0]!.startsWith('with asked') };
}

/** The resolvers' answer and the statement's: a text is left to the resolvers when it comes for the first time. */
async function both(as: string, query: string, variables: object): Promise<{ readonly resolvers: Said; readonly planned: Said }> {
  const resolvers = await say(as, { query, variables });
  await say(as, { query, variables });
  return { resolvers, planned: await say(as, { query, variables }) };
}

function hashOf(name: string): string {
  const [hash] = [...trustedDocuments()].find(([, text]) => text.startsWith(`query ${name}(`)) ?? [];
  if (hash === undefined) throw new Error(`no trusted document ${name}`);
  return hash;
}

const trusted = (name: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(name) } });

const readers = [await token(), await token({ teamId: made.teams[0] }), await token({ scopes: ['customer.read'] }), await token({ customerId: made.customers[1] })];
// The provider's own twice: a customer's and whoever may not are answered by the resolvers both times.
const anyReader = fc.constantFrom(...[...readers.slice(0, 2), ...readers].map(({ plain }) => plain));
const numbers = (await pg.query<{ id: string }>('select id from ticket order by number limit 40')).rows.map(({ id }) => id);

const anyFilter = fc.record({
  teamIds: fc.subarray([...made.teams]), customerIds: fc.subarray([...made.customers]), levels: fc.subarray(['LV1', 'LV2', 'LV3', 'LV4']), states: fc.subarray(['IN_PROGRESS', 'AWAITING_ASSIGNMENT', 'CLOSED']),
  openOnly: fc.boolean(), unassigned: fc.boolean(), holderIds: fc.subarray(['nobody', made.people[3]!, 'me']), text: fc.constantFrom('printer', '打印', '100%', '"1'), handoffWaiting: fc.boolean(),
}, { requiredKeys: [] });

test('P3 any selection of incidents by anybody is answered by one statement as the resolvers answer it', async () => {
  let planned = 0;
  await fc.assert(fc.asyncProperty(anySelection(INCIDENT_JSON), anyReader, anyFilter, fc.constantFrom('PRIORITY', 'DUE', 'REPORTED', 'AGE', 'LEVEL', 'NUMBER', 'UPDATED', 'RISK'), fc.integer({ min: 0, max: 101 }),
    async (selection, as, filter, sort, first) => {
      const query = `query($filter: IncidentFilter, $first: Int) { it: incidents(filter: $filter, sort: ${sort}, first: $first) { page: pageInfo { more: hasNextPage } rows: edges { body: node { ${selection} } } } }`;
      const said = await both(as, query, { filter, first: first === 0 ? undefined : first });
      expect(canonicalJson(said.planned.text)).toBe(canonicalJson(said.resolvers.text));
      if (said.planned.planned) planned += 1;
    }), { numRuns: 60 });
  // A reader without the right, a customer and a page that is too long are the resolvers'.
  expect(planned).toBeGreaterThan(5);
});

test('P3 any selection of one incident by anybody is answered by one statement as the resolvers answer it', async () => {
  let planned = 0;
  await fc.assert(fc.asyncProperty(anySelection(INCIDENT_JSON), anyReader, fc.constantFrom(storied, ...numbers, '00000000-0000-4000-8000-000000000000', 'no id'), async (selection, as, id) => {
    const said = await both(as, `query($id: ID!) { incident(id: $id) { ${selection} } }`, { id });
    expect(withoutErrorIds(said.planned.text)).toBe(withoutErrorIds(said.resolvers.text));
    if (said.planned.planned) planned += 1;
  }), { numRuns: 60 });
  expect(planned).toBeGreaterThan(15);
});

const withoutErrorIds = (text: string): string => canonicalJson(text).replaceAll(/"errorId":"[^"]*"/g, '');

test.each([1, 10, 100])('P3 a page of %i rows and a ticket five levels deep are one statement each', async (first) => {
  const as = readers[0]!.plain;
  await say(as, { extensions: trusted('TeamQueue'), variables: { teamId: made.teams[0], first } });
  const page = await say(as, { extensions: trusted('TeamQueue'), variables: { teamId: made.teams[0], first } });
  expect(JSON.parse(page.text).data.incidents.edges.length).toBe(first);
  expect(page.statements).toEqual([expect.stringMatching(/^with asked/)]);
  const ticket = await say(as, { documentId: `sha256:${hashOf('TicketPage')}`, variables: { id: storied } });
  expect(JSON.parse(ticket.text).data.incident.timeline.length).toBe(20);
  expect(ticket.statements).toEqual([expect.stringMatching(/^with asked/)]);
});

test('P3 the resolvers too ask as often for 100 rows as for ten', async () => {
  const text = (first: number) => ({ query: `{ incidents(first: ${first}, sort: DUE) { edges { node { id team { name } holder { name } clocks { kind remainingSeconds } handoffs { fromTeam { name } } } } } }` });
  await say(readers[0]!.plain, text(100));
  const counts = [await say(readers[0]!.plain, text(10)), await say(readers[0]!.plain, text(100))].map(({ statements }) => statements.length);
  expect(counts[0]).toBe(counts[1]);
});

test('ORG-04 a revoked token, a taken right and an expired one are refused by the very next read', async () => {
  const ask = (as: string) => say(as, { extensions: trusted('TeamQueue'), variables: { teamId: made.teams[0] } });
  const codes = (said: Said): unknown => JSON.parse(said.text).errors?.[0]?.extensions?.code;
  const [gone, narrowed, ended] = [await token(), await token(), await token()];
  for (const { plain } of [gone, narrowed, ended]) {
    await ask(plain);
    expect((await ask(plain)).planned).toBe(true);
  }
  await revokeToken(server.database, system, gone.id);
  expect(codes(await ask(gone.plain))).toBe('UNAUTHENTICATED');
  await pg.query(`update api_token set scopes = '["customer.read"]' where id = $1`, [narrowed.id]);
  expect(codes(await ask(narrowed.plain))).toBe('FORBIDDEN');
  await pg.query(`update api_token set expires_at = now() where id = $1`, [ended.id]);
  expect(codes(await ask(ended.plain))).toBe('UNAUTHENTICATED');
});

test('ORG-03 a scope that is narrowed to a team shows the other teams no more, at once', async () => {
  const { id, plain } = await token();
  const ask = async () => JSON.parse((await say(plain, { extensions: trusted('TeamQueue'), variables: { teamId: made.teams[1], first: 5 } })).text).data.incidents.edges.length;
  expect([await ask(), await ask()]).toEqual([5, 5]);
  await pg.query('update api_token set team_id = $2 where id = $1', [id, made.teams[0]]);
  expect(await ask()).toBe(0);
});

test('SLA-02 a clock that is due for a look is judged by the resolvers', async () => {
  const as = readers[0]!.plain;
  const ask = () => say(as, { extensions: trusted('TicketPage'), variables: { id: storied } });
  await ask();
  expect((await ask()).planned).toBe(true);
  await pg.query(`update timer set due_at = now() where ticket_id = $1`, [storied]);
  expect((await ask()).planned).toBe(false);
});

test('API-01 a document that nobody knows is told so, and its text is taken with the hash', async () => {
  const unknown = await say(readers[0]!.plain, { documentId: `sha256:${'0'.repeat(64)}` });
  expect([unknown.status, JSON.parse(unknown.text).errors[0].extensions.code]).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND']);
  const both = await say(readers[0]!.plain, { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } });
  expect(JSON.parse(both.text)).toEqual({ data: { __typename: 'Query' } });
});
