import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EXIT } from '../../exit-codes.ts';
import { PROJECT_DIRECTORY } from '../../platform/config.ts';
import { reachDatabase } from '../../platform/db/reach-database.ts';
import { Failure, type FailureCode } from '../../platform/failure.ts';
import { log } from '../../platform/log/log.ts';
import { endConnectionsOnTheWay } from './connections-on-the-way.ts';
import type { FromProcess, Neighbour, ProcessSettings, ToProcess } from './process-message.ts';
import { afterEnd, MOST_QUICK_ENDS } from './restart.rules.ts';

const LOOK_EVERY_MS = 2000;
/** Looks, not seconds: a laptop that slept looks once when it wakes. 20 s for one that serves, 2 min for one that starts. */
const SILENT_LOOKS = { serving: 10, starting: 60 } as const;
/** The servers drain within 5 s each, all at the same time. */
const DRAIN_MS = 9000;
const DATABASE_AGAIN_MS = 1000;

interface Slot {
  readonly number: number;
  worker: Worker | null;
  state: Neighbour['state'];
  unready: Readonly<Record<string, string>>;
  silentLooks: number;
  readyAt: number | null;
  quickEnds: number;
}

/**
 * N server processes behind one port. This process accepts the connections and hands each to the next server process
 * (node:cluster), looks whether they live, starts again what ended, and stops them. They keep nothing: whatever one of
 * them has acknowledged is in PostgreSQL. When this process dies, even by kill -9, their channel closes and they end.
 */
export class ServerProcesses {
  /** Rejects when a process ends again and again. */
  readonly ended: Promise<never>;
  private readonly settings: ProcessSettings;
  private readonly slots: readonly Slot[];
  private readonly allReady = Promise.withResolvers<string>();
  private readonly fail: (failure: Failure) => void;
  private readonly clock: NodeJS.Timeout;
  private stopping = false;
  private told = '';

