import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresIdentity } from './postgres-identity.ts';

/**
 * Runs a program under a shell that holds the other end of our pipe. When this process ends, however it ends, the pipe
 * closes and the shell asks the program for a fast shutdown (SIGINT). The program has its own session, so a Ctrl-C in the
 * terminal reaches us alone and the server is still there while we drain.
 * Background jobs get /dev/null as their input, hence the copy on descriptor 3.
 */
const WATCHDOG = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
( while read -r line <&3; do :; done; kill -INT "$program" 2>/dev/null ) >/dev/null 2>&1 &
watcher=$!
wait "$program"; code=$?
kill -KILL "$watcher" 2>/dev/null
exit "$code"
`;

export interface Supervised {
  readonly child: ChildProcess;
  /** Resolves once the program has ended, whatever ended it. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** @param output descriptor of the file that takes what the program prints. */
export function supervise(command: readonly string[], identity: PostgresIdentity, output: number): Supervised {
  const [program = '/bin/sh', ...words] = [...identity.prefix, '/bin/sh', '-c', WATCHDOG, 'watchdog', ...command];
  const child = spawn(program, words, {
    ...identity.ids, cwd: '/', env: postgresEnvironment(), detached: true, stdio: ['pipe', output, output],
  });
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  return { child, ended, stop: () => stop(child, ended) };
}

/** Nothing of ours: a PGPORT or LC_ALL of the person who starts must not bend the server. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const PATIENCE_MS = 15_000;
  child.stdin?.destroy();
  const giveUp = new AbortController();
  const late = wait(PATIENCE_MS, 'late', { signal: giveUp.signal, ref: false }).catch(() => 'stopped');
  const outcome = await Promise.race([ended, late]);
  giveUp.abort();
  // Nothing committed is lost: the next start recovers from the log. The group is the shell, its watcher and the server.
  if (outcome === 'late' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}
