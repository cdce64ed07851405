import type { Policies } from '../features/service-level/service-level.rules.ts';
import { LEVEL_TABLE } from './policy-levels.ts';
import { CHANGE_POLICY } from './policy-change.ts';
import { RELEASE_POLICY } from './policy-release.ts';
import { PROBLEM_POLICY } from './policy-problem.ts';
import { KNOWLEDGE_POLICY } from './policy-knowledge.ts';
import { CONFIGURATION_POLICY } from './policy-configuration.ts';
import { DESK_POLICY } from './policy-desk.ts';
import { FORECAST_POLICY } from './policy-forecast.ts';
import { TEMPLATES_POLICY } from './policy-templates.ts';
import { FAULT_REPORT_POLICY } from './policy-fault-report.ts';
import { METRICS_POLICY } from './policy-metrics.ts';

const term = (key: string, zh: string, en: string) => ({ key, zh, en });
const tier = (key: string, nameZh: string, name: string, hours: { response: number; resolution: number }) => ({
  key, nameZh, name, calendar: '5x8', response: { minutes: hours.response * 60 }, resolution: { minutes: hours.resolution * 60 },
  responseRatePercent: 100, satisfactionAbovePercent: 95, telephone: '24x7',
});
const solved = (key: string, zh: string, en: string, from: string[]) => ({ key, zh, en, countsForAttainment: true, from });
const ended = (key: string, zh: string, en: string) => ({ key, zh, en, countsForAttainment: false, from: ['awaiting-assignment', 'in-progress'] });
const cause = (key: string, zh: string, en: string, needsCi: boolean) => ({ key, zh, en, needsCi });
const route = (from: string, to: string[], zh: string, en: string) => ({ from, to, topic: { zh, en } });

/** Keys of the second line's teams, and whom these usually turn to beside each other. */
const SPECIALISTS = ['network', 'server', 'application', 'database'];
const BEHIND_SPECIALISTS = ['senior-engineers', 'technical-managers', 'vendor', 'engineers', 'desk'];

