import { z } from 'zod';

/** How misses are foretold from what has ended (SLA-11), and when that escalates by itself (SLA-17). */
export const FORECAST_POLICY_SHAPE = z.object({
  /** Fewer ended clocks than this tell nothing; a wider group is asked, and then it is said so. */
  minimumSamples: z.number().int().min(5).max(1000),
  /** How far back the history reaches. */
  historyDays: z.number().int().min(7).max(3660),
  /** Escalation 1 is raised early once a miss is more likely than this; null: never by itself. */
  escalateAbovePercent: z.number().int().min(1).max(99).nullable(),
}).strict();
