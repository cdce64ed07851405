import DataLoader from 'dataloader';
import type { EntityName } from '@mikro-orm/core';
import { loaderOf, type RequestContext } from './context.ts';

/** Rows of one table by id, one statement for all that a request asks of it; null where there is none. */
export function recordLoader<Row extends { id: string }>(context: RequestContext, entity: EntityName<Row>, name: string): DataLoader<string, Row | null> {
  return loaderOf(context, name, () => new DataLoader<string, Row | null>(async (ids) => {
    const rows = await context.database.em.find(entity, { id: { $in: [...ids] } } as never);
    const byId = new Map<string, Row>(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }));
}
