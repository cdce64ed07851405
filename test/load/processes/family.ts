import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time of a process, of those it started, and of those of them that have ended. */
export function familyCpuSeconds(pid: number): number {
  const own = ticksOf(pid);
  return (own.self + own.ended) / TICKS_PER_SECOND + childrenOf(pid).reduce((sum, child) => sum + ticksOf(child).self / TICKS_PER_SECOND, 0);
}

/** Milliseconds of processor time of those of its children that have ended. */
export function endedCpuMs(pid: number): number {
  return (ticksOf(pid).ended * 1000) / TICKS_PER_SECOND;
}

export function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(/\s+/).filter(Boolean).map(Number);
}

export function parentOf(pid: number): number {
  return Number(fieldsOf(pid)[1]);
}

/** Memory that is its own, and its share of what it shares. */
export function megabytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

function ticksOf(pid: number): { self: number; ended: number } {
  try {
    const fields = fieldsOf(pid);
    return { self: Number(fields[11]) + Number(fields[12]), ended: Number(fields[13]) + Number(fields[14]) };
  } catch {
    // It has ended since it was listed; its parent has its time.
    return { self: 0, ended: 0 };
  }
}

function fieldsOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
