import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import { requireUuid } from '../../kernel/uuid.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { followedRecords, followingOf, followRecord, unfollowRecord } from './ticket-follow.service.ts';
import { FollowedRecord, Following, FollowInput, FollowPayload } from './ticket-follow.types.ts';

/** Following records 关注 (INC-21). */
@Resolver()
export class TicketFollowResolver {
  @Query(() => [FollowedRecord], { description: 'The records that you follow, open ones first (INC-21).' })
  followedRecords(@Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number): Promise<FollowedRecord[]> {
    return followedRecords(context.database.em, signedIn(context), first);
  }

  @Query(() => Following, { nullable: true, description: 'Whether you follow a record, and how many do; null for one that you may not see.' })
  following(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Following | null> {
    return followingOf(context.database.em, signedIn(context), requireUuid(id));
  }

  @Mutation(() => FollowPayload, { description: 'Follows a record that you may read (INC-21).' })
  followRecord(@Arg('input', () => FollowInput) { id }: FollowInput, @Ctx() context: RequestContext): Promise<FollowPayload> {
    return answer(context, (database, actor) => followRecord(database, actor, requireUuid(id)));
  }

  @Mutation(() => FollowPayload, { description: 'Follows it no longer.' })
  unfollowRecord(@Arg('input', () => FollowInput) { id }: FollowInput, @Ctx() context: RequestContext): Promise<FollowPayload> {
    return answer(context, (database, actor) => unfollowRecord(database, actor, requireUuid(id)));
  }
}

function answer(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<FollowPayload> {
  const actor = signedIn(context);
  return payload('following', async () => followingOf(context.database.em, actor, await command(context.database, actor)));
}
