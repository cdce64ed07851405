import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './problem-answer.resolver.ts';
import { draftProblemArticle, nameArticle, raiseProblemChange } from './problem-follow.service.ts';
import { closeProblem, confirmSolved, decide, propose, settle, withdrawProblem } from './problem-outcome.service.ts';
import { DecideProblemSolutionInput, NameArticleInput, ProblemCommandInput, ProblemReasonInput, ProposeProblemSolutionInput, RaiseProblemChangeInput } from './problem.inputs.ts';
import { ProblemPayload } from './problem.types.ts';

/** Solving, confirming, closing. */
@Resolver()
export class ProblemOutcomeResolver {
  @Mutation(() => ProblemPayload, { description: 'Proposes a solution with its estimated time and effect (PRB-04, PRB-07).' })
  proposeProblemSolution(@Arg('input', () => ProposeProblemSolutionInput) input: ProposeProblemSolutionInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => propose(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Approves or refuses the solution; not by who proposed it (PRB-04).' })
  decideProblemSolution(@Arg('input', () => DecideProblemSolutionInput) input: DecideProblemSolutionInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => decide(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Raises the change that carries the solution out (PRB-04).' })
  raiseProblemChange(@Arg('input', () => RaiseProblemChangeInput) input: RaiseProblemChangeInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => raiseProblemChange(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Resolves it; the watch for a recurrence begins (PRB-06).' })
  resolveProblem(@Arg('input', () => ProblemCommandInput) input: ProblemCommandInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => settle(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'The project manager confirms that it is solved (KNW-08).' })
  confirmProblem(@Arg('input', () => ProblemCommandInput) input: ProblemCommandInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => confirmSolved(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Drafts the knowledge article that it owes (KNW-08).' })
  draftProblemArticle(@Arg('input', () => ProblemCommandInput) input: ProblemCommandInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => draftProblemArticle(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Names the article that says it already (KNW-08).' })
  nameProblemArticle(@Arg('input', () => NameArticleInput) input: NameArticleInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => nameArticle(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Closes it (KNW-08, PRB-06).' })
  closeProblem(@Arg('input', () => ProblemCommandInput) input: ProblemCommandInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => closeProblem(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Withdraws one that was opened by mistake.' })
  withdrawProblem(@Arg('input', () => ProblemReasonInput) input: ProblemReasonInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => withdrawProblem(database, actor, input));
  }
}
