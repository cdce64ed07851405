import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { cisById, findCis, neighboursOf, type CiNeighbour as Neighbour } from './cmdb.queries.ts';
import { Ci, CiNeighbour } from './cmdb.types.ts';

@Resolver(() => Ci)
export class CiResolver {
  @Query(() => [Ci], { description: 'Configuration items by name: at most 100, narrowed by the search.' })
  cis(
    @Ctx() context: RequestContext,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name, or the whole key of the source register.' }) search: string | null,
    @Arg('class', () => String, { nullable: true, description: 'Only of this class.' }) kind: string | null,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only of this customer.' }) customerId: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
  ): Promise<Ci[]> {
    return findCis(context.database.em, signedIn(context), { search, class: kind, customerId, first });
  }

  @Query(() => Ci, { nullable: true, description: 'One item, or null when there is none that you may see.' })
  async ci(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'Its id.' }) id: string): Promise<Ci | null> {
    return (await cisById(context.database.em, signedIn(context), [id])).get(id) ?? null;
  }

  @FieldResolver(() => [CiNeighbour], { description: 'Its relations in both directions.' })
  relations(
    @Root() ci: Ci, @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
  ): Promise<Neighbour[]> {
    return neighboursOf(context.database.em, signedIn(context), { ciId: ci.id, first });
  }
}
