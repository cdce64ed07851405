import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ACCEPTED, blankRelease, NOW, OTHER, RELEASE_CAST, releaseContext, type ReleaseRole } from '../../../../test/support/release-case.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { guardAction, lacksOf } from '../ticket/ticket-action.rules.ts';
import type { RecordContext } from '../ticket/ticket-record.rules.ts';
import { RELEASE_PROCESS, type ReleaseAction } from './release-actions.rules.ts';
import type { ReleaseCase } from './release-case.rules.ts';
import {
  acceptRelease, approveContent, check, decideCause, endRelease, finishDeployment, moved, noted, replan, retest, reviewContent, rollBack, skipStage, startDeployment, submitContent,
  submitGoLivePlan, waive, type ReleaseDecided,
} from './release-decide.rules.ts';
import { CHECKLIST, GO_LIVE_FIELDS, PLAN_FIELDS, RELEASE_PAPERS } from './release-plan.rules.ts';
import { RELEASE_STATES, type ReleaseState } from './release-states.rules.ts';

vi.setConfig({ testTimeout: 60_000 });

type Mutable = { -readonly [Key in keyof ReleaseCase]: ReleaseCase[Key] };
type Act = (kase: Mutable, context: RecordContext, pick: number) => ReleaseDecided;
const texts = (fields: readonly string[], word: string) => Object.fromEntries(fields.map((field) => [field, word]));
const sums = [ACCEPTED, ACCEPTED, ACCEPTED, OTHER];

