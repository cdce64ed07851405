import { Field, ObjectType } from 'type-graphql';
import { DateTime, Seq } from './scalars.ts';

/** What the messages of every live stream have in common (LIV-02). */
@ObjectType({ description: 'Shared by the messages of all streams.' })
export abstract class StreamSnapshot {
  @Field(() => String, { description: 'Which log.' }) epoch!: string;
  @Field(() => Seq, { description: 'Position in it.' }) seq!: number;
  @Field(() => DateTime, { description: 'When the database was read.' }) asOf!: number;
  @Field(() => DateTime, { description: 'The server\'s clock now; screens count by it (LIV-03).' }) serverTime!: number;
  @Field(() => String, { description: 'Changes with every new wallboard.' }) version!: string;
}

@ObjectType({ description: 'Shared by the messages of all streams.' })
export abstract class StreamDelta {
  @Field(() => Seq, { description: 'The last seq sent on this stream, heartbeats included. Apply it only when that is yours; else subscribe again without a cursor.' }) fromSeq!: number;
  @Field(() => Seq, { description: 'Where it leads.' }) toSeq!: number;
  @Field(() => DateTime, { description: 'When the database was read.' }) asOf!: number;
}

@ObjectType({ description: 'Shared by the messages of all streams.' })
export abstract class StreamHeartbeat {
  @Field(() => Seq, { description: 'Position in the log; the next delta starts here.' }) seq!: number;
  @Field(() => DateTime, { description: 'When the database was read.' }) asOf!: number;
  @Field(() => DateTime, { description: 'The server\'s clock now.' }) serverTime!: number;
  @Field(() => String, { description: 'Changes with every new wallboard.' }) version!: string;
}
