import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { TicketKind } from '../ticket/ticket.types.ts';
import { StreamDelta, StreamHeartbeat, StreamSnapshot } from '../../platform/graphql/stream.types.ts';

@ObjectType({ description: 'A work record, by name.' })
export class RecordName {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => TicketKind, { description: 'What kind of record it is.' }) recordKind!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => Boolean, { description: 'Whether it is still open.' }) open!: boolean;
}

@ObjectType({ description: 'The records are being followed from here.' })
export class RecordsSnapshot extends StreamSnapshot {}

@ObjectType({ description: 'Records changed: ask again for what you show.' })
export class RecordsChanged extends StreamDelta {
  @Field(() => [ID], { description: 'Which, at most 100.' }) ids!: string[];
}

@ObjectType({ description: 'Every 5 s, even when nothing changes: silence is a fault.' })
export class RecordsHeartbeat extends StreamHeartbeat {}

export const RecordsUpdate = createUnionType({
  name: 'RecordsUpdate',
  description: 'A message of a stream of records.',
  types: () => [RecordsSnapshot, RecordsChanged, RecordsHeartbeat] as const,
  resolveType: (value: object) => ('__typename' in value ? String(value.__typename) : undefined),
});
