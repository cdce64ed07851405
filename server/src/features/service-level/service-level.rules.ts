import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.ts';
import { CHANGE_POLICY_SHAPE } from './policy-change.rules.ts';
import { RELEASE_POLICY_SHAPE } from './policy-release.rules.ts';
import { PROBLEM_POLICY_SHAPE } from './policy-problem.rules.ts';
import { KNOWLEDGE_POLICY_SHAPE } from './policy-knowledge.rules.ts';
import { CONFIGURATION_POLICY_SHAPE } from './policy-configuration.rules.ts';
import { DESK_POLICY_SHAPE } from './policy-desk.rules.ts';
import { FORECAST_POLICY_SHAPE } from './policy-forecast.rules.ts';
import { TEMPLATES_POLICY_SHAPE } from './policy-templates.rules.ts';
import { FAULT_REPORT_POLICY_SHAPE } from './policy-fault-report.rules.ts';
import { METRICS_POLICY_SHAPE } from './policy-metrics.rules.ts';
import { minutesShape, targetShape, termShape } from './policy-terms.rules.ts';

export const LEVELS = ['LV1', 'LV2', 'LV3', 'LV4'] as const;
export type Level = (typeof LEVELS)[number];

const minutes = minutesShape;
const target = targetShape;
const bilingual = z.object({ zh: z.string(), en: z.string() }).strict();
const term = termShape;

/** `vendorCase`: the step demands a case at the vendor, which is owed from then on (VND-05). */
const escalationStep = z.object({ minutes, to: z.array(z.string()).min(1), action: bilingual, vendorCase: z.boolean().optional() }).strict();

const levelTargets = z
  .object({
    nameZh: z.string(),
    name: z.string(),
    /** Key of the calendar in which all clocks of this level run. */
    calendar: z.string(),
    response: target,
    startOfWork: target,
    onSite: target.nullable(),
    progressReportEvery: target,
    escalation1: escalationStep,
    escalation2: escalationStep,
    /** SLA-18: past the first limit second line is proposed, past the second the incident manager is told. */
    functional: z.object({ firstLineMinutes: minutes, secondLineMinutes: minutes }).strict(),
    /** Who is told at intake and on re-grading (INC-05, INC-24), as roles. */
    notify: z.array(z.string()),
    /** Purpose of the team that gets it on confirmation (INC-05). */
    assignTo: z.enum(['technical-managers', 'senior-engineers', 'engineers']),
    customerDuty: bilingual,
    criteria: bilingual,
    examples: bilingual,
  })
  .strict();

const levelTable = z
  .object({ warnAt: z.array(z.number().int().min(1).max(99)).max(10), levels: z.object({ LV1: levelTargets, LV2: levelTargets, LV3: levelTargets, LV4: levelTargets }).strict() })
  .strict();

const tier = z
  .object({
    key: z.string(), nameZh: z.string(), name: z.string(), calendar: z.string(),
    response: target, resolution: target,
    /** AGR-04: the share of responses in time that is promised, and the satisfaction that must be exceeded (D-11, D-39). */
    responseRatePercent: z.number().min(0).max(100), satisfactionAbovePercent: z.number().min(0).max(100),
    /** Key of the calendar in which the telephone is answered. */
    telephone: z.string(),
  })
  .strict();

