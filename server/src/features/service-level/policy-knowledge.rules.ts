import { z } from 'zod';

/** KNW: what an administrator may edit about knowledge. */
export const KNOWLEDGE_POLICY_SHAPE = z.object({
  /** KNW-05: a published article is due for review after so many months. */
  reviewMonths: z.number().int().positive().max(120),
  /** KNW-04: from so many percent likeness on an article is taken to be on the same thing. */
  similarPercent: z.number().int().min(10).max(100),
  /** KNW-04: words that tell a text copied from elsewhere. */
  watermarks: z.array(z.string().trim().min(2).max(60)).max(200),
}).strict();
