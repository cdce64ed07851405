import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Seq } from '../../platform/graphql/scalars.ts';
import { ActionLack, AttachmentView, AvailableActionView, TimelineEntry } from '../ticket/ticket-fields.types.ts';
import { filesOf, historyOf, workLogOf } from '../ticket/ticket-history.service.ts';
import { linksOf } from '../ticket/ticket-link.service.ts';
import { availableRecordActions } from '../ticket/ticket-record.service.ts';
import { TicketLinkView, WorkLogEntryView } from '../ticket/ticket.types.ts';
import { CHANGE_KIND } from './change-case.service.ts';
import { missingOfChange, stepsOfChange } from './change-missing.service.ts';
import {
  approvalsOf, assessmentsOf, attemptsOf, cisOfChange, debtsOf, decisionsOf, impactOfChange, outagesOf, planOf, preAuthorisedItem, statementsOf, tasksOf,
} from './change-parts.queries.ts';
import {
  ChangeApprovalView, ChangeAssessmentView, ChangeAttemptView, ChangeCiView, ChangeDebtView, ChangeDecisionView, ChangeImpactView, ChangeOutageView, ChangePlanView, ChangeStatementView,
  ChangeStepView, ChangeTaskView, PreAuthorisedChangeView,
} from './change-parts.types.ts';
import { Change } from './change.types.ts';

/** What the provider's people say among themselves is not the customer's (ORG-03). */
const internal = <T>(context: RequestContext, rows: () => Promise<T[]>): Promise<T[]> => (signedIn(context).customerId === null ? rows() : Promise.resolve([]));

/** The parts of a change that are loaded only when asked for. */
@Resolver(() => Change)
export class ChangePartsResolver {
  @FieldResolver(() => ChangePlanView, { description: 'Change plan 变更方案 (CHG-16).' })
  plan(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangePlanView> {
    return planOf(context.database.em, id);
  }

  @FieldResolver(() => [ChangeAssessmentView], { description: 'Impact assessment, before and after (CHG-17).' })
  assessments(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeAssessmentView[]> {
    return assessmentsOf(context.database.em, id);
  }

  @FieldResolver(() => [ChangeStatementView], { description: 'What owners of CIs were asked and said (CHG-17). Internal: a customer gets none.' })
  statements(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeStatementView[]> {
    return internal(context, () => statementsOf(context.database.em, id));
  }

  @FieldResolver(() => [ChangeStepView], { description: 'The approval path of its category, with what has been said in the present round; a customer is told names of their own step alone.' })
  async approvalSteps(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeStepView[]> {
    const steps = await stepsOfChange(context.database, signedIn(context), id);
    return signedIn(context).customerId === null ? steps : steps.map((one) => (one.step === 'customer' ? one : { ...one, by: null }));
  }

  @FieldResolver(() => [ChangeApprovalView], { description: 'Everybody\'s word in all rounds, oldest first; a customer gets those given for the customer.' })
  async approvals(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeApprovalView[]> {
    const words = await approvalsOf(context.database.em, id);
    return signedIn(context).customerId === null ? words : words.filter(({ step }) => step === 'customer');
  }

  @FieldResolver(() => [ChangeDecisionView], { description: 'Recorded exceptions, oldest first. Internal: a customer gets none.' })
  decisions(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeDecisionView[]> {
    return internal(context, () => decisionsOf(context.database.em, id));
  }

  @FieldResolver(() => [ChangeTaskView], { description: 'Tasks in their order (CHG-07). Internal: a customer gets none.' })
  tasks(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeTaskView[]> {
    return internal(context, () => tasksOf(context.database.em, id));
  }

  @FieldResolver(() => [ChangeAttemptView], { description: 'Attempts, oldest first (CHG-08). Internal: a customer gets none.' })
  attempts(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeAttemptView[]> {
    return internal(context, () => attemptsOf(context.database.em, id));
  }

  @FieldResolver(() => [ChangeOutageView], { description: 'Outages that it caused (CHG-09).' })
  outages(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeOutageView[]> {
    return outagesOf(context.database.em, id);
  }

  @FieldResolver(() => [ChangeDebtView], { description: 'What an emergency left out and owes (CHG-06).' })
  debts(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeDebtView[]> {
    return internal(context, () => debtsOf(context.database.em, id));
  }

  @FieldResolver(() => [ChangeCiView], { description: 'CIs that it alters, and what became of each in the CMDB (CHG-12).' })
  cis(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeCiView[]> {
    return cisOfChange(context.database.em, signedIn(context), id);
  }

  @FieldResolver(() => ChangeImpactView, { nullable: true, description: 'What the CMDB says that it reaches (CHG-02); null until it was computed.' })
  impact(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ChangeImpactView | null> {
    return impactOfChange(context.database.em, id, signedIn(context).customerId);
  }

  @FieldResolver(() => PreAuthorisedChangeView, { nullable: true, description: 'The item of the agreed list that it follows.' })
  async preAuthorised(@Root() { preAuthorisedId }: Change, @Ctx() context: RequestContext): Promise<PreAuthorisedChangeView | null> {
    return preAuthorisedId === null ? null : preAuthorisedItem(context.database.em, preAuthorisedId);
  }

  @FieldResolver(() => [ActionLack], { description: 'What stands between it and its next gate: approval while it is planned, its start, and then its closing.' })
  missing(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<ActionLack[]> {
    return internal(context, () => missingOfChange(context.database, signedIn(context), id));
  }

  @FieldResolver(() => [TicketLinkView], { description: 'Links to other records, both ways.' })
  links(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<TicketLinkView[]> {
    return linksOf(context.database.em, signedIn(context), id);
  }

  @FieldResolver(() => [AttachmentView], { description: 'Files and papers (CHG-10); fetch one at /attachments/ID.' })
  attachments(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<AttachmentView[]> {
    return filesOf(context.database.em, signedIn(context), id);
  }

  @FieldResolver(() => [WorkLogEntryView], { description: 'Work log, the latest 500 entries; a customer sees the visible ones.' })
  workLog(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<WorkLogEntryView[]> {
    return workLogOf(context.database.em, signedIn(context), id);
  }

  @FieldResolver(() => [TimelineEntry], { description: 'Its history from the event log, newest first; at most 100 entries, older than the entry `before`. Internal: a customer gets none.' })
  timeline(
    @Root() { id }: Change, @Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 100 }) first: number, @Arg('before', () => Seq, { nullable: true }) before?: number | null,
  ): Promise<TimelineEntry[]> {
    return historyOf(context.database.em, signedIn(context), { ticketId: id, first, beforeSeq: before ?? null });
  }

  @FieldResolver(() => [AvailableActionView], { description: 'What you may do now, and what each action still lacks (API-03). Refused in live documents (D-30).' })
  availableActions(@Root() { id }: Change, @Ctx() context: RequestContext): Promise<AvailableActionView[]> {
    return availableRecordActions(context.database, signedIn(context), CHANGE_KIND, id);
  }
}
