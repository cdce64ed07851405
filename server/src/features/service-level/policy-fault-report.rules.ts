import { z } from 'zod';

/** INC-16: who owes a fault report 故障处理报告, and by when. */
export const FAULT_REPORT_POLICY_SHAPE = z.object({
  levels: z.array(z.enum(['LV1', 'LV2', 'LV3', 'LV4'])),
  /** Due at the end of so many working days after the solution was proposed. */
  workingDays: z.number().int().positive().max(60),
}).strict();
