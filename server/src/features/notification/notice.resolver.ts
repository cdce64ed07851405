import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { FeedCursor } from '../../platform/graphql/feed.types.ts';
import { payload } from '../../platform/graphql/payload.ts';
import type { LiveStream } from '../../platform/live/live-stream.ts';
import { NoticesView } from './notice-feed.service.ts';
import { noticeSettings, noticesOf, unreadNotices } from './notice.queries.ts';
import { markNoticesRead, setNoticeKind } from './notice.service.ts';
import { MarkNoticesReadInput, MarkNoticesReadPayload, NoticeConnection, NoticeSetting, NoticeSettingsPayload, NoticesUpdate, SetNoticeKindInput } from './notice.types.ts';

@ArgsType()
class NoticesArgs {
  @Field(() => FeedCursor, { nullable: true, description: 'Where you are; without it a snapshot comes first.' }) after?: FeedCursor | null;
}

@Resolver()
export class NoticeResolver {
  @Query(() => NoticeConnection, { description: 'Your notices, newest first (WBD-13); only of records that you may still read.' })
  notices(
    @Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string | null, @Arg('unreadOnly', () => Boolean, { defaultValue: false, description: 'Leave out what you have read.' }) unreadOnly = false,
  ): Promise<NoticeConnection> {
    return noticesOf(context.database.em, signedIn(context), { first, after: after ?? null, unreadOnly });
  }

  @Query(() => Int, { description: 'How many of your notices are unread: exact.' })
  unreadNotices(@Ctx() context: RequestContext): Promise<number> {
    return unreadNotices(context.database.em, signedIn(context));
  }

  @Query(() => [NoticeSetting], { description: 'Which kinds of notices you are shown.' })
  noticeSettings(@Ctx() context: RequestContext): Promise<NoticeSetting[]> {
    return noticeSettings(context.database.em, signedIn(context));
  }

  @Mutation(() => MarkNoticesReadPayload, { description: 'Marks notices of yours as read.' })
  markNoticesRead(@Arg('input', () => MarkNoticesReadInput) { ids }: MarkNoticesReadInput, @Ctx() context: RequestContext): Promise<MarkNoticesReadPayload> {
    const actor = signedIn(context);
    return payload('notices', async () => ({ marked: await markNoticesRead(context.database, actor, ids ?? null), unread: await unreadNotices(context.database.em, actor) }));
  }

  @Mutation(() => NoticeSettingsPayload, { description: 'Turns a kind of notice on or off for yourself; escalations stay on.' })
  setNoticeKind(@Arg('input', () => SetNoticeKindInput) { kind, inApp }: SetNoticeKindInput, @Ctx() context: RequestContext): Promise<NoticeSettingsPayload> {
    const actor = signedIn(context);
    return payload('settings', async () => {
      await setNoticeKind(context.database, actor, kind, inApp);
      return noticeSettings(context.database.em, actor);
    });
  }

  @Subscription(() => NoticesUpdate, {
    description: 'Your bell: how many notices are unread, and the newest.',
    name: 'notices', subscribe: ({ context, args }: { context: RequestContext; args: NoticesArgs }) => followNotices(context, args),
  })
  noticeFeed(@Root() update: typeof NoticesUpdate, @Args(() => NoticesArgs) _args: NoticesArgs): typeof NoticesUpdate {
    return update;
  }
}

async function followNotices(context: RequestContext, { after }: NoticesArgs): Promise<LiveStream> {
  const actor = signedIn(context);
  return context.live.open(new NoticesView(actor), actor, after ?? null);
}
