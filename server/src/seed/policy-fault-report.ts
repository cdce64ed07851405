import type { Policies } from '../features/service-level/service-level.rules.ts';

/** INC-16 names the levels; the span is ours. */
export const FAULT_REPORT_POLICY: Policies['fault-report'] = { levels: ['LV1', 'LV2'], workingDays: 3 };
