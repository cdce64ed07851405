import type { Database } from '../db/database.ts';
import type { Em } from '../db/orm.ts';
import { textArray } from '../db/text-array.ts';

export interface Consumer {
  readonly name: string;
  readonly eventTypes: readonly string[];
}

/**
 * Calls `take` if events of these types have come since the consumer's cursor, and moves the cursor in the same
 * transaction: a process that dies in between has done neither. Answers whether there were any.
 */
export async function consume(database: Database, consumer: Consumer, take: (em: Em) => Promise<void>): Promise<boolean> {
  return database.em.transactional(async (em) => {
    await em.execute('insert into consumer_cursor (name, seq) values (?, 0) on conflict do nothing', [consumer.name]);
    // Another process that is at it holds this row: wait, then find nothing left to do.
    const cursors = await em.execute<{ seq: number }[]>('select seq::float8 as seq from consumer_cursor where name = ? for update', [consumer.name]);
    const heads = await em.execute<{ seq: number }[]>('select seq::float8 as seq from event_log_head where id = 1');
    const from = cursors[0]!.seq;
    const to = heads[0]!.seq;
    if (to <= from) return false;
    const found = await em.execute<unknown[]>('select seq from event_log where seq > ? and seq <= ? and type = any(?::text[]) limit 1', [from, to, textArray(consumer.eventTypes)]);
    if (found.length > 0) await take(em);
    await em.execute('update consumer_cursor set seq = ? where name = ?', [to, consumer.name]);
    return found.length > 0;
  });
}
