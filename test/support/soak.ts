import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { memoryOf, type Holding } from './page-memory.ts';
import { steadily } from './steadily.ts';
import type { Wall } from './wall.ts';

/** A busy desk changes something every five seconds; a soak runs sixty times as fast. */
export const SOAK_PER_SECOND = 12;

export interface Soak {
  readonly minutes: number;
  readonly reconnections: number;
  readonly samples: number;
}

/** Lets a board live fast: changes, incidents that come and go, cut connections; takes a sample of its memory at even intervals. */
export async function soak(wall: Wall, page: Page, { minutes, reconnections, samples }: Soak): Promise<{ readonly holdings: readonly Holding[]; readonly failed: number; readonly done: number }> {
  const look = await memoryOf(page);
  const began = performance.now();
  const seconds = minutes * 60;
  const passed = (): number => (performance.now() - began) / 60_000;
  const holdings: Holding[] = [];
  let over = false;
  const looking = (async () => {
    for (let index = 1; index <= samples; index += 1) {
      await wait(Math.max(0, (minutes * index) / samples - passed()) * 60_000);
      // Between two lives of a connection a board has a band more.
      await page.locator('.board[data-freshness=fresh]').waitFor();
      holdings.push(await look(passed()));
    }
  })();
  const cutting = (async () => {
    for (let cut = 1; cut <= reconnections && !over; cut += 1) {
      await wait(Math.max(0, (minutes * (cut - 0.5)) / reconnections - passed()) * 60_000);
      wall.cable.reset();
    }
  })();
  const { done, failed } = await steadily(SOAK_PER_SECOND, seconds, (turn) => act(wall, turn));
  await looking;
  over = true;
  await cutting;
  return { holdings, done, failed };
}

/** Mostly new titles; every fourth turn one incident goes and another comes, so that the number of open ones stands. */
async function act({ desk, ids }: Wall, turn: number): Promise<void> {
  const place = turn % ids.length;
  const id = ids[place]!;
  if (turn % 4 !== 3) return desk.retitle(id, `Turn ${turn}`);
  ids[place] = await desk.open({ title: `New at turn ${turn}` });
  await desk.close(id);
}
