import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Em } from '../../platform/db/orm.ts';
import { classBook } from './cmdb-class.service.ts';

/** The class tree, each class with its own and inherited attributes. */
export async function classesFor(em: Em, actor: Actor) {
  requirePermission(actor, 'cmdb.read');
  const book = await classBook(em);
  return [...book.classes.values()].map((kind) => ({ ...kind, attributes: [...book.attributesOf(kind.key)] }));
}

/** The types of relations, each with the rules that allow it. */
export async function relationTypesFor(em: Em, actor: Actor) {
  requirePermission(actor, 'cmdb.read');
  const { types, rules } = await classBook(em);
  return [...types.values()].map((type) => ({ ...type, rules: rules.filter((rule) => rule.type === type.key) }));
}
