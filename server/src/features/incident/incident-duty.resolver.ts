import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { isDeskDuty } from '../clock/clock.rules.ts';
import { ClockView } from '../clock/clock.types.ts';
import { answerWith } from './incident-answer.resolver.ts';
import { NoticeVisitDelayInput, RedispatchVisitInput } from './incident-duty.inputs.ts';
import { confirmExecuted, noticeAbnormal, noticeDelay, passAbnormal, redispatch } from './incident-duty.service.ts';
import { TextInput } from './incident.inputs.ts';
import { clockViewsOf } from './incident.loaders.ts';
import { seesInternal } from './incident.queries.ts';
import { Incident, IncidentPayload } from './incident.types.ts';

/** What the service desk owes by itself (SLA-08). */
@Resolver(() => Incident)
export class IncidentDutyResolver {
  @FieldResolver(() => [ClockView], { description: 'What the desk owes or owed by itself, as clocks of its operating level (SLA-08); a miss is no breach (D-46). A customer gets none.' })
  async deskDuties(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<ClockView[]> {
    return seesInternal(signedIn(context)) ? clockViewsOf(context, incident.id, isDeskDuty) : [];
  }

  @Mutation(() => IncidentPayload, { description: 'The desk has heard that the engineer executes (SLA-08).' })
  confirmExecution(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => confirmExecuted(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Notes that a visit is delayed or was missed; the desk then owes the user a call and a new dispatch (SLA-08).' })
  noticeVisitDelay(@Arg('input', () => NoticeVisitDelayInput) input: NoticeVisitDelayInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => noticeDelay(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'The user was contacted and the visit dispatched again (SLA-08).' })
  redispatchVisit(@Arg('input', () => RedispatchVisitInput) input: RedispatchVisitInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => redispatch(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Notes an abnormal event, which the desk then owes the project manager (SLA-08).' })
  noticeAbnormalEvent(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => noticeAbnormal(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'The abnormal event was passed to the project manager (SLA-08).' })
  passAbnormalEvent(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => passAbnormal(database, actor, input));
  }
}
