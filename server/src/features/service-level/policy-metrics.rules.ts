import { z } from 'zod';
import { percentShape } from './policy-terms.rules.ts';

/** MET: targets of figures that belong to no process' own policy. */
export const METRICS_POLICY_SHAPE = z.object({
  /** D-12: the organisation's zone, in which months and quarters begin. */
  timeZone: z.string(),
  /** MET-06. */
  firstLineResolution: z.object({ fromPercent: percentShape, toPercent: percentShape }).strict(),
}).strict();
