import { lack, type Lack } from '../ticket/ticket-action.rules.ts';
import type { ReleaseCase } from './release-case.rules.ts';
import { CHECKLIST, emptyFields, GO_LIVE_FIELDS, PLAN_FIELDS, RELEASE_PAPERS } from './release-plan.rules.ts';
import { RELEASE_STATES, type ReleaseState, type Waivable } from './release-states.rules.ts';

/** What a stage still lacks before it may be left; the same functions stand on the page and guard the commands. */
export const GATES: Readonly<Record<ReleaseState, (kase: ReleaseCase) => Lack[]>> = {
  'planning': planned,
  'content-review': reviewed,
  'test-environment': () => [],
  'acceptance': tested,
  'trial-run': tried,
  'go-live-plan': ({ record }) => emptyFields(GO_LIVE_FIELDS, record.goLivePlan, 'go-live plan'),
  'approval': () => [],
  'communication': told,
  'deployment': (kase) => (kase.record.deploymentStartedAt === null ? deployable(kase) : []),
  'cmdb-update': closable,
  'rolled-back': (kase) => [...(kase.record.rollbackVerifiedAt === null ? [lack('MISSING_FIELD', 'The rollback is not verified.', 'verification')] : []), ...papersOf(kase)],
  'closed': ({ record }) => (record.report === null ? [lack('MISSING_FIELD', 'The report is not written.', 'report')] : []),
  'reported': () => [],
  'cancelled': () => [],
};

function planned({ record, reviews, cis }: ReleaseCase): Lack[] {
  return [
    ...emptyFields(PLAN_FIELDS, record.plan, 'release plan'),
    ...(cis.length === 0 ? [lack('MISSING_FIELD', 'A release needs at least one CI (REL-01).', 'ciId')] : []),
    ...(reviews.length === 0 ? [lack('MISSING_FIELD', 'Name at least one head of department who reviews the content (REL-12).', 'personId')] : []),
  ];
}

function reviewed({ reviews }: ReleaseCase): Lack[] {
  return reviews.filter(({ verdict }) => verdict !== 'agreed').map(({ personName, department, verdict }) =>
    lack('APPROVAL_NEEDED', `${personName} (${department}) ${verdict === 'objected' ? 'objects' : 'has not given their word'}.`, 'verdict'));
}

/** The last result of each case on the package as it is now. */
function lastResults({ record, tests }: ReleaseCase): Map<string, boolean> {
  const results = new Map<string, boolean>();
  for (const { name, passed, packageSha256 } of tests) if (packageSha256 === record.packageSha256) results.set(name, passed);
  return results;
}

function tested(kase: ReleaseCase): Lack[] {
  const { record } = kase;
  const missing = (['packageName', 'packageSha256', 'packageLocation'] as const).filter((field) => record[field] === null);
  if (missing.length > 0) return missing.map((field) => lack('MISSING_FIELD', `The package lacks "${field}" (REL-01).`, field));
  const results = lastResults(kase);
  if (results.size === 0) return [lack('MISSING_FIELD', 'The test report has no case for this package.', 'tests')];
  return [...results].filter(([, passed]) => !passed).map(([name]) => lack('APPROVAL_NEEDED', `The case "${name}" failed last.`, 'tests'));
}

function tried({ record }: ReleaseCase): Lack[] {
  return [
    ...(record.trialExpectations === null ? [lack('MISSING_FIELD', 'What the users expect of the trial run is not noted (REL-11).', 'expectations')] : []),
    ...(record.trialFindings === null ? [lack('MISSING_FIELD', 'What the users found in the trial run is not noted (REL-11).', 'findings')] : []),
  ];
}

function told({ record }: ReleaseCase): Lack[] {
  return [
    ...(record.noticeSentAt === null ? [lack('MISSING_FIELD', 'The go-live notice has not told the users what changes for them (REL-13).', 'notice')] : []),
    ...(record.training === null ? [lack('MISSING_FIELD', 'Who was trained, or why nobody needed it, is not recorded.', 'training')] : []),
  ];
}

/** REL-10: ticks given for the package that is accepted now. */
export function tickedItems({ record, checks }: ReleaseCase): Map<string, boolean> {
  const since = record.acceptedAt ?? Number.POSITIVE_INFINITY;
  return new Map(checks.filter(({ phase, at }) => phase === 'before' && at >= since).map(({ subject, ok }) => [subject, ok]));
}

