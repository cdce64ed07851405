import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { requireUuid } from '../../kernel/uuid.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { RecordUse } from '../../platform/graphql/use.types.ts';
import type { Person as PersonRow } from '../access/access.entity.ts';
import { Person, RoleGrant, Viewer } from '../access/access.types.ts';
import type { RosterShift as ShiftRow, Team as TeamRow } from './team.entity.ts';
import { membersLoader, personLoader, teamLoader } from './team.loaders.ts';
import { listTeams, onCallNow, shiftsOf, usesOfTeam, type OnCallRow } from './team.queries.ts';
import { swapShift } from './team-swap.service.ts';
import { addShift, addTeamMember, createTeam, removeShift, removeTeamMember, updateTeam } from './team.service.ts';
import { AddShiftInput, CreateTeamInput, MembershipInput, OnCallPerson, RemoveShiftInput, RosterShift, ShiftPayload, SwapShiftInput, Team, TeamPayload, UpdateTeamInput } from './team.types.ts';

@Resolver(() => Team)
export class TeamResolver {
  @Query(() => [Team], { description: 'Every team, first line first.' })
  teams(@Ctx() context: RequestContext): Promise<TeamRow[]> {
    return listTeams(context.database.em, signedIn(context));
  }

  @Query(() => [RecordUse], { description: 'What still needs a team; with any of it the team is not dissolved. Needs team.edit.' })
  async teamUses(@Arg('id', () => ID, { description: 'The team.' }) id: string, @Ctx() context: RequestContext): Promise<RecordUse[]> {
    return usesOfTeam(context.database.em, signedIn(context), { id: requireUuid(id), now: await context.database.now() });
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Its lead, who approves re-gradings (INC-04).' })
  async lead(@Root() team: Team, @Ctx() context: RequestContext): Promise<PersonRow | null> {
    return team.leadId === null ? null : personLoader(context).load(team.leadId);
  }

  @FieldResolver(() => [Person], { description: 'Its members by name.' })
  members(@Root() team: Team, @Ctx() context: RequestContext): Promise<PersonRow[]> {
    return membersLoader(context).load(team.id);
  }

  @Mutation(() => TeamPayload, { description: 'Founds a team. Needs team.edit.' })
  createTeam(@Arg('input', () => CreateTeamInput) input: CreateTeamInput, @Ctx() context: RequestContext): Promise<TeamPayload> {
    return payload('team', () => createTeam(context.database, signedIn(context), input));
  }

  @Mutation(() => TeamPayload, { description: 'Changes a team. Needs team.edit.' })
  updateTeam(@Arg('input', () => UpdateTeamInput) input: UpdateTeamInput, @Ctx() context: RequestContext): Promise<TeamPayload> {
    return payload('team', () => updateTeam(context.database, signedIn(context), input));
  }

  @Mutation(() => TeamPayload, { description: 'Takes a person into a team. Needs team.edit.' })
  addTeamMember(@Arg('input', () => MembershipInput) input: MembershipInput, @Ctx() context: RequestContext): Promise<TeamPayload> {
    return payload('team', async () => {
      await addTeamMember(context.database, signedIn(context), input);
      return teamLoader(context).load(input.teamId);
    });
  }

  @Mutation(() => TeamPayload, { description: 'Takes a person out of a team. Needs team.edit.' })
  removeTeamMember(@Arg('input', () => MembershipInput) input: MembershipInput, @Ctx() context: RequestContext): Promise<TeamPayload> {
    return payload('team', () => removeTeamMember(context.database, signedIn(context), input));
  }
}

@Resolver(() => RosterShift)
export class RosterResolver {
  @Query(() => [OnCallPerson], { description: 'Who is on call now (ORG-02), shift leaders first within each team.' })
  async onCall(@Ctx() context: RequestContext): Promise<OnCallRow[]> {
    requirePermission(signedIn(context), 'team.read');
    return onCallNow(context.database.em, await context.database.now());
  }

  @Query(() => [RosterShift], { description: 'The roster 值班表 of a team: shifts that overlap the span, at most 500.' })
  roster(
    @Ctx() context: RequestContext,
    @Arg('teamId', () => ID, { description: 'The team.' }) teamId: string,
    @Arg('from', () => DateTime, { description: 'Start of the span.' }) from: number,
    @Arg('to', () => DateTime, { description: 'End of the span, not included.' }) to: number,
  ): Promise<ShiftRow[]> {
    return shiftsOf(context.database.em, signedIn(context), { teamId, from, to });
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who is on call.' })
  person(@Root() shift: RosterShift, @Ctx() context: RequestContext): Promise<PersonRow | null> {
    return personLoader(context).load(shift.personId);
  }

  @Mutation(() => ShiftPayload, { description: 'Another member does a shift 换班. Needs roster.edit for the team.' })
  swapShift(@Arg('input', () => SwapShiftInput) input: SwapShiftInput, @Ctx() context: RequestContext): Promise<ShiftPayload> {
    return payload('shift', () => swapShift(context.database, signedIn(context), input));
  }

  @Mutation(() => ShiftPayload, { description: 'Writes a shift into the roster. Needs roster.edit.' })
  addShift(@Arg('input', () => AddShiftInput) input: AddShiftInput, @Ctx() context: RequestContext): Promise<ShiftPayload> {
    return payload('shift', () => addShift(context.database, signedIn(context), input));
  }

  @Mutation(() => ShiftPayload, { description: 'Takes a shift out of the roster. Needs roster.edit.' })
  removeShift(@Arg('input', () => RemoveShiftInput) input: RemoveShiftInput, @Ctx() context: RequestContext): Promise<ShiftPayload> {
    return payload('shift', () => removeShift(context.database, signedIn(context), input.id));
  }
}

/** What only this feature knows about who is signed in. */
@Resolver(() => Viewer)
export class ViewerTeamsResolver {
  @FieldResolver(() => [Team], { description: 'The teams whose member this person is.' })
  async teams(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<TeamRow[]> {
    const teams = await Promise.all(viewer.teamIds.map((id) => teamLoader(context).load(id)));
    return teams.filter((team) => team !== null);
  }
}

@Resolver(() => RoleGrant)
export class RoleGrantTeamResolver {
  @FieldResolver(() => Team, { nullable: true, description: 'The only team it holds for; null: any.' })
  async team(@Root() grant: RoleGrant, @Ctx() context: RequestContext): Promise<TeamRow | null> {
    return grant.teamId === null ? null : teamLoader(context).load(grant.teamId);
  }
}
