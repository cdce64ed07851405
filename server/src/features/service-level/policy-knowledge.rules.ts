import { z } from 'zod';

/** KNW: what an administrator may edit about knowledge. */
export const KNOWLEDGE_POLICY_SHAPE = z.object({
  /** KNW-05: a published article is due for review after so many months. */
  reviewMonths: z.number().int().positive().max(120),
}).strict();
