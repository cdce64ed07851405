import { z } from 'zod';
import { termShape } from './policy-terms.rules.ts';

const LONGEST_TEXT = 2000;
const MOST = 50;

/** INC-21: texts that the desk would otherwise type again and again; `zh` and `en` are their names in the list. */
export const TEMPLATES_POLICY_SHAPE = z.object({
  /** Of frequent incidents: what an intake starts with. */
  incidents: z.array(termShape.extend({
    title: z.string().min(1).max(200), description: z.string().min(1).max(LONGEST_TEXT), category: z.string(), technicalClass: z.string(),
    symptom: z.string().max(200).nullable(),
  }).strict()).max(MOST),
  /** Of answers: what an entry of the work log starts with. `{number}`, `{caller}` and `{customer}` stand for the record's own. */
  answers: z.array(termShape.extend({ text: z.string().min(1).max(LONGEST_TEXT), customerVisible: z.boolean() }).strict()).max(MOST),
}).strict();
