import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { changeRecord, type RecordCommand } from '../ticket/ticket-record.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { acceptRelease, approveContent, moved, noted, replan, retest, reviewContent, skipStage, submitContent, submitGoLivePlan } from './release-decide.rules.ts';
import { checksum } from './release-plan.rules.ts';
import { RELEASE_KIND } from './release-record.service.ts';

interface WithReason extends RecordCommand {
  readonly reason: string;
}
const reasonOf = ({ reason }: WithReason): string => requiredText(reason, 'reason', TEXT_LIMITS.text);

export async function submit(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'submitReleaseContent', ({ kase, context }) => submitContent(kase, context));
}

/** REL-12: a head's word on the content. */
export async function review(database: Database, actor: Actor, input: RecordCommand & { readonly agree: boolean; readonly note?: string | null }): Promise<string> {
  const note = optionalText(input.note, 'note', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'reviewReleaseContent', ({ kase, context }) => reviewContent(kase, { agree: input.agree, note }, context));
}

export async function approve(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'approveReleaseContent', ({ kase, context }) => approveContent(kase, context));
}

export async function returnContent(database: Database, actor: Actor, input: WithReason): Promise<string> {
  const reason = reasonOf(input);
  return changeRecord(database, actor, RELEASE_KIND, input, 'returnReleaseContent', ({ kase, context }) => moved(kase, context, 'returnContent', { event: 'contentReturned', reason }));
}

/** Where it is tested, and how that differs from where it will run. */
export async function readyEnvironment(database: Database, actor: Actor, input: RecordCommand & { readonly environment: string }): Promise<string> {
  const testEnvironment = requiredText(input.environment, 'environment', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'readyTestEnvironment', ({ kase, context }) =>
    moved(kase, context, 'readyEnvironment', { event: 'testEnvironmentReady', after: { environment: testEnvironment } }, { testEnvironment }));
}

export interface TestInput extends RecordCommand {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  readonly passed: boolean;
}

/** One case of the test report, on the package as it is now; the last result of a case counts. */
export async function recordTest(database: Database, actor: Actor, input: TestInput): Promise<string> {
  const facts = {
    name: requiredText(input.name, 'name', TEXT_LIMITS.title), expected: requiredText(input.expected, 'expected', TEXT_LIMITS.text),
    actual: requiredText(input.actual, 'actual', TEXT_LIMITS.text), passed: input.passed,
  };
  return changeRecord(database, actor, RELEASE_KIND, input, 'recordReleaseTest', ({ kase, context }) => {
    const row = { id: context.newId(), releaseId: kase.ticket.id, ...facts, packageSha256: kase.record.packageSha256, testedAt: context.now, testedBy: actor.name };
    return { ...noted(kase, context, {}, { event: 'tested', after: { name: facts.name, passed: facts.passed } }), add: [{ table: 'test', row }] };
  });
}

/** REL-04: accepts the tested package by its checksum. */
export async function accept(database: Database, actor: Actor, input: RecordCommand & { readonly sha256: string }): Promise<string> {
  const packageSha256 = checksum(input.sha256, 'sha256');
  return changeRecord(database, actor, RELEASE_KIND, input, 'acceptRelease', ({ kase, context }) => acceptRelease(kase, { packageSha256 }, context));
}

export async function failTests(database: Database, actor: Actor, input: WithReason): Promise<string> {
  const reason = reasonOf(input);
  return changeRecord(database, actor, RELEASE_KIND, input, 'failReleaseTests', ({ kase, context }) => moved(kase, context, 'failTests', { event: 'testsFailed', reason }));
}

/** REL-11: what the users expect, and what they found. */
export async function recordTrial(database: Database, actor: Actor, input: RecordCommand & { readonly expectations?: string | null; readonly findings?: string | null }): Promise<string> {
  const expectations = optionalText(input.expectations, 'expectations', TEXT_LIMITS.text);
  const findings = optionalText(input.findings, 'findings', TEXT_LIMITS.text);
  if (expectations === null && findings === null) throw new Refusal('MISSING_FIELD', 'Give "expectations", "findings" or both.', 'expectations');
  return changeRecord(database, actor, RELEASE_KIND, input, 'recordTrialRun', ({ kase, context }) => {
    const noteOf = { trialExpectations: expectations ?? kase.record.trialExpectations, trialFindings: findings ?? kase.record.trialFindings };
    return noted(kase, context, noteOf, { event: 'trialRecorded', after: noteOf });
  });
}

export async function finishTrial(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'finishTrialRun', ({ kase, context }) => moved(kase, context, 'finishTrial', { event: 'trialFinished' }));
}

/** REL-03: the recorded decision without which no step is skipped. */
export async function skip(database: Database, actor: Actor, input: WithReason): Promise<string> {
  const reason = reasonOf(input);
  return changeRecord(database, actor, RELEASE_KIND, input, 'skipReleaseStage', ({ kase, context }) => skipStage(kase, reason, context));
}

export async function submitGoLive(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'submitGoLivePlan', ({ kase, context }) => submitGoLivePlan(kase, context));
}

export async function approveGoLive(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'approveGoLivePlan', ({ kase, context }) =>
    moved(kase, context, 'approveGoLive', { event: 'goLiveApproved' }, { goLiveApprovedAt: context.now, goLiveApprovedBy: actor.name }));
}

export async function returnGoLive(database: Database, actor: Actor, input: WithReason): Promise<string> {
  const reason = reasonOf(input);
  return changeRecord(database, actor, RELEASE_KIND, input, 'returnGoLivePlan', ({ kase, context }) => moved(kase, context, 'returnGoLive', { event: 'goLiveReturned', reason }));
}

export async function backToTests(database: Database, actor: Actor, input: WithReason): Promise<string> {
  const reason = reasonOf(input);
  return changeRecord(database, actor, RELEASE_KIND, input, 'retestRelease', ({ kase, context }) => retest(kase, reason, context));
}

export async function backToPlanning(database: Database, actor: Actor, input: WithReason): Promise<string> {
  const reason = reasonOf(input);
  return changeRecord(database, actor, RELEASE_KIND, input, 'replanRelease', ({ kase, context }) => replan(kase, reason, context));
}

/** REL-13: tells the users what changes for them. */
export async function sendNotice(database: Database, actor: Actor, input: RecordCommand & { readonly notice: string }): Promise<string> {
  const notice = requiredText(input.notice, 'notice', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'sendGoLiveNotice', ({ kase, context }) =>
    noted(kase, context, { notice, noticeSentAt: context.now }, { event: 'noticeSent', after: { notice } }));
}

export async function recordTraining(database: Database, actor: Actor, input: RecordCommand & { readonly training: string }): Promise<string> {
  const training = requiredText(input.training, 'training', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'recordReleaseTraining', ({ kase, context }) => noted(kase, context, { training }, { event: 'trained', after: { training } }));
}

export async function finishCommunication(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'finishReleaseCommunication', ({ kase, context }) => moved(kase, context, 'finishCommunication', { event: 'communicated' }));
}
