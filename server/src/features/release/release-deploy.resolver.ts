import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './release-answer.resolver.ts';
import { recordBaseline, rollBackTo, verifyRollback } from './release-baseline.service.ts';
import { linkCause, settleCause } from './release-cause.service.ts';
import { addFeedback, cancel, close, confirmBusiness, deploy, finish, handPapers, report, schedule, tick, waiveRequirement, watch } from './release-deploy.service.ts';
import {
  AddUpgradeFeedbackInput, ConfirmReleaseBusinessInput, DecideReleaseCauseInput, HandReleasePapersInput, LinkReleaseCauseInput,
  RecordReleaseBaselineInput, RecordReleaseReportInput, RecordReleaseWatchInput, ReleaseChecksumInput, ReleaseInput, ReleaseReasonInput,
  ScheduleReleaseInput, StartDeploymentInput, TickReleaseCheckInput, VerifyReleaseRollbackInput, WaiveReleaseRequirementInput,
} from './release.inputs.ts';
import { ReleasePayload } from './release.types.ts';

/** Deployment, what follows it, and what it caused. */
@Resolver()
export class ReleaseDeployResolver {
  @Mutation(() => ReleasePayload, { description: 'Plans the window of the deployment; inside a freeze only by a recorded decision (FRZ-01).' })
  scheduleRelease(@Arg('input', () => ScheduleReleaseInput) input: ScheduleReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => schedule(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Ticks an item of the checklist (REL-10).' })
  tickReleaseCheck(@Arg('input', () => TickReleaseCheckInput) input: TickReleaseCheckInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => tick(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Records the baseline to roll back to (REL-05).' })
  recordReleaseBaseline(@Arg('input', () => RecordReleaseBaselineInput) input: RecordReleaseBaselineInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => recordBaseline(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Begins the deployment, with the accepted package and under a change (REL-03, REL-04).' })
  startDeployment(@Arg('input', () => StartDeploymentInput) input: StartDeploymentInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => deploy(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'The deployment is done; the watch window begins (REL-04, REL-06).' })
  finishDeployment(@Arg('input', () => ReleaseChecksumInput) input: ReleaseChecksumInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => finish(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Rolls back to the recorded baseline (REL-05).' })
  rollBackRelease(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => rollBackTo(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Records by which tests the baseline stands again.' })
  verifyReleaseRollback(@Arg('input', () => VerifyReleaseRollbackInput) input: VerifyReleaseRollbackInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => verifyRollback(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Records what was seen of a business system (REL-10).' })
  recordReleaseWatch(@Arg('input', () => RecordReleaseWatchInput) input: RecordReleaseWatchInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => watch(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'The business side confirms (REL-10).' })
  confirmReleaseBusiness(@Arg('input', () => ConfirmReleaseBusinessInput) input: ConfirmReleaseBusinessInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => confirmBusiness(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Does without watch, confirmation or CMDB update by a recorded decision.' })
  waiveReleaseRequirement(@Arg('input', () => WaiveReleaseRequirementInput) input: WaiveReleaseRequirementInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => waiveRequirement(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Hands the papers to a configuration manager (REL-12).' })
  handReleasePapers(@Arg('input', () => HandReleasePapersInput) input: HandReleasePapersInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => handPapers(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Closes (REL-12).' })
  closeRelease(@Arg('input', () => ReleaseInput) input: ReleaseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => close(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Cancels before the deployment.' })
  cancelRelease(@Arg('input', () => ReleaseReasonInput) input: ReleaseReasonInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => cancel(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Writes the report after closing (REL-03).' })
  recordReleaseReport(@Arg('input', () => RecordReleaseReportInput) input: RecordReleaseReportInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => report(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Records an upgrade feedback form 升级反馈表 (REL-07).' })
  addUpgradeFeedback(@Arg('input', () => AddUpgradeFeedbackInput) input: AddUpgradeFeedbackInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => addFeedback(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Links an incident or problem that the release caused (REL-06).' })
  linkReleaseCause(@Arg('input', () => LinkReleaseCauseInput) input: LinkReleaseCauseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => linkCause(database, actor, input));
  }

  @Mutation(() => ReleasePayload, { description: 'Confirms or rejects a suspected cause (REL-06).' })
  decideReleaseCause(@Arg('input', () => DecideReleaseCauseInput) input: DecideReleaseCauseInput, @Ctx() context: RequestContext): Promise<ReleasePayload> {
    return answerWith(context, (database, actor) => settleCause(database, actor, input));
  }
}
