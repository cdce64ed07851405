import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { changesById } from './change.queries.ts';
import type { ChangePayload } from './change.types.ts';

/** Carries a command out and answers with the change as it is then, or with why not. */
export async function answerWith(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<ChangePayload> {
  const actor = signedIn(context);
  return payload('change', async () => {
    const id = await command(context.database, actor);
    return (await changesById(context.database.em, actor, [id])).get(id) ?? null;
  });
}
