/**
 * One delta of 1 kB to 1,000 boards of one view, by processor time of the server process for each delivery. The next delta
 * is told when every socket has the last; a socket that misses one ends the run.
 */
import graphqlWs from 'graphql-ws/package.json' with { type: 'json' };
import ws from 'ws/package.json' with { type: 'json' };
import graphql from 'graphql/package.json' with { type: 'json' };
import { startServer } from '../../server/src/app/server.ts';
import { BOARD_FEED } from '../support/board-follower.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { deliver, Room } from './fan-out/room.ts';
import { hasMosquitto, mqttClient, startMosquitto } from './fan-out/mosquitto.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { benchDatabase } from './harness/bench-database.ts';
import { cpuSeconds, startChild } from './harness/child.ts';
import { compare, OURS, quantile, type Contender } from './harness/compare.ts';
import { withStarted, type Started } from './harness/started.ts';

const BOARDS = 1000;
const BY_LIBRARY = 'ours-by-libraries';

interface Ready {
  readonly url: string;
}

/** Somebody with a room that listens to them. */
interface Teller {
  readonly key: string;
  readonly pid: number;
  readonly room: Room;
  tell(seq: number): Promise<unknown>;
}

export const bench: Bench = {
  name: 'fan-out',
  work: `one delta of 1 kB to ${BOARDS} boards of one view, server CPU for each delivery`,
  run: (run) => withStarted((started) => measure(run, started)),
};

async function measure(run: BenchRun, started: Started): Promise<BenchOutcome> {
  const databaseUrl = await benchDatabase(started);
  const { token, board } = await deskFor(databaseUrl);
  const subscribe = { query: BOARD_FEED, variables: { id: board } };
  const open = async (key: string, script: string, environment: Record<string, string>, told: (seq: number) => unknown): Promise<Teller> => {
    const child = started.ends(await startChild<Ready>(`test/load/fan-out/${script}.ts`, environment), ({ end }) => end());
    const room = started.ends(await Room.open(child.ready.url, BOARDS, token, subscribe), (opened) => opened.close());
    return { key, pid: child.pid, room, tell: (seq) => child.ask('tell', told(seq)) };
  };
  const ours = await open(OURS, 'ours', { DATABASE_URL: databaseUrl }, (seq) => seq);
  await ours.room.hearAll(1, () => ours.tell(1));
  const sample = ours.room.sample;
  const numbered = (seq: number): string => sample.replace('"toSeq":"1"', `"toSeq":"${seq}"`).replace('"fromSeq":"0"', `"fromSeq":"${seq - 1}"`);
  const tellers = [
    ours,
    await open(BY_LIBRARY, 'ours', { DATABASE_URL: databaseUrl, BY_LIBRARY: '1' }, (seq) => seq),
    await open('raw', 'raw', {}, numbered),
    await open('graphql-ws', 'stock', {}, (seq) => boardOf(numbered(seq))),
    ...(hasMosquitto() ? [await openMosquitto(started, numbered)] : []),
  ];
  await sameBodies(tellers);
  run.say(`a message has ${Buffer.byteLength(sample)} bytes, the same from everybody`);
  const comparison = await compare(run, { unit: 'µs of server CPU a delivery', better: 'less' }, tellers.map(contender));
  const besideRaw = quantile(comparison.rounds['raw']!.map((raw, turn) => raw / comparison.rounds[BY_LIBRARY]![turn]!), 0.5);
  return {
    comparisons: [comparison],
    figures: { byLibrariesBesideRaw: besideRaw, messageBytes: Buffer.byteLength(sample) },
    aims: [{ of: 'byLibrariesBesideRaw', least: 0.75 }, { of: 'raw', least: 1 }, { of: 'graphql-ws', least: 3 }],
    versions: { node: process.version, ws: ws.version, 'graphql-ws': graphqlWs.version, graphql: graphql.version, ...(mosquittoVersion ? { mosquitto: mosquittoVersion } : { mosquitto: 'not installed here' }) },
  };
}

async function deskFor(databaseUrl: string): Promise<{ token: string; board: string }> {
  const server = await startServer({ databaseUrl, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
  const desk = await PlainDesk.open(server.database);
  const { plain } = await desk.token();
  await server.close();
  return { token: plain, board: desk.boards.all };
}

let mosquittoVersion: string | null = null;

async function openMosquitto(started: Started, numbered: (seq: number) => string): Promise<Teller> {
  const broker = await startMosquitto(started);
  mosquittoVersion = broker.version;
  let joined = 0;
  const room = started.ends(await Room.of(BOARDS, (hear) => mqttClient(broker.port, `board-${joined++}`, hear)), (opened) => opened.close());
  const desk = started.ends(await mqttClient(broker.port, 'desk', null), (client) => client.close());
  return { key: 'mosquitto', pid: broker.pid, room, tell: async (seq) => desk.publish(numbered(seq)) };
}

function contender({ key, pid, room, tell }: Teller): Contender {
  let seq = 2;
  return {
    key,
    round: async (milliseconds) => {
      const before = cpuSeconds(pid);
      const { deliveries, deltas } = await deliver(room, milliseconds, tell, seq);
      seq += deltas;
      if (deliveries !== deltas * BOARDS) throw new Error(`${key}: ${deliveries} deliveries of ${deltas} deltas to ${BOARDS} boards.`);
      return ((cpuSeconds(pid) - before) * 1e6) / deliveries;
    },
  };
}

/** What a message says, whoever sent it. */
function boardOf(text: string): unknown {
  const { payload } = JSON.parse(text.slice(text.indexOf('{'))) as { payload: { data: { board: unknown } } };
  return payload.data.board;
}

async function sameBodies(tellers: readonly Teller[]): Promise<void> {
  const bodies: string[] = [];
  for (const { room, tell } of tellers) {
    await room.hearAll(2, () => tell(2));
    bodies.push(JSON.stringify(boardOf(room.sample)));
  }
  const other = bodies.findIndex((body) => body !== bodies[0]);
  if (other >= 0) throw new Error(`${tellers[other]!.key} tells something else: ${bodies[other]}, ours ${bodies[0]}`);
}
