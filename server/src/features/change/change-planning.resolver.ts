import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { changeCalendar } from './change-calendar.queries.ts';
import { answerWith } from './change-answer.resolver.ts';
import { overrideFreeze } from './change-freeze-override.service.ts';
import { cancelFreeze, createFreeze, updateFreeze } from './change-freeze-edit.service.ts';
import { CreateFreezeWindowInput, OverrideFreezeInput, PlanningReasonInput, UpdateFreezeWindowInput } from './change-planning.inputs.ts';
import { conflictsOfChange, conflictsOfWindow, listFreezes, noticesOfChange, overridesOfChange } from './change-planning.queries.ts';
import { ChangeCalendar, ChangeConflict, ChangeNotice, FreezeOverride, FreezePayload, FreezeWindow } from './change-planning.types.ts';
import { Change, ChangePayload } from './change.types.ts';

/** Calendar, conflicts and freeze windows (CHG-11, FRZ-01). */
@Resolver()
export class ChangePlanningResolver {
  @Query(() => ChangeCalendar, { description: 'Changes, freezes and CAB meetings of a span of at most 100 days (CHG-11, WBD-08).' })
  changeCalendar(
    @Ctx() context: RequestContext, @Arg('from', () => DateTime, { description: 'Start of the span.' }) from: number,
    @Arg('to', () => DateTime, { description: 'End of the span, not included.' }) to: number,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only changes of this customer.' }) customerId?: string | null,
  ): Promise<ChangeCalendar> {
    return changeCalendar(context.database.em, signedIn(context), { from, to, customerId: customerId ?? null });
  }

  @Query(() => [ChangeConflict], { description: 'What would stand against a window before it is chosen (CHG-11). Nothing is kept.' })
  changeConflictsIn(
    @Ctx() context: RequestContext, @Arg('changeId', () => ID, { description: 'The change.' }) changeId: string,
    @Arg('from', () => DateTime, { description: 'Start of the window.' }) from: number, @Arg('to', () => DateTime, { description: 'Its end, not included.' }) to: number,
  ): Promise<ChangeConflict[]> {
    return conflictsOfWindow(context.database.em, signedIn(context), { changeId, from, to });
  }

  @Query(() => [FreezeWindow], { description: 'Freeze windows that end after "from", earliest first, at most 200 (FRZ-01).' })
  freezeWindows(
    @Ctx() context: RequestContext, @Arg('from', () => DateTime, { nullable: true, description: 'Left out: past ones as well.' }) from?: number | null,
    @Arg('withCancelled', () => Boolean, { defaultValue: false, description: 'Those called off as well.' }) withCancelled?: boolean,
  ): Promise<FreezeWindow[]> {
    return listFreezes(context.database.em, signedIn(context), { ...(from == null ? {} : { from }), withCancelled: withCancelled ?? false });
  }

  @Mutation(() => FreezePayload, { description: 'Opens a freeze window (FRZ-01). Needs freeze.edit.' })
  createFreezeWindow(@Arg('input', () => CreateFreezeWindowInput) input: CreateFreezeWindowInput, @Ctx() context: RequestContext): Promise<FreezePayload> {
    return answerFreeze(context, (database, actor) => createFreeze(database, actor, input));
  }

  @Mutation(() => FreezePayload, { description: 'Changes a freeze window; conflicts are judged anew. Needs freeze.edit.' })
  updateFreezeWindow(@Arg('input', () => UpdateFreezeWindowInput) input: UpdateFreezeWindowInput, @Ctx() context: RequestContext): Promise<FreezePayload> {
    return answerFreeze(context, (database, actor) => updateFreeze(database, actor, input));
  }

  @Mutation(() => FreezePayload, { description: 'Calls a freeze window off; it stays on record. Needs freeze.edit.' })
  cancelFreezeWindow(@Arg('input', () => PlanningReasonInput) input: PlanningReasonInput, @Ctx() context: RequestContext): Promise<FreezePayload> {
    return answerFreeze(context, (database, actor) => cancelFreeze(database, actor, input));
  }

  @Mutation(() => ChangePayload, { description: 'Lets a change into a freeze window, as a decision on record (FRZ-01). Needs freeze.override; never for one\'s own change.' })
  overrideFreeze(@Arg('input', () => OverrideFreezeInput) input: OverrideFreezeInput, @Ctx() context: RequestContext): Promise<ChangePayload> {
    return answerWith(context, (database, actor) => overrideFreeze(database, actor, input));
  }
}

async function answerFreeze(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<FreezePayload> {
  const actor = signedIn(context);
  return payload('freeze', async () => {
    const id = await command(context.database, actor);
    return (await listFreezes(context.database.em, actor, { ids: [id], withCancelled: true }))[0] ?? null;
  });
}

/** What planning knows of a change. */
@Resolver(() => Change)
export class ChangePlanningFieldsResolver {
  @FieldResolver(() => [ChangeConflict], { description: 'What stands against its window now (CHG-11); empty for a customer.' })
  conflicts(@Root() change: Change, @Ctx() context: RequestContext): Promise<ChangeConflict[]> {
    return conflictsOfChange(context.database.em, signedIn(context), change.id);
  }

  @FieldResolver(() => [ChangeNotice], { description: 'Notices that were sent about it, latest first (CHG-15).' })
  notices(@Root() change: Change, @Ctx() context: RequestContext): Promise<ChangeNotice[]> {
    return noticesOfChange(context.database.em, signedIn(context), change.id);
  }

  @FieldResolver(() => [FreezeOverride], { description: 'Decisions that let it into freeze windows (FRZ-01).' })
  freezeOverrides(@Root() change: Change, @Ctx() context: RequestContext): Promise<FreezeOverride[]> {
    return overridesOfChange(context.database.em, signedIn(context), change.id);
  }
}
