import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id } from '../../platform/db/columns.ts';
import type { AttributeType, Propagation } from './cmdb-class.rules.ts';

/** A class of configuration items (CMDB-01): data, a tree by `parentKey`. */
export const CiClassEntity = defineEntity({
  name: 'CiClass',
  tableName: 'ci_class',
  properties: {
    key: p.text().primary(),
    id: p.uuid().unique(),
    parentKey: p.text().strictNullable(),
    name: p.text(),
    nameZh: p.text(),
    /** Only there to be inherited from: no item is of this class. */
    abstract: p.boolean().default(false),
    position: p.integer(),
  },
});
export type CiClass = InferEntity<typeof CiClassEntity>;

/** An attribute of a class and of all below it. */
export const CiAttributeEntity = defineEntity({
  name: 'CiAttribute',
  tableName: 'ci_attribute',
  properties: {
    id: id(),
    classKey: p.manyToOne(CiClassEntity).mapToPk().$type<string>().joinColumn('class_key'),
    key: p.text(),
    name: p.text(),
    nameZh: p.text(),
    type: p.text().$type<AttributeType>(),
    required: p.boolean().default(false),
    /** Of the type "choice". */
    choices: p.json<string[]>(),
    unit: p.text().strictNullable(),
    position: p.integer(),
  },
  uniques: [{ properties: ['classKey', 'key'] }],
});
export type CiAttribute = InferEntity<typeof CiAttributeEntity>;

/** A type of relation with the names of both directions and whose failure reaches whom (CMDB-03). */
export const CiRelationTypeEntity = defineEntity({
  name: 'CiRelationType',
  tableName: 'ci_relation_type',
  properties: {
    key: p.text().primary(),
    id: p.uuid().unique(),
    /** Read from source to target: depends on. */
    name: p.text(),
    nameZh: p.text(),
    /** Read from target to source: used by. */
    reverseName: p.text(),
    reverseNameZh: p.text(),
    propagation: p.text().$type<Propagation>(),
    position: p.integer(),
  },
});
export type CiRelationType = InferEntity<typeof CiRelationTypeEntity>;

/** Which class may have that relation to which; both stand for all below them. */
export const CiRelationRuleEntity = defineEntity({
  name: 'CiRelationRule',
  tableName: 'ci_relation_rule',
  properties: {
    id: id(),
    type: p.manyToOne(CiRelationTypeEntity).mapToPk().$type<string>().joinColumn('type'),
    sourceClass: p.manyToOne(CiClassEntity).mapToPk().$type<string>().joinColumn('source_class'),
    targetClass: p.manyToOne(CiClassEntity).mapToPk().$type<string>().joinColumn('target_class'),
    /** Where it differs from the type's: a line that fails takes the switch's far side with it, a switch not its neighbour. */
    propagation: p.text().$type<Propagation>().strictNullable(),
  },
  uniques: [{ properties: ['type', 'sourceClass', 'targetClass'] }],
});
export type CiRelationRule = InferEntity<typeof CiRelationRuleEntity>;

export const CI_CLASS_ENTITIES: readonly object[] = [CiClassEntity, CiAttributeEntity, CiRelationTypeEntity, CiRelationRuleEntity];
