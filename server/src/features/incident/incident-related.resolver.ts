import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { pageRequest } from '../../kernel/page.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { CiRecordView } from '../ticket/ticket-fields.types.ts';
import { recordsOfSameCis } from '../ticket/ticket-history.service.ts';
import { AttachToMajorIncidentInput, ChangeBridgeInput, DeclareMajorIncidentInput, RaiseChangeForIncidentInput, ReasonInput, TextInput } from './incident.inputs.ts';
import { answerWith } from './incident-answer.resolver.ts';
import { raiseChangeFor } from './incident-change.service.ts';
import { attachChild, declare, moveBridge } from './incident-major.service.ts';
import { convert, noteChange } from './incident-problem.service.ts';
import { faultReport, faultReportsOwed } from './incident-report.service.ts';
import { incidentsById } from './incident.queries.ts';
import { FaultReportView, Incident, IncidentPayload } from './incident.types.ts';

/** Major incidents, and what an incident has to do with problems and changes. */
@Resolver(() => Incident)
export class IncidentRelatedResolver {
  @FieldResolver(() => FaultReportView, { nullable: true, description: 'The fault report that it owes; attach it as paper "fault-report" (INC-16).' })
  faultReport(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<FaultReportView | null> {
    return faultReport(context.database, incident.id);
  }

  @FieldResolver(() => [CiRecordView], { description: 'Past and present records on its CIs, newest first: incidents, changes, problems, releases (INC-13).' })
  ciHistory(@Root() incident: Incident, @Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 20, description: '1–100.' }) first: number): Promise<CiRecordView[]> {
    return recordsOfSameCis(context.database.em, signedIn(context), incident.id, pageRequest(first, null).first);
  }

  @Query(() => [Incident], { description: 'Incidents that owe a fault report, longest due first; at most 100 (INC-16).' })
  async faultReportsOwed(@Ctx() context: RequestContext, @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number): Promise<Incident[]> {
    const actor = signedIn(context);
    const owed = await faultReportsOwed(context.database, actor, pageRequest(first, null).first);
    const incidents = await incidentsById(context.database.em, actor, owed.map(({ id }) => id));
    return owed.flatMap(({ id }) => incidents.get(id) ?? []);
  }

  @Mutation(() => IncidentPayload, { description: 'Declares an open LV1 a major incident (INC-16).' })
  declareMajorIncident(@Arg('input', () => DeclareMajorIncidentInput) input: DeclareMajorIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => declare(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Says where the bridge call of a major incident is now (INC-16).' })
  changeBridge(@Arg('input', () => ChangeBridgeInput) input: ChangeBridgeInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => moveBridge(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Attaches it to an open major incident, with which it will close (INC-16).' })
  attachToMajorIncident(@Arg('input', () => AttachToMajorIncidentInput) input: AttachToMajorIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => attachChild(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Raises a linked change; for an LV1 or LV2 an emergency change (INC-14).' })
  raiseChangeForIncident(@Arg('input', () => RaiseChangeForIncidentInput) input: RaiseChangeForIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => raiseChangeFor(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'One manager\'s word on converting a late LV3 or LV4 to a problem; the second one makes it (INC-12, D-42).' })
  convertToProblem(@Arg('input', () => ReasonInput) input: ReasonInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => convert(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Notes that something was changed while handling; it closes only once a change records that (INC-14).' })
  noteChangeMade(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => noteChange(database, actor, input));
  }
}
