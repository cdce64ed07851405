import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { answerWith } from './problem-answer.resolver.ts';
import { acceptTrend, dismissTrend, lookForTrends } from './problem-trend.service.ts';
import { AcceptTrendInput, ProblemReasonInput } from './problem.inputs.ts';
import { incidentsByIds, trendById, trendsIn } from './problem.queries.ts';
import { ProblemIncident, ProblemPayload, ProblemTrendPayload, ProblemTrendView, TrendState } from './problem.types.ts';

/** Repeating incidents, proposed with the evidence (PRB-05). */
@Resolver(() => ProblemTrendView)
export class ProblemTrendResolver {
  @Query(() => [ProblemTrendView], { description: 'Proposals of trend analysis, those with most incidents first (PRB-05).' })
  problemTrends(
    @Ctx() context: RequestContext, @Arg('state', () => TrendState, { defaultValue: 'proposed', description: 'Proposed, accepted or dismissed.' }) state: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
  ): Promise<ProblemTrendView[]> {
    return trendsIn(context.database.em, signedIn(context), state, first);
  }

  @FieldResolver(() => [ProblemIncident], { description: 'The evidence: the incidents, newest first.' })
  incidents(@Root() trend: ProblemTrendView, @Ctx() context: RequestContext): Promise<ProblemIncident[]> {
    return incidentsByIds(context.database.em, signedIn(context), trend.incidentIds);
  }

  @Mutation(() => Int, { description: 'Looks for trends now instead of waiting for the hour; answers how many are new. Needs problem.manage.' })
  lookForTrends(@Ctx() context: RequestContext): Promise<number> {
    return lookForTrends(context.database, signedIn(context));
  }

  @Mutation(() => ProblemPayload, { description: 'Makes a problem of a trend, with its incidents (PRB-05). Needs problem.manage.' })
  acceptTrend(@Arg('input', () => AcceptTrendInput) input: AcceptTrendInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => acceptTrend(database, actor, input));
  }

  @Mutation(() => ProblemTrendPayload, { description: 'Dismisses a trend with a reason; it is not proposed again for the same incidents (PRB-05). Needs problem.manage.' })
  dismissTrend(@Arg('input', () => ProblemReasonInput) input: ProblemReasonInput, @Ctx() context: RequestContext): Promise<ProblemTrendPayload> {
    const actor = signedIn(context);
    return payload('trend', async () => trendById(context.database.em, actor, await dismissTrend(context.database, actor, input)));
  }
}
