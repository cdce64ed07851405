import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { metric } from './page-memory.ts';

/** How many milliseconds of each second the page's main thread was at work, by its own processor time: what else the machine does is not counted. */
export async function mainThread(page: Page, seconds: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const from = [await metric(session, 'TaskDuration'), performance.now()] as const;
  await wait(seconds * 1000);
  const to = [await metric(session, 'TaskDuration'), performance.now()] as const;
  await session.detach();
  return ((to[0] - from[0]) * 1e6) / (to[1] - from[1]);
}
