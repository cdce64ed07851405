import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './release-answer.resolver.ts';
import { accept, approve, approveGoLive, backToPlanning, backToTests, failTests, finishCommunication, finishTrial, readyEnvironment, recordTest, recordTraining, recordTrial, returnContent, returnGoLive, review, sendNotice, skip, submit, submitGoLive } from './release-stage.service.ts';
import {
  ReadyTestEnvironmentInput, RecordReleaseTestInput, RecordReleaseTrainingInput, RecordTrialRunInput, ReleaseChecksumInput, ReleaseInput,
  ReleaseReasonInput, ReviewReleaseContentInput, SendGoLiveNoticeInput,
} from './release.inputs.ts';
import { ReleasePayload } from './release.types.ts';

/** The way from planning to communication (REL-03). */
@Resolver()
export class ReleaseStageResolver {
  @Mutation(() => ReleasePayload, { description: 'Asks for the review of content; the plan is complete (REL-02).' })
  submitReleaseContent(@Arg('input', () => ReleaseInput) input: ReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => submit(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'A named head agrees or objects (REL-12).' })
  reviewReleaseContent(@Arg('input', () => ReviewReleaseContentInput) input: ReviewReleaseContentInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => review(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'The release manager approves the plan, and with it the go-live plan as it is (REL-03, REL-12).' })
  approveReleaseContent(@Arg('input', () => ReleaseInput) input: ReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => approve(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Back to planning.' })
  returnReleaseContent(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => returnContent(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'The test environment stands.' })
  readyTestEnvironment(@Arg('input', () => ReadyTestEnvironmentInput) input: ReadyTestEnvironmentInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => readyEnvironment(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Records a case of the test report.' })
  recordReleaseTest(@Arg('input', () => RecordReleaseTestInput) input: RecordReleaseTestInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => recordTest(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Accepts the tested package by its checksum (REL-04).' })
  acceptRelease(@Arg('input', () => ReleaseChecksumInput) input: ReleaseChecksumInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => accept(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'The tests failed: back to the test environment.' })
  failReleaseTests(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => failTests(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Notes what users expect of the trial run and what they found (REL-11).' })
  recordTrialRun(@Arg('input', () => RecordTrialRunInput) input: RecordTrialRunInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => recordTrial(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'The trial run is over.' })
  finishTrialRun(@Arg('input', () => ReleaseInput) input: ReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => finishTrial(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Skips test environment, trial run or communication by a recorded decision (REL-03).' })
  skipReleaseStage(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => skip(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Submits the go-live plan; one that the review of content has approved already goes straight on (REL-03).' })
  submitGoLivePlan(@Arg('input', () => ReleaseInput) input: ReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => submitGoLive(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Approves the go-live plan.' })
  approveGoLivePlan(@Arg('input', () => ReleaseInput) input: ReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => approveGoLive(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Returns the go-live plan.' })
  returnGoLivePlan(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => returnGoLive(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Takes the package back before its acceptance (REL-04).' })
  retestRelease(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => backToTests(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Takes the release back to planning; approvals and acceptance fall.' })
  replanRelease(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => backToPlanning(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Tells the users what changes for them (REL-13).' })
  sendGoLiveNotice(@Arg('input', () => SendGoLiveNoticeInput) input: SendGoLiveNoticeInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => sendNotice(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Records who was trained.' })
  recordReleaseTraining(@Arg('input', () => RecordReleaseTrainingInput) input: RecordReleaseTrainingInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => recordTraining(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Communication and training are done.' })
  finishReleaseCommunication(@Arg('input', () => ReleaseInput) input: ReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => finishCommunication(database, actor, input));
  }
}
