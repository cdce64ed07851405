import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { Refusal } from '../../kernel/refusal.ts';
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
}

function requireUuid(id: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  throw new Refusal('INVALID_INPUT', `"id" must be an id that this API gave, got "${id.slice(0, 60)}".`, 'id');
}
