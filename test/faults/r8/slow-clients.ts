import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { BOARD_FEED } from '../../support/board-follower.ts';
import { clientFrame, textFrame, upgradeRequest } from '../../support/raw-socket.ts';

const QUEUE_FEED = `subscription Queue { queue(filter: {}) { __typename
  ... on QueueSnapshot { seq total rows { id title version order } } ... on QueueDelta { fromSeq toSeq upserts { id title version order } removals } ... on QueueHeartbeat { seq } } }`;
const RECORDS_FEED = 'subscription Records { records(kind: INCIDENT) { __typename ... on RecordsChanged { toSeq ids } ... on RecordsHeartbeat { seq } } }';
/** Ten pages of long titles: some 750 kB. */
const LONG_QUESTION = `{ ${[...'abcdefghij'].map((alias) => `${alias}: changes(first: 100) { nodes { id number title } }`).join(' ')} }`;
const EXPORT = '/downloads/metric-records?figure=change-count&period=2026-Q1';

/** What a client does that is no good to a server. The first five speak WebSocket, the others HTTP. */
export const SLOW_KINDS = ['deaf board', 'deaf queue', 'deaf records', 'asks and does not read', 'pings and does not read', 'deaf export', 'deaf answer', 'drips its head', 'drips its body'] as const;
export type SlowKind = (typeof SLOW_KINDS)[number];

export interface SlowDesk {
  readonly url: string;
  readonly token: string;
  readonly boardId: string;
}

/** By when a server must have let go of each kind: bounds of an outbox and two pings, or those of HTTP with their look every 5 s. */
const ENDED_WITHIN_MS: Readonly<Record<SlowKind, number>> = {
  'deaf board': 26_000, 'deaf queue': 26_000, 'deaf records': 26_000, 'asks and does not read': 26_000, 'pings and does not read': 26_000,
  'deaf export': 22_000, 'deaf answer': 22_000, 'drips its head': 16_000, 'drips its body': 36_000,
};
const SLACK_MS = 8000;

export interface Slowness {
  readonly kind: SlowKind;
  /** Until the server let go; null when it did not. */
  readonly endedAfterMs: number | null;
  /** It got something first, as a client that comes back must; always so where nothing is to come. */
  readonly served: boolean;
}

/** Is slow in its way until the server ends it, or for as long as that may take; `over` cuts it short, and then nothing is told. */
export async function beSlow(kind: SlowKind, desk: SlowDesk, over: () => boolean): Promise<Slowness | null> {
  const { hostname, port } = new URL(desk.url);
  const socket = connect({ host: hostname, port: Number(port) });
  let ended = false;
  socket.on('error', () => undefined).once('close', () => (ended = true));
  try {
    const served = await begin(kind, socket, desk);
    const began = performance.now();
    const most = ENDED_WITHIN_MS[kind] + SLACK_MS;
    while (!ended && performance.now() - began < most) {
      if (over()) return null;
      // Who does not read hears of the end only by writing, which costs the server nothing: a pong that nobody asked for.
      nag(kind, socket);
      await wait(NAG_MS);
    }
    return { kind, endedAfterMs: ended ? performance.now() - began : null, served };
  } finally {
    socket.destroy();
  }
}

const NAG_MS = 250;
const PINGS = Buffer.concat(Array.from({ length: 3000 }, () => clientFrame(0x9, Buffer.alloc(125, 'p'))));
let questions = 0;

function nag(kind: SlowKind, socket: Socket): void {
  if (!socket.writable || socket.writableLength > 1_000_000) return;
  switch (kind) {
    case 'asks and does not read': return void socket.write(textFrame({ id: `q${questions++}`, type: 'subscribe', payload: { query: LONG_QUESTION } }));
    case 'pings and does not read': return void socket.write(PINGS);
    case 'drips its head': return void socket.write('x');
    case 'drips its body': return void socket.write(' ');
    // A second request that waits for the first.
    case 'deaf export': case 'deaf answer': return;
    // Not an answer to its pings: those are checked by what came before.
    case 'deaf board': case 'deaf queue': case 'deaf records': return void socket.write(textFrame({ type: 'pong', payload: {} }));
  }
}

/** Answers whether it was served; from then on it is deaf. */
async function begin(kind: SlowKind, socket: Socket, { url, token, boardId }: SlowDesk): Promise<boolean> {
  const { host } = new URL(url);
  const head = `Host: ${host}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
  switch (kind) {
    case 'drips its head': return socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `);
    case 'drips its body': return socket.write(`POST /graphql HTTP/1.1\r\n${head}Content-Length: 100000\r\n\r\n{`);
    case 'deaf export': {
      socket.write(`GET ${EXPORT} HTTP/1.1\r\n${head}\r\n`);
      return /^HTTP\/1.1 (200|503) /.test(await hears(socket));
    }
    case 'deaf answer': {
      const body = JSON.stringify({ query: LONG_QUESTION });
      // Sixteen in a row, so that more is to come than a network takes by itself.
      for (let turn = 0; turn < 16; turn += 1) socket.write(`POST /graphql HTTP/1.1\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`);
      return (await hears(socket)).startsWith('HTTP/1.1 200 ');
    }
    default: {
      socket.write(upgradeRequest(url));
      await hears(socket);
      socket.write(textFrame({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
      const acknowledged = (await hears(socket)).includes('connection_ack');
      const feed = { 'deaf board': { query: BOARD_FEED, variables: { id: boardId } }, 'deaf queue': { query: QUEUE_FEED }, 'deaf records': { query: RECORDS_FEED } }[kind as string];
      if (!feed) return acknowledged;
      socket.write(textFrame({ id: 'feed', type: 'subscribe', payload: feed }));
      return (await hears(socket)).includes('Snapshot');
    }
  }
}

/** What comes next; then it reads no more. Empty when the server ends it. */
async function hears(socket: Socket): Promise<string> {
  socket.resume();
  const heard = await Promise.race([once(socket, 'data').then(([bytes]) => String(bytes)), once(socket, 'close').then(() => ''), wait(20_000, '')]).catch(() => '');
  socket.pause();
  return heard;
}
