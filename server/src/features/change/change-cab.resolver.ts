import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { addItem, circulatePapers, decideItem, removeItem, vote } from './change-cab-agenda.service.ts';
import { callMeeting, cancelMeeting, closeMeeting, editMeeting, openMeeting } from './change-cab-meeting.service.ts';
import { addCabMember, removeCabMember } from './change-cab-member.service.ts';
import { findMeeting, listMeetings, listMembers, waitingForCab } from './change-cab.queries.ts';
import { CabChangeView, CabMeeting, CabMeetingPayload, CabMember, CabMembersPayload } from './change-cab.types.ts';
import {
  AddCabMemberInput, CabChangeInput, CabItemInput, CallCabMeetingInput, CastCabVoteInput, CloseCabMeetingInput, DecideCabItemInput, EditCabMeetingInput, OpenCabMeetingInput,
  PlanningReasonInput, RemoveCabMemberInput,
} from './change-planning.inputs.ts';
import { CabMeetingConnection } from './change-planning.types.ts';

type Command = (database: Database, actor: Actor) => Promise<string>;

async function answer(context: RequestContext, command: Command): Promise<CabMeetingPayload> {
  const actor = signedIn(context);
  return payload('meeting', async () => findMeeting(context.database, actor, { id: await command(context.database, actor) }));
}

async function answerMembers(context: RequestContext, command: Command): Promise<CabMembersPayload> {
  const actor = signedIn(context);
  return payload('members', async () => {
    await command(context.database, actor);
    return listMembers(context.database.em, actor);
  });
}

/** The change advisory board (CHG-05). */
@Resolver()
export class ChangeCabResolver {
  @Query(() => CabMeetingConnection, { description: 'Meetings of the CAB, latest first.' })
  cabMeetings(
    @Ctx() context: RequestContext, @Arg('first', () => Int, { nullable: true, description: '1–100.' }) first?: number | null,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string | null,
  ): Promise<CabMeetingConnection> {
    return listMeetings(context.database.em, signedIn(context), { first, after });
  }

  @Query(() => CabMeeting, { nullable: true, description: 'One meeting by id or number.' })
  cabMeeting(
    @Ctx() context: RequestContext, @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id?: string | null,
    @Arg('number', () => String, { nullable: true, description: 'Its number.' }) number?: string | null,
  ): Promise<CabMeeting | null> {
    return findMeeting(context.database, signedIn(context), { id, number });
  }

  @Query(() => [CabChangeView], { description: 'Changes that wait for the CAB and are on no coming agenda, at most 200.' })
  changesForCab(@Ctx() context: RequestContext, @Arg('meetingId', () => ID, { nullable: true, description: 'Says of each whether its papers were sent for this meeting.' }) meetingId?: string | null): Promise<CabChangeView[]> {
    return waitingForCab(context.database, signedIn(context), meetingId ?? null);
  }

  @Query(() => [CabMember], { description: 'The standing list of the CAB.' })
  cabMembers(@Ctx() context: RequestContext): Promise<CabMember[]> {
    return listMembers(context.database.em, signedIn(context));
  }

  @Mutation(() => CabMembersPayload, { description: 'Appoints a member. Needs change.approve.' })
  addCabMember(@Arg('input', () => AddCabMemberInput) input: AddCabMemberInput, @Ctx() context: RequestContext): Promise<CabMembersPayload> {
    return answerMembers(context, (database, actor) => addCabMember(database, actor, input));
  }

  @Mutation(() => CabMembersPayload, { description: 'Takes a member off the list. Needs change.approve.' })
  removeCabMember(@Arg('input', () => RemoveCabMemberInput) input: RemoveCabMemberInput, @Ctx() context: RequestContext): Promise<CabMembersPayload> {
    return answerMembers(context, (database, actor) => removeCabMember(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Calls a meeting. Needs change.approve.' })
  callCabMeeting(@Arg('input', () => CallCabMeetingInput) input: CallCabMeetingInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => callMeeting(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Changes a meeting before it is opened.' })
  editCabMeeting(@Arg('input', () => EditCabMeetingInput) input: EditCabMeetingInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => editMeeting(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Sends the papers of a change to everybody who is called, before the meeting.' })
  circulateCabPapers(@Arg('input', () => CabChangeInput) input: CabChangeInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => circulatePapers(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Puts a change on the agenda; refused where its papers must be circulated first.' })
  addCabItem(@Arg('input', () => CabChangeInput) input: CabChangeInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => addItem(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Takes a change off the agenda.' })
  removeCabItem(@Arg('input', () => CabItemInput) input: CabItemInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => removeItem(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Opens the meeting and says who is here.' })
  openCabMeeting(@Arg('input', () => OpenCabMeetingInput) input: OpenCabMeetingInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => openMeeting(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Votes: beforehand for who will be absent, in the meeting for who is there; never on one\'s own change.' })
  castCabVote(@Arg('input', () => CastCabVoteInput) input: CastCabVoteInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => vote(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'What the meeting decides on an item; it must follow the votes.' })
  decideCabItem(@Arg('input', () => DecideCabItemInput) input: DecideCabItemInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => decideItem(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Closes the meeting with its minutes and writes its decisions into the changes, all or none.' })
  closeCabMeeting(@Arg('input', () => CloseCabMeetingInput) input: CloseCabMeetingInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => closeMeeting(database, actor, input));
  }

  @Mutation(() => CabMeetingPayload, { description: 'Cancels a meeting that has not been opened.' })
  cancelCabMeeting(@Arg('input', () => PlanningReasonInput) input: PlanningReasonInput, @Ctx() context: RequestContext): Promise<CabMeetingPayload> {
    return answer(context, (database, actor) => cancelMeeting(database, actor, input));
  }
}
