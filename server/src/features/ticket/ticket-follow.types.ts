import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { TicketKind } from './ticket.types.ts';

@ObjectType({ description: 'A record that you follow 关注 (INC-21).' })
export class FollowedRecord {
  @Field(() => ID, { description: 'Id of the record.' })
  id!: string;

  @Field(() => TicketKind, { description: 'What kind of record it is.' })
  recordKind!: string;

  @Field(() => String, { description: 'Its number.' })
  number!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => Boolean, { description: 'Whether it is still open.' })
  open!: boolean;

  @Field(() => DateTime, { description: 'Since when you follow it.' })
  followedAt!: number;
}

@ObjectType({ description: 'Who follows a record (INC-21).' })
export class Following {
  @Field(() => Boolean, { description: 'Whether you follow it.' })
  mine!: boolean;

  @Field(() => Int, { description: 'How many people do.' })
  followers!: number;
}

@InputType({ description: 'Which record to follow, or no longer.' })
export class FollowInput {
  @Field(() => ID, { description: 'The record.' })
  id!: string;
}

@ObjectType({ description: 'Answer of following a record, or no longer.' })
export class FollowPayload {
  @Field(() => Following, { nullable: true, description: 'How it is followed now; null when it was refused.' })
  following!: Following | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' })
  userErrors!: UserError[];
}