function deployable(kase: ReleaseCase): Lack[] {
  const { record, changes } = kase;
  const ticked = tickedItems(kase);
  return [
    ...(record.windowStartAt === null ? [lack('MISSING_FIELD', 'The deployment has no planned window.', 'windowStartAt')] : []),
    ...(changes.length === 0 ? [lack('MISSING_FIELD', 'No change carries the release (REL-01).', 'changeId')] : []),
    ...(changes.length > 0 && !changes.some(({ state }) => state === 'implementing') ? [lack('MISSING_FIELD', `None of the carried changes is being implemented: ${changes.map(({ number, state }) => `${number} is ${state}`).join(', ')}.`, 'changeId')] : []),
    ...(record.baselineId === null ? [lack('MISSING_FIELD', 'The baseline to roll back to is not recorded (REL-05).', 'baselineId')] : []),
    ...CHECKLIST.filter((item) => ticked.get(item) !== true).map((item) => lack('MISSING_FIELD', `"${item}" of the checklist is not ticked (REL-10).`, 'item')),
  ];
}

function closable(kase: ReleaseCase): Lack[] {
  const { record, cis } = kase;
  return [
    ...(isWaived(kase, 'cmdb-update') ? [] : cis.filter(({ updated }) => !updated).map(({ name }) => lack('MISSING_FIELD', `"${name}" is not up to date in the CMDB through a change of this release.`, 'cmdb-update'))),
    ...(isWaived(kase, 'watch') ? [] : watched(kase)),
    ...(record.businessConfirmedAt !== null || isWaived(kase, 'business-confirmation') ? [] : [lack('APPROVAL_NEEDED', 'The business side has not confirmed (REL-10).', 'business-confirmation')]),
    ...papersOf(kase),
  ];
}

function watched({ record, checks }: ReleaseCase): Lack[] {
  const last = new Map(checks.filter(({ phase, at }) => phase === 'watch' && at >= (record.deployedAt ?? 0)).map(({ subject, ok }) => [subject, ok]));
  if (last.size === 0) return [lack('MISSING_FIELD', 'No business system has been watched since the deployment (REL-10).', 'watch')];
  return [...last].filter(([, ok]) => !ok).map(([subject]) => lack('APPROVAL_NEEDED', `"${subject}" was not well when it was watched last.`, 'watch'));
}

function papersOf({ record, papers }: ReleaseCase): Lack[] {
  const missing = RELEASE_PAPERS.filter((paper) => !papers.includes(paper));
  if (missing.length > 0) return missing.map((paper) => lack('MISSING_FIELD', `The paper "${paper}" is not attached (REL-12).`, 'paper'));
  return record.papersHandedAt === null ? [lack('MISSING_FIELD', 'The papers are not handed to the configuration manager (REL-12).', 'papers')] : [];
}

/** The papers that are still to be attached before they can be handed over. */
export function missingPapers({ papers }: ReleaseCase): string[] {
  return RELEASE_PAPERS.filter((paper) => !papers.includes(paper));
}

export function isWaived({ decisions }: ReleaseCase, what: Waivable): boolean {
  return decisions.some(({ kind, subject }) => kind === 'waive' && subject === what);
}

export interface Gate {
  readonly stage: ReleaseState;
  readonly standing: 'passed' | 'skipped' | 'here' | 'ahead' | 'not-reached';
  readonly lacks: readonly Lack[];
}

/** The way from plan to report, and what is still missing at each stage that has not been passed (REL-03). */
export function gatesOf(kase: ReleaseCase): Gate[] {
  const { state, rolledBackAt } = kase.record;
  const way = RELEASE_STATES.slice(0, RELEASE_STATES.indexOf('cmdb-update')).concat(rolledBackAt === null ? 'cmdb-update' : 'rolled-back', 'closed', 'reported');
  const here = way.indexOf(state);
  return way.map((stage, index) => {
    if (here > index || state === 'reported') return { stage, standing: wasSkipped(kase, stage) ? 'skipped' : 'passed', lacks: [] };
    if (state === 'cancelled') return { stage, standing: 'not-reached', lacks: [] };
    return { stage, standing: here === index ? 'here' : 'ahead', lacks: GATES[stage](kase) };
  });
}

/** Decisions of an earlier plan are history. */
function wasSkipped({ record, decisions }: ReleaseCase, stage: ReleaseState): boolean {
  const since = record.contentApprovedAt ?? 0;
  return decisions.some(({ kind, subject, decidedAt }) => kind === 'skip' && subject === stage && decidedAt >= since);
}

export interface ReleaseFacts {
  readonly closedAt: number | null;
  readonly deployedAt: number | null;
  readonly acceptedAt: number | null;
  readonly businessConfirmedAt: number | null;
  readonly rolledBackAt: number | null;
}

export type ReleaseOutcome = 'open' | 'cancelled' | 'successful' | 'not-confirmed' | 'rolled-back';

/** D-45: successful = closed, deployed, accepted and confirmed by the business side, not rolled back. */
export function outcomeOf({ closedAt, deployedAt, acceptedAt, businessConfirmedAt, rolledBackAt }: ReleaseFacts): ReleaseOutcome {
  if (rolledBackAt !== null) return 'rolled-back';
  if (closedAt === null) return 'open';
  if (deployedAt === null) return 'cancelled';
  return acceptedAt !== null && businessConfirmedAt !== null ? 'successful' : 'not-confirmed';
}
