import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { impactFor } from './cmdb-impact.queries.ts';
import { CiImpact, CiImpactQuestion } from './cmdb-impact.types.ts';

@Resolver()
export class CmdbImpactResolver {
  @Query(() => CiImpact, { description: 'Walks from items to all that is affected when they fail, or to all that they rest on, honouring redundancy; ends on cycles (CMDB-04).' })
  async ciImpact(@Ctx() context: RequestContext, @Arg('question', () => CiImpactQuestion) question: CiImpactQuestion): Promise<CiImpact> {
    return impactFor(context.database.em, signedIn(context), { ...question, direction: question.direction ?? 'impact', now: await context.database.now() });
  }
}
