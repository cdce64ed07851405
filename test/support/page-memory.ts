import type { CDPSession, Page } from 'playwright-core';

/** What a page holds after everything that can be collected has been. */
export interface Holding {
  readonly minute: number;
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
}

export interface Trend {
  readonly mbPerMinute: number;
  /** Standard error of the slope. */
  readonly error: number;
  /** The fewest in the first half and in the second: what React has not yet let go of comes on top, and goes. */
  readonly nodes: readonly [number, number];
  readonly listeners: readonly [number, number];
}

export const MOST_MB_PER_MINUTE = 0.1;

/** Takes samples of a page's memory. */
export async function memoryOf(page: Page): Promise<(minute: number) => Promise<Holding>> {
  const session = await page.context().newCDPSession(page);
  for (const domain of ['HeapProfiler', 'Performance', 'Runtime'] as const) await session.send(`${domain}.enable`);
  return async (minute) => {
    // Twice, as the first round frees what holds the second's.
    for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return { minute, heapMb: usedSize / 1e6, nodes: await metric(session, 'Nodes'), listeners: await metric(session, 'JSEventListeners') };
  };
}

export async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find((one) => one.name === name);
  if (!found) throw new Error(`Chromium tells no metric ${name}.`);
  return found.value;
}

/** Linear regression of the heap over time, after the first fifth, in which code is compiled and caches fill. */
export function trendOf(samples: readonly Holding[]): Trend {
  const kept = samples.slice(Math.ceil(samples.length / 5));
  if (kept.length < 5) throw new Error(`A trend needs more than ${kept.length} samples.`);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(kept.map(({ minute }) => minute)), mean(kept.map(({ heapMb }) => heapMb))];
  const spread = kept.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  const slope = kept.reduce((sum, { minute, heapMb }) => sum + (minute - x) * (heapMb - y), 0) / spread;
  const rest = kept.reduce((sum, { minute, heapMb }) => sum + (heapMb - y - slope * (minute - x)) ** 2, 0);
  const half = Math.floor(kept.length / 2);
  const floors = (values: readonly number[]): [number, number] => [Math.min(...values.slice(0, half)), Math.min(...values.slice(half))];
  return {
    mbPerMinute: slope, error: Math.sqrt(rest / (kept.length - 2) / spread),
    nodes: floors(kept.map(({ nodes }) => nodes)), listeners: floors(kept.map(({ listeners }) => listeners)),
  };
}

/** Grows beyond doubt: even two standard errors below the slope there is too much. A long run has so small an error that this is the slope itself. */
export function grows({ mbPerMinute, error }: Trend, most = MOST_MB_PER_MINUTE): boolean {
  return mbPerMinute - 2 * error > most;
}

/** A closed socket that waits to be collected still has its four. */
const SOCKET_LISTENERS = 4;

/** As many DOM nodes and listeners at the end as at the beginning, within a hundredth and one socket. */
export function standsStill({ nodes, listeners }: Trend): boolean {
  return nodes[1] <= nodes[0] * 1.01 && listeners[1] <= listeners[0] * 1.01 + SOCKET_LISTENERS;
}

export function sayTrend({ mbPerMinute, error, nodes, listeners }: Trend): string {
  return `heap ${mbPerMinute >= 0 ? '+' : ''}${mbPerMinute.toFixed(3)} ± ${error.toFixed(3)} MB/min; DOM nodes ${nodes.join(' → ')}; listeners ${listeners.join(' → ')}`;
}
