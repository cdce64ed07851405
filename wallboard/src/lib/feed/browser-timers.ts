import type { FeedTimers } from './feed-reader.ts';

/** Beyond 2³¹ ms, 24.8 days, a browser's timer fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The one place of the wallboard that waits and throws dice. */
export const browserTimers: FeedTimers = {
  after(ms, task) {
    let id: ReturnType<typeof setTimeout>;
    const wait = (left: number): void => {
      id = left > LONGEST_MS ? setTimeout(() => wait(left - LONGEST_MS), LONGEST_MS) : setTimeout(task, left);
    };
    wait(ms);
    return () => clearTimeout(id);
  },
  random: () => Math.random(),
};
