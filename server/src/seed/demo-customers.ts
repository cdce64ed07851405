import { createPerson, grantRole } from '../features/access/access-people.service.ts';
import { calendarsFor } from '../features/calendar/calendar.service.ts';
import { createAgreement } from '../features/customer/customer-agreement.service.ts';
import { createService, createSite } from '../features/customer/customer-place.service.ts';
import { createCustomer } from '../features/customer/customer.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { DAY, type Instant } from '../kernel/instant.ts';
import type { Database } from '../platform/db/database.ts';
import { DEMO_PASSWORD, demoEmail, type DemoStaff } from './demo-people.ts';

const SEED = SYSTEM('seed');

interface DemoCustomer {
  readonly key: string;
  readonly name: string;
  readonly fullName: string;
  readonly importance: 'normal' | 'important' | 'key';
  /** Null: on the level table alone (D-32). */
  readonly tier: string | null;
  readonly sites: readonly string[];
  /** Name of a contact who may sign in, for some. */
  readonly contact: string | null;
}

/** Made-up customers. */
const CUSTOMERS: readonly DemoCustomer[] = [
  { key: 'hospital', name: '申江医院', fullName: '申江中心医院（演示）', importance: 'key', tier: 'vip', sites: ['门诊楼', '住院部'], contact: '顾医生' },
  { key: 'bank', name: '浦华银行', fullName: '浦华银行上海分行（演示）', importance: 'key', tier: 'advanced', sites: ['陆家嘴营业部', '数据中心'], contact: '钱经理' },
  { key: 'factory', name: '临港精工', fullName: '临港精工制造有限公司（演示）', importance: 'important', tier: 'standard', sites: ['一号厂房', '办公楼'], contact: null },
  { key: 'university', name: '东滩大学', fullName: '东滩大学信息化办公室（演示）', importance: 'normal', tier: null, sites: ['图书馆', '教学楼'], contact: null },
  { key: 'logistics', name: '长三角物流', fullName: '长三角物流集团（演示）', importance: 'important', tier: 'standard', sites: ['外高桥仓库'], contact: null },
  { key: 'retail', name: '新天商贸', fullName: '新天商贸连锁（演示）', importance: 'normal', tier: null, sites: ['南京路店'], contact: null },
  { key: 'media', name: '外滩传媒', fullName: '外滩传媒集团（演示）', importance: 'normal', tier: 'advanced', sites: ['演播中心'], contact: null },
];

interface DemoService {
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  readonly second: string;
}

const SERVICES: readonly DemoService[] = [
  { key: 'network', name: 'Network access', nameZh: '网络接入', second: 'network' },
  { key: 'server', name: 'Server hosting', nameZh: '主机托管', second: 'server' },
  { key: 'database', name: 'Databases', nameZh: '数据库运维', second: 'database' },
  { key: 'application', name: 'Business applications', nameZh: '业务系统', second: 'application' },
  { key: 'desktop', name: 'Workplace', nameZh: '桌面支持', second: 'senior' },
  { key: 'mail', name: 'Mail and collaboration', nameZh: '邮件协作', second: 'application' },
];

/** Ids by the keys above. */
export interface DemoCustomers {
  readonly customers: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, string>>;
}

/** Customers with sites, contacts and an agreement each, and the services that it covers (AGR-01, AGR-03, AGR-06). */
export async function seedDemoCustomers(database: Database, staff: DemoStaff, now: Instant): Promise<DemoCustomers> {
  const services: Record<string, string> = {};
  for (const { second, ...service } of SERVICES) {
    const made = await createService(database, SEED, {
      ...service, firstLineTeamId: staff.teams['engineers']!, secondLineTeamId: staff.teams[second]!, thirdLineTeamId: staff.teams['vendor']!,
    });
    services[service.key] = made.id;
  }
  const calendars = await calendarsFor(database, database.em);
  const customers: Record<string, string> = {};
  for (const customer of CUSTOMERS) customers[customer.key] = await seedCustomer(database, customer, { staff, calendarId: calendars.idByKey['5x8']!, now });
  return { customers, services };
}

async function seedCustomer(database: Database, customer: DemoCustomer, { staff, calendarId, now }: { staff: DemoStaff; calendarId: string; now: Instant }): Promise<string> {
  const { key, name, fullName, importance, tier, sites, contact } = customer;
  const { id: customerId } = await createCustomer(database, SEED, { name, fullName, importance, timeZone: 'Asia/Shanghai' });
  for (const site of sites) await createSite(database, SEED, { customerId, name: site });
  const { people } = staff;
  await createAgreement(database, SEED, {
    customerId, number: `SA-${key.toUpperCase()}`, name: `${name}年度运维服务协议`, tier, calendarId, targets: {}, responseChannels: tier === 'vip' ? ['chat'] : [],
    reportingCadence: 'monthly', startsAt: now - 2 * 365 * DAY, endsAt: now + (key === 'media' ? 20 : 300) * DAY, slaOwnerId: people['owner'], serviceManagerId: people['service'],
    serviceDeliveryManagerId: people['delivery'], projectManagerId: people['project'], departmentManagerId: people['department'], technicalManagerId: people['technical'],
  });
  if (contact) {
    const person = await createPerson(database, SEED, { name: contact, email: demoEmail(key), customerId, password: DEMO_PASSWORD });
    await grantRole(database, SEED, { personId: person.id, role: 'customer-contact', customerId });
  }
  return customerId;
}

/** Who may sign in, as `start` prints it. */
export const DEMO_SIGN_INS: readonly { readonly email: string; readonly password: string; readonly role: string }[] = [
  ['desk', '服务台 service desk'], ['engineer', '工程师 engineer'], ['senior', '高级工程师 senior engineer, lead'], ['technical', '技术经理 technical manager'],
  ['service', '服务经理 service manager'], ['incident', '事件经理 incident manager'], ['duty', '7×24值班 on call'], ['hospital', '客户 customer contact'],
  ['auditor', '审计 auditor, read-only'], ['admin', '管理员 administrator'],
].map(([key, role]) => ({ email: demoEmail(key!), password: DEMO_PASSWORD, role: role! }));
