import type { Policies } from '../features/service-level/service-level.rules.ts';

const term = (key: string, zh: string, en: string) => ({ key, zh, en });

/** CHG table and D-43, D-44; the quorum is ours. */
export const CHANGE_POLICY: Policies['change'] = {
  categories: {
    major: { ...term('major', '重大变更', 'Major'), calendar: '5x8', response: { workingDays: 3 }, implementation: null, responseRateAbovePercent: 95, successRateAbovePercent: 90 },
    important: { ...term('important', '重要变更', 'Important'), calendar: '5x8', response: { workingDays: 3 }, implementation: null, responseRateAbovePercent: 95, successRateAbovePercent: 90 },
    general: { ...term('general', '一般变更', 'General'), calendar: '5x8', response: { workingDays: 5 }, implementation: null, responseRateAbovePercent: 90, successRateAbovePercent: 90 },
    emergency: { ...term('emergency', '紧急变更', 'Emergency'), calendar: '24x7', response: { minutes: 120 }, implementation: { minutes: 240 }, responseRateAbovePercent: 98, successRateAbovePercent: 90 },
  },
  types: [term('system', '系统变更', 'System'), term('business', '业务变更', 'Business'), term('management', '管理变更', 'Management')],
  risks: [term('low', '低', 'Low'), term('medium', '中', 'Medium'), term('high', '高', 'High')],
  priorities: [term('low', '低', 'Low'), term('normal', '普通', 'Normal'), term('high', '高', 'High'), term('urgent', '紧急', 'Urgent')],
  requiredPlan: [
    'planType', 'background', 'presentEnvironment', 'dataBackup', 'steps', 'schedule', 'riskAndRollback', 'testSteps', 'implementationPlan', 'testPlan', 'rollbackPlan',
  ],
  trimmedPlan: ['servicePlan'],
  cabQuorumPercent: 60,
  // The table says so of important changes; a major one is not decided on less.
  cabPapersBeforehand: ['major', 'important'],
  debtWorkingDays: 2,
  responseWarningMinutes: 60,
};
