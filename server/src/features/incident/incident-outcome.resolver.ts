import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import {
  AttachDuplicateInput, CloseIncidentInput, CorrectEntryInput, CustomerFeedbackInput, NoteInput, ProposeSolutionInput, ReasonInput, ResumeIncidentInput, SuspendIncidentInput, TextInput,
} from './incident.inputs.ts';
import { answerWith } from './incident-answer.resolver.ts';
import { correct, feedback, resume, suspend } from './incident-pause.service.ts';
import { accept, attachDuplicate, attemptConfirmation, close, propose, refuse } from './incident-solve.service.ts';
import { IncidentPayload } from './incident.types.ts';

/** Suspending, solving, closing and correcting. */
@Resolver()
export class IncidentOutcomeResolver {
  @Mutation(() => IncidentPayload, { description: 'Suspends; every running clock pauses (INC-07).' })
  suspendIncident(@Arg('input', () => SuspendIncidentInput) input: SuspendIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => suspend(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Resumes with a work-log entry (INC-07, INC-28).' })
  resumeIncident(@Arg('input', () => ResumeIncidentInput) input: ResumeIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => resume(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Records the customer\'s word; alerts assignee and first contact (D-37).' })
  recordCustomerFeedback(@Arg('input', () => CustomerFeedbackInput) input: CustomerFeedbackInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => feedback(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Proposes a solution and asks the customer to confirm (INC-17).' })
  proposeSolution(@Arg('input', () => ProposeSolutionInput) input: ProposeSolutionInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => propose(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Records an attempt to get the customer\'s word (D-41).' })
  recordConfirmationAttempt(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => attemptConfirmation(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'The customer accepts (INC-17).' })
  acceptSolution(@Arg('input', () => NoteInput) input: NoteInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => accept(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'The customer refuses; it goes on (INC-17, D-03).' })
  refuseSolution(@Arg('input', () => ReasonInput) input: ReasonInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => refuse(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Closes (INC-09, D-41).' })
  closeIncident(@Arg('input', () => CloseIncidentInput) input: CloseIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => close(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Attaches it as a duplicate of the open one (INC-15).' })
  attachDuplicate(@Arg('input', () => AttachDuplicateInput) input: AttachDuplicateInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => attachDuplicate(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Corrects a mistaken suspension, resume or response (INC-22).' })
  correctEntry(@Arg('input', () => CorrectEntryInput) input: CorrectEntryInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => correct(database, actor, input));
  }
}
