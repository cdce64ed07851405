import { z } from 'zod';
import { termShape } from './policy-terms.rules.ts';

const atLeastTwo = z.number().int().min(2).max(1000);

/** PRB: what an administrator may edit about problems. */
export const PROBLEM_POLICY_SHAPE = z.object({
  /** PRB-01. */
  classes: z.array(termShape).min(1),
  /** PRB-01: L1 … L4. */
  severities: z.array(termShape).min(1),
  /** INC-11: hours since its opening after which a problem without owner is reminded of, once each, ascending. */
  unassignedHours: z.array(z.number().positive().max(24 * 366)).min(1).max(10),
  /** PRB-06, D-49: no recurrence for so many days verifies a solution. */
  watchDays: z.number().int().positive().max(365),
  /** INC-25: so many like incidents of a customer within a month stand on the agenda of the review. */
  repeatedFrom: atLeastTwo,
  /** PRB-05: so many like incidents of a customer within the window are proposed as a problem. */
  trend: z.object({
    windowDays: z.number().int().positive().max(365),
    fromIncidents: z.object({ ci: atLeastTwo, category: atLeastTwo, customer: atLeastTwo, symptom: atLeastTwo }).strict(),
  }).strict(),
}).strict();
