import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { PAGE_LIMIT } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { signedIn, type RequestContext } from './context.ts';
import { Node } from './node.types.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `node` and `nodes`: each kind of record says how to find its own, under the same row checks as elsewhere (API-01). */
@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'The record with that id, or null when there is none that you may see.' })
  async node(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<object | null> {
    return (await findNodes(context, [id]))[0] ?? null;
  }

  @Query(() => [Node], { nullable: 'items', description: `Records by id, in the order asked; null for those that you may not see. At most ${PAGE_LIMIT}.` })
  async nodes(@Arg('ids', () => [ID]) ids: string[], @Ctx() context: RequestContext): Promise<(object | null)[]> {
    if (ids.length > PAGE_LIMIT) throw new Refusal('OUT_OF_RANGE', `"ids" must have at most ${PAGE_LIMIT} ids, got ${ids.length}.`, 'ids');
    return findNodes(context, ids);
  }
}

/** Records of any kind by id, in the order asked; null for those that the asker may not see. */
export async function findNodes(context: RequestContext, ids: readonly string[]): Promise<(object | null)[]> {
  signedIn(context);
  const found = new Map<string, object>();
  for (const kind of context.nodeKinds) {
    const missing = [...new Set(ids)].filter((id) => UUID.test(id) && !found.has(id));
    if (missing.length === 0) break;
    for (const [id, record] of await kind.find(context, missing)) found.set(id, { ...record, __typename: kind.typeName });
  }
  return ids.map((id) => found.get(id) ?? null);
}
