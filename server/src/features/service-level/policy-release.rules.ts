import { z } from 'zod';

/** REL: what an administrator may edit about releases. */
export const RELEASE_POLICY_SHAPE = z.object({
  /** REL-06: incidents on its CIs within so many days after deployment are suggested as caused by it. */
  watchDays: z.number().int().positive().max(365),
}).strict();
