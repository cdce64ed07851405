import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withDatabase } from '../../faults/harness/fault-database.ts';
import { onServer } from '../../support/on-server.ts';
import { openDesk, type FaultDesk } from '../../faults/harness/fault-desk.ts';
import { MutationLoad } from '../../faults/harness/mutation-load.ts';
import { LiveClient } from '../../support/live-client.ts';
import { serveProcess, serversOf, type StartProcess } from '../../support/start-process.ts';
import { benchDatabase } from '../harness/bench-database.ts';
import type { Started } from '../harness/started.ts';
import { familyCpuSeconds, megabytes, parentOf } from './family.ts';

const WRITES_PER_SECOND = 50;
const SUBSCRIBE = `subscription($id: ID!) { board(id: $id) {
  ... on BoardSnapshot { seq rows { id title version order } } ... on BoardDelta { toSeq upserts { id title version level state order clock { kind dueAt } } removals } ... on BoardHeartbeat { seq } } }`;

/** What a stretch of work or rest took. */
export interface Stretch {
  readonly seconds: number;
  readonly serverSeconds: number;
  readonly postgresSeconds: number;
  readonly writes: number;
  readonly deliveries: number;
}

/** `watchfloor serve` with a database of its own, and what can be asked of it. */
export class Served {
  private readonly first: StartProcess;
  private readonly url: string;
  private readonly postmaster: number;
  private readonly desk: FaultDesk;
  private deliveries = 0;
  private loads = 0;

  private constructor(parts: { first: StartProcess; url: string; postmaster: number; desk: FaultDesk }) {
    this.first = parts.first;
    this.url = parts.url;
    this.postmaster = parts.postmaster;
    this.desk = parts.desk;
  }

  static async start(started: Started, { processes, brokerUrl }: { processes: number; brokerUrl: string | null }): Promise<Served> {
    const databaseUrl = await benchDatabase(started);
    const folder = started.ends(mkdtempSync(join(tmpdir(), 'watchfloor-bench-serve-')), (path) => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
    const environment = { DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn', ...(brokerUrl === null ? {} : { WATCHFLOOR_BROKER_URL: brokerUrl }) };
    const first = started.ends(serveProcess({ dataDirectory: folder, args: ['--processes', String(processes)], environment }), async (process) => {
      process.kill('SIGTERM');
      await process.end();
    });
    const url = await first.address();
    const desk = await withDatabase(databaseUrl, async (database) => openDesk(database));
    // Whatever answers us is a child of the process that accepts connections.
    const postmaster = await onServer(databaseUrl, async (client) => parentOf((await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid));
    return new Served({ first, url, postmaster, desk });
  }

  /** So many boards of one view, which stay. */
  async watch(started: Started, boards: number): Promise<void> {
    for (let board = 0; board < boards; board += 1) {
      const client = started.ends(await LiveClient.connect(this.url, this.desk.screenToken), (opened) => opened.close());
      client.socket.removeAllListeners('message');
      client.socket.on('message', () => (this.deliveries += 1));
      client.subscribe(SUBSCRIBE, { id: this.desk.boardId });
    }
  }

  rest(milliseconds: number): Promise<Stretch> {
    return this.measured(async () => {
      await wait(milliseconds);
      return 0;
    });
  }

  /** Commands of a desk through the API, 50 a second. */
  write(milliseconds: number): Promise<Stretch> {
    return this.measured(async () => {
      this.loads += 1;
      const load = new MutationLoad({ desk: this.desk, urls: () => [this.url], perSecond: WRITES_PER_SECOND, seed: this.loads, name: `bench-${this.loads}` });
      await wait(milliseconds);
      const { said, findings } = await load.end();
      if (findings.length > 0) throw new Error(`The load found: ${findings[0]}`);
      return said.length;
    });
  }

  /** Megabytes of the first process, and of a server process on average. */
  memory(): { readonly first: number; readonly server: number } {
    const servers = serversOf(this.first).map(megabytes);
    return { first: megabytes(this.first.child.pid!), server: servers.reduce((sum, one) => sum + one, 0) / servers.length };
  }

  private async measured(work: () => Promise<number>): Promise<Stretch> {
    const before = this.spent();
    const writes = await work();
    const after = this.spent();
    return {
      writes, seconds: after.at - before.at, serverSeconds: after.server - before.server, postgresSeconds: after.postgres - before.postgres,
      deliveries: after.deliveries - before.deliveries,
    };
  }

  private spent(): { at: number; server: number; postgres: number; deliveries: number } {
    return {
      at: performance.now() / 1000, server: familyCpuSeconds(this.first.child.pid!), postgres: familyCpuSeconds(this.postmaster), deliveries: this.deliveries,
    };
  }
}
