import { setTimeout as wait } from 'node:timers/promises';

export interface Memory {
  readonly rss: number;
  /** JavaScript's heap in use and what buffers hold outside it. */
  readonly heap: number;
}

/** What the process holds after everything that can be collected has been. Needs --expose-gc. */
export async function settledMemory(): Promise<Memory> {
  if (!globalThis.gc) throw new Error('Start it with --expose-gc.');
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc();
    // Finalizers and freed pages take a moment each.
    await wait(250);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}
