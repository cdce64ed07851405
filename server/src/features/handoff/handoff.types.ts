import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { PersonName, TeamName } from '../ticket/ticket.types.ts';

export const HandoffState = { WAITING: 'waiting', ACCEPTED: 'accepted', REJECTED: 'rejected', RECALLED: 'recalled' } as const;
registerEnumType(HandoffState, { name: 'HandoffState', description: 'Whether the receiving team has taken it (HND-01).' });

@ObjectType({ description: 'A handoff from team to team (HND-01).' })
export class HandoffView {
  @Field(() => ID, { description: 'Id of the handoff.' })
  id!: string;

  @Field(() => TeamName, { nullable: true, description: 'The sender.' })
  fromTeam!: TeamName | null;

  @Field(() => TeamName, { description: 'The receiver.' })
  toTeam!: TeamName;

  @Field(() => PersonName, { nullable: true, description: 'The person asked for.' })
  toPerson!: PersonName | null;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => String, { description: 'What was tried.' })
  tried!: string;

  @Field(() => String, { description: 'What is asked for.' })
  requestedAction!: string;

  @Field(() => HandoffState, { description: 'Whether it was taken.' })
  state!: string;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  requestedAt!: number;

  @Field(() => String, { description: 'By whom.' })
  requestedBy!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' })
  decidedAt!: number | null;

  @Field(() => String, { nullable: true, description: 'By whom.' })
  decidedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or recalled.' })
  decisionReason!: string | null;

  @Field(() => Int, { description: 'Reminders sent while it waited (HND-02).' })
  ageingStep!: number;

  @Field(() => Boolean, { description: 'Not a usual pair of the matrix (HND-04).' })
  unusual!: boolean;
}
