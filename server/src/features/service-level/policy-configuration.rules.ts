import { z } from 'zod';

/** CMDB: what an administrator may edit about configuration management. */
export const CONFIGURATION_POLICY_SHAPE = z.object({
  /** CMDB-06: in these states of its life a CI is controlled: altered only through a change or a recorded exception. */
  controlledStatuses: z.array(z.string()),
  /** CMDB-08: months between two full censuses, days between two inspections. */
  censusMonths: z.number().int().positive(), inspectionDays: z.number().int().positive(),
}).strict();
