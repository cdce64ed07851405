import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { PersonEntity, RoleGrantEntity } from '../../server/src/features/access/access.entity.ts';
import { hashPassword } from '../../server/src/platform/auth/password.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { BOARD_FEED } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { LiveClient } from '../support/live-client.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const PASSWORD = 'correct horse battery';
const wallboard = mkdtempSync(join(tmpdir(), 'watchfloor-page-'));
mkdirSync(join(wallboard, 'assets'));
writeFileSync(join(wallboard, 'index.html'), '<!doctype html><title>Watchfloor</title>');
writeFileSync(join(wallboard, 'assets', 'app-1a2b3c.js'), 'export {};');

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: wallboard, timers: false });
const desk = await PlainDesk.open(server.database);
const personId = newId();
await server.database.change(SYSTEM('test'), async ({ em, now }) => {
  em.create(PersonEntity, {
    id: personId, name: 'Wang Li', email: 'wang@example.com', phone: null, locale: 'zh-CN', customerId: null, passwordHash: await hashPassword(PASSWORD), active: true,
    createdAt: await now(), version: 1,
  });
  await em.flush();
  em.create(RoleGrantEntity, { id: newId(), personId, role: 'engineer', customerId: null, teamId: null });
});

afterAll(async () => {
  await server.close();
  await database.drop();
  rmSync(wallboard, { recursive: true, force: true });
});

async function post(query: string, cookie: string | null = null): Promise<Response> {
  return fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...(cookie && { cookie }) }, body: JSON.stringify({ query }) });
}

async function signIn(password = PASSWORD): Promise<Response> {
  return post(`mutation { signIn(input: { email: "wang@example.com", password: "${password}" }) { viewer { name } userErrors { code field } } }`);
}

test('ORG-04 signing in sets a cookie that no script can read and no other site can send', async () => {
  const response = await signIn();
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^watchfloor_session=[\w-]{20,}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
  expect(await response.json()).toMatchObject({ data: { signIn: { viewer: { name: 'Wang Li' }, userErrors: [] } } });
  const asked = await post('{ viewer { name } boards { id } }', cookie.split(';')[0]!);
  expect(await asked.json()).toMatchObject({ data: { viewer: { name: 'Wang Li' } } });
});

test('ORG-04 a wrong password sets no cookie', async () => {
  const response = await signIn('wrong horse battery');
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(await response.json()).toMatchObject({ data: { signIn: { viewer: null, userErrors: [{ code: 'WRONG_CREDENTIALS' }] } } });
});

test('LIV-05 the cookie opens a live stream, and signing out closes it', async () => {
  const cookie = (await signIn()).headers.get('set-cookie')!.split(';')[0]!;
  const client = await LiveClient.connect(server.url, null, { cookie, origin: server.url });
  client.subscribe(BOARD_FEED, { id: desk.boards.all });
  expect((await client.message())?.payload?.data).toMatchObject({ board: { __typename: 'BoardSnapshot' } });
  const out = await post('mutation { signOut { userErrors { code } } }', cookie);
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  expect(await client.closed()).toEqual({ code: 4403, reason: 'RIGHTS_LOST' });
  expect(await (await post('{ viewer { name } }', cookie)).json()).toMatchObject({ data: { viewer: null } });
});

test('the wallboard is served: hashed files for ever, its page never from a cache, every address of it, and nothing outside', async () => {
  const asset = await fetch(`${server.url}/assets/app-1a2b3c.js`);
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const path of ['/', '/board/1', '/queue?sort=due']) {
    const page = await fetch(server.url + path);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await page.text()).toContain('Watchfloor');
  }
  expect((await fetch(`${server.url}/assets/gone-000000.js`)).status).toBe(404);
  expect(await (await fetch(`${server.url}/assets/..%2f..%2f..%2f..%2fetc%2fpasswd`)).text()).not.toContain('root:');
});

test('every answer carries the headers that keep a browser from guessing', async () => {
  const { headers } = await fetch(`${server.url}/healthz`);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('x-powered-by')).toBeNull();
});
