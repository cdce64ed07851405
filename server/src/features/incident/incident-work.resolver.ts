import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import {
  AddWorkLogInput, AssignIncidentInput, ConfirmLevelInput, DecideOnSiteInput, IncidentInput, LinkCiInput, LinkTicketInput, NoteInput, RecordIncidentInput, RecordResponseInput, TextInput,
} from './incident.inputs.ts';
import { answerWith } from './incident-answer.resolver.ts';
import { record } from './incident-record.service.ts';
import { answer, arrive, assign, confirm, linkCi, linkTicket, log, respond, settleOnSite, start, take, urge } from './incident-work.service.ts';
import { IncidentPayload } from './incident.types.ts';

/** Intake and work on an incident. */
@Resolver()
export class IncidentWorkResolver {
  @Mutation(() => IncidentPayload, { description: 'Records an incident (INC-03): its clocks start with the report.' })
  recordIncident(@Arg('input', () => RecordIncidentInput) input: RecordIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => record(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Confirms the level and assigns by it (INC-04, INC-05).' })
  confirmLevel(@Arg('input', () => ConfirmLevelInput) input: ConfirmLevelInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => confirm(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Assigns to a team or person (INC-05, D-20).' })
  assignIncident(@Arg('input', () => AssignIncidentInput) input: AssignIncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => assign(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Takes it oneself.' })
  takeIncident(@Arg('input', () => IncidentInput) input: IncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => take(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Starts work; meets the start-of-work clock (D-05).' })
  startWork(@Arg('input', () => IncidentInput) input: IncidentInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => start(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Records a first contact (D-06).' })
  recordResponse(@Arg('input', () => RecordResponseInput) input: RecordResponseInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => respond(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Records the arrival on site (D-34).' })
  recordArrival(@Arg('input', () => NoteInput) input: NoteInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => arrive(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Says whether a visit is needed (D-34).' })
  decideOnSite(@Arg('input', () => DecideOnSiteInput) input: DecideOnSiteInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => settleOnSite(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Adds a work-log entry (INC-06, SLA-16).' })
  addWorkLog(@Arg('input', () => AddWorkLogInput) input: AddWorkLogInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => log(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Urges it 催办 (INC-27).' })
  urgeIncident(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => urge(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Answers an urge (INC-27).' })
  answerUrge(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => answer(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Links another record.' })
  linkTicket(@Arg('input', () => LinkTicketInput) input: LinkTicketInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => linkTicket(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Links a CI (INC-13).' })
  linkCi(@Arg('input', () => LinkCiInput) input: LinkCiInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => linkCi(database, actor, input));
  }
}