/** What each action does in the services, without the database. */
const ACTS: Readonly<Partial<Record<ReleaseAction, Act>>> = {
  editReleasePlan: (kase, context) => noted(kase, context, { plan: texts(PLAN_FIELDS, 'x') }, { event: 'planEdited' }),
  editGoLivePlan: (kase, context, pick) => noted(kase, context, { goLivePlan: texts(GO_LIVE_FIELDS, pick % 3 === 0 ? 'other' : 'x') }, { event: 'goLivePlanEdited' }),
  nameReleaseReviewer: (kase, context) => ({
    ...noted(kase, context, {}, { event: 'reviewerNamed' }),
    add: kase.reviews.length > 0 ? [] : [{ table: 'reviews', row: { id: context.newId(), releaseId: 'release', personId: 'head', personName: 'Head', department: 'F', verdict: null, note: null, decidedAt: null } }],
  }),
  linkReleaseCi: (kase, context) => ({ ...noted(kase, context, {}, { event: 'ciLinked' }), add: [{ table: 'cis', row: { id: 'ci', name: 'erp-db', updated: true } }] }),
  setReleasePackage: (kase, context, pick) => noted(kase, context, { packageName: 'p', packageLocation: 'l', packageSha256: sums[pick % 4]! }, { event: 'packageSet' }),
  carryChange: (kase, context) => ({ ...noted(kase, context, {}, { event: 'changeCarried' }), add: kase.changes.length > 0 ? [] : [{ table: 'changes', row: { id: 'change', number: 'CHG-1', state: 'implementing', category: 'general' } }] }),
  scheduleRelease: (kase, context) => noted(kase, context, { windowStartAt: context.now, windowEndAt: context.now + 1 }, { event: 'scheduled' }),
  submitReleaseContent: submitContent,
  reviewReleaseContent: (kase, context, pick) => reviewContent(kase, { agree: pick % 4 !== 0, note: 'n' }, context),
  approveReleaseContent: approveContent,
  returnReleaseContent: (kase, context) => moved(kase, context, 'returnContent', { event: 'contentReturned' }),
  readyTestEnvironment: (kase, context) => moved(kase, context, 'readyEnvironment', { event: 'testEnvironmentReady' }),
  recordReleaseTest: (kase, context, pick) => ({
    ...noted(kase, context, {}, { event: 'tested' }),
    add: [{ table: 'tests', row: { id: context.newId(), releaseId: 'release', name: 'T', expected: 'e', actual: 'a', passed: pick % 5 !== 0, packageSha256: kase.record.packageSha256, testedAt: context.now, testedBy: 't' } }],
  }),
  acceptRelease: (kase, context, pick) => acceptRelease(kase, { packageSha256: pick % 6 === 0 ? OTHER : kase.record.packageSha256! }, context),
  failReleaseTests: (kase, context) => moved(kase, context, 'failTests', { event: 'testsFailed' }),
  recordTrialRun: (kase, context) => noted(kase, context, { trialExpectations: 'x', trialFindings: 'y' }, { event: 'trialRecorded' }),
  finishTrialRun: (kase, context) => moved(kase, context, 'finishTrial', { event: 'trialFinished' }),
  skipReleaseStage: (kase, context) => skipStage(kase, 'because', context),
  submitGoLivePlan,
  approveGoLivePlan: (kase, context) => moved(kase, context, 'approveGoLive', { event: 'goLiveApproved' }, { goLiveApprovedAt: context.now, goLiveApprovedBy: 'm' }),
  returnGoLivePlan: (kase, context) => moved(kase, context, 'returnGoLive', { event: 'goLiveReturned' }),
  retestRelease: (kase, context) => retest(kase, 'because', context),
  replanRelease: (kase, context) => replan(kase, 'because', context),
  sendGoLiveNotice: (kase, context) => noted(kase, context, { notice: 'x', noticeSentAt: context.now }, { event: 'noticeSent' }),
  recordReleaseTraining: (kase, context) => noted(kase, context, { training: 'x' }, { event: 'trained' }),
  finishReleaseCommunication: (kase, context) => moved(kase, context, 'finishCommunication', { event: 'communicated' }),
  tickReleaseCheck: (kase, context, pick) => check(kase, { phase: 'before', subject: CHECKLIST[pick % 4]!, ok: true, note: null }, context),
  recordReleaseBaseline: (kase, context) => noted(kase, context, { baselineId: 'b', baselineName: 'B' }, { event: 'baselineRecorded' }),
  startDeployment: (kase, context, pick) => startDeployment(kase, { changeId: 'change', sha256: sums[pick % 4]! }, context),
  finishDeployment: (kase, context, pick) => finishDeployment(kase, sums[pick % 4]!, context),
  rollBackRelease: (kase, context) => rollBack(kase, 'because', context),
  verifyReleaseRollback: (kase, context) => noted(kase, context, { rollbackVerification: 'x', rollbackVerifiedAt: context.now }, { event: 'rollbackVerified' }),
  recordReleaseWatch: (kase, context, pick) => check(kase, { phase: 'watch', subject: 'ERP', ok: pick % 4 !== 0, note: 'n' }, context),
  confirmReleaseBusiness: (kase, context) => noted(kase, context, { businessConfirmedAt: context.now }, { event: 'businessConfirmed' }),
  waiveReleaseRequirement: (kase, context) => waive(kase, { what: 'watch', reason: 'r' }, context),
  handReleasePapers: (kase, context) => noted(kase, context, { papersHandedAt: context.now }, { event: 'papersHanded' }),
  closeRelease: (kase, context) => endRelease(kase, 'close', null, context),
  cancelRelease: (kase, context) => endRelease(kase, 'cancel', 'r', context),
  recordReleaseReport: (kase, context) => moved(kase, context, 'report', { event: 'reported' }, { report: 'x' }),
  decideReleaseCause: (kase, context, pick) => decideCause(kase, { causeId: 'cause', confirm: pick % 2 === 0, reason: 'r' }, context),
};
const ATTEMPTS = Object.entries(ACTS) as [ReleaseAction, Act][];
/** What takes back or ends: rarer, or hardly any story would come to its deployment. */
const RARE = new Set<ReleaseAction>(['cancelRelease', 'replanRelease', 'retestRelease', 'returnReleaseContent', 'returnGoLivePlan', 'failReleaseTests', 'rollBackRelease']);

function carryOut(kase: Mutable, decided: ReleaseDecided): void {
  Object.assign(kase.ticket, decided.ticket);
  Object.assign(kase.record, decided.record);
  for (const { row, values } of decided.patches ?? []) Object.assign(row, values);
  for (const { table, row } of decided.add ?? []) {
    const list = { check: 'checks', decision: 'decisions' }[table] ?? table;
    Object.assign(kase, { [list]: [...(Reflect.get(kase, list) as object[]), row] });
  }
}

