import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { answerWith } from './problem-answer.resolver.ts';
import { openProblem } from './problem-open.service.ts';
import { addCi, addNote, assignProblem, beginInvestigation, describeProblem, drawCause, linkIncident, recordKnownError, reportInvestigation, setKey } from './problem-work.service.ts';
import { AssignProblemInput, DescribeProblemInput, DrawCauseInput, KnownErrorInput, LinkIncidentInput, MarkKeyInput, OpenProblemInput, ProblemCiInput, ProblemCommandInput, ProblemNoteInput, RecordInvestigationInput } from './problem.inputs.ts';
import { ProblemPayload } from './problem.types.ts';

/** Opening, assigning, investigating. */
@Resolver()
export class ProblemWorkResolver {
  @Mutation(() => ProblemPayload, { description: 'Opens a problem by hand (PRB-01).' })
  openProblem(@Arg('input', () => OpenProblemInput) input: OpenProblemInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => openProblem(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Gives it to an owner (INC-11).' })
  assignProblem(@Arg('input', () => AssignProblemInput) input: AssignProblemInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => assignProblem(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Changes title, class, severity, symptom or scope (PRB-01, PRB-07).' })
  describeProblem(@Arg('input', () => DescribeProblemInput) input: DescribeProblemInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => describeProblem(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Begins the investigation.' })
  startProblemInvestigation(@Arg('input', () => ProblemCommandInput) input: ProblemCommandInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => beginInvestigation(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Records the investigation report and the root cause (PRB-07).' })
  recordProblemInvestigation(@Arg('input', () => RecordInvestigationInput) input: RecordInvestigationInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => reportInvestigation(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Saves the next version of a fishbone, five whys or Pareto (PRB-02).' })
  drawProblemCause(@Arg('input', () => DrawCauseInput) input: DrawCauseInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => drawCause(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Makes it a known error with a workaround, offered at intake (PRB-03).' })
  recordKnownError(@Arg('input', () => KnownErrorInput) input: KnownErrorInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => recordKnownError(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Looks into one more incident; within the watch it is a recurrence (D-42, PRB-06).' })
  linkProblemIncident(@Arg('input', () => LinkIncidentInput) input: LinkIncidentInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => linkIncident(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Adds a CI that it concerns.' })
  addProblemCi(@Arg('input', () => ProblemCiInput) input: ProblemCiInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => addCi(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Marks a key problem, of which management is told (PRB-07).' })
  markKeyProblem(@Arg('input', () => MarkKeyInput) input: MarkKeyInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => setKey(database, actor, input));
  }

  @Mutation(() => ProblemPayload, { description: 'Adds to the work log.' })
  addProblemNote(@Arg('input', () => ProblemNoteInput) input: ProblemNoteInput, @Ctx() context: RequestContext): Promise<ProblemPayload> {
    return answerWith(context, (database, actor) => addNote(database, actor, input));
  }
}
