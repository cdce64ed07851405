import { z } from 'zod';
import { minutesShape, percentShape, targetShape, termShape } from './policy-terms.rules.ts';

/** The category table of changes-and-releases.md. */
const category = termShape.extend({
  /** Calendar in which the response runs: a working-day table, or 7×24 for emergencies (D-43). */
  calendar: z.string(), response: targetShape,
  /** 紧急: acceptance to end of implementation (D-43); null: as planned. */
  implementation: targetShape.nullable(),
  responseRateAbovePercent: percentShape, successRateAbovePercent: percentShape,
}).strict();

/** Fields of the change plan 变更方案 and the plans beside it (CHG-03, CHG-16). */
const PLAN_FIELDS = [
  'planType', 'background', 'presentEnvironment', 'dataBackup', 'steps', 'schedule', 'riskAndRollback', 'testSteps', 'implementationPlan', 'testPlan', 'rollbackPlan', 'servicePlan',
] as const;

/** CHG, FRZ: what an administrator may edit about changes. */
export const CHANGE_POLICY_SHAPE = z.object({
  categories: z.object({ major: category, important: category, general: category, emergency: category }).strict(),
  types: z.array(termShape), risks: z.array(termShape), priorities: z.array(termShape),
  /** CHG-03, CHG-16: what must be written before approval, and what is left of it for a frequent change on the pre-authorised list. */
  requiredPlan: z.array(z.enum(PLAN_FIELDS)), trimmedPlan: z.array(z.enum(PLAN_FIELDS)),
  /** CHG-05: share of the CAB's members who must have voted, percent. */
  cabQuorumPercent: percentShape,
  /** CHG table: categories whose papers the members have before the meeting; without that no item on the agenda. */
  cabPapersBeforehand: z.array(z.enum(['major', 'important', 'general', 'emergency'])),
  /** CHG-06, D-44. */
  debtWorkingDays: z.number().int().positive(),
  /** Minutes before the response falls due at which the change owner is warned. */
  responseWarningMinutes: minutesShape,
}).strict();
