/** The demo's people and teams. All names are made up. */

export interface DemoPerson {
  readonly key: string;
  readonly name: string;
  /** Sign-in name before the @; null: known, but cannot sign in. */
  readonly signIn: string | null;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  /** Name of the customer whose contact this is. */
  readonly customer?: string;
}

/** The one password of all demo sign-ins; `start` prints it. Never used by `start --empty`. */
export const DEMO_PASSWORD = 'watchfloor-demo';
export const DEMO_DOMAIN = 'demo.example';

const person = (key: string, name: string, roles: readonly string[], teams: readonly string[], signIn: string | null = null): DemoPerson => ({ key, name, roles, teams, signIn });
const contact = (key: string, name: string, customer: string, signIn: string): DemoPerson => ({ key, name, roles: ['customer-contact'], teams: [], signIn, customer });

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('desk', '陈晓燕', ['service-desk'], ['desk'], 'desk'),
  person('desk-2', '李静怡', ['service-desk'], ['desk']),
  person('desk-3', '孙悦', ['service-desk'], ['desk']),
  person('duty', '王海涛', ['engineer'], ['duty'], 'duty'),
  person('duty-2', '赵磊', ['engineer'], ['duty']),
  person('duty-3', '周凯', ['engineer'], ['duty']),
  person('duty-4', '钱思远', ['engineer'], ['duty']),
  person('engineer', '刘洋', ['engineer'], ['engineers'], 'engineer'),
  person('engineer-2', '吴敏', ['engineer'], ['engineers']),
  person('engineer-3', '郑浩然', ['engineer'], ['engineers']),
  person('network', '黄志强', ['engineer'], ['network'], 'network'),
  person('network-2', '徐婷', ['engineer'], ['network']),
  person('network-3', '何军', ['engineer'], ['network']),
  person('server', '高飞', ['engineer'], ['server'], 'server'),
  person('server-2', '林涛', ['engineer'], ['server']),
  person('application', '马丽', ['engineer'], ['application'], 'application'),
  person('application-2', '郭鹏', ['engineer'], ['application']),
  person('database', '罗斌', ['engineer'], ['database'], 'database'),
  person('database-2', '梁雪', ['engineer'], ['database']),
  person('senior', '宋建国', ['senior-engineer'], ['senior-engineers'], 'senior'),
  person('senior-2', '谢明辉', ['senior-engineer'], ['senior-engineers']),
  person('technical-manager', '唐伟', ['technical-manager'], ['technical-managers'], 'tech.manager'),
  person('technical-manager-2', '韩磊', ['technical-manager'], ['technical-managers']),
  person('vendor', '冯宇（厂商接口）', ['engineer'], ['vendor']),
  person('service-manager', '曹颖', ['service-manager'], [], 'service.manager'),
  person('service-delivery-manager', '邓超群', ['service-delivery-manager'], [], 'sdm'),
  person('project-manager', '彭佳', ['project-manager'], [], 'pm'),
  person('department-manager', '曾国强', ['department-manager'], [], 'dept.manager'),
  person('sla-owner', '萧然', ['sla-owner'], [], 'sla.owner'),
  person('incident-manager', '田野', ['incident-manager'], [], 'incident.manager'),
  person('change-manager', '许志远', ['change-manager', 'cab-member'], [], 'change.manager'),
  person('change-owner', '范丽娜', ['change-owner', 'change-implementer'], []),
  person('change-implementer', '丁浩', ['change-implementer'], []),
  person('change-implementer-2', '蒋文博', ['change-implementer'], []),
  person('cab-member', '陆建平', ['cab-member'], []),
  person('cab-member-2', '石磊', ['cab-member'], []),
  person('release-manager', '秦岚', ['release-manager', 'cab-member'], [], 'release.manager'),
  person('release-owner', '姚远', ['release-owner'], []),
  person('release-tester', '潘婷', ['release-tester'], []),
  person('configuration-manager', '贺强', ['configuration-manager'], [], 'configuration.manager'),
  person('knowledge-reviewer', '孟洁', ['knowledge-reviewer'], [], 'knowledge.reviewer'),
  person('quality-manager', '汪涛', ['quality-manager'], [], 'quality.manager'),
  person('executive', '傅国平', ['executive'], [], 'executive'),
  person('auditor', '董洁', ['auditor'], [], 'auditor'),
  person('administrator', '袁野', ['administrator'], [], 'admin'),
  contact('contact-hospital', '蒋敏（信息科）', '浦江中心医院', 'hospital'),
  contact('contact-factory', '沈刚（信息部）', '临港精密制造', 'factory'),
];

