import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres, type LaunchedPostgres } from '../../../server/src/platform/db/embedded/launch-postgres.ts';
import { postmasterOf } from '../../support/start-process.ts';

/** What of PostgreSQL is killed: its head alone, all of it at once, or one process that serves a client, after which it recovers by itself. */
export const DATABASE_KILLS = ['postmaster', 'everything', 'backend'] as const;
export type DatabaseKill = (typeof DATABASE_KILLS)[number];

/** A PostgreSQL of a fault run's own, to be killed and stopped; never the one of the command. It waits for the disk as in service. */
export class KillablePostgres {
  readonly url: string;
  private readonly folder: string;
  private running: LaunchedPostgres;

  private constructor(folder: string, running: LaunchedPostgres) {
    this.folder = folder;
    this.running = running;
    this.url = running.url;
  }

  static async open(): Promise<KillablePostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'watchfloor-fault-'));
    return new KillablePostgres(folder, await launchPostgres({ dataDirectory: folder }));
  }

  /** Kills with -9; when its head died, starts it again on the same port. Answers when it is on its way back. */
  async kill(what: DatabaseKill, pick: (pids: readonly number[]) => number): Promise<void> {
    const { head, all, serving } = this.processes();
    const victims = what === 'postmaster' ? [head] : what === 'everything' ? all : serving.length > 0 ? [pick(serving)] : [];
    for (const pid of victims) signal(pid, 'SIGKILL');
    if (what === 'backend') return;
    await this.running.ended;
    await this.running.stop();
    this.running = await launchPostgres({ dataDirectory: this.folder });
    if (this.running.url !== this.url) throw new Error('PostgreSQL came back at another address: its port was taken meanwhile.');
  }

  /** Every process of it stands still, or goes on. */
  signalAll(name: 'SIGSTOP' | 'SIGCONT'): void {
    for (const pid of this.processes().all) signal(pid, name);
  }

  async close(): Promise<void> {
    this.signalAll('SIGCONT');
    await this.running.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private processes(): { readonly head: number; readonly all: readonly number[]; readonly serving: readonly number[] } {
    const head = postmasterOf(this.folder);
    if (head === null) throw new Error('PostgreSQL has no process');
    const children = readdirSync('/proc').map(Number).filter((pid) => pid > 1 && parentOf(pid) === head);
    // "postgres: watchfloor DATABASE 127.0.0.1(PORT) idle": those that serve a client name its address.
    const serving = children.filter((pid) => / \d+\.\d+\.\d+\.\d+\(\d+\) /.test(`${read(`/proc/${pid}/cmdline`)} `));
    return { head, all: [head, ...children], serving };
  }
}

function parentOf(pid: number): number {
  return Number(/\) \S (\d+) /.exec(read(`/proc/${pid}/stat`))?.[1] ?? 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
