import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root, Subscription } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { FeedCursor } from '../../platform/graphql/feed.types.ts';
import type { LiveStream } from '../../platform/live/live-stream.ts';
import { MyWorkView } from './my-work-feed.service.ts';
import { myWorkSection, requireWorker, type MyWorkSectionName } from './my-work.queries.ts';
import { MyWork, MyWorkSection, MyWorkUpdate } from './my-work.types.ts';

@ArgsType()
class MyWorkArgs {
  @Field(() => FeedCursor, { nullable: true, description: 'Where you are; without it a snapshot comes first.' }) after?: FeedCursor | null;
}

@Resolver(() => MyWork)
export class MyWorkResolver {
  @Query(() => MyWork, { description: 'What waits for you (INC-21, WBD-13). For people of ours.' })
  async myWork(@Ctx() context: RequestContext): Promise<MyWork> {
    requireWorker(signedIn(context));
    return { asOf: await context.database.now() };
  }

  @FieldResolver(() => MyWorkSection, { description: 'Escalations that wait for your acknowledgement (SLA-07).' })
  alarms(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'alarms'); }

  @FieldResolver(() => MyWorkSection, { description: 'The customer has answered: somebody has to resume (D-37).' })
  feedback(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'feedback'); }

  @FieldResolver(() => MyWorkSection, { description: 'Handed to you or your teams, not yet accepted (HND-01).' })
  handoffs(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'handoffs'); }

  @FieldResolver(() => MyWorkSection, { description: 'Incidents that you hold.' })
  held(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'held'); }

  @FieldResolver(() => MyWorkSection, { description: 'Incidents of your teams that nobody holds.' })
  unassigned(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'unassigned'); }

  @FieldResolver(() => MyWorkSection, { description: 'Changes, their tasks and votes, problems and releases of yours.' })
  tasks(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'tasks'); }

  @FieldResolver(() => MyWorkSection, { description: 'Open records that you follow (INC-21).' })
  followed(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'followed'); }

  @FieldResolver(() => MyWorkSection, { description: 'Held by others, while you are first contact (HND-02).' })
  handedOver(@Ctx() context: RequestContext): Promise<MyWorkSection> { return section(context, 'handedOver'); }

  @Subscription(() => MyWorkUpdate, {
    description: 'Tells when your work may have changed.',
    name: 'myWork', subscribe: ({ context, args }: { context: RequestContext; args: MyWorkArgs }) => followWork(context, args),
  })
  myWorkFeed(@Root() update: typeof MyWorkUpdate, @Args(() => MyWorkArgs) _args: MyWorkArgs): typeof MyWorkUpdate {
    return update;
  }
}

function section(context: RequestContext, name: MyWorkSectionName): Promise<MyWorkSection> {
  return myWorkSection(context.database.em, signedIn(context), name);
}

async function followWork(context: RequestContext, { after }: MyWorkArgs): Promise<LiveStream> {
  const actor = signedIn(context);
  return context.live.open(new MyWorkView(actor), actor, after ?? null);
}
