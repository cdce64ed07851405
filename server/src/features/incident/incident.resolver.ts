import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requireUuid } from '../../kernel/uuid.ts';
import { sameIncidents } from './incident-same.queries.ts';
import { incidentByNumber, incidentsById } from './incident.queries.ts';
import { Incident } from './incident.types.ts';

/** Finding one incident; lists are the board feature's. */
@Resolver()
export class IncidentResolver {
  @Query(() => Incident, { nullable: true, description: 'One incident by id or by number (its own, or the one it had where it was imported from).' })
  async incident(
    @Ctx() context: RequestContext, @Arg('id', () => ID, { nullable: true }) id?: string | null, @Arg('number', () => String, { nullable: true }) number?: string | null,
  ): Promise<Incident | null> {
    const actor = signedIn(context);
    if (id) return (await incidentsById(context.database.em, actor, [requireUuid(id)])).get(id) ?? null;
    if (number) return incidentByNumber(context.database.em, actor, number.trim());
    throw new Refusal('MISSING_FIELD', 'Give "id" or "number".', 'id');
  }

  @Query(() => [Incident], { description: 'Open incidents that a new report may belong to: same customer, and same source, CI and symptom as far as given (INC-15). At most 10, oldest first.' })
  async sameIncidents(
    @Ctx() context: RequestContext, @Arg('customerId', () => ID) customerId: string, @Arg('source', () => String, { nullable: true }) source?: string | null,
    @Arg('ciId', () => ID, { nullable: true }) ciId?: string | null, @Arg('symptom', () => String, { nullable: true }) symptom?: string | null,
  ): Promise<Incident[]> {
    return sameIncidents(context.database.em, signedIn(context), { customerId, source, ciId, symptom });
  }
}
