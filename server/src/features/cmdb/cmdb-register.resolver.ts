import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { connectionOf } from './cmdb-topology.resolver.ts';
import { registerFacets, registerPage } from './cmdb-register.queries.ts';
import { RegisterFacets, RegisterFilterInput, RegisterPage } from './cmdb-register.types.ts';

@Resolver()
export class CmdbRegisterResolver {
  @Query(() => RegisterPage, { description: 'The register of configuration items, by name. Needs cmdb.read.' })
  async register(
    @Ctx() context: RequestContext,
    @Arg('filter', () => RegisterFilterInput, { nullable: true, description: 'What narrows it.' }) filter: RegisterFilterInput | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
  ): Promise<RegisterPage> {
    const page = await registerPage(context.database.em, signedIn(context), { ...filter, first, after });
    return { ...connectionOf(page), total: page.total };
  }

  @Query(() => RegisterFacets, { description: 'Classes and stages of life that there are among the items that you may see. Needs cmdb.read.' })
  registerFacets(@Ctx() context: RequestContext): Promise<RegisterFacets> {
    return registerFacets(context.database.em, signedIn(context));
  }
}
