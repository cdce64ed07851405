import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { loaderOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { handoverById, handoversFor, linesOf, listHandovers, namesOf, sidesOf } from './shift-handover.queries.ts';
import { isOverdue, obstacle, SHIFT_HANDOVER_ACTIONS, type Sides } from './shift-handover.rules.ts';
import { completeHandover, drawUpHandover, isUnaltered, redrawHandover, sendHandoverBack, signHandover, takeHandoverOver } from './shift-handover.service.ts';
import {
  CompleteShiftHandoverInput, DrawUpShiftHandoverInput, SendShiftHandoverBackInput, ShiftHandoverAction, ShiftHandoverInput, ShiftHandoverLineView, ShiftHandoverPayload, ShiftHandoverView, ShiftPerson,
  type AvailableShiftAction, type ShiftHandoverRow,
} from './shift-handover.types.ts';

@Resolver(() => ShiftHandoverView)
export class ShiftHandoverResolver {
  @Query(() => [ShiftHandoverView], { description: 'Shift handovers 值班交接, open ones first, then newest first (ORG-06). Internal.' })
  shiftHandovers(
    @Ctx() context: RequestContext, @Arg('teamId', () => ID, { nullable: true, description: 'Of this team only.' }) teamId?: string | null,
    @Arg('openOnly', () => Boolean, { defaultValue: false, description: 'Only those not yet taken over.' }) openOnly = false, @Arg('first', () => Int, { defaultValue: 30, description: '1–100.' }) first = 30,
  ): Promise<ShiftHandoverRow[]> {
    return listHandovers(context.database.em, signedIn(context), { teamId: teamId ?? null, openOnly, first });
  }

  @Query(() => [ShiftHandoverView], { description: 'Those that wait for you to sign or to take over.' })
  myShiftHandovers(@Ctx() context: RequestContext): Promise<ShiftHandoverRow[]> {
    return handoversFor(context.database.em, signedIn(context));
  }

  @Query(() => ShiftHandoverView, { nullable: true, description: 'One shift handover.' })
  shiftHandover(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'Its id.' }) id: string): Promise<ShiftHandoverRow | null> {
    return handoverById(context.database.em, signedIn(context), id);
  }

  @FieldResolver(() => [ShiftHandoverLineView], { description: 'Its records, the most urgent first; without those that you may not read.' })
  lines(@Root() { id }: ShiftHandoverRow, @Ctx() context: RequestContext): Promise<ShiftHandoverLineView[]> {
    return linesOf(context.database.em, signedIn(context), id);
  }

  @FieldResolver(() => [ShiftPerson], { description: 'Who hands over, by the roster as it is now.' })
  async leaving(@Root() row: ShiftHandoverRow, @Ctx() context: RequestContext): Promise<ShiftPerson[]> {
    return namesOf(context.database.em, (await sides(context, row)).leaving);
  }

  @FieldResolver(() => [ShiftPerson], { description: 'Who takes over, by the roster as it is now.' })
  async coming(@Root() row: ShiftHandoverRow, @Ctx() context: RequestContext): Promise<ShiftPerson[]> {
    return namesOf(context.database.em, (await sides(context, row)).coming);
  }

  @FieldResolver(() => [ShiftHandoverAction], { description: 'What you may do with it now.' })
  async availableActions(@Root() row: ShiftHandoverRow, @Ctx() context: RequestContext): Promise<AvailableShiftAction[]> {
    const { kind, id } = signedIn(context);
    const of = await sides(context, row);
    return SHIFT_HANDOVER_ACTIONS.filter((action) => kind === 'person' && obstacle(action, row, of, id) === null);
  }

  @FieldResolver(() => Boolean, { description: 'Its shift is over and nobody has taken over.' })
  async overdue(@Root() row: ShiftHandoverRow, @Ctx() context: RequestContext): Promise<boolean> {
    return isOverdue(row, await context.database.now());
  }

  @FieldResolver(() => Boolean, { description: 'Whether what is stored is still what was signed.' })
  unaltered(@Root() { id }: ShiftHandoverRow, @Ctx() context: RequestContext): Promise<boolean> {
    return isUnaltered(context.database.em, id);
  }
}

@Resolver()
export class ShiftHandoverCommandResolver {
  @Mutation(() => ShiftHandoverPayload, { description: 'Draws up the handover of the shift that ends, or answers the one that is there. For its leader.' })
  drawUpShiftHandover(@Arg('input', () => DrawUpShiftHandoverInput) { teamId }: DrawUpShiftHandoverInput, @Ctx() context: RequestContext): Promise<ShiftHandoverPayload> {
    return answer(context, (database, actor) => drawUpHandover(database, actor, teamId));
  }

  @Mutation(() => ShiftHandoverPayload, { description: 'Writes notes to it. For the leader of the shift that ends.' })
  completeShiftHandover(@Arg('input', () => CompleteShiftHandoverInput) input: CompleteShiftHandoverInput, @Ctx() context: RequestContext): Promise<ShiftHandoverPayload> {
    return answer(context, (database, actor) => completeHandover(database, actor, input));
  }

  @Mutation(() => ShiftHandoverPayload, { description: 'Draws its lines anew; notes stay. For the leader of the shift that ends.' })
  redrawShiftHandover(@Arg('input', () => ShiftHandoverInput) input: ShiftHandoverInput, @Ctx() context: RequestContext): Promise<ShiftHandoverPayload> {
    return answer(context, (database, actor) => redrawHandover(database, actor, input));
  }

  @Mutation(() => ShiftHandoverPayload, { description: 'Signs it: from now on it stays as it is. For the leader of the shift that ends.' })
  signShiftHandover(@Arg('input', () => ShiftHandoverInput) input: ShiftHandoverInput, @Ctx() context: RequestContext): Promise<ShiftHandoverPayload> {
    return answer(context, (database, actor) => signHandover(database, actor, input));
  }

  @Mutation(() => ShiftHandoverPayload, { description: "Sends it back with a question. For the leader of the next shift, or the team's lead." })
  sendShiftHandoverBack(@Arg('input', () => SendShiftHandoverBackInput) input: SendShiftHandoverBackInput, @Ctx() context: RequestContext): Promise<ShiftHandoverPayload> {
    return answer(context, (database, actor) => sendHandoverBack(database, actor, input));
  }

  @Mutation(() => ShiftHandoverPayload, { description: "Takes the shift over. For the leader of the next shift, or the team's lead; not for whoever signed." })
  takeOverShift(@Arg('input', () => ShiftHandoverInput) input: ShiftHandoverInput, @Ctx() context: RequestContext): Promise<ShiftHandoverPayload> {
    return answer(context, (database, actor) => takeHandoverOver(database, actor, input));
  }
}

/** Asked by several fields of one answer. */
function sides(context: RequestContext, row: ShiftHandoverRow): Promise<Sides> {
  return loaderOf(context, `shift sides ${row.id} ${row.version}`, () => sidesOf(context.database.em, row));
}

function answer(context: RequestContext, work: (database: Database, actor: Actor) => Promise<string>): Promise<ShiftHandoverPayload> {
  const actor = signedIn(context);
  return payload('shiftHandover', async () => handoverById(context.database.em, actor, await work(context.database, actor)));
}
