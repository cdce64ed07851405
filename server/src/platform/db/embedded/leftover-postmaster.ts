import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../failure.ts';

const PATIENCE_MS = 20_000;

/**
 * Makes sure that no server of an earlier, killed start still has the cluster.
 * One that lives is stopped (its watchdog usually does it already); what a dead one left behind is made harmless.
 */
export async function clearLeftover(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const until = performance.now() + PATIENCE_MS;
  let asked = false;
  for (let pid = pidIn(file); pid !== null && isPostmasterOf(cluster, pid); pid = pidIn(file)) {
    if (performance.now() > until) {
      throw new Failure('DATABASE_NOT_STARTED', `An earlier PostgreSQL (process ${pid}) on ${cluster} does not stop. End it and start again.`);
    }
    if (!asked) process.kill(pid, 'SIGINT');
    asked = true;
    await wait(20);
  }
  disownPid(file);
}

/**
 * PostgreSQL refuses to start while the process of postmaster.pid seems alive, which a zombie, or a stranger with the same
 * number, does. Only the number is replaced, by one that no process has: the line about shared memory stays, so PostgreSQL
 * itself still sees it when an orphaned backend is at work.
 */
function disownPid(file: string): void {
  if (!existsSync(file)) return;
  const NO_PROCESS = '2147483646';
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [NO_PROCESS, ...rest].join('\n'));
}

function pidIn(file: string): number | null {
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** A living process, not a zombie, that was started with this cluster. */
function isPostmasterOf(cluster: string, pid: number): boolean {
  return commandLine(pid).includes(cluster);
}

/** A zombie's command line is empty. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
