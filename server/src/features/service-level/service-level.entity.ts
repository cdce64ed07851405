import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant } from '../../platform/db/columns.ts';

/** One version of one policy document (level table, tiers, matrices …), in force from `validFrom` until the next (SLA-13, D-22). */
export const PolicyVersionEntity = defineEntity({
  name: 'PolicyVersion',
  tableName: 'policy_version',
  properties: {
    id: id(),
    key: p.text(),
    version: p.integer(),
    validFrom: instant().strictNullable(),
    body: p.json<unknown>(),
    reason: p.text().strictNullable(),
    createdBy: p.text().strictNullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['key', 'version'] }],
});
export type PolicyVersion = InferEntity<typeof PolicyVersionEntity>;
