import type { Consumer } from '../../kernel/feature.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { settleDebts } from './change-case.service.ts';

/** CHG-06: a paper that is attached may pay a debt. */
export const PAPERS_CONSUMER: Consumer = {
  name: 'change-papers', types: ['change.fileAttached'],
  consume: async (database, change, events) => {
    const ids = new Set((events as readonly LoggedEvent[]).flatMap(({ ticketId }) => ticketId ?? []));
    for (const id of [...ids].toSorted()) await settleDebts(database as Database, change as Change, id);
  },
};
