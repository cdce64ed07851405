import autocannon from 'autocannon';
import { Client } from 'pg';
import { createToken } from '../../../server/src/features/access/access-token.service.ts';
import { ENTITIES } from '../../../server/src/app/entities.ts';
import { SYSTEM } from '../../../server/src/kernel/actor.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { longStory, manyIncidents } from '../../support/many-incidents.ts';
import type { Aim, BenchOutcome, BenchRun } from '../harness/bench.ts';
import { benchDatabase } from '../harness/bench-database.ts';
import { cpuSeconds, startChild } from '../harness/child.ts';
import { compare, OURS, type Contender } from '../harness/compare.ts';
import type { Started } from '../harness/started.ts';
import { versionOf } from '../harness/version-of.ts';
import { makePeerViews } from './peer-views.ts';

const OPEN = 10_000;
const CLOSED = 20_000;
const CONNECTIONS = 16;
export const AD_HOC = 'ours-ad-hoc';

/** What is there, and how one asks for it. */
export interface ReadWorld {
  readonly databaseUrl: string;
  readonly pg: Client;
  readonly token: string;
  readonly teamId: string;
  readonly ticketId: string;
}

export interface PagePeer {
  readonly key: string;
  /** Its server in this folder. */
  readonly script: string;
  readonly body: object;
  /** Its answer as ours would say it, where its schema is spelled otherwise. */
  readonly translate?: (answer: unknown) => unknown;
}

export interface PageBench {
  readonly aims: readonly Aim[];
  peers(world: ReadWorld): readonly PagePeer[];
}

interface Running extends PagePeer {
  readonly url: string;
  readonly pid: number;
}

/** 10,000 open incidents of 20 teams, and a token that sees those of one. */
async function readWorld(started: Started): Promise<ReadWorld> {
  const databaseUrl = await benchDatabase(started);
  const pg = started.ends(new Client({ connectionString: databaseUrl }), (client) => client.end());
  await pg.connect();
  const orm = await createOrm(databaseUrl, ENTITIES);
  const database = new Database(orm);
  const { teams } = await manyIncidents(database, pg, { open: OPEN, closed: CLOSED });
  const { rows: [ticket] } = await pg.query<{ number: string; teamId: string }>(`select number, team_id as "teamId" from ticket where team_id = $1 and closed_at is null and holder_id is not null order by number limit 1`, [teams[3]]);
  const ticketId = await longStory(pg, ticket!.number, { logged: 20, handed: 3, events: 80 });
  const { plain } = await createToken(database, SYSTEM('bench'), { name: 'reader', kind: 'integrator', scopes: ['incident.read'], teamId: ticket!.teamId });
  await makePeerViews(pg);
  await pg.query('vacuum analyze');
  await orm.close(true);
  return { databaseUrl, pg, token: plain, teamId: ticket!.teamId, ticketId };
}

/** The servers beside each other on one database; their answers are the same before anything is measured. */
export async function measurePage(run: BenchRun, started: Started, bench: PageBench): Promise<BenchOutcome> {
  const world = await readWorld(started);
  const running: Running[] = [];
  const servers = new Map<string, { readonly url: string; readonly pid: number }>();
  for (const peer of bench.peers(world)) {
    const server = servers.get(peer.script) ?? (await startServer(started, peer.script, world));
    servers.set(peer.script, server);
    running.push({ ...peer, ...server });
  }
  await sameAnswers(running, world);
  const cpu: Record<string, { seconds: number; requests: number }> = {};
  const contenders = running.map((one): Contender => ({
    key: one.key,
    round: async (milliseconds) => {
      const before = cpuSeconds(one.pid);
      const rate = await loaded(one, world, milliseconds);
      cpu[one.key] = { seconds: cpuSeconds(one.pid) - before, requests: (rate * milliseconds) / 1000 };
      return rate;
    },
  }));
  const comparison = await compare(run, { unit: 'requests/s', better: 'more' }, contenders);
  const figures = Object.fromEntries(Object.entries(cpu).map(([key, { seconds, requests }]) => [`${key}CpuMicrosPerRequest`, (seconds * 1e6) / requests]));
  return { comparisons: [comparison], figures, aims: bench.aims, versions: versions() };
}

async function startServer(started: Started, script: string, { databaseUrl }: ReadWorld): Promise<{ url: string; pid: number }> {
  const child = started.ends(await startChild<{ url: string }>(`test/load/reads/${script}.ts`, { DATABASE_URL: databaseUrl, NODE_ENV: 'production' }), ({ end }) => end());
  return { url: `${child.ready.url}/graphql`, pid: child.pid };
}

const headersOf = ({ token }: ReadWorld) => ({ 'content-type': 'application/json', authorization: `Bearer ${token}` });

async function sameAnswers(running: readonly Running[], world: ReadWorld): Promise<void> {
  let expected: string | null = null;
  for (const { key, url, body, translate = (answer: unknown) => answer } of running) {
    // Three times: what is kept from the first request on must say the same.
    for (let turn = 0; turn < 3; turn += 1) {
      const response = await fetch(url, { method: 'POST', headers: headersOf(world), body: JSON.stringify(body) });
      const said = canonicalJson(JSON.stringify(translate(await response.json())));
      expected ??= said;
      if (said.length < 5000 || said !== expected) throw new Error(`${key} answers otherwise than ${running[0]!.key}:\n${differenceOf(said, expected)}`);
    }
  }
}

function differenceOf(said: string, expected: string): string {
  const at = [...said].findIndex((letter, index) => letter !== expected[index]);
  const from = Math.max(0, at - 200);
  return `${said.slice(from, from + 400)}\n--- expected\n${expected.slice(from, from + 400)}`;
}

/** Requests a second over 16 connections; a round with a failed request counts for nothing. */
async function loaded({ key, url, body }: Running, world: ReadWorld, milliseconds: number): Promise<number> {
  let answered = 0;
  const began = performance.now();
  let ended = began;
  const instance = autocannon({ url, method: 'POST', headers: headersOf(world), body: JSON.stringify(body), connections: CONNECTIONS, duration: milliseconds / 1000 });
  instance.on('response', (_client, status) => {
    if (status !== 200) return;
    answered += 1;
    ended = performance.now();
  });
  const { errors, non2xx, timeouts } = await instance;
  if (errors + non2xx + timeouts > 0) throw new Error(`${key}: ${errors} errors, ${non2xx} refusals, ${timeouts} time-outs`);
  return (answered * 1000) / (ended - began);
}

function versions(): Record<string, string> {
  return { node: process.version, ...Object.fromEntries(['@apollo/server', 'mercurius', 'graphql-jit', 'postgraphile', 'pg'].map((name) => [name, versionOf(name)])) };
}

export { OURS };
