import { z } from 'zod';
import { minutesShape } from './policy-terms.rules.ts';

/** What the service desk owes by itself (SLA-08, SLA-19). Misses are facts of its operating level, never breaches of an agreement (D-46). */
export const DESK_POLICY_SHAPE = z.object({
  /** SLA-08: from the saved intake, from the dispatch, from the notice of a delayed or missed visit, from the notice of an abnormal event. */
  dispatchMinutes: minutesShape, confirmMinutes: minutesShape, redispatchMinutes: minutesShape, abnormalMinutes: minutesShape,
  /** D-46: keys of the calendars in which the desk is staffed: by itself, and where a 7×24 team acts as desk outside its hours (D-13). */
  staffed: z.string(), staffedWithDutyTeam: z.string(),
  /** SLA-19: guidance during a call, after which the desk is prompted to dispatch. */
  callMinutes: z.number().int().positive().max(120),
}).strict();
