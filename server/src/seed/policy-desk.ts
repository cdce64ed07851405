import type { Policies } from '../features/service-level/service-level.rules.ts';

/** SLA-08, SLA-19 and D-46. */
export const DESK_POLICY: Policies['desk'] = {
  dispatchMinutes: 10, confirmMinutes: 30, redispatchMinutes: 10, abnormalMinutes: 20, staffed: '5x8', staffedWithDutyTeam: '24x7', callMinutes: 5,
};
