import type { Socket } from 'node:net';
import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg';
import { log } from '../log/log.ts';
import { returnLostConnection } from './lost-transaction.ts';
import { PreparingClient, preparesAt } from './statement.ts';

const LOOK_EVERY_MS = 500;
/** Most answers come sooner; those that do not are worth a question. */
const SILENT_MS = 1500;
const PROBE_PATIENCE_MS = 1000;

interface Watched {
  readonly client: PoolClient;
  readonly socket: Socket;
  bytes: number;
  /** When `bytes` last changed or nothing was asked, by a clock that only runs forward. */
  movedAt: number;
  /** What had been written when the last answer was complete. */
  answeredUpTo: number;
  /** PostgreSQL was found not to be working for this connection at the look before. */
  doubted: boolean;
}

/** A connection that is not let in yet. */
interface Knock {
  readonly client: Client;
  readonly since: number;
  /** Somebody who knocked later was let in at the look before. */
  overtaken: boolean;
}

/**
 * Ends connections whose answer was lost on the way. TCP alone waits a quarter of an hour for a peer that a network
 * forgot, pg waits with it, and all that time boards and timers stand still although the database is there again. A
 * question that is silent is no fault by itself: PostgreSQL is asked over another connection whether it works on it, and
 * only twice "no" ends it. While PostgreSQL cannot be asked, nothing is decided. Answers with options for the pool.
 */
export function endLostConnections(databaseUrl: string) {
  const watched = new Map<object, Watched>();
  const connecting = new Map<Client, Knock>();
  const prepares = preparesAt(databaseUrl);
  let timer: NodeJS.Timeout | null = null;
  const look = async (): Promise<void> => {
    const silent = [...watched.values()].filter(isSilent);
    // A busy server lets people in late and not in their order: only a knock that has waited as long as a lost answer is doubted.
    const knocking = [...connecting.values()].filter(({ since }) => performance.now() - since >= SILENT_MS);
    if (silent.length + knocking.length > 0) await judge({ silent, knocking }, databaseUrl, connecting);
    timer = null;
    lookSoon();
  };
  const lookSoon = (): void => {
    if (watched.size + connecting.size > 0) timer ??= setTimeout(look, LOOK_EVERY_MS).unref();
  };
  class WatchedClient extends PreparingClient {
    constructor(config?: string | ClientConfig) {
      super(config, prepares);
      returnLostConnection(this, () => socketOf(this));
      connecting.set(this, { client: this, since: performance.now(), overtaken: false });
      this.once('connect', () => connecting.delete(this)).once('end', () => connecting.delete(this));
      lookSoon();
    }
  }
  const onPoolCreated = (pool: Pool): void => {
    pool.on('connect', (client) => {
      const socket = socketOf(client);
      const one = { client, socket, bytes: socket.bytesRead, movedAt: performance.now(), answeredUpTo: socket.bytesWritten, doubted: false };
      client.on('drain', () => (one.answeredUpTo = socket.bytesWritten));
      watched.set(client, one);
      lookSoon();
    });
    pool.on('remove', (client) => watched.delete(client));
  };
  return { Client: WatchedClient, onPoolCreated };
}

function isSilent(one: Watched): boolean {
  const { socket } = one;
  const waits = socket.bytesWritten > one.answeredUpTo;
  if (!waits || socket.bytesRead !== one.bytes) {
    one.bytes = socket.bytesRead;
    one.movedAt = performance.now();
    one.doubted = false;
  }
  return performance.now() - one.movedAt >= SILENT_MS;
}

interface Doubtful {
  readonly silent: readonly Watched[];
  /** Not let in yet. */
  readonly knocking: readonly Knock[];
}

async function judge({ silent, knocking }: Doubtful, databaseUrl: string, connecting: ReadonlyMap<Client, Knock>): Promise<void> {
  const working = await workingBackends(silent.map(({ client }) => pidOf(client)), databaseUrl);
  if (working === null) return;
  // Who came after them was let in and answered meanwhile.
  for (const knock of knocking.filter(({ client }) => connecting.has(client))) {
    if (knock.overtaken) end(socketOf(knock.client), 'the knock at the database was lost on the way');
    knock.overtaken = true;
  }
  for (const one of silent.filter(isSilent)) {
    const lost = working !== 'unknown' && !working.has(pidOf(one.client));
    if (lost && one.doubted) end(one.socket, 'the answer of the database was lost on the way');
    one.doubted = lost;
  }
}

function end(socket: Socket, why: string): void {
  log.warn(`${why}; the connection is ended`);
  socket.destroy(new Error(why));
}

/** Of these backends, those that work on a question; null when PostgreSQL does not answer. */
async function workingBackends(pids: readonly number[], databaseUrl: string): Promise<ReadonlySet<number> | 'unknown' | null> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: PROBE_PATIENCE_MS, query_timeout: PROBE_PATIENCE_MS, application_name: 'watchfloor probe' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ me: number; working: number[] }>(
      `select pg_backend_pid() as me, array(select pid from pg_stat_activity where pid = any($1) and state = 'active') as working`, [pids],
    );
    const answer = rows[0]!;
    // Behind a pooler the numbers that we know are not those of the backends.
    return answer.me === pidOf(client) ? new Set(answer.working) : 'unknown';
  } catch {
    return null;
  } finally {
    // Its own goodbye may be lost as well.
    socketOf(client).destroy();
  }
}

/** Parts of pg's client that its types leave out. */
interface Inside {
  readonly connection: { readonly stream: Socket };
  readonly processID: number;
}

function socketOf(client: Client | PoolClient): Socket {
  return (client as unknown as Inside).connection.stream;
}

function pidOf(client: Client | PoolClient): number {
  return (client as unknown as Inside).processID;
}
