import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { settleDebts } from './change-case.service.ts';
import { CONFLICT_CONSUMER, NOTICE_CONSUMER } from './change-planning.consumer.ts';
import { lookAtChange } from './change-timers.service.ts';

export const changeFeature: FeatureManifest = {
  name: 'change',
  timers: [{ purpose: 'change', handle: (database, ticketId) => lookAtChange(database as Database, ticketId) }],
  consumers: [CONFLICT_CONSUMER, NOTICE_CONSUMER, {
    // CHG-06: a paper that is attached may pay a debt.
    name: 'change-papers', types: ['change.fileAttached'],
    consume: async (database, change, events) => {
      const ids = new Set((events as readonly LoggedEvent[]).flatMap(({ ticketId }) => ticketId ?? []));
      for (const id of [...ids].toSorted()) await settleDebts(database as Database, change as Change, id);
    },
  }],
};
