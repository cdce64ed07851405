import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { networkTopology, portPage, rackPage, sitesOfItems, type Page } from './cmdb-topology.queries.ts';
import { CiSiteView, NetworkTopology, PortConnectionPage, RackConnection } from './cmdb-topology.types.ts';

@Resolver()
export class CmdbTopologyResolver {
  @Query(() => NetworkTopology, { description: 'Network topology from the relations "connected to" (CMDB-07). Needs cmdb.read.' })
  networkTopology(
    @Ctx() context: RequestContext,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only of this customer.' }) customerId: string | null,
    @Arg('site', () => String, { nullable: true, description: 'Only connections with an end there.' }) site: string | null,
  ): Promise<NetworkTopology> {
    return networkTopology(context.database.em, signedIn(context), { customerId, site });
  }

  @Query(() => [CiSiteView], { description: 'The places that items stand at, at most 500. Needs cmdb.read.' })
  ciSites(@Ctx() context: RequestContext): Promise<CiSiteView[]> {
    return sitesOfItems(context.database.em, signedIn(context));
  }

  @Query(() => RackConnection, { description: 'Racks with what stands in them (CMDB-07). Needs cmdb.read.' })
  async racks(
    @Ctx() context: RequestContext,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only of this customer.' }) customerId: string | null,
    @Arg('site', () => String, { nullable: true, description: 'Only at this place.' }) site: string | null,
    @Arg('first', () => Int, { defaultValue: 20, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
  ): Promise<RackConnection> {
    return connectionOf(await rackPage(context.database.em, signedIn(context), { customerId, site, first, after }));
  }

  @Query(() => PortConnectionPage, { description: 'The port connection table 端口连接表 (CMDB-07). Needs cmdb.read.' })
  async portConnections(
    @Ctx() context: RequestContext,
    @Arg('ciId', () => ID, { nullable: true, description: 'Only cables of this item.' }) ciId: string | null,
    @Arg('customerId', () => ID, { nullable: true, description: 'Only of this customer.' }) customerId: string | null,
    @Arg('site', () => String, { nullable: true, description: 'Only cables with an end there.' }) site: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Part of a cable, an item or a port.' }) search: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
  ): Promise<PortConnectionPage> {
    return connectionOf(await portPage(context.database.em, signedIn(context), { ciId, customerId, site, search, first, after }));
  }
}

/** A page of rows as a connection. */
export function connectionOf<Row>({ rows, endCursor, hasNextPage }: Page<Row>): { nodes: readonly Row[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } } {
  return { nodes: rows, pageInfo: { endCursor, hasNextPage } };
}
