import type { Permission } from '../../kernel/permission.ts';

export interface PermissionText {
  readonly zh: string;
  readonly en: string;
}

const say = (zh: string, en: string): PermissionText => ({ zh, en });

const WORDS: Readonly<Partial<Record<Permission, PermissionText>>> = {
  'incident.read': say('查看事件', 'see incidents'),
  'incident.record': say('登记事件', 'record incidents'),
  'incident.work': say('处理事件', 'work on incidents'),
  'incident.assign': say('分配事件', 'assign incidents'),
  'incident.close': say('关闭事件', 'close incidents'),
  'incident.lead': say('作为组长处理（批准调级、更正记录）', 'lead: approve re-gradings, correct entries'),
  'incident.comment': say('在事件中留言', 'comment on incidents'),
  'incident.urge': say('催办', 'urge'),
  'incident.confirm': say('确认或驳回解决方案', 'confirm or refuse a solution'),
  'handoff.act': say('跨组交接', 'hand over between teams'),
  'escalation.raise': say('发起升级', 'raise escalations'),
  'escalation.acknowledge': say('确认升级', 'acknowledge escalations'),
  'board.read': say('查看大屏', 'see boards'),
  'customer.read': say('查看客户', 'see customers'),
  'customer.edit': say('维护客户', 'edit customers'),
  'agreement.read': say('查看服务协议', 'see agreements'),
  'agreement.edit': say('维护服务协议和服务目录', 'edit agreements and the catalogue'),
  'policy.read': say('查看策略', 'see policies'),
  'policy.edit': say('修改策略', 'edit policies'),
  'calendar.read': say('查看服务日历', 'see calendars'),
  'calendar.edit': say('修改服务日历', 'edit calendars'),
  'team.read': say('查看团队', 'see teams'),
  'team.edit': say('维护团队', 'edit teams'),
  'roster.edit': say('排班', 'edit the roster'),
  'person.read': say('查看人员', 'see people'),
  'person.edit': say('维护人员和角色', 'edit people and roles'),
  'token.edit': say('管理接口令牌', 'manage API tokens'),
  'cmdb.read': say('查看配置项', 'see configuration items'),
  'cmdb.edit': say('维护配置项', 'edit configuration items'),
  'cmdb.control': say('管控配置库（基线、状态报告）', 'control the register: baselines, status reports'),
  'change.read': say('查看变更', 'see changes'),
  'change.raise': say('提出变更', 'raise changes'),
  'change.raiseEmergency': say('提出紧急变更', 'raise emergency changes'),
  'change.own': say('负责变更', 'own changes'),
  'change.implement': say('实施变更', 'implement changes'),
  'change.approve': say('审批变更', 'approve changes'),
  'change.steer': say('授权重大变更', 'authorise major changes'),
  'change.consent': say('口头同意紧急变更', 'consent to emergency changes'),
  'change.vote': say('变更委员会投票', 'vote in the CAB'),
  'change.confirm': say('代表客户确认变更', 'confirm changes for the customer'),
  'change.comment': say('在变更中留言', 'comment on changes'),
  'freeze.edit': say('设置封网期', 'set freeze windows'),
  'freeze.override': say('封网期特批', 'override a freeze'),
  'release.read': say('查看发布', 'see releases'),
  'release.own': say('负责发布', 'own releases'),
  'release.review': say('评审发布内容', 'review releases'),
  'release.test': say('测试发布', 'test releases'),
  'release.approve': say('批准发布', 'approve releases'),
  'release.confirm': say('代表客户确认发布', 'confirm releases for the customer'),
  'problem.read': say('查看问题', 'see problems'),
  'problem.work': say('处理问题', 'work on problems'),
  'problem.manage': say('管理问题', 'manage problems'),
  'knowledge.read': say('查看知识库', 'read the knowledge base'),
  'knowledge.write': say('编写知识', 'write articles'),
  'knowledge.review': say('审核知识', 'review articles'),
  'knowledge.manage': say('管理知识分类和审核人', 'manage categories and reviewers'),
  'vendor.edit': say('维护厂商工单', 'keep vendor cases'),
  'review.edit': say('主持月度评审', 'hold monthly reviews'),
  'metrics.read': say('查看指标', 'see metrics'),
  'metrics.issue': say('发布报告', 'issue reports'),
  'audit.read': say('查看审计记录', 'read the audit trail'),
  'audit.redact': say('抹除审计中的个人数据', 'redact personal data in the trail'),
  'import.run': say('导入数据', 'run imports'),
  'act.onBehalfOf': say('代表他人操作（接口）', 'act on behalf of others (API)'),
};

/** What a permission lets one do; a new one is shown by its key until it has words. */
export function permissionWords(key: Permission): PermissionText {
  return WORDS[key] ?? say(key, key);
}