const ORDER = RELEASE_STATES.slice(0, RELEASE_STATES.indexOf('closed'));

/** What must hold whatever anybody did; written from the rows, not from the table. */
function mustHold(kase: Mutable, was: ReleaseState, skipsBefore: number): void {
  const { record, ticket, reviews, decisions } = kase;
  expect(RELEASE_STATES).toContain(record.state);
  expect(ticket.closedAt !== null).toBe(['closed', 'reported', 'cancelled'].includes(record.state));
  if (was === 'cancelled' || was === 'reported') expect(record.state).toBe(was);
  if (was === 'closed') expect(['closed', 'reported']).toContain(record.state);
  if (record.deploymentStartedAt !== null) {
    expect(record.contentApprovedAt).not.toBeNull();
    expect(record.goLiveApprovedAt).not.toBeNull();
    expect(record.acceptedSha256).toBe(record.packageSha256);
    expect(record.baselineId).not.toBeNull();
    expect(reviews.every(({ verdict }) => verdict === 'agreed')).toBe(true);
    expect(record.state).not.toBe('cancelled');
  }
  if (record.deployedAt !== null) expect(record.deployedSha256).toBe(record.acceptedSha256);
  const [from, to] = [ORDER.indexOf(was), ORDER.indexOf(record.state)];
  const skipped = decisions.filter(({ kind }) => kind === 'skip').length > skipsBefore;
  if (skipped) expect(['test-environment', 'trial-run', 'communication']).toContain(was);
  if (from >= 0 && to > from + 1) expect([was, record.state, record.goLiveApprovedAt === record.contentApprovedAt]).toEqual(['go-live-plan', 'communication', true]);
}

test('REL-03 REL-04 10,000 random steps by anybody never lead to a state that the rows forbid, and a refusal changes nothing', () => {
  let steps = 0;
  const seen = new Set<ReleaseState>();
  const step = fc.record({ attempt: fc.nat(ATTEMPTS.length - 1), role: fc.constantFrom(...(Object.keys(RELEASE_CAST) as ReleaseRole[])), anybody: fc.nat(9), pick: fc.nat(11) });
  fc.assert(fc.property(fc.array(step, { minLength: 250, maxLength: 250, size: 'max' }), (story) => {
    const kase: Mutable = blankRelease();
    kase.papers = [...RELEASE_PAPERS];
    kase.causes = [{ id: 'cause', releaseId: 'release', ticketId: 'incident', state: 'suggested', evidence: null, suggestedAt: NOW, decidedAt: null, decidedBy: null, reason: null }];
    for (const [index, { attempt, role, anybody, pick }] of story.entries()) {
      steps += 1;
      const likely = ATTEMPTS.filter(([action]) => !RARE.has(action) || (pick === 0 && anybody > 7));
      const open = likely.filter(([action]) => Object.values(RELEASE_CAST).some((actor) => mayAct(action, kase, actor)));
      const [action, act] = anybody < 3 || open.length === 0 ? ATTEMPTS[attempt]! : open[attempt % open.length]!;
      const able = Object.values(RELEASE_CAST).find((actor) => mayAct(action, kase, actor));
      const actor = anybody < 3 || !able ? RELEASE_CAST[role] : able;
      const before = JSON.stringify(kase);
      const [was, skips] = [kase.record.state, kase.decisions.filter(({ kind }) => kind === 'skip').length];
      try {
        guardAction(RELEASE_PROCESS, action, kase, actor);
        carryOut(kase, act(kase, releaseContext(actor, NOW + index), pick));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(JSON.stringify(kase)).toBe(before);
      }
      seen.add(kase.record.state);
      mustHold(kase, was, skips);
    }
  }), { numRuns: 40, seed: 20260302, endOnFailure: true });
  expect(steps).toBe(10_000);
  // The stories come everywhere, or they would prove little.
  expect([...seen].toSorted()).toEqual([...RELEASE_STATES].toSorted());
});

function mayAct(action: ReleaseAction, kase: ReleaseCase, actor: Parameters<typeof guardAction>[3]): boolean {
  return lacksOf(RELEASE_PROCESS, action, kase, actor).length === 0;
}
