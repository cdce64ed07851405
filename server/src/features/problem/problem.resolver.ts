import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requireUuid } from '../../kernel/uuid.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Seq } from '../../platform/graphql/scalars.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { AttachmentView, AvailableActionView, CiLinkView, TimelineEntry } from '../ticket/ticket-fields.types.ts';
import { cisOfTicket, filesOf, historyOf, workLogOf } from '../ticket/ticket-history.service.ts';
import { linksOf } from '../ticket/ticket-link.service.ts';
import { availableRecordActions } from '../ticket/ticket-record.service.ts';
import { TicketLinkView, WorkLogEntryView } from '../ticket/ticket.types.ts';
import { PROBLEM_KIND } from './problem-case.service.ts';
import type { ParetoDimension as Dimension } from './problem-chart.rules.ts';
import { paretoOf } from './problem-incidents.queries.ts';
import { knownErrorsFor } from './problem-known-error.service.ts';
import { ProblemFilter } from './problem.inputs.ts';
import { chartsOf, incidentsOfProblem, listProblems, problemByNumber, problemsById } from './problem.queries.ts';
import { KnownErrorView, ParetoBarView, ParetoDimension, Problem, ProblemChartView, ProblemConnection, ProblemIncident, ProblemTerms } from './problem.types.ts';

@ArgsType()
class ProblemListArgs {
  @Field(() => ProblemFilter, { nullable: true, description: 'Which; without it all that are not closed.' }) filter?: ProblemFilter | null;
  @Field(() => Int, { defaultValue: 50, description: 'How many, 1–100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor of the edge after which to go on.' }) after?: string | null;
}

@ArgsType()
class KnownErrorArgs {
  @Field(() => ID, { nullable: true, description: 'Customer; their own come first.' }) customerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'CI, if known.' }) ciId?: string | null;
  @Field(() => String, { nullable: true, description: 'Symptom.' }) symptom?: string | null;
  @Field(() => String, { nullable: true, description: 'What was reported, Chinese or English.' }) text?: string | null;
  @Field(() => Int, { defaultValue: 5, description: 'How many, 1–100.' }) first!: number;
}

/** Finding problems, and their parts that are loaded only when asked for. */
@Resolver(() => Problem)
export class ProblemResolver {
  @Query(() => Problem, { nullable: true, description: 'One problem by id or by number.' })
  async problem(
    @Ctx() context: RequestContext, @Arg('id', () => ID, { nullable: true }) id?: string | null, @Arg('number', () => String, { nullable: true }) number?: string | null,
  ): Promise<Problem | null> {
    const actor = signedIn(context);
    requirePermission(actor, 'problem.read');
    if (id) return (await problemsById(context.database.em, actor, [requireUuid(id)])).get(id) ?? null;
    if (number) return problemByNumber(context.database.em, actor, number.trim());
    throw new Refusal('MISSING_FIELD', 'Give "id" or "number".', 'id');
  }

  @Query(() => ProblemConnection, { description: 'Problems that you may see, newest first.' })
  problems(@Args(() => ProblemListArgs) { filter, first, after }: ProblemListArgs, @Ctx() context: RequestContext): Promise<ProblemConnection> {
    return listProblems(context.database.em, signedIn(context), filter ?? {}, { first, after: after ?? null });
  }

  @Query(() => [KnownErrorView], { description: 'Unresolved known errors that a report may be a case of, most alike first (PRB-03, INC-15).' })
  knownErrors(@Args(() => KnownErrorArgs) args: KnownErrorArgs, @Ctx() context: RequestContext): Promise<KnownErrorView[]> {
    return knownErrorsFor(context.database.em, signedIn(context), args);
  }

  @Query(() => ProblemTerms, { description: 'Words of the policies for forms about problems.' })
  async problemTerms(@Ctx() context: RequestContext): Promise<ProblemTerms> {
    requirePermission(signedIn(context), 'problem.read');
    const { policies: { problem, change } } = await policiesAt(context.database, context.database.em, await context.database.now());
    return { classes: problem.classes, severities: problem.severities, changeTypes: change.types, changeRisks: change.risks };
  }

  @FieldResolver(() => [ProblemIncident], { description: 'The incidents that it looks into, newest first, at most 200.' })
  incidents(@Root() problem: Problem, @Ctx() context: RequestContext): Promise<ProblemIncident[]> {
    return incidentsOfProblem(context.database.em, signedIn(context), problem.id);
  }

  @FieldResolver(() => [ProblemChartView], { description: 'Every version of its root-cause drawings, newest first (PRB-02).' })
  charts(@Root() problem: Problem, @Ctx() context: RequestContext): Promise<ProblemChartView[]> {
    return chartsOf(context.database.em, problem.id);
  }

  @FieldResolver(() => [ParetoBarView], { description: 'Its incidents counted, most frequent first (PRB-02).' })
  async pareto(@Root() problem: Problem, @Ctx() context: RequestContext, @Arg('by', () => ParetoDimension, { description: 'By what.' }) by: Dimension): Promise<ParetoBarView[]> {
    return (await paretoOf(context.database.em, problem.id, by)).bars;
  }

  @FieldResolver(() => [TicketLinkView], { description: 'Records that it is linked with.' })
  links(@Root() problem: Problem, @Ctx() context: RequestContext): Promise<TicketLinkView[]> {
    return linksOf(context.database.em, signedIn(context), problem.id);
  }

  @FieldResolver(() => [CiLinkView], { description: 'CIs that it concerns.' })
  cis(@Root() problem: Problem, @Ctx() context: RequestContext): Promise<CiLinkView[]> {
    return cisOfTicket(context.database.em, signedIn(context), problem.id);
  }

  @FieldResolver(() => [AttachmentView], { description: 'Its files.' })
  attachments(@Root() problem: Problem, @Ctx() context: RequestContext): Promise<AttachmentView[]> {
    return filesOf(context.database.em, signedIn(context), problem.id);
  }

  @FieldResolver(() => [WorkLogEntryView], { description: 'Its work log, oldest first.' })
  workLog(@Root() problem: Problem, @Ctx() context: RequestContext): Promise<WorkLogEntryView[]> {
    return workLogOf(context.database.em, signedIn(context), problem.id);
  }

  @FieldResolver(() => [TimelineEntry], { description: 'Its history, newest first; at most 100 entries, older than the entry `before`.' })
  timeline(
    @Root() problem: Problem, @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number, @Arg('before', () => Seq, { nullable: true }) before?: number | null,
  ): Promise<TimelineEntry[]> {
    return historyOf(context.database.em, signedIn(context), { ticketId: problem.id, first, beforeSeq: before ?? null });
  }

  @FieldResolver(() => [AvailableActionView], { description: 'What you may do now, and what each action still lacks (API-03).' })
  availableActions(@Root() problem: Problem, @Ctx() context: RequestContext): Promise<AvailableActionView[]> {
    return availableRecordActions(context.database, signedIn(context), PROBLEM_KIND, problem.id);
  }
}
