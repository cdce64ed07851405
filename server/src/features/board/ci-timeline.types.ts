import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';

@ObjectType({ description: 'Something about an item, on its time line (CMDB-09).' })
export class CiTimelineEntryView {
  @Field(() => ID, { description: 'Id of the record, file, article, item or relation; of an alteration the item\'s and its version.' }) id!: string;
  @Field(() => String, { description: 'incident, problem, change, release, document, file, article, alteration, relation, comparison or baseline.' }) kind!: string;
  @Field(() => DateTime, { description: 'When it began.' }) at!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it ended; null: it lasts, or is of one moment.' }) until!: number | null;
  @Field(() => String, { nullable: true, description: 'Number of the record; of an alteration that of its change.' }) number!: string | null;
  @Field(() => String, { description: 'Title or name; of a relation the other item.' }) title!: string;
  @Field(() => String, { nullable: true, description: 'State of the record; of an alteration what it rested on; of a relation its type; of a file its paper.' }) state!: string | null;
  @Field(() => Boolean, { description: 'Whether the fault was traced to this item (INC-13).' }) cause!: boolean;
  @Field(() => String, { description: 'Give it as "after" for what is older.' }) cursor!: string;
}

@ObjectType({ description: 'A page of an item\'s time line, newest first.' })
export class CiTimeline {
  @Field(() => [CiTimelineEntryView], { description: 'The entries.' }) entries!: CiTimelineEntryView[];
  @Field(() => Boolean, { description: 'Whether there is more.' }) hasNextPage!: boolean;
}
