import { defineEntity, p } from '@mikro-orm/core';

/** One row, counted up by every edit of policies and calendars: tells each process when its compiled copy is old. */
export const ReferenceRevisionEntity = defineEntity({
  name: 'ReferenceRevision',
  tableName: 'reference_revision',
  properties: { id: p.integer().primary().autoincrement(false), revision: p.bigint('number') },
});
