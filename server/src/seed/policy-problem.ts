import type { Policies } from '../features/service-level/service-level.rules.ts';

const term = (key: string, zh: string, en: string) => ({ key, zh, en });

/** PRB-01, PRB-05, PRB-06 and D-49; the trend's window and counts and the hours without an owner are ours. */
export const PROBLEM_POLICY: Policies['problem'] = {
  classes: [
    term('hardware', '硬件', 'Hardware'), term('software', '软件', 'Software'), term('server', '服务器', 'Server'), term('database', '数据库', 'Database'),
    term('client', '客户端', 'Client'), term('network', '网络', 'Network'), term('security', '安全', 'Security'), term('configuration', '配置', 'Configuration'), term('other', '其他', 'Other'),
  ],
  severities: [term('l1', '严重', 'Critical'), term('l2', '高', 'High'), term('l3', '中', 'Medium'), term('l4', '低', 'Low')],
  unassignedHours: [4, 24, 72],
  watchDays: 30,
  repeatedFrom: 2,
  trend: { windowDays: 30, fromIncidents: { ci: 3, symptom: 3, category: 8, customer: 15 } },
};
