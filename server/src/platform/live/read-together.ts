import { IsolationLevel } from '@mikro-orm/core';
import type { Database } from '../db/database.ts';
import type { Reading } from './live-view.ts';
import { readHeadAt } from './log-reader.ts';

/** Reads in one snapshot of the database, together with the seq up to which it holds every change. */
export function readTogether<T>(database: Database, read: (reading: Reading & { readonly epoch: string }) => Promise<T>): Promise<T> {
  return database.em.transactional(
    async (em) => {
      const { epoch, seq, now } = await readHeadAt(em, database.time);
      return read({ em, now, seq, epoch });
    },
    { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
  );
}
