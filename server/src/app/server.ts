import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { resolve } from 'node:path';
import type { Actor } from '../kernel/actor.ts';
import { Database } from '../platform/db/database.ts';
import { createOrm, SERVER_LIMITS, type DatabaseLimits } from '../platform/db/orm.ts';
import { ReadReplica } from '../platform/db/read-replica.ts';
import type { RequestContext } from '../platform/graphql/context.ts';
import { AuthorityWatch } from '../platform/live/authority-watch.ts';
import { EventTailer } from '../platform/live/event-tailer.ts';
import { ListenCarrier } from '../platform/live/listen-carrier.ts';
import { LiveHub } from '../platform/live/live-hub.ts';
import { NatsCarrier } from '../platform/live/nats-carrier.ts';
import { databaseTime, type TimeSource } from '../platform/time/time-source.ts';
import { authenticateAny, stillValid } from './authentication.ts';
import { ENTITIES } from './entities.ts';
import { FEATURES } from './features.ts';
import { makeHttpApp, type ServerGroup } from './http-server.ts';
import { unready } from './readiness.ts';
import { graphqlSchema } from './schema.ts';
import { endStalledReaders } from './slow-readers.ts';
import { openWebSockets } from './websocket-server.ts';
import { startAllChores, startConsumers, startWorker } from './worker.ts';

export interface ServerOptions {
  /** Migrated already. */
  readonly databaseUrl: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** The built wallboard; null serves the API alone. */
  readonly wallboardDirectory: string | null;
  /** Another clock, for tests. */
  readonly time?: TimeSource;
  /** Where the timers run; every server process does unless it says no. */
  readonly timers?: boolean;
  /** A NATS server that carries the wake-ups instead of PostgreSQL. */
  readonly brokerUrl?: string | null;
  /** A streaming replica from which figures are read while it keeps up. */
  readonly replicaUrl?: string | null;
  /** Addresses and networks of load balancers. */
  readonly proxies?: readonly string[];
  /** Which of several processes behind one port this is, and how the others are, for `/readyz`. */
  readonly group?: ServerGroup;
  /** Others than the server's own, or none, for tests. */
  readonly limits?: DatabaseLimits | null;
}

export interface RunningServer {
  readonly url: string;
  readonly database: Database;
  readonly live: LiveHub;
  /** What keeps it from serving, by name. */
  unready(): Promise<Readonly<Record<string, string>>>;
  /** Ends what runs, at the latest after 5 s. */
  close(): Promise<void>;
}

type Closer = () => unknown;

const DRAIN_MS = 5000;
const POOL = 16;
/** Few read figures at once, and each page asks a dozen statements one after another. */
const REPLICA_POOL = 6;
/** Beside the pool: the wake-ups, the question for lost answers, the turn of the demo. */
export const CONNECTIONS_PER_SERVER = POOL + 3;
/** What the events of accounts, roles, sessions, tokens and screens are about. */
const ACCESS_SUBJECTS = new Set(['person', 'token', 'team', 'screen']);

/** Serves API, live streams and wallboard on one port. A port in use rises as an error with the code EADDRINUSE. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const closers: Closer[] = [];
  const close = () => closeAll(closers);
  try {
    return await start(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(options: ServerOptions, closers: Closer[], close: () => Promise<void>): Promise<RunningServer> {
  const orm = await createOrm(options.databaseUrl, ENTITIES, POOL, options.limits === undefined ? SERVER_LIMITS : options.limits);
  closers.push(() => orm.close(true));
  const database = new Database(orm, options.time ?? databaseTime);
  const schema = await graphqlSchema();
  const tailer = new EventTailer(database, options.brokerUrl ? new NatsCarrier(options.brokerUrl, options.databaseUrl) : new ListenCarrier(options.databaseUrl));
  closers.push(() => tailer.close());
  await tailer.start();
  const live = new LiveHub({ database, tailer, version: versionOf(options.wallboardDirectory) });
  closers.push(() => live.close());
  const watch = new AuthorityWatch((actor) => stillValid(database, actor));
  closers.push(() => watch.close());
  tailer.onEvents((events) => {
    if (events.some(({ subjectKind }) => ACCESS_SUBJECTS.has(subjectKind))) watch.askSoon();
  });
  if (options.timers !== false) {
    const worker = startWorker(database, tailer);
    closers.push(() => worker.close());
    const consumers = startConsumers(database, tailer);
    closers.push(() => consumers.close());
    const chores = startAllChores(database);
    closers.push(() => chores.close());
  }
  const figures = options.replicaUrl ? await openReplica(options.replicaUrl, { database, tailer, closers }) : null;
  const nodeKinds = FEATURES.flatMap(({ nodes }) => nodes ?? []);
  const contextFor = (actor: Actor | null, origin: string, extra: Partial<RequestContext> = {}): RequestContext => ({
    database, actor, origin, loaders: new Map(), live, nodeKinds, locale: 'zh-CN', ...(figures ? { figures } : {}), ...extra,
  });
  const notReady = () => unready(database, tailer);
  const parts = { database, schema, live, watch, contextFor, authenticate: authenticateAny.bind(null, database) };
  const { app, apollo } = await makeHttpApp({ ...parts, wallboardDirectory: options.wallboardDirectory, group: options.group ?? null, proxies: options.proxies ?? [], unready: notReady });
  closers.push(() => apollo.stop());
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 5000 }, app);
  endStalledReaders(server);
  const sockets = openWebSockets(server, parts);
  const url = await listen(server, options);
  closers.push(() => stopListening(server), () => sockets.close());
  return { url, database, live, unready: notReady, close };
}

/** What this process has seen: by its own commits, or by the log that every process reads. */
async function openReplica(replicaUrl: string, { database, tailer, closers }: { database: Database; tailer: EventTailer; closers: Closer[] }): Promise<ReadReplica> {
  const orm = await createOrm(replicaUrl, ENTITIES, REPLICA_POOL);
  let committed = 0;
  const stop = database.onCommit((seq) => (committed = Math.max(committed, seq)));
  tailer.onReset(() => (committed = 0));
  closers.push(() => orm.close(true), stop);
  return new ReadReplica(database, orm, () => ({ epoch: tailer.head.epoch, seq: Math.max(tailer.head.seq, committed) }));
}

function listen(server: Server, { port, host }: ServerOptions): Promise<string> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
      done(`http://${shown.includes(':') ? `[${shown}]` : shown}:${actual}`);
    });
  });
}

/** Lets requests finish for a while, then cuts them. */
function stopListening(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS - 2000);
  server.closeIdleConnections();
  return new Promise((done) => {
    server.close(() => {
      clearTimeout(cut);
      done();
    });
  });
}

/** Last opened, first closed; sockets and requests before what they use. */
async function closeAll(closers: Closer[]): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, DRAIN_MS);
  const all = (async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  })();
  await Promise.race([all, patience.promise]);
  clearTimeout(timer);
}

/** Changes with every build of the wallboard, so that screens know when to load themselves anew. */
function versionOf(wallboardDirectory: string | null): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  if (!wallboardDirectory) return version;
  try {
    const page = readFileSync(resolve(wallboardDirectory, 'index.html'));
    return `${version}+${createHash('sha256').update(page).digest('hex').slice(0, 8)}`;
  } catch {
    return version;
  }
}
