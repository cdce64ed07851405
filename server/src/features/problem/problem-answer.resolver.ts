import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { problemsById } from './problem.queries.ts';
import type { ProblemPayload } from './problem.types.ts';

/** Carries a command out and answers with the problem as it is then, or with why not. */
export async function answerWith(context: RequestContext, command: (database: Database, actor: Actor) => Promise<string>): Promise<ProblemPayload> {
  const actor = signedIn(context);
  return payload('problem', async () => {
    const id = await command(context.database, actor);
    return (await problemsById(context.database.em, actor, [id])).get(id) ?? null;
  });
}
