import { once } from 'node:events';
import { connect } from 'node:net';
import { queryObjects } from 'node:v8';
import { afterAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../../server/src/app/server.ts';
import { BoardFollower, freshBoard } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { textFrame, upgradeRequest } from '../support/raw-socket.ts';
import { until } from '../support/until.ts';

const database = await createTestDatabase();
const options = { databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false };
const first = await startServer(options);
let second = await startServer(options);
const desk = await PlainDesk.open(first.database);
const token = (await desk.token()).plain;

afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  await database.drop();
});

async function terminate(which: string): Promise<number> {
  return onServer(database.url, async (client) => {
    const { rows } = await client.query(`select count(pg_terminate_backend(pid))::int as ended from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${which}`);
    return rows[0].ended as number;
  });
}

async function follow(): Promise<BoardFollower> {
  const follower = new BoardFollower(second.url, token, desk.boards.all);
  await follower.connect();
  await follower.step();
  return follower;
}

test('LIV-04 without the wake-up connection polling still brings every change, and the connection comes back', async () => {
  const follower = await follow();
  const wakeUp = `application_name = 'watchfloor wake-up'`;
  expect(await terminate(wakeUp)).toBe(2);
  const id = await desk.open();
  await follower.until(({ rows }) => rows.has(id));
  await until('both listen again', async () => {
    const count = await onServer(database.url, async (client) => (await client.query(`select count(*)::int as n from pg_stat_activity where datname = current_database() and ${wakeUp}`)).rows[0].n);
    return count === 2;
  });
  follower.disconnect();
});

test('LIV-04 every connection to the database is cut: the stream goes on by itself and loses nothing', async () => {
  const follower = await follow();
  expect(await terminate('true')).toBeGreaterThan(2);
  let id: string | null = null;
  await until('writing works again', async () => {
    id = await desk.open().catch(() => null);
    return id !== null;
  });
  await follower.until(({ rows }) => rows.has(id!));
  expect(follower.snapshots).toBe(1);
  expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  follower.disconnect();
});

test('WBD-02 a server that stops says 1001; the screen goes on with its cursor at the next one', async () => {
  const follower = await follow();
  await second.close();
  expect(await follower.client!.closed()).toEqual({ code: 1001, reason: 'Going away' });
  const missed = await desk.open();
  second = await startServer(options);
  await follower.connect(second.url);
  await follower.until(({ rows }) => rows.has(missed));
  expect(follower.snapshots).toBe(1);
  expect(follower.canonical()).toBe((await freshBoard(first.url, token, desk.boards.all)).canonical);
  follower.disconnect();
});

test('LIV-06 a connection that ends while it signs in leaves nothing behind, and nobody is told to get up', async () => {
  const said = vi.spyOn(console, 'error');
  const { hostname, port } = new URL(first.url);
  const before = queryObjects(WebSocket, { format: 'count' });
  await Promise.all(Array.from({ length: 40 }, async () => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write(upgradeRequest(first.url));
    await once(socket, 'data');
    socket.write(textFrame({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    // The server has read it and asks the database, or does so in a moment.
    await new Promise((done) => setImmediate(done));
    socket.resetAndDestroy();
  }));
  await until('all of them are forgotten', async () => {
    // Looking through the heap is slow work.
    await new Promise((done) => setTimeout(done, 500));
    return Number(queryObjects(WebSocket, { format: 'count' })) <= Number(before);
  }, 10_000);
  expect(said).not.toHaveBeenCalled();
});
