// @vitest-environment node
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { GraphQLError } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { readFeed, type FeedReader, type FeedTimers } from './feed-reader.ts';
import { queue, startCable, startFeedServer, type FeedServer, type Mark } from './feed-server.fixture.ts';
import type { FeedMark } from './feed-update.ts';
import { graphqlAttempt } from './graphql-ws-attempt.ts';

const QUERY = 'subscription ($after: FeedCursor) { feed(after: $after) { kind epoch seq fromSeq toSeq } }';
const snapshot = (seq: string, epoch = 'e1'): Mark => ({ kind: 'snapshot', epoch, seq });
const delta = (fromSeq: string, toSeq: string): Mark => ({ kind: 'delta', fromSeq, toSeq });

/** A hundred times faster than on a wall: half a second of waiting becomes 5 ms, 12 s of silence 120 ms. */
const hasty: FeedTimers = {
  random: () => 0,
  after(ms, task) {
    const id = setTimeout(task, ms / 100);
    return () => clearTimeout(id);
  },
};
/** The same, but a slow machine must not be taken for a silent server. */
const steady: FeedTimers = { ...hasty, after: (ms, task) => (ms < 10_000 ? hasty.after(ms, task) : () => {}) };

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function server(port = 0): Promise<FeedServer> {
  const started = await startFeedServer(port);
  endings.push(started.stop);
  return started;
}

function screen(port: number, timers: FeedTimers = steady, patience = { keepAliveMs: 10_000, pongWithinMs: 5000 }) {
  const seen = queue<string>();
  const losses = queue<string>();
  const reader: FeedReader = readFeed<Mark>({
    timers,
    open: graphqlAttempt<{ feed: Mark }, Mark>({
      url: `ws://127.0.0.1:${port}/graphql`, token: 'screen-1', query: QUERY, variables: {}, updateOf: (data) => data.feed, patience,
    }),
    markOf: (mark): FeedMark => ({ serverTime: '', version: '', ...mark }) as FeedMark,
    onUpdate: (mark) => seen.push(`${mark.kind} ${mark.seq ?? mark.toSeq ?? ''}`),
    onConnection: (state, detail) => { if (state === 'waiting') losses.push(detail); },
  });
  endings.push(reader.stop);
  return { seen, losses, reader };
}

test('LIV-02 a screen signs in with its token, gets a snapshot and follows deltas', async () => {
  const noc = await server();
  const { seen } = screen(noc.port);
  const stream = await noc.nextStream();
  expect(stream).toMatchObject({ after: null, token: 'Bearer screen-1' });
  stream.send(snapshot('10'));
  stream.send(delta('10', '12'));
  expect([await seen.next(), await seen.next()]).toEqual(['snapshot 10', 'delta 12']);
});

test('WBD-02 after a server restart the screen resumes from its current cursor', async () => {
  const first = await server();
  const { seen, reader } = screen(first.port);
  const stream = await first.nextStream();
  stream.send(snapshot('10'));
  stream.send(delta('10', '12'));
  await seen.next();
  await seen.next();
  await first.stop();
  const second = await server(first.port);
  const resumed = await second.nextStream();
  expect(resumed.after).toEqual({ epoch: 'e1', seq: '12' });
  resumed.send(delta('12', '30'));
  expect(await seen.next()).toBe('delta 30');
  expect(reader.cursor()).toEqual({ epoch: 'e1', seq: '30' });
});

test('LIV-02 a delta that does not follow is thrown away and a snapshot asked for', async () => {
  const noc = await server();
  const { seen, losses } = screen(noc.port);
  const stream = await noc.nextStream();
  stream.send(snapshot('10'));
  stream.send(delta('11', '12'));
  expect(await losses.next()).toBe('gap');
  const again = await noc.nextStream();
  expect(again.after).toBeNull();
  again.send(snapshot('12'));
  expect([await seen.next(), await seen.next()]).toEqual(['snapshot 10', 'snapshot 12']);
});

