import type { FeedTimers } from './feed-reader.ts';

/** The one place of the wallboard that waits and throws dice. */
export const browserTimers: FeedTimers = {
  after(ms, task) {
    const id = setTimeout(task, ms);
    return () => clearTimeout(id);
  },
  random: () => Math.random(),
};
