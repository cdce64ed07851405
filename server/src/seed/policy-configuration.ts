import type { Policies } from '../features/service-level/service-level.rules.ts';

/** CMDB-06, CMDB-08. */
export const CONFIGURATION_POLICY: Policies['configuration'] = { controlledStatuses: ['in-use', 'in-repair'], censusMonths: 6, inspectionDays: 30 };