/** Every policy document, by key: its shape is its validation. All of it is seeded data, edited through the API. */
export const POLICY_SHAPES = {
  'level-table': levelTable,
  'tier-table': z.object({ tiers: z.array(tier).min(1) }).strict(),
  /** INC-04: proposed level by impact (1 high – 3 low) and urgency. */
  'priority-matrix': z.object({ matrix: z.array(z.array(z.enum(LEVELS)).length(3)).length(3) }).strict(),
  suspension: z
    .object({
      /** INC-28. `pauses` false: policy says that this wait pauses no clock (D-21). `onCustomer`: it is the customer's turn, and they are told what is asked. */
      reasons: z.array(term.extend({ pauses: z.boolean(), onCustomer: z.boolean().optional() })).min(1),
      /** INC-08, D-49. */
      longWorkingDays: z.number().int().positive(), repeatedFromSpell: z.number().int().min(2),
      /** Past this length a lead approves; null: never. */
      approvalPastWorkingDays: z.number().int().positive().nullable(),
      /** D-37 switch. */
      resumeOnFeedback: z.boolean(),
      resumeAtExpectedEnd: z.boolean(),
    })
    .strict(),
  handoff: z
    .object({
      /** HND-02, D-49: reminders while unaccepted, minutes; 24×7 for LV1–LV2, the level's calendar else. */
      ageingUrgentMinutes: z.array(minutes).min(1), ageingMinutes: z.array(minutes).min(1),
      /** HND-03. */
      pingPongMoves: z.number().int().min(2),
      /** HND-04: usual receivers, team keys. A pair that is not listed is unusual, not refused. */
      matrix: z.array(z.object({ from: z.string(), to: z.array(z.string()), topic: bilingual }).strict()),
      /** HND-06: own target of a team's leg, by team key. */
      legTargets: z.array(z.object({ team: z.string(), minutes }).strict()),
    })
    .strict(),
  intake: z
    .object({
      categories: z.array(term), technicalClasses: z.array(term), channels: z.array(term),
      /** `needsCi`: such a fault is traced to a CI, whose link closing then requires (INC-13). */
      causeClasses: z.array(term.extend({ needsCi: z.boolean() })),
      difficulties: z.array(term), closureCodes: z.array(term.extend({ countsForAttainment: z.boolean(), from: z.array(z.string()) })),
      /** INC-19: how far back an entry may reach, minutes, before a lead must approve. */
      lateEntryMinutes: minutes,
    })
    .strict(),
  feedback: z
    .object({
      /** D-03 switch: time in 待反馈 counts. */
      awaitingFeedbackCounts: z.boolean(),
      /** INC-17, D-41: attempts on as many working days before the desk may close unanswered. */
      attempts: z.number().int().min(1).max(10),
      /** INC-17: working days of silence after which the desk is reminded to ask. */
      remindAfterWorkingDays: z.number().int().min(1).max(30),
    })
    .strict(),
  change: CHANGE_POLICY_SHAPE,
  release: RELEASE_POLICY_SHAPE,
  problem: PROBLEM_POLICY_SHAPE,
  knowledge: KNOWLEDGE_POLICY_SHAPE,
  configuration: CONFIGURATION_POLICY_SHAPE,
  metrics: METRICS_POLICY_SHAPE,
  'fault-report': FAULT_REPORT_POLICY_SHAPE,
  desk: DESK_POLICY_SHAPE,
  templates: TEMPLATES_POLICY_SHAPE,
  forecast: FORECAST_POLICY_SHAPE,
} as const;

export type PolicyKey = keyof typeof POLICY_SHAPES;
export type Policies = { readonly [K in PolicyKey]: z.infer<(typeof POLICY_SHAPES)[K]> };
export type PolicyTarget = z.infer<typeof target>;
export type LevelTargets = z.infer<typeof levelTargets>;
export type LevelTable = Policies['level-table'];
export type TierTable = Policies['tier-table'];

/** Versions in force, named by every clock that is judged by them (SLA-13). */
export type PolicyVersions = { readonly [K in PolicyKey]: number };

/** An agreement's own targets, per level or for all (`any`); minutes or working days (AGR-05, AGR-08). */
export const OWN_TARGETS_SHAPE = z.partialRecord(
  z.enum([...LEVELS, 'any']),
  z.object({ response: target, startOfWork: target, onSite: target, resolution: target, progressReportEvery: target }).partial().strict(),
);
export type OwnTargets = z.infer<typeof OWN_TARGETS_SHAPE>;

/** An agreement's own wording of the levels (INC-26). */
export const OWN_CRITERIA_SHAPE = z.partialRecord(z.enum(LEVELS), z.object({ criteria: bilingual, examples: bilingual }).strict());
export type OwnCriteria = z.infer<typeof OWN_CRITERIA_SHAPE>;

export const POLICY_KEYS = Object.keys(POLICY_SHAPES).filter(isPolicyKey);

export function isPolicyKey(key: string): key is PolicyKey {
  return Object.hasOwn(POLICY_SHAPES, key);
}

/** Checks a policy document; the refusal names the first field that is off (API-02). */
export function parsePolicy<K extends PolicyKey>(key: K, body: unknown): Policies[K] {
  const result = POLICY_SHAPES[key].safeParse(body);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new Refusal('INVALID_INPUT', `Policy "${key}": ${issue.message} at "${issue.path.join('.')}".`, `body.${issue.path.join('.')}`);
  }
  return result.data as Policies[K];
}

/** INC-04: the level that impact and urgency (1 high … 3 low) propose. */
export function proposeLevel(matrix: Policies['priority-matrix'], impact: number, urgency: number): Level {
  const level = matrix.matrix[impact - 1]?.[urgency - 1];
  if (!level) throw new Refusal('OUT_OF_RANGE', `"impact" and "urgency" must be 1 (high) to 3 (low), got ${impact} and ${urgency}.`, 'impact');
  return level;
}

/** INC-24, D-35: up means more severe. */
export function isUpgrade(from: Level, to: Level): boolean {
  return LEVELS.indexOf(to) < LEVELS.indexOf(from);
}

export function isLevel(text: string): text is Level {
  return LEVELS.some((level) => level === text);
}
