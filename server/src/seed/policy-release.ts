import type { Policies } from '../features/service-level/service-level.rules.ts';

/** REL-06. */
export const RELEASE_POLICY: Policies['release'] = { watchDays: 7 };
