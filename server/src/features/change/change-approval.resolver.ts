import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './change-answer.resolver.ts';
import { approve, confirm, consent, excuse, recordCab, steer } from './change-approve.service.ts';
import { askApproval, replan } from './change-life.service.ts';
import { askOwners, assess, editPlan, stateOn, trim } from './change-plan.service.ts';
import { AssessChangeInput, ChangeCommandInput, ChangeReasonInput, ChangeWordInput, ConfirmChangeInput, EditChangePlanInput, RecordCabDecisionInput, RecordConsentInput, StateOnChangeInput, TrimChangePlanInput } from './change.inputs.ts';
import { ChangePayload } from './change.types.ts';

/** Plans, papers and everybody's word. */
@Resolver()
export class ChangeApprovalResolver {
  @Mutation(() => ChangePayload, { description: 'Writes the change plan 变更方案 (CHG-03, CHG-16).' })
  editChangePlan(@Arg('input', () => EditChangePlanInput) input: EditChangePlanInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => editPlan(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Lets a field of the plan stay empty, by the change manager\'s recorded decision.' })
  trimChangePlan(@Arg('input', () => TrimChangePlanInput) input: TrimChangePlanInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => trim(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Writes the impact assessment (CHG-17).' })
  assessChange(@Arg('input', () => AssessChangeInput) input: AssessChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => assess(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Asks the owners of its CIs for their statement (CHG-17).' })
  askCiOwners(@Arg('input', () => ChangeCommandInput) input: ChangeCommandInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => askOwners(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Records what the owner of a CI says.' })
  stateOnChange(@Arg('input', () => StateOnChangeInput) input: StateOnChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => stateOn(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Asks for approval: plan, assessment, tasks and people are there (CHG-03).' })
  requestApproval(@Arg('input', () => ChangeCommandInput) input: ChangeCommandInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => askApproval(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Takes it back to planning; approvals are void.' })
  replanChange(@Arg('input', () => ChangeReasonInput) input: ChangeReasonInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => replan(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Steering authorisation of a major change.' })
  steerChange(@Arg('input', () => ChangeWordInput) input: ChangeWordInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => steer(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Records what the CAB decided (CHG-05).' })
  recordCabDecision(@Arg('input', () => RecordCabDecisionInput) input: RecordCabDecisionInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => recordCab(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'The customer\'s written confirmation of a major change (CHG-10).' })
  confirmChange(@Arg('input', () => ConfirmChangeInput) input: ConfirmChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => confirm(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'The change manager approves a general change, or an emergency afterwards.' })
  approveChange(@Arg('input', () => ChangeWordInput) input: ChangeWordInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => approve(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Oral consent to an emergency (CHG-06).' })
  recordConsent(@Arg('input', () => RecordConsentInput) input: RecordConsentInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => consent(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Lets it close without a release, by the change manager\'s recorded decision (REL-09).' })
  excuseRelease(@Arg('input', () => ChangeReasonInput) input: ChangeReasonInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => excuse(database, actor, input));
  }
}
