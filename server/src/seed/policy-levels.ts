import type { LevelTable, LevelTargets } from '../features/service-level/service-level.rules.ts';

const HOURS = 60;

const LV1: LevelTargets = {
  nameZh: '严重', name: 'Critical', calendar: '24x7',
  response: { minutes: 10 },
  // D-53: "at once" in the handbook, without a figure; the same as the response.
  startOfWork: { minutes: 10 },
  onSite: { minutes: 2 * HOURS },
  progressReportEvery: { minutes: 1 * HOURS },
  escalation1: {
    minutes: 8 * HOURS, to: ['service-delivery-manager', 'department-manager'], vendorCase: true,
    action: { zh: '服务交付经理升级至部门经理，由部门经理开启原厂商支持案例', en: 'Service delivery manager, then the department manager opens a vendor case' },
  },
  escalation2: {
    minutes: 12 * HOURS, to: ['department-manager'],
    action: {
      zh: '部门经理召开在线会议：服务交付经理、技术经理、客户IT与管理层、原厂商参加',
      en: 'Department manager opens an online bridge: service delivery manager, technical manager, customer IT and management, vendor',
    },
  },
  functional: { firstLineMinutes: 30, secondLineMinutes: 4 * HOURS },
  notify: ['service-delivery-manager', 'department-manager', 'sales', 'executive'],
  assignTo: 'technical-managers',
  customerDuty: {
    zh: '向本单位管理层汇报，7×24 小时配合，开通远程访问', en: 'Inform own management, be there to help 7×24, grant remote access',
  },
  criteria: { zh: '服务完全中断，或整个站点网络中断', en: 'A service is wholly lost, or the network of a site is down' },
  examples: { zh: '核心业务系统宕机；数据中心或分支机构断网', en: 'The core business system is down; a data centre or branch has no network' },
};

const LV2: LevelTargets = {
  nameZh: '高', name: 'High', calendar: '24x7',
  response: { minutes: 30 },
  startOfWork: { minutes: 1 * HOURS },
  onSite: { minutes: 4 * HOURS },
  progressReportEvery: { minutes: 2 * HOURS },
  escalation1: {
    minutes: 24 * HOURS, to: ['technical-manager'],
    action: { zh: '技术经理参与处理', en: 'The technical manager joins in' },
  },
  escalation2: {
    minutes: 36 * HOURS, to: ['department-manager'], vendorCase: true,
    action: { zh: '部门经理开启原厂商支持案例', en: 'The department manager opens a vendor case' },
  },
  functional: { firstLineMinutes: 1 * HOURS, secondLineMinutes: 8 * HOURS },
  notify: ['service-delivery-manager', 'service-manager', 'project-manager'],
  assignTo: 'senior-engineers',
  customerDuty: LV1.customerDuty,
  criteria: { zh: '重要功能或资源丧失，服务仍部分可用', en: 'An important function or resource is lost; the service still partly works' },
  examples: { zh: '冗余链路或集群节点失效；一个重要模块无法使用', en: 'A redundant link or cluster node has failed; one important module cannot be used' },
};

const LV3: LevelTargets = {
  nameZh: '中', name: 'Medium', calendar: '5x8',
  response: { minutes: 4 * HOURS },
  startOfWork: { minutes: 2 * HOURS },
  onSite: null,
  progressReportEvery: { minutes: 8 * HOURS },
  escalation1: {
    minutes: 72 * HOURS, to: ['technical-manager'],
    action: { zh: '技术经理指派高级工程师', en: 'The technical manager assigns a senior engineer' },
  },
  escalation2: {
    minutes: 88 * HOURS, to: ['technical-manager'],
    action: { zh: '技术经理参与处理', en: 'The technical manager joins in' },
  },
  functional: { firstLineMinutes: 4 * HOURS, secondLineMinutes: 24 * HOURS },
  notify: [],
  assignTo: 'engineers',
  customerDuty: { zh: '4 个工作小时内提供配合与访问权限', en: 'Help and access within 4 business hours' },
  criteria: { zh: '部分用户或部分功能受影响', en: 'Some users or some functions are affected' },
  examples: { zh: '个别部门打印或邮件异常；性能下降但可用', en: 'One department cannot print or send mail; slow but usable' },
};

const LV4: LevelTargets = {
  ...LV3,
  nameZh: '低', name: 'Low',
  // D-04: the end of business hours of the next working day.
  response: { workingDays: 1 },
  startOfWork: { minutes: 4 * HOURS },
  progressReportEvery: { minutes: 16 * HOURS },
  escalation1: { ...LV3.escalation1, minutes: 144 * HOURS },
  escalation2: { ...LV3.escalation2, minutes: 160 * HOURS },
  functional: { firstLineMinutes: 8 * HOURS, secondLineMinutes: 48 * HOURS },
  customerDuty: {
    zh: '提供故障负责人的准确联系方式，24 小时内答复', en: 'Give an accurate contact of the owner of the fault; answer within 24 hours',
  },
  criteria: { zh: '不妨碍使用、操作错误或一般请求', en: 'Nothing is hindered; an operating error or a request' },
  examples: { zh: '咨询、账号开通、操作指导、界面文字有误', en: 'A question, a new account, help in operating, a wrong label' },
};

/**
 * The level table of incidents-and-sla.md. Spans of LV3 and LV4 are business time of the 5×8 calendar (D-01), so 72 h are
 * nine working days. The limits of `functional` (SLA-18) have no figure in the handbooks.
 */
export const LEVEL_TABLE: LevelTable = { warnAt: [50, 75, 90], levels: { LV1, LV2, LV3, LV4 } };
