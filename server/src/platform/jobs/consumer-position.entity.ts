import { defineEntity, p } from '@mikro-orm/core';

/** How far each consumer has followed the event log. */
export const ConsumerPositionEntity = defineEntity({
  name: 'ConsumerPosition',
  tableName: 'consumer_position',
  properties: { name: p.text().primary(), seq: p.bigint('number') },
});
