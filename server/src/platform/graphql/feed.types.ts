import { Field, InputType } from 'type-graphql';
import { Seq } from './scalars.ts';

@InputType({ description: 'Where a screen is in the event log; taken from the last message that it applied (LIV-02).' })
export class FeedCursor {
  @Field(() => String, { description: 'Which log: a restore makes a new one, and then a fresh snapshot comes.' })
  epoch!: string;

  @Field(() => Seq, { description: 'The last seq that was applied.' })
  seq!: number;
}
