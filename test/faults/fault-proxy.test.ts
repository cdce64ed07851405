import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { BOTH_WAYS, FaultProxy } from '../support/fault-proxy.ts';
import { until } from '../support/until.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Somebody who says back what he hears, behind a cable, and somebody who talks to him. */
async function echo() {
  const callers: Socket[] = [];
  const server = createServer((socket) => {
    callers.push(socket);
    socket.on('error', () => undefined).pipe(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const cable = await FaultProxy.start({ port });
  endings.push(() => server.close(), () => cable.stop());
  return { cable, callers, port, call: () => call(cable.port) };
}

async function call(port: number) {
  const socket = connect(port, '127.0.0.1');
  const end: { code: string | null } = { code: null };
  let heard = '';
  socket.setEncoding('utf8').on('data', (text) => (heard += text));
  socket.on('error', (error: NodeJS.ErrnoException) => (end.code = error.code ?? 'error')).on('close', () => (end.code ??= 'closed'));
  await until('the call is taken or refused', () => !socket.connecting || end.code !== null);
  endings.push(() => socket.destroy());
  return { socket, end, heard: () => heard, hears: (text: string) => until(`"${text.slice(0, 20)}" is heard`, () => heard === text, 5000) };
}

test('a good cable carries everything, in order, and the end', async () => {
  const { cable, call: dial } = await echo();
  const one = await dial();
  one.socket.write('a'.repeat(300_000));
  one.socket.end('b');
  await one.hears(`${'a'.repeat(300_000)}b`);
  await until('it is over', () => one.end.code === 'closed');
  expect(cable.connections).toBe(0);
});

test('latency holds for both ways and keeps the order', async () => {
  const { cable, call: dial } = await echo();
  const one = await dial();
  cable.set({ latencyMs: 100 });
  const began = performance.now();
  one.socket.write('1');
  await wait(20);
  one.socket.write('2');
  await one.hears('12');
  expect(performance.now() - began).toBeGreaterThanOrEqual(218);
  expect(performance.now() - began).toBeLessThan(1000);
});

test.each(['to-server', 'to-client'] as const)('what is held %s comes when the cable is mended', async (direction) => {
  const { cable, call: dial } = await echo();
  const one = await dial();
  cable.set({ holds: [direction] });
  one.socket.write('held');
  await wait(150);
  expect(one.heard()).toBe('');
  cable.set({});
  await one.hears('held');
});

test.each(['to-server', 'to-client'] as const)('what is lost %s never comes, and nobody hears of it', async (direction) => {
  const { cable, call: dial } = await echo();
  const one = await dial();
  cable.set({ loses: [direction] });
  one.socket.write('lost ');
  await wait(150);
  cable.set({});
  one.socket.write('later');
  await one.hears('later');
  expect(one.end.code).toBeNull();
});

test('a side that dies behind a cable that loses leaves the other half open', async () => {
  const { cable, callers, call: dial } = await echo();
  const one = await dial();
  await until('the server has the call', () => callers.length === 1);
  cable.set({ loses: BOTH_WAYS });
  callers[0]!.destroy();
  await wait(150);
  expect(one.end.code).toBeNull();
});

test('a reset is heard as a reset on both sides', async () => {
  const { cable, callers, call: dial } = await echo();
  const one = await dial();
  await until('the server has the call', () => callers.length === 1);
  const far = new Promise((done) => callers[0]!.once('close', done));
  cable.reset();
  await until('the caller hears it', () => one.end.code !== null);
  expect(one.end.code).toBe('ECONNRESET');
  await far;
  expect(cable.connections).toBe(0);
});

test('a cable that refuses resets new calls and lets the old ones be', async () => {
  const { cable, call: dial } = await echo();
  const one = await dial();
  cable.set({ refuses: true });
  const other = await dial();
  await until('it is refused', () => other.end.code === 'ECONNRESET');
  one.socket.write('still here');
  await one.hears('still here');
});

test('a slow cable takes its time', async () => {
  const { cable, call: dial } = await echo();
  const one = await dial();
  cable.set({ bytesPerSecond: 10_000 });
  const began = performance.now();
  one.socket.write('x'.repeat(4000));
  await one.hears('x'.repeat(4000));
  // 0.4 s each way at most, overlapping in pieces.
  expect(performance.now() - began).toBeGreaterThan(350);
});

test('what is sent arrives in pieces', async () => {
  const { cable, callers, call: dial } = await echo();
  const one = await dial();
  await until('the server has the call', () => callers.length === 1);
  const pieces: number[] = [];
  callers[0]!.on('data', ({ length }: Buffer) => pieces.push(length));
  cable.set({ pieceBytes: 1 });
  one.socket.write('pieces');
  await one.hears('pieces');
  // A turn of the reader may find two.
  expect(pieces.length).toBeGreaterThanOrEqual(3);
});

test.each(['to-server', 'to-client'] as const)('what is cut %s ends in its middle', async (direction) => {
  const { cable, callers, call: dial } = await echo();
  const one = await dial();
  await until('the server has the call', () => callers.length === 1);
  let heard = '';
  callers[0]!.on('data', (bytes: Buffer) => (heard += bytes.toString('utf8')));
  cable.set({ cuts: [direction] });
  one.socket.write('abcdefgh');
  await until('it is over', () => one.end.code !== null && cable.connections === 0);
  expect(heard).toBe(direction === 'to-server' ? 'abcd' : 'abcdefgh');
  expect(one.heard()).toBe(direction === 'to-server' ? '' : 'abcd');
});

test('a fault of one connection is not that of another, and is taken away again', async () => {
  const { cable, call: dial } = await echo();
  const [one, other] = [await dial(), await dial()];
  cable.lines[0]!.set({ holds: BOTH_WAYS });
  for (const { socket } of [one, other]) socket.write('hello');
  await other.hears('hello');
  expect(one.heard()).toBe('');
  cable.lines[0]!.set(null);
  await one.hears('hello');
  cable.lines[1]!.reset();
  await until('the other is reset', () => other.end.code === 'ECONNRESET');
  one.socket.write('!');
  await one.hears('hello!');
});

test('a cable to several goes to them in turn', async () => {
  const [first, second] = [await echo(), await echo()];
  const cable = await FaultProxy.start({ port: first.port }, { port: second.port });
  endings.push(() => cable.stop());
  for (let count = 0; count < 4; count += 1) await call(cable.port);
  await until('all are there', () => first.callers.length + second.callers.length === 4);
  expect([first.callers.length, second.callers.length]).toEqual([2, 2]);
});
