import type { Level, LevelTable, LevelTargets, OwnTargets, PolicyTarget, TierTable } from '../service-level/service-level.rules.ts';
import type { Candidate, ClockKind, ClockPlan, DeskDuty, Threshold } from './clock.rules.ts';

/** What an agreement says for the record at hand: the line that applied, already chosen (AGR-08). */
export interface AgreementTerms {
  readonly name: string;
  readonly lineName: string | null;
  readonly tier: string | null;
  readonly calendarRef: string;
  readonly targets: OwnTargets;
}

export interface PlanInput {
  readonly level: Level;
  readonly table: LevelTable;
  readonly tableVersion: number;
  readonly tiers: TierTable;
  readonly tierVersion: number;
  readonly agreement: AgreementTerms | null;
  /** Calendar ids by the keys that policies use. */
  readonly calendarRefs: Readonly<Record<string, string>>;
}

type TargetName = 'response' | 'startOfWork' | 'onSite' | 'resolution' | 'progressReportEvery';

const TARGET_OF: Readonly<Record<Exclude<ClockKind, 'handoff' | DeskDuty>, TargetName>> = {
  response: 'response',
  'start-of-work': 'startOfWork',
  'on-site': 'onSite',
  resolution: 'resolution',
  'progress-report': 'progressReportEvery',
};

export const INCIDENT_CLOCKS = ['response', 'start-of-work', 'on-site', 'resolution', 'progress-report'] as const;

/**
 * The plan of one clock: every target that could govern it (D-15) and what fires on the way; null where nobody gives a target.
 * D-07: resolution is the first escalation threshold unless tier or agreement gives one. D-32: escalations keep the table's hours.
 */
export function planClock(kind: (typeof INCIDENT_CLOCKS)[number], input: PlanInput): ClockPlan | null {
  const level = input.table.levels[input.level];
  const tier = tierCandidates(kind, input);
  const candidates = [...ownCandidates(kind, input), ...tier, ...levelCandidates(kind, level, input)];
  if (candidates.length === 0) return null;
  return {
    candidates,
    thresholds: [...warnings(kind, input), ...(kind === 'resolution' ? escalations(level, input) : [])],
    recurring: kind === 'progress-report',
    policy: `level-table v${input.tableVersion} ${input.level}${tier.length === 0 ? '' : `, tier-table v${input.tierVersion}`}`,
  };
}

/** D-49: an unaccepted handoff reminds at each step; its last step is its target. */
export function planHandoffClock(steps: readonly number[], calendarRef: string, policy: string): ClockPlan {
  return {
    candidates: [{ source: policy, target: { minutes: steps.at(-1)! }, calendarRef, own: false }],
    thresholds: steps.map((minutes, index) => ({ step: `handoff-ageing-${index + 1}`, minutes, calendarRef })),
    recurring: false,
    policy,
  };
}

/** SLA-08, D-46: what the desk owes runs in the hours in which it is staffed and warns nobody on the way. */
export function planDeskDuty(minutes: number, calendarRef: string, policy: string): ClockPlan {
  return { candidates: [{ source: policy, target: { minutes }, calendarRef, own: false }], thresholds: [], recurring: false, policy };
}

function ownCandidates(kind: (typeof INCIDENT_CLOCKS)[number], input: PlanInput): Candidate[] {
  if (!input.agreement) return [];
  const name = TARGET_OF[kind];
  const own: PolicyTarget | undefined = input.agreement.targets[input.level]?.[name] ?? input.agreement.targets.any?.[name];
  if (!own) return [];
  const line = input.agreement.lineName === null ? '' : ` line "${input.agreement.lineName}"`;
  return [{ source: `agreement ${input.agreement.name}${line}`, target: own, calendarRef: input.agreement.calendarRef, own: true }];
}

function tierCandidates(kind: (typeof INCIDENT_CLOCKS)[number], input: PlanInput): Candidate[] {
  const tier = input.tiers.tiers.find(({ key }) => key === input.agreement?.tier);
  if (!tier || !input.agreement || (kind !== 'response' && kind !== 'resolution')) return [];
  return [{ source: `tier ${tier.name}`, target: tier[kind], calendarRef: input.agreement.calendarRef, own: false }];
}

function levelCandidates(kind: (typeof INCIDENT_CLOCKS)[number], level: LevelTargets, input: PlanInput): Candidate[] {
  const name = TARGET_OF[kind];
  const given = name === 'resolution' ? { minutes: level.escalation1.minutes } : level[name];
  if (!given) return [];
  return [{ source: `level table ${input.level}`, target: given, calendarRef: levelCalendar(level, input), own: false }];
}

function warnings(kind: (typeof INCIDENT_CLOCKS)[number], input: PlanInput): Threshold[] {
  // SLA-16: the project manager is warned once before each report; the other clocks warn at every step of the policy.
  const inOrder = input.table.warnAt.toSorted((a, b) => a - b);
  const once = inOrder.at(-2) ?? inOrder.at(-1);
  const percents = kind !== 'progress-report' ? inOrder : once === undefined ? [] : [once];
  return percents.map((percent) => ({ step: `warning-${percent}`, percent }));
}

function escalations(level: LevelTargets, input: PlanInput): Threshold[] {
  const calendarRef = levelCalendar(level, input);
  return [
    { step: 'functional-1', minutes: level.functional.firstLineMinutes, calendarRef },
    { step: 'functional-2', minutes: level.functional.secondLineMinutes, calendarRef },
    { step: 'escalation-1', minutes: level.escalation1.minutes, calendarRef },
    { step: 'escalation-2', minutes: level.escalation2.minutes, calendarRef },
  ];
}

/** D-01: LV3 and LV4 run in the agreement's own 5×8 calendar where there is an agreement; 7×24 levels stay 7×24. */
function levelCalendar(level: LevelTargets, input: PlanInput): string {
  if (input.agreement && level.calendar !== '24x7') return input.agreement.calendarRef;
  return input.calendarRefs[level.calendar]!;
}
