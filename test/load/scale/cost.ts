import { readdirSync, readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { childrenOf, endedCpuMs } from '../processes/family.ts';

/** What one asking takes, in ms. */
export interface Cost {
  /** Processor time of the database: the backends that worked for the server, and the workers they started. */
  readonly postgres: number;
  /** Processor time of the server process. */
  readonly server: number;
  readonly elapsed: number;
}

/** Whose processor time counts for a desk. */
export interface Meter {
  readonly client: Client;
  readonly postmaster: number;
  /** Connections of the benchmark itself. */
  readonly own: ReadonlySet<number>;
  readonly serverPid: number;
}

/** Does the work and says what each of `times` took; `work` may say which part of the elapsed time it means. */
export async function costOf(meter: Meter, times: number, work: () => Promise<unknown>): Promise<Cost> {
  const [backends, children, ended, server, began] = [await backendCpu(meter), childrenCpu(meter), endedCpuMs(meter.postmaster), processCpuMs(meter.serverPid), performance.now()];
  for (let turn = 0; turn < times; turn += 1) await work();
  const elapsed = performance.now() - began;
  const after = await backendCpu(meter);
  const here = childrenCpu(meter);
  // What ends leaves all its time to its parent, also what it used before this.
  const before = [...children].reduce((sum, [pid, ms]) => (here.has(pid) ? sum : sum + ms), 0);
  const postgres = [...after].reduce((sum, [pid, ms]) => sum + ms - (backends.get(pid) ?? 0), 0) + Math.max(0, endedCpuMs(meter.postmaster) - ended - before);
  return { postgres: postgres / times, server: (processCpuMs(meter.serverPid) - server) / times, elapsed: elapsed / times };
}

async function backendCpu({ client, own }: Meter): Promise<Map<number, number>> {
  const { rows } = await client.query<{ pid: number }>(`select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`);
  return new Map(rows.filter(({ pid }) => !own.has(pid)).map(({ pid }) => [pid, processCpuMs(pid)]));
}

function childrenCpu({ postmaster }: Meter): Map<number, number> {
  return new Map(childrenOf(postmaster).map((pid) => [pid, processCpuMs(pid)]));
}

/** To the nanosecond, where `/proc/PID/stat` counts hundredths of a second. */
export function processCpuMs(pid: number): number {
  return threadsOf(pid).reduce((sum, thread) => sum + threadNanos(pid, thread), 0) / 1e6;
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended since it was listed.
    return [];
  }
}

function threadNanos(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}
