import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import { lack, type Lack } from '../ticket/ticket-action.rules.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';

/** REL-02: fields of the release plan 发布方案; none may be empty when the content is submitted. */
export const PLAN_FIELDS = [
  'background', 'impactScope', 'departments', 'communication', 'training', 'testSchedule', 'trainingSchedule', 'supportSchedule', 'deploymentSchedule',
  'followUp', 'fallback', 'foreseeableProblems', 'ciBaseline',
] as const;
export type PlanField = (typeof PLAN_FIELDS)[number];
export type ReleasePlan = Readonly<Partial<Record<PlanField, string>>>;

/** REL-13: fields of the go-live plan 上线计划. */
export const GO_LIVE_FIELDS = ['expectedResult', 'timetable', 'workSplit', 'steps', 'rollback'] as const;
export type GoLiveField = (typeof GO_LIVE_FIELDS)[number];
export type GoLivePlan = Readonly<Partial<Record<GoLiveField, string>>>;

/** REL-10: what must be ticked before a deployment may start. */
export const CHECKLIST = ['environment', 'backup', 'people-told', 'risk-assessment'] as const;
export type ChecklistItem = (typeof CHECKLIST)[number];

export function isChecklistItem(key: string): key is ChecklistItem {
  return CHECKLIST.some((item) => item === key);
}

/** REL-12: papers that the configuration manager gets before closing (attachment.paper). */
export const RELEASE_PAPERS = ['release-plan', 'go-live-plan', 'test-report', 'go-live-report'] as const;
export type ReleasePaper = (typeof RELEASE_PAPERS)[number];

/** The plan with the given fields changed; a blank text empties its field, a field that is left out stays. */
export function editedFields<Field extends string>(
  fields: readonly Field[], before: Readonly<Partial<Record<Field, string>>>, input: Readonly<Partial<Record<Field, string | null | undefined>>>,
): Partial<Record<Field, string>> {
  const next: Partial<Record<Field, string>> = { ...before };
  for (const field of fields) {
    const given = input[field];
    if (given === undefined || given === null) continue;
    const text = optionalText(given, field, TEXT_LIMITS.text);
    if (text === null) delete next[field];
    else next[field] = text;
  }
  return next;
}

/** Which fields are still empty, as refusals in advance. */
export function emptyFields<Field extends string>(fields: readonly Field[], plan: Readonly<Partial<Record<Field, string>>>, what: string): Lack[] {
  return fields.filter((field) => plan[field] === undefined).map((field) => lack('MISSING_FIELD', `The ${what} lacks "${field}".`, field));
}

/** REL-03: the review of content has approved this very go-live plan: it was complete then, and nothing was changed since. */
export function isUnextended(plan: GoLivePlan, reviewed: GoLivePlan | null): boolean {
  return reviewed !== null && GO_LIVE_FIELDS.every((field) => plan[field] !== undefined && plan[field] === reviewed[field]);
}

const SHA256 = /^[0-9a-f]{64}$/;

/** A SHA-256 in lower-case hexadecimal. @throws Refusal INVALID_INPUT */
export function checksum(text: string | null | undefined, field: string): string {
  const value = text?.trim().toLowerCase() ?? '';
  if (SHA256.test(value)) return value;
  throw new Refusal('INVALID_INPUT', `"${field}" must be a SHA-256 of 64 hexadecimal digits, got "${value.slice(0, 80)}".`, field);
}

const MONTH = /^(20\d\d)-(0[1-9]|1[0-2])$/;

/** REL-08: the month of the yearly plan, "2026-03". @throws Refusal INVALID_INPUT */
export function plannedMonth(text: string | null | undefined): string | null {
  const value = text?.trim() ?? '';
  if (value === '') return null;
  if (MONTH.test(value)) return value;
  throw new Refusal('INVALID_INPUT', `"plannedMonth" must be a month such as 2026-03, got "${value.slice(0, 20)}".`, 'plannedMonth');
}
