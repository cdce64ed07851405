import type { Policies } from '../features/service-level/service-level.rules.ts';

/** KNW-05; the period is ours. */
export const KNOWLEDGE_POLICY: Policies['knowledge'] = { reviewMonths: 12 };
