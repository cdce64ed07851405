import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import type { Actor } from '../../kernel/actor.ts';
import { releasesById } from './release.queries.ts';
import type { ReleasePayload } from './release.types.ts';

/** Carries a command out and answers with the release as it is then, or with why not. */
export async function answerWith(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<ReleasePayload> {
  const actor = signedIn(context);
  return payload('release', async () => {
    const id = await command(context.database, actor);
    return (await releasesById(context.database.em, actor, [id])).get(id) ?? null;
  });
}
