import { may, type Actor } from '../../kernel/actor.ts';
import type { NodeKind } from '../../kernel/feature.ts';
import type { Permission } from '../../kernel/permission.ts';
import type { Em } from '../db/orm.ts';
import { signedIn, type RequestContext } from './context.ts';

/** A kind of record for `node(id)`. Whoever lacks the permission finds none of them, instead of being refused the others. */
export function nodeKind(
  typeName: string, permission: Permission, find: (em: Em, actor: Actor, ids: readonly string[]) => Promise<ReadonlyMap<string, object>>,
): NodeKind {
  return {
    typeName,
    find: async (context, ids) => {
      const request = context as RequestContext;
      const actor = signedIn(request);
      return may(actor, permission) ? find(request.database.em, actor, ids) : new Map();
    },
  };
}
