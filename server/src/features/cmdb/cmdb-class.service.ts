import type { Em } from '../../platform/db/orm.ts';
import { CiAttributeEntity, CiClassEntity, CiRelationRuleEntity, CiRelationTypeEntity } from './cmdb-class.entity.ts';
import { makeClassBook, type ClassBook } from './cmdb-class.rules.ts';

/** The class tree and the relation rules as they stand: a few hundred rows, read anew for each command. */
export async function classBook(em: Em): Promise<ClassBook> {
  const classes = await em.find(CiClassEntity, {}, { orderBy: { position: 'asc', key: 'asc' } });
  const attributes = await em.find(CiAttributeEntity, {}, { orderBy: { position: 'asc', key: 'asc' } });
  const types = await em.find(CiRelationTypeEntity, {}, { orderBy: { position: 'asc', key: 'asc' } });
  const rules = await em.find(CiRelationRuleEntity, {}, { orderBy: { type: 'asc', sourceClass: 'asc', targetClass: 'asc' } });
  return makeClassBook({ classes, attributes, types, rules });
}
