import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../../server/src/platform/config.ts';
import { until } from './until.ts';

export interface StartProcess {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  said(): string;
  /** Waits until it prints its address, and answers that. */
  address(): Promise<string>;
  /** Waits for its end: the exit code, or the signal that ended it. */
  end(): Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

export interface StartOptions {
  readonly dataDirectory: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A real `start` with a data folder of its own, on any free port; it ends when the test process ends. */
export function startProcess({ dataDirectory, args = ['--empty'], environment = {} }: StartOptions): StartProcess {
  return observe(spawn(process.execPath, [...START, ...args], options(dataDirectory, environment)));
}

/** The same below a shell, as a package manager does it. */
export function startBelowShell({ dataDirectory, args = ['--empty'] }: StartOptions): StartProcess {
  const script = `"${process.execPath}" ${[...START, ...args].join(' ')}; true`;
  return observe(spawn('/bin/sh', ['-c', script], options(dataDirectory, { npm_lifecycle_event: 'start' })));
}

/** A real `watchfloor serve`: a first process and its server processes. */
export function serveProcess({ dataDirectory, args = [], environment = {} }: StartOptions): StartProcess {
  return observe(spawn(process.execPath, ['server/bin/watchfloor.js', 'serve', '--empty', ...args], options(dataDirectory, environment)));
}

/** The server processes of a `serve`, oldest first. */
export function serversOf(first: StartProcess): readonly number[] {
  const pid = first.child.pid!;
  const children = existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number) : [];
  return children.filter((child) => isAlive(child) && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('processes/server-process.ts'));
}

const START = ['--import', 'tsx', 'server/src/start.ts'];

function options(dataDirectory: string, environment: Readonly<Record<string, string>>) {
  const { TEST_DATABASE_URL: _test, DATABASE_URL: _database, npm_lifecycle_event: _script, ...rest } = process.env;
  const env = { ...rest, PORT: '0', WATCHFLOOR_DATA_DIR: dataDirectory, ...environment };
  return { cwd: PROJECT_DIRECTORY, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] as ('ignore' | 'pipe' | 'ipc')[] };
}

function observe(child: ChildProcess): StartProcess {
  let said = '';
  let end: number | string | null = null;
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve((end = code ?? signal ?? 'gone'))));
  const address = () => /running at (http:\S+)/.exec(said)?.[1];
  return {
    child, said: () => said, end: () => ended, kill: (signal) => void child.kill(signal),
    address: async () => {
      await until(`the address is printed; it said:\n${said}`, () => {
        if (end !== null) throw new Error(`It ended (${end}) instead of starting:\n${said}`);
        return address() !== undefined;
      }, 60_000);
      return address()!;
    },
  };
}

/** A temporary folder whose path is as awkward as a desk's: spaces, Chinese characters, a quote. */
export function awkwardFolder(): { readonly path: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), 'watchfloor-test-start-'));
  return { path: join(parent, "值班 室's data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** Process id of the PostgreSQL of a data folder, null when it has none. */
export function postmasterOf(postgresFolder: string): number | null {
  const file = join(postgresFolder, 'cluster', 'postmaster.pid');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : null;
}

/** A zombie, which only waits to be reaped, counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
