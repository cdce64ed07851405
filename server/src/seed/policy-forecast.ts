import type { Policies } from '../features/service-level/service-level.rules.ts';

/** SLA-11, SLA-17: nine in ten like incidents that were open for so long were missed. */
export const FORECAST_POLICY: Policies['forecast'] = { minimumSamples: 20, historyDays: 365, escalateAbovePercent: 90 };
