import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** So many times a second, for so long, without waiting for one another; answers when all are done, with how many failed. */
export async function steadily(perSecond: number, seconds: number, act: (turn: number) => Promise<unknown>): Promise<{ readonly done: number; readonly failed: number }> {
  const began = performance.now();
  const running = new Set<Promise<unknown>>();
  let failed = 0;
  const turns = Math.round(perSecond * seconds);
  for (let turn = 0; turn < turns; turn += 1) {
    const early = began + (turn * 1000) / perSecond - performance.now();
    if (early > 0) await wait(early);
    const one: Promise<unknown> = act(turn).catch(() => (failed += 1)).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  return { done: turns - failed, failed };
}