/** The policy that every installation starts with. All of it is edited through the API afterwards (AGR-05). */
export const SEEDED_POLICIES: Policies = {
  'level-table': LEVEL_TABLE,
  // AGR-04; D-39: satisfaction above 95 %.
  'tier-table': {
    tiers: [
      tier('standard', '标准', 'Standard', { response: 2, resolution: 4 }),
      tier('advanced', '高级', 'Advanced', { response: 1, resolution: 4 }),
      tier('vip', 'VIP', 'VIP', { response: 1, resolution: 2 }),
    ],
  },
  // INC-04: rows are impact 1 (high) to 3, columns urgency 1 (high) to 3.
  'priority-matrix': { matrix: [['LV1', 'LV2', 'LV3'], ['LV2', 'LV3', 'LV4'], ['LV3', 'LV4', 'LV4']] },
  suspension: {
    // The four of INC-28, then what imports (D-24), the customer's duty (D-47) and vendors under contract (D-21) need.
    reasons: [
      { ...term('under-observation', '观察中', 'Under observation'), pauses: true },
      { ...term('awaiting-user', '等待用户回复', "Awaiting user's reply"), pauses: true },
      { ...term('user-busy', '用户忙', 'User busy'), pauses: true },
      { ...term('customer-duty', '等待客户履行配合义务', "Awaiting the customer's duty"), pauses: true },
      { ...term('awaiting-vendor', '等待厂商', 'Awaiting vendor'), pauses: true },
      { ...term('contracted-vendor', '等待签约厂商（不暂停计时）', 'Awaiting a vendor under contract (clocks run on)'), pauses: false },
      { ...term('awaiting-problem', '等待问题处理', 'Awaiting problem'), pauses: true },
      { ...term('awaiting-evidence', '等待取证', 'Awaiting evidence'), pauses: true },
      { ...term('other', '其他', 'Other'), pauses: true },
    ],
    // D-49.
    longWorkingDays: 3, repeatedFromSpell: 3,
    approvalPastWorkingDays: null, resumeOnFeedback: false, resumeAtExpectedEnd: false,
  },
  handoff: {
    // D-49: 10 / 30 / 60 min for LV1 and LV2, 2 / 4 / 8 business hours else; three moves are ping-pong.
    ageingUrgentMinutes: [10, 30, 60], ageingMinutes: [120, 240, 480], pingPongMoves: 3,
    // HND-04, by team key; a team without a line here may send anywhere.
    matrix: [
      route('desk', ['engineers', 'senior-engineers', 'duty', ...SPECIALISTS], '事件派发', 'Dispatch of incidents'),
      route('duty', ['engineers', 'senior-engineers', 'technical-managers', 'desk', ...SPECIALISTS], '监控事件与夜间交接', 'Monitoring incidents and what the night leaves'),
      route('engineers', ['senior-engineers', 'desk', 'duty', ...SPECIALISTS], '职能升级与回访', 'Functional escalation and call-backs'),
      route('network', ['server', 'application', ...BEHIND_SPECIALISTS], '网络排除后的系统与应用问题', 'What is not the network after all'),
      route('server', ['network', 'application', 'database', ...BEHIND_SPECIALISTS], '主机排除后的问题', 'What is not the server after all'),
      route('application', ['database', 'server', ...BEHIND_SPECIALISTS], '应用依赖的数据库与主机问题', 'What the application stands on'),
      route('database', ['application', 'server', ...BEHIND_SPECIALISTS], '数据库排除后的问题', 'What is not the database after all'),
      route('senior-engineers', ['technical-managers', 'engineers', 'desk', 'vendor', ...SPECIALISTS], '技术升级', 'Technical escalation'),
      route('technical-managers', ['senior-engineers', 'engineers', 'vendor', ...SPECIALISTS], '指派处理', 'Assignment of work'),
      route('vendor', ['technical-managers', 'senior-engineers', ...SPECIALISTS], '厂商处理结果', 'What the vendor found'),
    ],
    legTargets: [],
  },
  intake: {
    // INC-01.
    categories: [term('hotline', '【800】', '800 hotline'), term('urgent', '【紧急】', 'Urgent'), term('other', '【其他】', 'Other'), term('monitoring', '【监控触发】', 'Monitoring')],
    technicalClasses: [
      term('hardware', '硬件', 'Hardware'), term('software', '软件', 'Software'), term('network', '网络', 'Network'), term('security', '安全', 'Security'),
      term('service-request', '服务请求', 'Service request'), term('other', '其他', 'Other'),
    ],
    channels: [
      term('phone', '电话', 'Phone'), term('email', '邮件', 'E-mail'), term('web', '网页', 'Web'), term('chat', '即时消息', 'Chat'),
      term('monitoring', '监控', 'Monitoring'), term('api', '接口', 'API'), term('inspection', '巡检', 'Inspection'),
    ],
    causeClasses: [
      cause('hardware-fault', '硬件故障', 'Hardware fault', true), cause('software-defect', '软件缺陷', 'Software defect', true),
      cause('configuration', '配置错误', 'Configuration error', true), cause('network', '网络或线路', 'Network or line', true),
      cause('capacity', '容量或性能', 'Capacity or performance', true), cause('change', '变更引起', 'Caused by a change', true),
      cause('security', '安全事件', 'Security', false), cause('environment', '机房环境或电力', 'Power or environment', false),
      cause('third-party', '第三方', 'Third party', false), cause('operation', '操作错误', 'Operating error', false),
      cause('request', '咨询或请求', 'Question or request', false), cause('unknown', '未查明', 'Not found', false),
    ],
    difficulties: [term('simple', '简单', 'Simple'), term('normal', '一般', 'Normal'), term('hard', '困难', 'Hard')],
    // D-41. Monitoring incidents are closed by their handler straight from 解决中.
    closureCodes: [
      solved('successful', '成功关闭', 'Closed successfully', ['awaiting-feedback']),
      solved('workaround', '变通关闭', 'Closed with a workaround', ['awaiting-feedback']),
      solved('no-answer', '无应答关闭', 'Closed without answer', ['awaiting-feedback']),
      ended('false-alarm', '误报', 'False alarm'),
      ended('duplicate', '重复', 'Duplicate'),
      ended('with-major', '随主事件关闭', 'Closed with the major incident'),
      ended('withdrawn', '用户撤回', 'Withdrawn by the user'),
      ended('other-process', '转其他流程', 'Moved to another process'),
    ],
    lateEntryMinutes: 120,
  },
  // D-03: time in 待反馈 is not counted. D-41: three attempts on three working days.
  feedback: { awaitingFeedbackCounts: false, attempts: 3, remindAfterWorkingDays: 1 },
  change: CHANGE_POLICY,
  release: RELEASE_POLICY,
  problem: PROBLEM_POLICY,
  knowledge: KNOWLEDGE_POLICY,
  configuration: CONFIGURATION_POLICY,
  metrics: METRICS_POLICY,
  'fault-report': FAULT_REPORT_POLICY,
  desk: DESK_POLICY,
  templates: TEMPLATES_POLICY,
  forecast: FORECAST_POLICY,
};
