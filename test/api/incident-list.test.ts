import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../server/src/kernel/instant.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { createCalendar } from '../../server/src/features/calendar/calendar.service.ts';
import { startServer } from '../../server/src/app/server.ts';
import { ask } from '../support/ask.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);
const token = (await desk.token()).plain;
const ids: string[] = [];

beforeAll(async () => {
  for (let index = 0; index < 25; index += 1) {
    ids.push(await desk.open({ level: `LV${1 + (index % 4)}` as 'LV1', dueInMs: ((index * 7) % 25) * HOUR - HOUR, customer: index % 5 === 0 ? 'bolt' : 'acme' }));
  }
});

afterAll(async () => {
  await server.close();
  await database.drop();
});

interface Page {
  readonly incidents: { readonly edges: { readonly cursor: string; readonly node: { readonly id: string; readonly level: string } }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }; readonly totalCount: number };
}

const LIST = `query List($filter: IncidentFilter, $sort: IncidentSort! = PRIORITY, $first: Int! = 50, $after: String) {
  incidents(filter: $filter, sort: $sort, first: $first, after: $after) { edges { cursor node { id level } } pageInfo { hasNextPage endCursor } totalCount } }`;

async function list(variables: object, as = token): Promise<Page['incidents']> {
  const { data, errors } = await ask<Page>(server.url, as, LIST, variables);
  if (!data) throw new Error(JSON.stringify(errors));
  return data.incidents;
}

test.each(['PRIORITY', 'DUE', 'REPORTED', 'NUMBER'])('API-01 walking page by page in order of %s meets every incident once, while others write', async (sort) => {
  const whole = (await list({ sort })).edges.map(({ node }) => node.id);
  const walked: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page['incidents'] = await list({ sort, first: 4, after });
    walked.push(...page.edges.map(({ node }) => node.id));
    await desk.retitle(ids[walked.length % ids.length]!, 'changed on the way');
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(whole.length).toBe(25);
  expect(walked).toEqual(whole);
});

test('INC-18 the default order is by level, then by time to breach', async () => {
  const { edges, totalCount } = await list({});
  expect(edges.map(({ node }) => node.level)).toEqual(edges.map(({ node }) => node.level).toSorted());
  expect(totalCount).toBe(25);
});

test('WBD-04 a filter limits list and count', async () => {
  const page = await list({ filter: { customerIds: [desk.customers.bolt] } });
  expect(page.totalCount).toBe(5);
  expect(page.edges.length).toBe(5);
});

test('ORG-03 a customer\'s token lists and counts only its own', async () => {
  const own = await desk.token({ customerId: desk.customers.bolt });
  expect((await list({}, own.plain)).totalCount).toBe(5);
  expect((await list({ filter: { customerIds: [desk.customers.acme] } }, own.plain)).totalCount).toBe(0);
});

test('ORG-03 a customer\'s token does not find out by a filter which team or person holds an incident; by level it may ask', async () => {
  const own = await desk.token({ customerId: desk.customers.bolt });
  for (const [field, filter] of [['teamIds', { teamIds: [desk.teams.net] }], ['holderIds', { holderIds: ['nobody'] }], ['unassigned', { unassigned: true }]] as const) {
    const { errors } = await ask(server.url, own.plain, LIST, { filter });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', field: `filter.${field}` });
    expect((await list({ filter })).totalCount).toBe(25);
  }
  expect((await list({ filter: { levels: ['LV1', 'LV2', 'LV3', 'LV4'] } }, own.plain)).totalCount).toBe(5);
});

test.each([
  ['a page of 101', { first: 101 }, 'first'],
  ['a page of 0', { first: 0 }, 'first'],
  ['a cursor that is none', { after: 'nonsense' }, 'after'],
  ['a team that is no id', { filter: { teamIds: ['net'] } }, 'filter.teamIds'],
  ['a text of 201 letters', { filter: { text: 'x'.repeat(201) } }, 'filter.text'],
])('API-02 %s is refused and names the field', async (_what, variables, field) => {
  const { errors } = await ask(server.url, token, LIST, variables);
  expect(errors?.[0]?.extensions['field']).toBe(field);
});

test('API-01 a cursor of another filter or sort is refused', async () => {
  const { pageInfo } = await list({ first: 2 });
  for (const other of [{ sort: 'DUE' }, { filter: { levels: ['LV1'] } }]) {
    const { errors } = await ask(server.url, token, LIST, { ...other, after: pageInfo.endCursor });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
  }
});

test('WBD-04 words with wild-card signs are taken literally', async () => {
  const odd = await desk.open({ title: '100% of_all', dueInMs: MINUTE });
  expect((await list({ filter: { text: '100% of_' } })).edges.map(({ node }) => node.id)).toEqual([odd]);
  expect((await list({ filter: { text: '100%_of' } })).totalCount).toBe(0);
  await desk.close(odd);
});

test('SLA-12 WBD-04 those whose clock stands outside its hours can be asked for', async () => {
  // Open on one day of the week that is not today, whatever day this runs on.
  const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7]!;
  const weeklyHours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => [name, name === day ? [['09:00', '18:00']] : []]));
  const calendar = await createCalendar(server.database, SYSTEM('test'), { key: 'rare', name: 'Rare', nameZh: '少', source: { timeZone: 'UTC', weeklyHours, exceptions: [] } });
  await server.database.em.execute('update clock set calendar_ref = ? where ticket_id = ?', [calendar.id, ids[3]!]);
  expect((await list({ filter: { clockStates: ['OUTSIDE_HOURS'] } })).edges.map(({ node }) => node.id)).toEqual([ids[3]]);
  expect((await list({ filter: { clockStates: ['RUNNING'] } })).totalCount).toBe(25);
});

test('API-01 node and nodes find by id, in order, and hide what is not to be seen', async () => {
  const foreign = await desk.token({ customerId: desk.customers.bolt });
  const acme = ids[1]!;
  const bolt = ids[0]!;
  const { data } = await ask(server.url, foreign.plain, 'query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids: [acme, bolt, 'nonsense'] });
  expect(data).toEqual({ nodes: [null, { id: bolt, __typename: 'Incident' }, null] });
});
