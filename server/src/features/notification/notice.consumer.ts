import type { Consumer } from '../../kernel/feature.ts';
import type { Change } from '../../platform/db/database.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { makeNotices } from './notice-make.service.ts';
import { TOLD_TYPES } from './notice.rules.ts';

/** WBD-13: each event makes its notices once, also over several processes and kills. */
export const NOTICES_CONSUMER: Consumer = {
  name: 'notices', types: TOLD_TYPES,
  consume: (_database, change, events) => makeNotices(change as Change, events as readonly LoggedEvent[]),
};
