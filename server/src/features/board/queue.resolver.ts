import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { FeedCursor } from '../../platform/graphql/feed.types.ts';
import { findNodes } from '../../platform/graphql/node.resolver.ts';
import type { LiveStream } from '../../platform/live/live-stream.ts';
import { handoffView } from './handoff-feed.service.ts';
import { IncidentView } from './incident-feed.service.ts';
import { filterFor, groupFor, readFilter, sortFor } from './incident-filter.rules.ts';
import type { IncidentGrouping as Grouping, IncidentSort as Sort } from './board-order.rules.ts';
import { listIncidents, requireReader, type ListedPage } from './incident-list.service.ts';
import { QueueView } from './queue-feed.service.ts';
import { HandoffsUpdate, IncidentConnection, IncidentFilter, IncidentGrouping, IncidentSort, IncidentUpdate, QueueUpdate } from './queue.types.ts';

@ArgsType()
class ListArgs {
  @Field(() => IncidentFilter, { nullable: true, description: 'Which; without it all open ones.' })
  filter?: IncidentFilter | null;

  @Field(() => IncidentSort, { defaultValue: 'priority', description: 'In which order.' })
  sort!: Sort;

  @Field(() => Int, { defaultValue: 50, description: 'How many, 1–100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Cursor of the edge after which to go on.' })
  after?: string | null;
}

@ArgsType()
class QueueArgs {
  @Field(() => IncidentFilter, { nullable: true, description: 'Which; without it all open ones.' })
  filter?: IncidentFilter | null;

  @Field(() => IncidentSort, { defaultValue: 'priority', description: 'In which order.' })
  sort!: Sort;

  @Field(() => IncidentGrouping, { nullable: true, description: 'What each row\'s "group" tells.' })
  group?: Grouping | null;

  @Field(() => FeedCursor, { nullable: true, description: 'Where you are; without it a snapshot comes first.' })
  after?: FeedCursor | null;
}

@ArgsType()
class IncidentFeedArgs {
  @Field(() => ID, { description: 'The incident.' })
  id!: string;

  @Field(() => FeedCursor, { nullable: true, description: 'Where you are.' })
  after?: FeedCursor | null;
}

@ArgsType()
class HandoffFeedArgs {
  @Field(() => ID, { nullable: true, description: 'The team; left out: all teams.' })
  teamId?: string | null;

  @Field(() => FeedCursor, { nullable: true, description: 'Where you are; handoffs always start from a snapshot.' })
  after?: FeedCursor | null;
}

/** Lists and streams of incidents. Streams answer with which cohort to join; see platform/live. */
@Resolver(() => IncidentConnection)
export class QueueResolver {
  @Query(() => IncidentConnection, { description: 'Incidents that you may see, by pages of at most 100; stable while others write.' })
  async incidents(@Args(() => ListArgs) args: ListArgs, @Ctx() context: RequestContext): Promise<object> {
    const { filter = null, sort, first, after = null } = args;
    const page = await listIncidents(context.database, signedIn(context), { filter, sort, first, after });
    return { edges: await edgesOf(context, page), pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.ids.at(-1)?.cursor ?? null }, total: page.total };
  }

  @FieldResolver(() => Int, { description: 'How many there are in all.' })
  totalCount(@Root() connection: ListedPage): Promise<number> {
    return connection.total();
  }

  @Subscription(() => QueueUpdate, {
    description: 'A filtered list as it changes: ordered ids with sort keys and versions; ask for bodies by `nodes`.',
    subscribe: ({ context, args }: { context: RequestContext; args: QueueArgs }) => followQueue(context, args),
  })
  queue(@Root() update: typeof QueueUpdate, @Args(() => QueueArgs) _args: QueueArgs): typeof QueueUpdate {
    return update;
  }

  @Subscription(() => IncidentUpdate, {
    name: 'incident',
    description: 'One incident: tells that it changed.',
    subscribe: ({ context, args }: { context: RequestContext; args: IncidentFeedArgs }) => followIncident(context, args),
  })
  incidentFeed(@Root() update: typeof IncidentUpdate, @Args(() => IncidentFeedArgs) _args: IncidentFeedArgs): typeof IncidentUpdate {
    return update;
  }

  @Subscription(() => HandoffsUpdate, {
    name: 'handoffs',
    description: 'The handoffs that wait for a team, or that it waits for (HND-05); those of all teams for the handoff page (WBD-06).',
    subscribe: ({ context, args }: { context: RequestContext; args: HandoffFeedArgs }) => followHandoffs(context, args),
  })
  handoffFeed(@Root() update: typeof HandoffsUpdate, @Args(() => HandoffFeedArgs) _args: HandoffFeedArgs): typeof HandoffsUpdate {
    return update;
  }
}

/** Bodies come from whoever owns them, under the same row checks as `node`. */
async function edgesOf(context: RequestContext, { ids }: ListedPage): Promise<object[]> {
  const nodes = await findNodes(context, ids.map(({ id }) => id));
  return ids.flatMap(({ cursor }, index) => (nodes[index] ? [{ cursor, node: nodes[index] }] : []));
}

async function followQueue(context: RequestContext, { filter, sort, group = null, after }: QueueArgs): Promise<LiveStream> {
  const actor = requireReader(signedIn(context));
  const question = { filter: filterFor(readFilter(filter ?? {}), actor), sort: sortFor(sort, actor), group: groupFor(group, actor) };
  return context.live.open(new QueueView(context.database, question, actor), actor, after ?? null);
}

async function followIncident(context: RequestContext, { id, after }: IncidentFeedArgs): Promise<LiveStream> {
  const actor = signedIn(context);
  return context.live.open(await IncidentView.of(context.database, actor, id), actor, after ?? null);
}

async function followHandoffs(context: RequestContext, { teamId, after }: HandoffFeedArgs): Promise<LiveStream> {
  const actor = signedIn(context);
  return context.live.open(await handoffView(context.database, actor, teamId ?? null), actor, after ?? null);
}
