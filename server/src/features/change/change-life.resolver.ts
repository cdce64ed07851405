import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './change-answer.resolver.ts';
import { assignPeople, changeCategory, edit, proposeWindow } from './change-edit.service.ts';
import { accept, cancel, plan, refuse, submit } from './change-life.service.ts';
import { raise } from './change-raise.service.ts';
import { addNote } from './change-review.service.ts';
import { reschedule, schedule } from './change-schedule.service.ts';
import { AssignChangeInput, ChangeCommandInput, ChangeReasonInput, ChangeWindowInput, EditChangeInput, RaiseChangeInput, RecategoriseChangeInput } from './change.inputs.ts';
import { AcceptChangeInput, NoteOnChangeInput } from './change-work.inputs.ts';
import { ChangePayload } from './change.types.ts';

/** A change from its beginning to its window. */
@Resolver()
export class ChangeLifeResolver {
  @Mutation(() => ChangePayload, { description: 'Raises a change (CHG-01).' })
  raiseChange(@Arg('input', () => RaiseChangeInput) input: RaiseChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => raise(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Edits what it is and what it affects (CHG-02); the impact set is computed anew.' })
  editChange(@Arg('input', () => EditChangeInput) input: EditChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => edit(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Gives it another category; the response is due by that one.' })
  recategoriseChange(@Arg('input', () => RecategoriseChangeInput) input: RecategoriseChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => changeCategory(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Names its owner and implementer.' })
  assignChange(@Arg('input', () => AssignChangeInput) input: AssignChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => assignPeople(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Submits it; the response clock begins.' })
  submitChange(@Arg('input', () => ChangeCommandInput) input: ChangeCommandInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => submit(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Accepts it: the response (CHG-01).' })
  acceptChange(@Arg('input', () => AcceptChangeInput) input: AcceptChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => accept(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Refuses it with the reason: the response (CHG-01).' })
  refuseChange(@Arg('input', () => ChangeReasonInput) input: ChangeReasonInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => refuse(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Begins planning.' })
  planChange(@Arg('input', () => ChangeCommandInput) input: ChangeCommandInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => plan(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Proposes the window, so that calendar and conflicts show it.' })
  proposeWindow(@Arg('input', () => ChangeWindowInput) input: ChangeWindowInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => proposeWindow(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Fixes the window; refused inside a freeze (FRZ-01).' })
  scheduleChange(@Arg('input', () => ChangeWindowInput) input: ChangeWindowInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => schedule(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Moves the window before the start.' })
  rescheduleChange(@Arg('input', () => ChangeWindowInput) input: ChangeWindowInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => reschedule(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Cancels it before its start.' })
  cancelChange(@Arg('input', () => ChangeReasonInput) input: ChangeReasonInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => cancel(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Adds an entry to its work log.' })
  noteOnChange(@Arg('input', () => NoteOnChangeInput) input: NoteOnChangeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => addNote(database, actor, input));
  }
}
