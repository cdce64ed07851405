import type { Policies } from '../features/service-level/service-level.rules.ts';

/** D-12, MET-06. */
export const METRICS_POLICY: Policies['metrics'] = { timeZone: 'Asia/Shanghai', firstLineResolution: { fromPercent: 30, toPercent: 50 } };
