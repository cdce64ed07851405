import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './change-answer.resolver.ts';
import { alterByChange } from './change-alter.service.ts';
import { complete, fail, recordOutage, retry, rollBack, start, stop, verify } from './change-implement.service.ts';
import { close, keepCi, linkCaused, review } from './change-review.service.ts';
import { addTask, editTask, endTask, removeTask, sendTasks, startTask } from './change-task.service.ts';
import { ChangeCommandInput } from './change.inputs.ts';
import { AddChangeTaskInput, AlterCiByChangeInput, ChangeRemarkInput, ChangeTaskInput, CloseChangeInput, CompleteChangeInput, EditChangeTaskInput, EndChangeTaskInput, LinkCausedIncidentInput, RecordCiResultInput, RecordOutageInput, ReviewChangeInput, StartChangeInput, StopChangeInput, VerifyRollbackInput } from './change-work.inputs.ts';
import { ChangePayload } from './change.types.ts';

/** Carrying a change out, its review and its end. */
@Resolver()
export class ChangeWorkResolver {
  @Mutation(() => ChangePayload, { description: 'Plans a task (CHG-07).' })
  addChangeTask(@Arg('input', () => AddChangeTaskInput) input: AddChangeTaskInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => addTask(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Changes a task that has not begun.' })
  editChangeTask(@Arg('input', () => EditChangeTaskInput) input: EditChangeTaskInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => editTask(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Takes a task away that has not begun.' })
  removeChangeTask(@Arg('input', () => ChangeTaskInput) input: ChangeTaskInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => removeTask(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Sends the tasks to their implementers, before the window.' })
  sendChangeTasks(@Arg('input', () => ChangeCommandInput) input: ChangeCommandInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => sendTasks(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Actual start of a task.' })
  startChangeTask(@Arg('input', () => ChangeTaskInput) input: ChangeTaskInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => startTask(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Actual end of a task.' })
  endChangeTask(@Arg('input', () => EndChangeTaskInput) input: EndChangeTaskInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => endTask(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Begins carrying it out.' })
  startChange(@Arg('input', () => StartChangeInput) input: StartChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => start(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'The attempt succeeded; the review follows.' })
  completeChange(@Arg('input', () => CompleteChangeInput) input: CompleteChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => complete(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'The attempt failed (CHG-08).' })
  failChange(@Arg('input', () => ChangeRemarkInput) input: ChangeRemarkInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => fail(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Rolled back by the plan.' })
  rollBackChange(@Arg('input', () => ChangeRemarkInput) input: ChangeRemarkInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => rollBack(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Tests say whether the rollback worked.' })
  verifyRollback(@Arg('input', () => VerifyRollbackInput) input: VerifyRollbackInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => verify(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Tries again, as a new attempt.' })
  retryChange(@Arg('input', () => ChangeCommandInput) input: ChangeCommandInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => retry(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'No further attempt: a new change follows, or it is terminated.' })
  stopChange(@Arg('input', () => StopChangeInput) input: StopChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => stop(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Records an outage that it caused (CHG-09).' })
  recordOutage(@Arg('input', () => RecordOutageInput) input: RecordOutageInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => recordOutage(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'A CI was looked at and stays as it is (CHG-12).' })
  recordCiResult(@Arg('input', () => RecordCiResultInput) input: RecordCiResultInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => keepCi(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Alters a CI in the CMDB through the change (CHG-12, CMDB-06).' })
  alterCiByChange(@Arg('input', () => AlterCiByChangeInput) input: AlterCiByChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => alterByChange(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Reviews it (CHG-13, CHG-20).' })
  reviewChange(@Arg('input', () => ReviewChangeInput) input: ReviewChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => review(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Says that it caused an incident or problem (CHG-13).' })
  linkCausedIncident(@Arg('input', () => LinkCausedIncidentInput) input: LinkCausedIncidentInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => linkCaused(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Closes it, by its implementer (CHG-18).' })
  closeChange(@Arg('input', () => CloseChangeInput) input: CloseChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => close(database, actor, input));
  }
}
