import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startServer } from '../../server/src/app/server.ts';
import { LiveMessage } from '../../server/src/platform/live/live-message.ts';
import { Outbox } from '../../server/src/platform/live/outbox.ts';
import { rememberStream, wireOf } from '../../server/src/platform/live/wire.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { BOARD_FEED, BoardFollower } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { longRegister } from '../support/long-register.ts';
import { onServer } from '../support/on-server.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { clientFrame, textFrame, upgradeRequest } from '../support/raw-socket.ts';
import { until } from '../support/until.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database, 50);
const token = (await desk.token()).plain;

afterAll(async () => {
  await server.close();
  await database.drop();
});

const ADDRESSED = { id: 'feed', tail: LiveMessage.tailOf('feed') };
const WAYS = ['whole frames written beside ws', 'frames made by ws'] as const;

test.each(WAYS)('LIV-06 an outbox closes its socket past its bytes, and says 4429 SLOW_CONSUMER: %s', async (way) => {
  const { listening, client, socket } = await pair(way);
  client.pause();
  const outbox = Outbox.of(socket, { bytes: 100_000, milliseconds: 60_000, firstMessageMilliseconds: 60_000 });
  const message = new LiveMessage('x'.repeat(50_000));
  let sent = 0;
  // The kernel takes some megabytes before it lets anything wait.
  while (socket.readyState === socket.OPEN && sent < 1000) {
    outbox.send(message, ADDRESSED);
    sent += 1;
  }
  expect(socket.readyState).toBe(socket.CLOSING);
  expect(sent).toBeLessThan(1000);
  const closed = new Promise<[number, string]>((done) => client.once('close', (code, reason) => done([code, String(reason)])));
  client.resume();
  expect(await closed).toEqual([4429, 'SLOW_CONSUMER']);
  listening.close();
});

test.each(WAYS)('LIV-06 an outbox closes its socket when a message has waited too long: %s', async (way) => {
  const { listening, client, socket } = await pair(way);
  client.pause();
  const outbox = Outbox.of(socket, { bytes: Number.MAX_SAFE_INTEGER, milliseconds: 300, firstMessageMilliseconds: 60_000 });
  for (let sent = 0; sent < 400; sent += 1) outbox.send(new LiveMessage('x'.repeat(50_000)), ADDRESSED);
  expect(socket.readyState).toBe(socket.OPEN);
  const until = performance.now() + 5000;
  while (socket.readyState === socket.OPEN && performance.now() < until) {
    outbox.check();
    await new Promise((done) => setImmediate(done));
  }
  expect(socket.readyState).not.toBe(socket.OPEN);
  client.terminate();
  listening.close();
});

test.each(WAYS)('LIV-06 what has been sent is given back: an outbox carries many times its bytes to who reads: %s', async (way) => {
  const { listening, client, socket } = await pair(way);
  const outbox = Outbox.of(socket, { bytes: 100_000, milliseconds: 60_000, firstMessageMilliseconds: 60_000 });
  let heard = 0;
  client.on('message', () => (heard += 1));
  for (let turn = 1; turn <= 50; turn += 1) {
    outbox.send(new LiveMessage('x'.repeat(50_000)), ADDRESSED);
    await until('it is heard', () => heard === turn);
  }
  expect(socket.readyState).toBe(socket.OPEN);
  client.terminate();
  listening.close();
});

test.each(WAYS)('LIV-06 what waited once and has gone since is not held against a socket that waits again: %s', async (way) => {
  const { listening, client, socket } = await pair(way);
  const outbox = Outbox.of(socket, { bytes: Number.MAX_SAFE_INTEGER, milliseconds: 400, firstMessageMilliseconds: 60_000 });
  for (let turn = 0; turn < 3; turn += 1) {
    client.pause();
    for (let sent = 0; sent < 400 && socket.bufferedAmount === 0; sent += 1) outbox.send(new LiveMessage('x'.repeat(200_000)), ADDRESSED);
    expect(socket.bufferedAmount).toBeGreaterThan(0);
    client.resume();
    await until('all has gone', () => socket.bufferedAmount === 0);
    await new Promise((done) => setTimeout(done, 500));
  }
  expect(socket.readyState).toBe(socket.OPEN);
  client.terminate();
  listening.close();
});

test('LIV-02 frames written beside ws and messages sent by ws keep their order', async () => {
  const { listening, client, socket } = await pair(WAYS[0]);
  const outbox = Outbox.of(socket, { bytes: Number.MAX_SAFE_INTEGER, milliseconds: 60_000, firstMessageMilliseconds: 60_000 });
  const heard: string[] = [];
  client.on('message', (data) => heard.push(String(data)));
  const expected: string[] = [];
  for (let turn = 0; turn < 40; turn += 1) {
    // Both sides of 125 and 65,535 bytes, and large ones under a second id, which ws sends in two fragments.
    const json = `{"n":${turn},"x":"${'é'.repeat([1, 40, 3000, 40_000][turn % 4]!)}"`;
    const message = new LiveMessage(json);
    outbox.send(message, ADDRESSED);
    outbox.send(message, { id: 'other', tail: LiveMessage.tailOf('other') });
    socket.send(`by ws ${turn}`);
    expected.push(`${json},"id":"feed"}`, `${json},"id":"other"}`, `by ws ${turn}`);
  }
  await until('all are heard', () => heard.length === expected.length);
  expect(heard).toEqual(expected);
  client.terminate();
  listening.close();
});

