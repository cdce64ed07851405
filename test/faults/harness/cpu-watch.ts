import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** USER_HZ, which Linux fixes for programs. */
const TICKS_PER_SECOND = 100;

/** Milliseconds of processor time that the processes have used so far; those that are gone count nothing. */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      const [, , user, system] = /\) \S (?:\S+ ){10}((\d+) (\d+))/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return sum + ((Number(user) + Number(system)) * 1000) / TICKS_PER_SECOND;
    } catch {
      return sum;
    }
  }, 0);
}

/** Begins to watch; answers, when asked, with processor milliseconds a second since. */
export function cpuRate(pids: readonly number[]): () => number {
  const [before, began] = [cpuMs(pids), performance.now()];
  return () => ((cpuMs(pids) - before) / (performance.now() - began)) * 1000;
}

/** After a stop everybody comes back at once; that may cost twice what an ordinary moment costs, not more. */
export function herd(rate: number, steady: number): string | null {
  const MOST_TIMES = 2;
  if (rate <= steady * MOST_TIMES) return null;
  return `a thundering herd: ${rate.toFixed(0)} ms of processor a second after the stop, ${steady.toFixed(0)} in an ordinary moment`;
}
