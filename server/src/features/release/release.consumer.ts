import type { Consumer } from '../../kernel/feature.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { suggestCauses } from './release-cause.service.ts';

/** REL-06: follows incidents up from below; a moment after one hits a CI, the releases before it are suspected. */
export const releaseCauses: Consumer = {
  name: 'release-causes',
  types: ['incident.recorded', 'incident.ciLinked'],
  consume: (database, change, events) => suggestCauses(database as Database, change as Change, events as readonly LoggedEvent[]),
};
