import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { ask } from '../support/ask.ts';
import { createTestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';
import { LiveClient } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);
const token = (await desk.token()).plain;

afterAll(async () => {
  await server.close();
  await database.drop();
});

const codeOf = async (query: string, variables = {}, as: string | null = token): Promise<unknown> => (await ask(server.url, as, query, variables)).errors?.[0]?.extensions['code'];

test('ORG-03 nobody gets UNAUTHENTICATED, somebody without the right FORBIDDEN', async () => {
  expect(await codeOf('{ boards { id } }', {}, null)).toBe('UNAUTHENTICATED');
  const screen = await desk.token({ kind: 'screen', boardId: desk.boards.all });
  expect(await codeOf('{ incidents { totalCount } }', {}, screen.plain)).toBe('FORBIDDEN');
});

test('ORG-04 a wrong token is UNAUTHENTICATED, even beside a field that anybody may ask', async () => {
  const { errors, data } = await ask(server.url, 'wf_wrong', '{ __typename }');
  expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  expect(data ?? null).toBeNull();
});

test('API-02 a refusal names its field and what would be right', async () => {
  const { errors } = await ask(server.url, token, '{ incidents(first: 500) { totalCount } }');
  expect(errors).toMatchObject([{ message: '"first" must be 1–100, got 500.', extensions: { code: 'OUT_OF_RANGE', field: 'first' } }]);
});

test.each([
  ['not GraphQL at all', 'boards {', 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ bords { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a missing argument', '{ board { seq } }', 'GRAPHQL_VALIDATION_FAILED'],
])('API-02 %s is a coded error', async (_what, query, code) => {
  expect(await codeOf(query)).toBe(code);
});

test('API-02 a variable of the wrong kind is BAD_USER_INPUT', async () => {
  expect(await codeOf('query($first: Int) { incidents(first: $first) { totalCount } }', { first: 'many' })).toBe('BAD_USER_INPUT');
});

test.each([
  ['depth', `{ ${'a { '.repeat(13)}b${' }'.repeat(13)} }`, 'at most 12 levels deep, got 14'],
  ['aliases', `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: __typename`).join(' ')} }`, 'at most 30 aliases, got 31'],
  ['fields at the root', `{ ${'boards { id } '.repeat(11)} }`, 'at most 10 fields at the root, got 11'],
  ['directives', `{ boards ${'@include(if: true) '.repeat(31)}{ id } }`, 'at most 30 directives, got 31'],
  ['fields', `{ ${Array.from({ length: 3 }, (_, index) => `a${index}: incidents(first: 100) { edges { node { ${Array.from({ length: 70 }, () => 'id').join(' ')} } } }`).join(' ')} }`, 'at most 20000 fields in all'],
])('API-04 too many %s are refused with the limit', async (_what, query, sentence) => {
  const { errors } = await ask(server.url, token, query);
  expect(errors?.map(({ message }) => message).join('\n')).toContain(sentence);
  expect(errors?.some(({ extensions }) => extensions['code'] === 'LIMIT_EXCEEDED')).toBe(true);
});

test('API-04 a document of more than 2,000 tokens is not even validated', async () => {
  const { errors } = await ask(server.url, token, `{ ${'__typename '.repeat(2001)} }`);
  expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
  expect(errors?.[0]?.message).toContain('2000');
});

test('API-04 twenty mistakes are answered by ten at most', async () => {
  const { errors } = await ask(server.url, token, `{ ${Array.from({ length: 20 }, (_, index) => `no${index}`).join(' ')} }`);
  expect(errors!.length).toBeLessThanOrEqual(11);
});

test('API-04 the same limits hold over a WebSocket', async () => {
  const client = await LiveClient.connect(server.url, token);
  client.subscribe(`{ ${Array.from({ length: 31 }, (_, index) => `a${index}: __typename`).join(' ')} }`);
  const message = await client.message();
  expect(JSON.stringify(message)).toContain('at most 30 aliases');
  client.close();
});

test('API-04 a body past 1 MB is refused with the limit; just below it is read', async () => {
  const send = async (bytes: number) => {
    const frame = JSON.stringify({ query: '{ __typename }', variables: { x: '' } });
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(bytes - frame.length) } }),
    });
    return { status: response.status, body: (await response.json()) as { errors?: { message: string; extensions: object }[] } };
  };
  const refused = await send(1_000_001);
  expect(refused.status).toBe(413);
  expect(refused.body.errors).toMatchObject([{ extensions: { code: 'TOO_LARGE' } }]);
  expect(refused.body.errors?.[0]?.message).toContain('1000000 bytes');
  expect((await send(1_000_000)).status).toBe(200);
});

test('API-02 a body that is not JSON is a coded error, not a stack', async () => {
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(text).toContain('BAD_REQUEST');
  expect(text).not.toContain(' at ');
});

test('ORG-03 a form of another site can do nothing: no preflight, no operation', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body: 'query={__typename}' });
    expect(response.status).toBeGreaterThanOrEqual(400);
  }
  expect((await fetch(`${server.url}/graphql?query=%7B__typename%7D`)).status).toBe(400);
});

test('API-04 several operations in one body are refused', async () => {
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]) });
  expect(response.status).toBe(400);
});

test('API-02 our own faults are masked and carry an id', async () => {
  const fresh = await createTestDatabase();
  const broken = await startServer({ databaseUrl: fresh.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
  const plain = (await (await PlainDesk.open(broken.database)).token()).plain;
  await onServer(fresh.url, (client) => client.query('alter table board rename to secret_name'));
  const { errors } = await ask(broken.url, plain, '{ boards { id } }');
  expect(errors).toMatchObject([{ message: 'Something went wrong on our side. Give this errorId to support.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(errors?.[0]?.extensions['errorId']).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(errors)).not.toContain('relation');
  await broken.close();
  await fresh.drop();
});

test('API-08 health, readiness and why it is not ready', async () => {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ready' });
  await onServer(database.url, (client) => client.query(`insert into migration (name, executed_at) values ('9999-from-the-future', now())`));
  const response = await fetch(`${server.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('9999-from-the-future');
  await onServer(database.url, (client) => client.query(`delete from migration where name like '9999%'`));
});

test('a port in use rises as EADDRINUSE, and nothing is left open', async () => {
  const port = Number(new URL(server.url).port);
  await expect(startServer({ databaseUrl: database.url, port, host: '127.0.0.1', wallboardDirectory: null })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