/** What a sign-in shows first, in the order in which `start` prints them. */
export const DEMO_SIGN_IN_WORDS: Readonly<Record<string, string>> = {
  desk: '服务台 service desk', duty: '7×24 值班 duty engineer', engineer: '工程师 engineer', network: '网络组长 network lead', server: '系统组长 server lead',
  application: '应用组长 application lead', database: '数据库组长 database lead', senior: '高级工程师 senior engineer',
  'technical-manager': '技术经理 technical manager', 'service-manager': '服务经理 service manager', 'service-delivery-manager': '服务交付经理 service delivery manager',
  'project-manager': '项目经理 project manager', 'department-manager': '部门经理 department manager', 'sla-owner': 'SLA负责人 SLA owner',
  'incident-manager': '事件经理 incident manager', 'change-manager': '变更经理 change manager', 'release-manager': '发布管理负责人 release manager', 'configuration-manager': '配置管理员 configuration manager',
  'knowledge-reviewer': '知识审核人 knowledge reviewer', 'quality-manager': '质量管理经理 quality manager', executive: '公司领导 executive',
  auditor: '审计员 auditor (read-only)', administrator: '系统管理员 administrator',
  'contact-hospital': '客户 customer: 浦江中心医院（VIP；待回复、待确认、待评价各一）', 'contact-factory': '客户 customer: 临港精密制造（级别表；待回复、待确认、待评价各一）',
};

export interface DemoTeam {
  readonly key: string;
  readonly nameZh: string;
  readonly name: string;
  readonly line: 1 | 2 | 3;
  readonly purpose: 'desk' | 'engineers' | 'senior-engineers' | 'technical-managers' | 'duty' | 'other';
  /** Key of a person. */
  readonly lead: string;
}

const team = (key: string, nameZh: string, name: string, line: 1 | 2 | 3, lead: string, purpose: DemoTeam['purpose'] = 'other'): DemoTeam => ({ key, nameZh, name, line, lead, purpose });

export const DEMO_TEAMS: readonly DemoTeam[] = [
  team('desk', '服务台', 'Service desk', 1, 'desk', 'desk'),
  team('duty', '7×24 值班组', '7×24 duty', 1, 'duty', 'duty'),
  team('engineers', '工程师组', 'Engineers', 1, 'engineer', 'engineers'),
  team('network', '网络组', 'Network', 2, 'network'),
  team('server', '系统组', 'Servers', 2, 'server'),
  team('application', '应用组', 'Applications', 2, 'application'),
  team('database', '数据库组', 'Databases', 2, 'database'),
  team('senior-engineers', '高级工程师组', 'Senior engineers', 2, 'senior', 'senior-engineers'),
  team('technical-managers', '技术经理组', 'Technical managers', 3, 'technical-manager', 'technical-managers'),
  team('vendor', '厂商支持', 'Vendor support', 3, 'technical-manager'),
];

export interface DemoCustomer {
  readonly name: string;
  readonly fullName: string;
  readonly importance: 'normal' | 'important' | 'key';
  /** Key of the tier table; null: the level table alone. */
  readonly tier: string | null;
  readonly sites: readonly string[];
}

/** The first four have tiers and get incidents that were solved quickly; the others are on the level table (D-32). */
export const DEMO_CUSTOMERS: readonly DemoCustomer[] = [
  { name: '浦江中心医院', fullName: '上海浦江中心医院', importance: 'key', tier: 'vip', sites: ['门诊大楼', '住院部', '东院区'] },
  { name: '沪东银行徐汇支行', fullName: '沪东商业银行上海徐汇支行', importance: 'key', tier: 'advanced', sites: ['漕溪北路营业厅', '后台中心'] },
  { name: '松江理工大学', fullName: '上海松江理工大学', importance: 'important', tier: 'standard', sites: ['图书馆', '数据中心', '学生公寓'] },
  { name: '静安政务服务中心', fullName: '上海静安政务服务中心', importance: 'normal', tier: 'standard', sites: ['办事大厅'] },
  { name: '临港精密制造', fullName: '上海临港精密制造有限公司', importance: 'important', tier: null, sites: ['一号厂房', '二号厂房', '办公楼'] },
  { name: '申江物流', fullName: '申江国际物流有限公司', importance: 'normal', tier: null, sites: ['外高桥仓库', '洋山港办公室'] },
  { name: '外滩华亭酒店', fullName: '上海外滩华亭酒店', importance: 'normal', tier: null, sites: ['主楼'] },
  { name: '虹桥置地', fullName: '上海虹桥置地集团', importance: 'important', tier: null, sites: ['总部', '虹桥商务区项目部'] },
];
