import { z } from 'zod';
import { DESK_POLICY_WORDS } from './policy-words-desk.rules.ts';
import { INCIDENT_POLICY_WORDS } from './policy-words-incident.rules.ts';
import { PROCESS_POLICY_WORDS } from './policy-words-process.rules.ts';
import { POLICY_KEYS, POLICY_SHAPES, type PolicyKey } from './service-level.rules.ts';

export interface PolicyWord {
  readonly policy: string;
  /** Parts joined by dots; empty: the document itself. */
  readonly path: string;
  /** Row of the spec, or decision. */
  readonly spec: string;
  readonly zh: string;
  readonly en: string;
  readonly unit?: 'minutes' | 'hours' | 'days' | 'working-days' | 'months' | 'percent' | 'times';
  /** What may be chosen from, where that is not part of the shape itself. */
  readonly choices?: 'roles' | 'teams';
  readonly meaningZh?: string;
  readonly meaningEn?: string;
}

/** A policy as a form needs it: the very shape that validates it, as JSON Schema, and the words of its values. */
export interface PolicyForm {
  readonly key: PolicyKey;
  readonly shape: unknown;
  readonly words: readonly PolicyWord[];
  /** Whether clocks are planned by it, so that a what-if can say something (SLA-10). */
  readonly planning: boolean;
}

const WORDS = [...INCIDENT_POLICY_WORDS, ...DESK_POLICY_WORDS, ...PROCESS_POLICY_WORDS];
const PLANNING: readonly PolicyKey[] = ['level-table', 'tier-table', 'handoff'];

export const POLICY_FORMS: readonly PolicyForm[] = POLICY_KEYS.map((key) => ({
  key, shape: z.toJSONSchema(POLICY_SHAPES[key]), words: WORDS.filter(({ policy }) => policy === key || policy === '*'), planning: PLANNING.includes(key),
}));
