import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { AttachToMajorIncidentInput, ChangeBridgeInput, DeclareMajorIncidentInput, ReasonInput, TextInput } from './incident.inputs.ts';
import { answerWith } from './incident-answer.resolver.ts';
import { attachChild, declare, moveBridge } from './incident-major.service.ts';
import { convert, noteChange } from './incident-problem.service.ts';
import { IncidentPayload } from './incident.types.ts';

/** Major incidents, and what an incident has to do with problems and changes. */
@Resolver()
export class IncidentRelatedResolver {
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

  @Mutation(() => IncidentPayload, { description: 'One manager\'s word on converting a late LV3 or LV4 to a problem; the second one makes it (INC-12, D-42).' })
  convertToProblem(@Arg('input', () => ReasonInput) input: ReasonInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => convert(database, actor, input));
  }

  @Mutation(() => IncidentPayload, { description: 'Notes that something was changed while handling; it closes only once a change records that (INC-14).' })
  noteChangeMade(@Arg('input', () => TextInput) input: TextInput, @Ctx() context: RequestContext): Promise<IncidentPayload> {
    return answerWith(context, (database, actor) => noteChange(database, actor, input));
  }
}
