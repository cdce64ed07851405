import type { Permission } from '../../kernel/permission.ts';
import { PERMISSIONS } from '../../kernel/permission.ts';
import { DAY, HOUR, MINUTE, type Instant } from '../../kernel/instant.ts';

/** A role of ORG-01 or D-50: what it is called, and what it may do unless a grant limits it to a customer or a team. */
export interface RoleDefinition {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly permissions: readonly Permission[];
}

const SEE: readonly Permission[] = [
  'incident.read', 'board.read', 'customer.read', 'agreement.read', 'policy.read', 'calendar.read', 'team.read', 'person.read', 'cmdb.read',
  'change.read', 'release.read', 'problem.read', 'knowledge.read',
];
/** Whoever handles incidents also raises changes, works on problems and writes articles (CHG-01, PRB-01, KNW-03). */
const HANDLE: readonly Permission[] = [
  ...SEE, 'incident.record', 'incident.work', 'incident.comment', 'incident.urge', 'handoff.act', 'escalation.raise', 'escalation.acknowledge',
  'change.raise', 'change.implement', 'change.comment', 'problem.work', 'knowledge.write',
];
const STEER: readonly Permission[] = [...HANDLE, 'incident.assign', 'incident.lead', 'metrics.read', 'vendor.edit', 'review.edit'];
const OWN_CHANGE: readonly Permission[] = [...SEE, 'incident.comment', 'change.raise', 'change.own', 'change.comment', 'knowledge.write'];

const role = (key: string, zh: string, en: string, permissions: readonly Permission[]): RoleDefinition => ({ key, zh, en, permissions });

/**
 * Every role, in the order of ORG-01. D-50: 服务主管 is the service manager; 助理 and 事件记录员 the service desk;
 * 信息中心 a customer contact who approves; 运维部 the department manager. `executive` is who INC-05 informs of an LV1.
 */
export const ROLES: readonly RoleDefinition[] = [
  role('service-desk', '服务台', 'Service desk / first line', [...HANDLE, 'incident.assign', 'incident.close']),
  role('engineer', '工程师', 'Engineer', HANDLE),
  role('senior-engineer', '高级工程师', 'Senior engineer', HANDLE),
  // KNW-01, KNW-10: keeps the category tree and appoints reviewers.
  role('technical-manager', '技术经理', 'Technical manager', [...STEER, 'change.own', 'problem.manage', 'knowledge.review', 'knowledge.manage', 'release.review']),
  role('service-manager', '服务经理', 'Service manager', [...STEER, 'roster.edit', 'screen.edit', 'change.own', 'change.raiseEmergency', 'problem.manage', 'metrics.issue', 'release.review']),
  role('service-delivery-manager', '服务交付经理', 'Service delivery manager', [...STEER, 'problem.manage', 'change.own', 'release.review', 'metrics.issue']),
  role('project-manager', '项目经理', 'Project manager', [...HANDLE, 'incident.assign', 'change.own', 'change.raiseEmergency', 'problem.manage', 'metrics.read', 'release.own', 'vendor.edit']),
  // CHG table: oral consent of department manager or above; steering authorisation of a major change.
  role('department-manager', '部门经理', 'Department manager', [...STEER, 'roster.edit', 'audit.read', 'change.consent', 'change.steer', 'change.vote', 'freeze.override', 'release.review', 'metrics.issue']),
  role('sla-owner', 'SLA负责人', 'SLA owner', [...SEE, 'incident.comment', 'incident.urge', 'escalation.raise', 'escalation.acknowledge', 'agreement.edit', 'metrics.read']),
  role('incident-manager', '事件经理', 'Incident manager', [...STEER, 'audit.read', 'problem.manage']),
  role('change-manager', '变更经理', 'Change manager', [...OWN_CHANGE, 'change.approve', 'change.vote', 'freeze.edit', 'freeze.override', 'metrics.read', 'metrics.issue']),
  role('change-owner', '变更负责人', 'Change owner', OWN_CHANGE),
  role('change-implementer', '变更执行人员', 'Change implementer', [...SEE, 'incident.comment', 'change.implement', 'change.comment', 'knowledge.write']),
  role('cab-member', '变更委员会成员', 'CAB member', [...SEE, 'change.vote', 'change.comment']),
  role('release-manager', '发布管理负责人', 'Release manager', [...OWN_CHANGE, 'release.own', 'release.approve', 'release.review', 'metrics.read']),
  role('release-owner', '发布负责人', 'Release owner', [...OWN_CHANGE, 'release.own']),
  role('release-tester', '发布测试人员', 'Release tester', [...SEE, 'release.test', 'change.comment']),
  role('configuration-manager', '配置管理员', 'Configuration manager', [...SEE, 'cmdb.edit', 'cmdb.control', 'change.comment', 'knowledge.write']),
  role('knowledge-reviewer', '知识审核人', 'Knowledge reviewer', [...SEE, 'knowledge.write', 'knowledge.review']),
  role('pre-sales', '售前', 'Pre-sales', ['customer.read', 'agreement.read', 'team.read', 'person.read', 'knowledge.read']),
  role('sales', '销售', 'Sales', ['incident.read', 'customer.read', 'agreement.read', 'team.read', 'person.read', 'incident.urge']),
  role('quality-manager', '质量管理经理', 'Quality manager', [...SEE, 'audit.read', 'metrics.read', 'review.edit']),
  role('customer-contact', '客户', 'Customer contact', [
    'incident.read', 'incident.record', 'incident.comment', 'incident.urge', 'incident.confirm', 'escalation.raise', 'customer.read', 'agreement.read', 'cmdb.read',
    'change.read', 'change.confirm', 'release.read', 'release.confirm', 'knowledge.read', 'report.read',
  ]),
  role('auditor', '审计员', 'Auditor (read-only)', [...SEE, 'audit.read', 'metrics.read']),
  role('administrator', '系统管理员', 'Administrator', [
    ...SEE, 'customer.edit', 'agreement.edit', 'policy.edit', 'calendar.edit', 'team.edit', 'roster.edit', 'person.edit', 'token.edit', 'screen.edit', 'cmdb.edit', 'audit.read', 'audit.redact', 'import.run', 'metrics.read',
  ]),
  role('project-management-office', '项目管理办公室', 'Project management office', [...SEE, 'customer.edit', 'metrics.read']),
  role('project-director', '项目总监', 'Project director', [...SEE, 'incident.urge', 'escalation.raise', 'change.consent', 'change.steer', 'metrics.read']),
  role('executive', '公司领导', 'Executive', [...SEE, 'change.consent', 'change.steer', 'metrics.read']),
];

