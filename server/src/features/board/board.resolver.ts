import { Arg, Args, ArgsType, Ctx, Field, Float, ID, InputType, Mutation, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { FeedCursor } from '../../platform/graphql/feed.types.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import type { LiveStream } from '../../platform/live/live-stream.ts';
import type { Board as BoardRecord } from './board.entity.ts';
import { BoardView } from './board-feed.service.ts';
import { announceReplay, boardSnapshot, findBoard, listBoards } from './board.service.ts';
import type { BoardSort as Sort } from './board-order.rules.ts';
import { sortFor } from './incident-filter.rules.ts';
import { Board, BoardSnapshot, BoardSort, BoardUpdate } from './board.types.ts';

@ArgsType()
class BoardFeedArgs {
  @Field(() => ID, { description: 'The board.' })
  id!: string;

  @Field(() => BoardSort, { defaultValue: 'due', description: 'In which order.' })
  sort!: Sort;

  @Field(() => FeedCursor, { nullable: true, description: 'Where you are; without it a snapshot comes first.' })
  after?: FeedCursor | null;
}

@InputType({ description: 'A replay that feeds the boards (D-27).' })
class AnnounceReplayInput {
  @Field(() => Float, { description: 'So many times faster than it happened.' })
  speed!: number;
}

@ObjectType({ description: 'Whether the boards know of the replay.' })
class AnnounceReplayPayload {
  @Field(() => [UserError], { description: 'Why not; empty when they do.' })
  userErrors!: UserError[];
}

@Resolver()
export class BoardResolver {
  @Query(() => [Board], { description: 'The boards that you may open.' })
  boards(@Ctx() context: RequestContext): Promise<BoardRecord[]> {
    return listBoards(context.database, signedIn(context));
  }

  @Query(() => BoardSnapshot, { nullable: true, description: 'A board once, for the first paint; then follow the subscription.' })
  board(@Arg('id', () => ID) id: string, @Arg('sort', () => BoardSort, { defaultValue: 'due' }) sort: Sort, @Ctx() context: RequestContext): Promise<object> {
    return boardSnapshot(context.database, signedIn(context), { id, sort, version: context.live.version });
  }

  @Mutation(() => AnnounceReplayPayload, { description: 'An integrator that replays a log says so, again within 90 s; needs `act.onBehalfOf` (D-27).' })
  announceReplay(@Arg('input', () => AnnounceReplayInput) { speed }: AnnounceReplayInput, @Ctx() context: RequestContext): Promise<AnnounceReplayPayload> {
    return payload('done', () => announceReplay(context.database, signedIn(context), speed));
  }

  @Subscription(() => BoardUpdate, {
    name: 'board',
    description: 'A board as it changes: a snapshot, then deltas and heartbeats (LIV-01 … LIV-06).',
    subscribe: ({ context, args }: { context: RequestContext; args: BoardFeedArgs }) => followBoard(context, args),
  })
  boardFeed(@Root() update: typeof BoardUpdate, @Args(() => BoardFeedArgs) _args: BoardFeedArgs): typeof BoardUpdate {
    return update;
  }
}

async function followBoard(context: RequestContext, { id, sort, after }: BoardFeedArgs): Promise<LiveStream> {
  const actor = signedIn(context);
  const board = await findBoard(context.database, actor, id);
  return context.live.open(new BoardView(context.database, board, actor, sortFor(sort, actor)), actor, after ?? null);
}