test.each([
  [1000, 'orderly close'], [1001, 'going away'], [4400, 'bad request'], [4500, 'Internal error'],
])('WBD-02 close code %i is not the end: the screen comes back with its cursor', async (code, reason) => {
  const noc = await server();
  const { seen } = screen(noc.port);
  (await noc.nextStream()).send(snapshot('10'));
  await seen.next();
  noc.closeSockets(code, reason);
  expect((await noc.nextStream()).after).toEqual({ epoch: 'e1', seq: '10' });
});

test.each([
  ['LIV-06', 4429, 'too slow'], ['LIV-05', 4401, 'Unauthorized'], ['LIV-05', 4403, 'RIGHTS_LOST'],
])('%s close code %i leads to a fresh snapshot', async (_rule, code, reason) => {
  const noc = await server();
  const { seen } = screen(noc.port);
  (await noc.nextStream()).send(snapshot('10'));
  await seen.next();
  noc.closeSockets(code, reason);
  expect((await noc.nextStream()).after).toBeNull();
});

test('LIV-02 the error CURSOR_TOO_OLD leads to a fresh snapshot, any other error does not', async () => {
  const noc = await server();
  const { seen, losses } = screen(noc.port);
  (await noc.nextStream()).send(snapshot('10'));
  await seen.next();
  noc.closeSockets(1001, '');
  const other = await noc.nextStream();
  other.fail(new GraphQLError('The database is away.', { extensions: { code: 'INTERNAL_SERVER_ERROR' } }));
  await losses.next();
  const refused = await noc.nextStream();
  expect(refused.after).toEqual({ epoch: 'e1', seq: '10' });
  refused.fail(new GraphQLError('The cursor is too old.', { extensions: { code: 'CURSOR_TOO_OLD' } }));
  expect((await noc.nextStream()).after).toBeNull();
});

test('LIV-02 a stream that the server completes is opened again', async () => {
  const noc = await server();
  const { seen } = screen(noc.port);
  const stream = await noc.nextStream();
  stream.send(snapshot('10'));
  await seen.next();
  stream.finish();
  expect((await noc.nextStream()).after).toEqual({ epoch: 'e1', seq: '10' });
});

test('WBD-02 a half-open connection is noticed by its silence', async () => {
  const noc = await server();
  const cable = await startCable(noc.port);
  endings.push(cable.stop);
  const { seen, losses } = screen(cable.port, hasty);
  (await noc.nextStream()).send(snapshot('10'));
  await seen.next();
  cable.cut();
  expect(await losses.next()).toBe('silent');
  cable.mend();
  expect((await noc.nextStream()).after).toEqual({ epoch: 'e1', seq: '10' });
});

test('WBD-02 a half-open connection is noticed by a ping that nobody answers', async () => {
  const noc = await server();
  const cable = await startCable(noc.port);
  endings.push(cable.stop);
  const { seen, losses } = screen(cable.port, steady, { keepAliveMs: 20, pongWithinMs: 100 });
  (await noc.nextStream()).send(snapshot('10'));
  await seen.next();
  cable.cut();
  expect(await losses.next()).toContain('4499');
  cable.mend();
  expect((await noc.nextStream()).after).toEqual({ epoch: 'e1', seq: '10' });
});

test('WBD-02 a try that is given up before anybody answered ends without a complaint', async () => {
  const asked = queue<Socket>();
  const silent = createServer((socket) => asked.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  endings.push(() => silent.close());
  const complaints: unknown[] = [];
  const complain = (reason: unknown): void => void complaints.push(reason);
  process.on('unhandledRejection', complain);
  endings.push(() => process.off('unhandledRejection', complain));
  const { port } = silent.address() as AddressInfo;
  const ended: string[] = [];
  const attempt = graphqlAttempt<{ feed: Mark }, Mark>({ url: `ws://127.0.0.1:${port}/graphql`, token: null, query: QUERY, variables: {}, updateOf: (data) => data.feed })(
    null, { reached: () => undefined, update: () => undefined, end: ({ detail }) => ended.push(detail) },
  );
  const socket = await asked.next();
  attempt.close();
  socket.resetAndDestroy();
  await new Promise((done) => setTimeout(done, 100));
  expect(complaints).toEqual([]);
  expect(ended).toEqual([]);
});
