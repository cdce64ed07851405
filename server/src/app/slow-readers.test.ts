import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { endStalledReaders } from './slow-readers.ts';

const endings: (() => unknown)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

const MB = 1_000_000;

/** Asks once, and says how many bytes came and whether the connection is over. */
async function ask(answer: RequestListener, { reads, milliseconds = 300 }: { readonly reads: boolean; readonly milliseconds?: number }) {
  const server = createServer({ keepAliveTimeout: 200 }, answer);
  endStalledReaders(server, milliseconds);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  endings.push(() => socket.destroy(), () => server.close());
  const heard = { bytes: 0, over: false };
  socket.on('error', () => undefined).on('close', () => (heard.over = true));
  socket.write('GET / HTTP/1.1\r\nHost: desk\r\n\r\n');
  if (reads) socket.on('data', ({ length }) => (heard.bytes += length));
  const held = once(server, 'connection').then(([accepted]) => once(accepted, 'close'));
  return { heard, socket, held };
}

test('LIV-06 a client that stops reading a large answer is cut, and the server is rid of it', async () => {
  const { held } = await ask((_, response) => void response.end(Buffer.alloc(40 * MB)), { reads: false });
  await held;
});

test('LIV-06 a client that reads slowly gets all of it, however long that takes', async () => {
  const { heard, socket } = await ask((_, response) => void response.end(Buffer.alloc(20 * MB)), { reads: true });
  const began = performance.now();
  // Some 64 kB at a time: longer in all than it may stand still.
  socket.on('data', () => {
    socket.pause();
    setTimeout(() => socket.resume(), 5);
  });
  await expect.poll(() => heard.bytes, { timeout: 10_000 }).toBeGreaterThan(20 * MB);
  expect(performance.now() - began).toBeGreaterThan(600);
});

test('LIV-06 a client is not to blame for a server that takes its time', async () => {
  const { heard } = await ask(async (_, response) => {
    await wait(1000);
    response.end('done');
  }, { reads: true });
  await expect.poll(() => heard.bytes, { timeout: 5000 }).toBeGreaterThan(0);
});

test('an idle connection is ended as before', async () => {
  const { held } = await ask((_, response) => void response.end('done'), { reads: true });
  await held;
});
