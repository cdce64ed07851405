import { readFileSync } from 'node:fs';
import type { Slowness } from './slow-clients.ts';

/** Of the reference. */
const MOST_SLOWER = 1.2;

export interface Measured {
  /** After a forced collection: what is really held, not what the allocator keeps. */
  readonly worstHeldMb: number;
  readonly worstRssMb: number;
  readonly delaysMs: readonly number[];
}

export interface Compared {
  readonly without: Measured;
  readonly among: Measured;
  /** What busy cores add to a delay by themselves. */
  readonly slackMs: number;
  readonly mostGrowthMb: number;
}

export function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}

/** What slow clients cost the server and everybody else. */
export function costs({ without, among, slackMs, mostGrowthMb }: Compared): string[] {
  const growthMb = among.worstHeldMb - without.worstHeldMb;
  const [usual, slowed] = [p99(without.delaysMs), p99(among.delaysMs)];
  return [
    ...(growthMb > mostGrowthMb ? [`a server holds ${growthMb.toFixed(0)} MB more among slow clients, allowed are ${mostGrowthMb}`] : []),
    ...(among.delaysMs.length === 0 ? ['healthy boards hear nothing among slow clients'] : []),
    ...(slowed > usual * MOST_SLOWER + slackMs ? [`healthy boards wait ${slowed.toFixed(0)} ms among slow clients (p99), ${usual.toFixed(0)} without`] : []),
  ];
}

/** Each is ended in time, and served again when it comes back. */
export function unended(slow: readonly Slowness[]): string[] {
  const kinds = Map.groupBy(slow.filter(({ endedAfterMs, served }) => endedAfterMs === null || !served), ({ kind, served }) => `${kind}: ${served ? 'not ended' : 'not served'}`);
  return [...kinds].map(([what, all]) => `a slow client (${what}) ${all.length} times`);
}

export function rssMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
