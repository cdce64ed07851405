import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { assignMany, followMany, takeMany, type BulkOutcome } from './incident-bulk.service.ts';
import { AssignIncidentsInput, BulkIncidentsInput, BulkPayload } from './incident-bulk.types.ts';
import { incidentsById } from './incident.queries.ts';

/** Commands on several incidents at once (WBD-04). */
@Resolver()
export class IncidentBulkResolver {
  @Mutation(() => BulkPayload, { description: 'Assigns several incidents, each as assignIncident does and by itself (WBD-04).' })
  assignIncidents(@Arg('input', () => AssignIncidentsInput) input: AssignIncidentsInput, @Ctx() context: RequestContext): Promise<BulkPayload> {
    return answer(context, (database, actor) => assignMany(database, actor, input));
  }

  @Mutation(() => BulkPayload, { description: 'Takes several incidents oneself, each as takeIncident does and by itself.' })
  takeIncidents(@Arg('input', () => BulkIncidentsInput) input: BulkIncidentsInput, @Ctx() context: RequestContext): Promise<BulkPayload> {
    return answer(context, (database, actor) => takeMany(database, actor, input));
  }

  @Mutation(() => BulkPayload, { description: 'Follows several incidents (INC-21).' })
  followIncidents(@Arg('input', () => BulkIncidentsInput) input: BulkIncidentsInput, @Ctx() context: RequestContext): Promise<BulkPayload> {
    return answer(context, (database, actor) => followMany(database, actor, input));
  }
}

async function answer(context: RequestContext, command: (database: Database, actor: Actor) => Promise<BulkOutcome[]>): Promise<BulkPayload> {
  const actor = signedIn(context);
  return payload('results', async () => {
    const outcomes = await command(context.database, actor);
    const found = await incidentsById(context.database.em, actor, outcomes.flatMap(({ id, refusal }) => (refusal === null ? [id] : [])));
    return outcomes.map(({ id, refusal }) => ({ id, incident: found.get(id) ?? null, error: refusal && { code: refusal.code, message: refusal.message, field: refusal.field, detail: refusal.detail } }));
  });
}
