import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';

/** A configuration item. `externalId` is its key in the register it was imported from. */
export const CiEntity = defineEntity({
  name: 'Ci',
  tableName: 'ci',
  properties: {
    id: id(),
    externalId: p.text().strictNullable().unique(),
    class: p.text().index(),
    name: p.text(),
    status: p.text(),
    /** Opaque here (tier 3 neighbours do not import each other). */
    customerId: p.uuid().strictNullable().index(),
    ownerName: p.text().strictNullable(),
    site: p.text().strictNullable(),
    attributes: p.json<Record<string, string>>(),
    createdAt: instant(),
    updatedAt: instant(),
    version: p.integer().default(1),
  },
});
export type Ci = InferEntity<typeof CiEntity>;

export const CiRelationEntity = defineEntity({
  name: 'CiRelation',
  tableName: 'ci_relation',
  properties: {
    id: id(),
    sourceId: reference(CiEntity, 'source_id'),
    type: p.text(),
    targetId: reference(CiEntity, 'target_id').index(),
  },
  uniques: [{ properties: ['sourceId', 'type', 'targetId'] }],
});
export type CiRelation = InferEntity<typeof CiRelationEntity>;

/** Every table of this feature. */
export const CMDB_ENTITIES: readonly object[] = [CiEntity, CiRelationEntity];