  constructor(settings: ProcessSettings, count: number) {
    this.settings = settings;
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.ended = promise;
    this.fail = reject;
    cluster.setupPrimary({
      exec: join(import.meta.dirname, 'server-process.ts'), args: [], execArgv: ['--import', import.meta.resolve('tsx')], stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.slots = Array.from({ length: count }, (_, index) => ({
      number: index + 1, worker: null, state: 'starting', unready: {}, silentLooks: 0, readyAt: null, quickEnds: 0,
    }));
    this.clock = setInterval(() => this.look(), LOOK_EVERY_MS);
    for (const slot of this.slots) this.launch(slot);
  }

  /** The address, once every process serves. */
  ready(): Promise<string> {
    return Promise.race([this.allReady.promise, this.ended]);
  }

  /** Lets all finish what they are at, then ends those that do not. */
  async close(): Promise<void> {
    this.stopping = true;
    clearInterval(this.clock);
    const workers = this.slots.flatMap(({ worker }) => (worker === null ? [] : [worker]));
    const gone = Promise.all(workers.map((worker) => new Promise<void>((done) => worker.once('exit', () => done()))));
    for (const worker of workers) say(worker, { kind: 'stop' });
    const patience = new AbortController();
    const late = wait(DRAIN_MS, 'late', { signal: patience.signal }).catch(() => 'gone');
    if ((await Promise.race([gone, late])) === 'late') for (const worker of workers) worker.process.kill('SIGKILL');
    patience.abort();
    await gone;
  }

  private launch(slot: Slot): void {
    // Decorators are of the kind that the project's own configuration names, wherever the command was started.
    const environment = { WATCHFLOOR_PROCESS: String(slot.number), TSX_TSCONFIG_PATH: process.env['TSX_TSCONFIG_PATH'] ?? join(PROJECT_DIRECTORY, 'tsconfig.json') };
    const worker = cluster.fork(environment);
    endConnectionsOnTheWay(worker.process);
    Object.assign(slot, { worker, state: 'starting', unready: {}, silentLooks: 0, readyAt: null });
    worker.on('message', (message: FromProcess) => this.hear(slot, worker, message));
    worker.on('error', (error) => log.warn({ err: error, process: slot.number }, 'a server process could not be told something'));
    worker.once('exit', (code: number | null, signal: string | null) => void this.lost(slot, signal ?? `code ${code}`));
  }

  private hear(slot: Slot, worker: Worker, message: FromProcess): void {
    slot.silentLooks = 0;
    switch (message.kind) {
      case 'hello':
        return say(worker, { kind: 'settings', settings: this.settings });
      case 'failed':
        return this.tellFailure(slot, message.code, message.sentence);
      case 'ready':
        slot.state = 'ready';
        slot.readyAt = performance.now();
        if (this.slots.every(({ readyAt }) => readyAt !== null)) this.allReady.resolve(message.url);
        return this.tellNeighbours();
      case 'alive':
        slot.unready = message.unready;
        slot.state = Object.keys(message.unready).length === 0 ? 'ready' : 'not ready';
        return this.tellNeighbours();
    }
  }

  /** A reason that is nobody's bug will be there at the next try too: at the first start it is told at once. */
  private tellFailure(slot: Slot, code: string, sentence: string): void {
    log.warn({ process: slot.number, code }, sentence);
    if (slot.quickEnds === 0 && isFailureCode(code) && this.slots.every(({ readyAt }) => readyAt === null)) this.fail(new Failure(code, sentence));
  }

  private async lost(slot: Slot, how: string): Promise<void> {
    const restart = afterEnd(slot.quickEnds, slot.readyAt === null ? null : performance.now() - slot.readyAt);
    const pid = slot.worker?.process.pid;
    Object.assign(slot, { worker: null, state: 'ended', readyAt: null, quickEnds: restart.quickEnds });
    if (this.stopping) return;
    log.warn({ process: slot.number, pid, how, inRow: restart.quickEnds, waitMs: restart.waitMs }, restart.giveUp ? 'a server process keeps ending' : 'a server process ended; it is started again');
    this.tellNeighbours();
    if (restart.giveUp) {
      return this.fail(new Failure('PROCESSES_KEEP_ENDING', `Server process ${slot.number} ended ${MOST_QUICK_ENDS} times in a row soon after its start, the last time by ${how}. Its log lines have "process":${slot.number}.`));
    }
    await wait(restart.waitMs);
    await this.databaseAnswers();
    if (!this.stopping) this.launch(slot);
  }

  /** A process that starts without its database ends again; that would count against it. */
  private async databaseAnswers(): Promise<void> {
    for (let told = false; !this.stopping; told = true) {
      try {
        return await reachDatabase(this.settings.databaseUrl);
      } catch (error) {
        if (!told) log.warn({ err: error }, 'the database does not answer; a server process is started once it does');
        await wait(DATABASE_AGAIN_MS);
      }
    }
  }

  private look(): void {
    for (const { number, worker, readyAt, ...slot } of this.slots) {
      if (worker === null) continue;
      const looks = this.slots[number - 1]!.silentLooks = slot.silentLooks + 1;
      if (looks <= (readyAt === null ? SILENT_LOOKS.starting : SILENT_LOOKS.serving)) continue;
      log.warn({ process: number, pid: worker.process.pid }, 'a server process has been silent for too long; it is ended');
      worker.process.kill('SIGKILL');
    }
  }

  private tellNeighbours(): void {
    const neighbours = this.slots.map(({ number, worker, state, unready }): Neighbour => ({
      process: number, pid: worker?.process.pid ?? null, state, ...(state === 'not ready' ? { unready } : {}),
    }));
    const text = JSON.stringify(neighbours);
    if (text === this.told) return;
    this.told = text;
    for (const { worker } of this.slots) if (worker) say(worker, { kind: 'neighbours', neighbours });
  }
}

function say(worker: Worker, message: ToProcess): void {
  if (worker.isConnected()) worker.send(message);
}

function isFailureCode(code: string): code is FailureCode {
  return code in EXIT && code !== 'OK' && code !== 'UNEXPECTED';
}
