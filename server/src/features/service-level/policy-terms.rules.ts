import { z } from 'zod';

/** A word of the policy with both labels. */
export const termShape = z.object({ key: z.string().regex(/^[a-z][a-z0-9-]*$/), zh: z.string().min(1), en: z.string().min(1) });
export const minutesShape = z.number().int().positive().max(60 * 24 * 366);
/** A span of business time, or "end of the N-th working day" (D-04). */
export const targetShape = z.union([z.object({ minutes: minutesShape }).strict(), z.object({ workingDays: z.number().int().positive().max(366) }).strict()]);
export const percentShape = z.number().min(0).max(100);
