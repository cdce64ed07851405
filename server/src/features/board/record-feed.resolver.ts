import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { FeedCursor } from '../../platform/graphql/feed.types.ts';
import type { LiveStream } from '../../platform/live/live-stream.ts';
import type { TicketKind as Kind } from '../ticket/ticket.rules.ts';
import { TicketKind } from '../ticket/ticket.types.ts';
import { RecordsView } from './record-feed.service.ts';
import { RecordName, RecordsUpdate } from './record-feed.types.ts';
import { recordByNumber } from './record-name.queries.ts';

@ArgsType()
class RecordsArgs {
  @Field(() => TicketKind, { description: 'Which kind of record.' })
  kind!: Kind;

  @Field(() => ID, { nullable: true, description: 'Only this record.' })
  id?: string | null;

  @Field(() => FeedCursor, { nullable: true, description: 'Where you are; without it a snapshot comes first.' })
  after?: FeedCursor | null;
}

@Resolver()
export class RecordFeedResolver {
  @Query(() => RecordName, { nullable: true, description: 'The work record of a number, of whatever kind; null when there is none that you may see (INC-21).' })
  recordByNumber(@Arg('number', () => String, { description: 'e.g. CHG-0000012.' }) number: string, @Ctx() context: RequestContext): Promise<RecordName | null> {
    return recordByNumber(context.database.em, signedIn(context), number);
  }

  @Subscription(() => RecordsUpdate, {
    description: 'Changes, releases, problems or incidents, or one of them: tells that something changed.',
    subscribe: ({ context, args }: { context: RequestContext; args: RecordsArgs }) => followRecords(context, args),
  })
  records(@Root() update: typeof RecordsUpdate, @Args(() => RecordsArgs) _args: RecordsArgs): typeof RecordsUpdate {
    return update;
  }
}

async function followRecords(context: RequestContext, { kind, id, after }: RecordsArgs): Promise<LiveStream> {
  const actor = signedIn(context);
  return context.live.open(await RecordsView.of(context.database, actor, kind, id ?? null), actor, after ?? null);
}
