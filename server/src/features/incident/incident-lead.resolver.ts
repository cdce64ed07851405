import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import {
  AcceptHandoffInput, AcknowledgeEscalationInput, DecideRegradeInput, RaiseEscalationInput, ReasonInput, RegradeIncidentInput, RequestHandoffInput,
} from './incident.inputs.ts';
import { answerWith } from './incident-answer.resolver.ts';
import { acceptHandedOver, acknowledge, escalate, handOver, recall, regrade, rejectHandedOver, settleRegrade } from './incident-lead.service.ts';
import { IncidentPayload } from './incident.types.ts';

/** Re-grading, handing over and escalating. */
@Resolver()
export class IncidentLeadResolver {
  @Mutation(() => IncidentPayload, { description: 'Re-grades, or asks the lead to (INC-04, D-35).' })
  regradeIncident(@Arg('input', () => RegradeIncidentInput) input: RegradeIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => regrade(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Decides on a re-grading (D-35).' })
  decideRegrade(@Arg('input', () => DecideRegradeInput) input: DecideRegradeInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => settleRegrade(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Hands over to another team (HND-01).' })
  requestHandoff(@Arg('input', () => RequestHandoffInput) input: RequestHandoffInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => handOver(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Accepts the waiting handoff (HND-01).' })
  acceptHandoff(@Arg('input', () => AcceptHandoffInput) input: AcceptHandoffInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => acceptHandedOver(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Rejects it, back to the sender (HND-01).' })
  rejectHandoff(@Arg('input', () => ReasonInput) input: ReasonInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => rejectHandedOver(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Recalls it (HND-02).' })
  recallHandoff(@Arg('input', () => ReasonInput) input: ReasonInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => recall(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Raises an escalation by hand (SLA-06, SLA-17).' })
  raiseEscalation(@Arg('input', () => RaiseEscalationInput) input: RaiseEscalationInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => escalate(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Acknowledges an escalation (SLA-07).' })
  acknowledgeEscalation(@Arg('input', () => AcknowledgeEscalationInput) input: AcknowledgeEscalationInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => acknowledge(database, actor, input));
  }
}
