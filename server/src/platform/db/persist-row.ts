import type { EntitySchema } from '@mikro-orm/core';
import type { Em } from './orm.ts';

/** Registers a plain row for insertion at the next flush; `entity` and `row` must belong together. */
export function persistRow(em: Em, entity: object, row: object): void {
  em.persist(em.create(entity as EntitySchema, row as never));
}