test('LIV-06 a screen that stops reading is dropped; the others hear everything, without waiting for it', { timeout: 120_000 }, async () => {
  const deaf = await subscribeDeaf(10);
  const follower = new BoardFollower(server.url, token, desk.boards.all);
  await follower.connect();
  await follower.step();
  const ids = await Promise.all(Array.from({ length: 50 }, () => desk.open()));
  const slow: number[] = [];
  for (let turn = 0; turn < 16; turn += 1) {
    // Every row changes its title of 8,000 letters: some 400 kB a delta.
    await Promise.all(ids.map((id) => desk.retitle(id, `${turn} ${'x'.repeat(8000)}`)));
    const began = performance.now();
    await follower.until(({ rows }) => rows.get(ids[0]!)?.title.startsWith(`${turn} `) ?? false);
    slow.push(performance.now() - began);
  }
  const ended = await Promise.all(deaf.map((socket) => closedOf(socket)));
  expect(ended.every(Boolean)).toBe(true);
  expect(follower.snapshots).toBe(1);
  expect(Math.max(...slow)).toBeLessThan(2000);
  follower.disconnect();
});

/** Both ends of a connection. */
async function pair(way: (typeof WAYS)[number]): Promise<{ listening: WebSocketServer; client: WebSocket; socket: WebSocket }> {
  const listening = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((done) => listening.once('listening', done));
  const { port } = listening.address() as { port: number };
  const accepted = new Promise<WebSocket>((done) => listening.once('connection', (opened, request) => {
    if (way === WAYS[0]) rememberStream(opened, request.socket);
    done(opened);
  }));
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const opened = new Promise((done) => client.once('open', done));
  const socket = await accepted;
  await opened;
  expect(wireOf(socket) !== null).toBe(way === WAYS[0]);
  return { listening, client, socket };
}

/** Raw sockets that subscribe to the board and never read again. */
async function subscribeDeaf(count: number): Promise<Socket[]> {
  const { hostname, port } = new URL(server.url);
  return Promise.all(Array.from({ length: count }, async () => {
    const socket = connect({ host: hostname, port: Number(port) });
    await new Promise((done) => socket.once('connect', done));
    socket.on('error', () => undefined);
    socket.write(upgradeRequest(server.url));
    await new Promise((done) => socket.once('data', done));
    socket.write(textFrame({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    await new Promise((done) => socket.once('data', done));
    socket.write(textFrame({ id: 'deaf', type: 'subscribe', payload: { query: BOARD_FEED, variables: { id: desk.boards.all } } }));
    await new Promise((done) => socket.once('data', done));
    socket.pause();
    return socket;
  }));
}

/** The end of a socket shows only to who reads on. */
async function closedOf(socket: Socket): Promise<boolean> {
  socket.resume();
  if (socket.closed) return true;
  await new Promise((done) => socket.once('close', done));
  return true;
}

test('LIV-06 a client that asks and does not read its answers is dropped', { timeout: 60_000 }, async () => {
  const { socket } = await subscribeOnly();
  const query = '{ __schema { types { name description fields { name description } inputFields { name description } } } }';
  socket.pause();
  let asked = 0;
  const asking = setInterval(() => socket.write(textFrame({ id: `q${asked++}`, type: 'subscribe', payload: { query } })), 20);
  const gone = new Promise((done) => socket.once('close', done));
  // Writing on tells it, without reading.
  await gone;
  clearInterval(asking);
  // Far fewer than would be needed to fill its memory.
  expect(asked).toBeLessThan(500);
});

test('LIV-06 pings without reading are answered one at a time', { timeout: 60_000 }, async () => {
  const { socket } = await subscribeOnly();
  socket.pause();
  const pings = Buffer.concat(Array.from({ length: 2000 }, () => clientFrame(0x9, Buffer.alloc(125, 'p'))));
  const before = process.memoryUsage().external;
  // 60 MB of pongs, where the kernel takes some.
  for (let turn = 0; turn < 250; turn += 1) if (!socket.write(pings)) await Promise.race([once(socket, 'drain'), wait(2000)]);
  expect((process.memoryUsage().external - before) / 1e6).toBeLessThan(20);
  socket.destroy();
});

test('LIV-06 W17 long files that nobody reads leave connections to the database for everybody else', { timeout: 60_000 }, async () => {
  await seedPolicy(server.database);
  await longRegister(database.url, { customerId: desk.customers.acme }, 16_000);
  const { plain } = await desk.token({ scopes: ['metrics.read', 'change.read'] });
  const path = '/downloads/metric-records?figure=change-count&period=2026-Q1';
  const { hostname, port } = new URL(server.url);
  const deaf = Array.from({ length: 4 }, () => connect({ host: hostname, port: Number(port) }));
  for (const socket of deaf) {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer ${plain}\r\n\r\n`);
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /);
    socket.pause();
  }
  const fifth = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${plain}` } });
  expect([fifth.status, ((await fifth.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code]).toEqual([503, 'BUSY']);
  // They wait in the middle: not all of it was made while nobody took it.
  await until('all four wait', async () => {
    const { rows } = await onServer(database.url, (client) => client.query(`select count(*)::int as open from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and query like 'fetch %'`));
    return rows[0].open === 4;
  }, 10_000);
  for (const socket of deaf) socket.destroy();
  await until('there is room again', async () => (await fetch(`${server.url}${path}`, { method: 'GET', headers: { authorization: `Bearer ${plain}` } })).status === 200);
});

/** Signed in, following nothing. */
async function subscribeOnly(): Promise<{ socket: Socket }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  socket.write(upgradeRequest(server.url));
  await once(socket, 'data');
  socket.write(textFrame({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  await once(socket, 'data');
  return { socket };
}
