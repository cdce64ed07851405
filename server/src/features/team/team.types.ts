import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';

export const TeamPurpose = {
  DESK: 'desk', ENGINEERS: 'engineers', SENIOR_ENGINEERS: 'senior-engineers', TECHNICAL_MANAGERS: 'technical-managers', DUTY: 'duty', OTHER: 'other',
} as const;
registerEnumType(TeamPurpose, { name: 'TeamPurpose', description: 'What a team does for intake (INC-05); DUTY is the 7×24 team.' });
type Purpose = (typeof TeamPurpose)[keyof typeof TeamPurpose];

@ObjectType({ implements: Node, description: 'A team of one line (ORG-02).' })
export class Team extends Node {
  @Field(() => String, { description: 'Short key that policies use.' })
  key!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => Int, { description: '1 first, 2 second, 3 third or vendor.' })
  line!: number;

  @Field(() => TeamPurpose, { description: 'What it does for intake.' })
  purpose!: Purpose;

  @Field(() => Boolean, { description: 'False once dissolved.' })
  active!: boolean;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;

  /** For the lead field. */
  leadId!: string | null;
}

@ObjectType({ description: 'One shift of the roster 值班表, from its start to just before its end.' })
export class RosterShift {
  @Field(() => ID, { description: 'Id, for removeShift.' })
  id!: string;

  @Field(() => DateTime, { description: 'First instant on call.' })
  startsAt!: number;

  @Field(() => DateTime, { description: 'First instant no longer on call.' })
  endsAt!: number;

  @Field(() => Boolean, { description: 'Shift leader 值班长.' })
  leader!: boolean;

  /** For the person field. */
  personId!: string;
}

@ObjectType({ description: 'Somebody who is on call now (ORG-02).' })
export class OnCallPerson {
  @Field(() => ID, { description: 'The team.' })
  teamId!: string;

  @Field(() => String, { description: "The team's English name." })
  team!: string;

  @Field(() => String, { description: "The team's Chinese name." })
  teamZh!: string;

  @Field(() => ID, { description: 'The person.' })
  personId!: string;

  @Field(() => String, { description: "The person's name." })
  person!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone!: string | null;

  @Field(() => Boolean, { description: 'Shift leader 值班长.' })
  leader!: boolean;

  @Field(() => DateTime, { description: 'End of the shift.' })
  until!: number;
}

@InputType({ description: 'A team to found.' })
export class CreateTeamInput {
  @Field(() => String, { description: 'Short key, unique.' })
  key!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => Int, { description: '1, 2 or 3.' })
  line!: number;

  @Field(() => TeamPurpose, { nullable: true, description: 'What it does for intake.' })
  purpose?: Purpose | null;

  @Field(() => ID, { nullable: true, description: 'Its lead.' })
  leadId?: string | null;
}

@InputType({ description: 'What to change of a team; what is left out stays.' })
export class UpdateTeamInput {
  @Field(() => ID, { description: 'The team.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change is based on.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'English name.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'Chinese name.' })
  nameZh?: string;

  @Field(() => Int, { nullable: true, description: '1, 2 or 3.' })
  line?: number;

  @Field(() => TeamPurpose, { nullable: true, description: 'What it does for intake.' })
  purpose?: Purpose | null;

  @Field(() => ID, { nullable: true, description: 'Its lead; null takes the lead away.' })
  leadId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'False dissolves it; refused while something needs it (teamUses).' })
  active?: boolean | null;
}

@InputType({ description: 'A person in a team.' })
export class MembershipInput {
  @Field(() => ID, { description: 'The team.' })
  teamId!: string;

  @Field(() => ID, { description: 'The person.' })
  personId!: string;
}

@InputType({ description: 'A shift to write into the roster.' })
export class AddShiftInput extends MembershipInput {
  @Field(() => DateTime, { description: 'First instant on call.' })
  startsAt!: number;

  @Field(() => DateTime, { description: 'First instant no longer on call.' })
  endsAt!: number;

  @Field(() => Boolean, { nullable: true, description: 'Shift leader 值班长.' })
  leader?: boolean | null;
}

@InputType({ description: 'A shift to take out of the roster.' })
export class RemoveShiftInput {
  @Field(() => ID, { description: 'The shift.' })
  id!: string;
}

@InputType({ description: 'A shift that another member does.' })
export class SwapShiftInput {
  @Field(() => ID, { description: 'The shift.' })
  id!: string;

  @Field(() => ID, { description: 'Who does it instead; a member of the team.' })
  personId!: string;

  @Field(() => String, { description: 'Why; it stays on record.' })
  reason!: string;
}

@ObjectType({ description: 'Answer to a change of a team.' })
export class TeamPayload {
  @Field(() => Team, { nullable: true, description: 'The team as it is now.' })
  team!: Team | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to a change of the roster.' })
export class ShiftPayload {
  @Field(() => RosterShift, { nullable: true, description: 'The shift that was added or removed.' })
  shift!: RosterShift | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}