const BY_KEY = new Map(ROLES.map((definition) => [definition.key, { ...definition, allowed: new Set(definition.permissions) }]));
const NONE: ReadonlySet<Permission> = new Set();

/** What a role may do; nothing for a role that is not known (any more). */
export function permissionsOfRole(key: string): ReadonlySet<Permission> {
  return BY_KEY.get(key)?.allowed ?? NONE;
}

export function isRole(key: string): boolean {
  return BY_KEY.has(key);
}

export function isPermission(key: string): key is Permission {
  return PERMISSIONS.some((permission) => permission === key);
}

/** A screen shows and changes nothing (ORG-03). */
export const SCREEN_SCOPES: readonly Permission[] = ['board.read'];

/** Roles that a customer's own people may hold; any other would let them see the provider's side. */
export const CUSTOMER_ROLES: readonly string[] = ['customer-contact'];

/** How long a sign-in lasts: 12 h after its last use, 30 days in all. Half-open: at that instant it is over. */
export function sessionExpiry(createdAt: Instant, lastSeenAt: Instant): Instant {
  return Math.min(lastSeenAt + 12 * HOUR, createdAt + 30 * DAY);
}

/** "Last used" is a help for people, not a trail: once a minute is enough and spares the database a write per request. */
export const TOUCH_EVERY = MINUTE;

export const SIGN_IN_WINDOW = 15 * MINUTE;
const FAILURES_PER_EMAIL = 5;
const FAILURES_PER_ORIGIN = 20;

/** Instants of failed attempts within the last 15 minutes, oldest first. */
export interface RecentFailures {
  readonly ofEmail: readonly Instant[];
  readonly ofOrigin: readonly Instant[];
}

/** When the next attempt may be made; null: now (ORG-04). A slot is free again 15 minutes after the failure that took it. */
export function nextAttemptAt(failures: RecentFailures, now: Instant): Instant | null {
  const free = Math.max(slotFreeAt(failures.ofEmail, FAILURES_PER_EMAIL, now), slotFreeAt(failures.ofOrigin, FAILURES_PER_ORIGIN, now));
  return free > now ? free : null;
}

function slotFreeAt(failures: readonly Instant[], most: number, now: Instant): Instant {
  const counting = failures.filter((at) => at + SIGN_IN_WINDOW > now);
  const blocking = counting.at(-most);
  return blocking === undefined ? now : blocking + SIGN_IN_WINDOW;
}

/** Long enough not to be guessed, and nothing else: rules about characters make people choose worse ones. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;
