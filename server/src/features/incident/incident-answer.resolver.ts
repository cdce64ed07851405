import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import type { Actor } from '../../kernel/actor.ts';
import { incidentsById } from './incident.queries.ts';
import type { IncidentPayload } from './incident.types.ts';

/** Carries a command out and answers with the incident as it is then, or with why not. */
export async function answerWith(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<IncidentPayload> {
  const actor = signedIn(context);
  return payload('incident', async () => {
    const id = await command(context.database, actor);
    return (await incidentsById(context.database.em, actor, [id])).get(id) ?? null;
  });
}
