import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Ci } from '../cmdb/cmdb.types.ts';
import { ciTimeline } from './ci-timeline.queries.ts';
import { CiTimeline } from './ci-timeline.types.ts';

/** Declared here, where all kinds of records are known. */
@Resolver(() => Ci)
export class CiTimelineResolver {
  @FieldResolver(() => CiTimeline, { description: 'Its incidents, problems, changes, releases, documents and own alterations on one line, newest first (CMDB-09).' })
  timeline(
    @Root() ci: Ci, @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('kinds', () => [String], { nullable: true, description: 'Only these kinds.' }) kinds: string[] | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last entry seen.' }) after: string | null,
  ): Promise<CiTimeline> {
    return ciTimeline(context.database.em, signedIn(context), { ciId: ci.id, kinds: kinds ?? null, first, after: after ?? null });
  }
}
