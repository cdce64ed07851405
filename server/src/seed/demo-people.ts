import { createPerson, grantRole } from '../features/access/access-people.service.ts';
import { addShift, addTeamMember, createTeam, updateTeam } from '../features/team/team.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { HOUR, type Instant } from '../kernel/instant.ts';
import type { Database } from '../platform/db/database.ts';

/** One password for every demo account: the demo is no secret, and `start` prints it. */
export const DEMO_PASSWORD = 'watchfloor-demo-2026';

const SEED = SYSTEM('seed');

interface DemoPerson {
  readonly key: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly phone: string;
}

/** Made-up staff of the provider. */
const STAFF: readonly DemoPerson[] = [
  { key: 'desk', name: '周敏', roles: ['service-desk'], phone: '021-5550-0101' },
  { key: 'desk2', name: '吴婷', roles: ['service-desk'], phone: '021-5550-0102' },
  { key: 'duty', name: '赵磊', roles: ['service-desk', 'engineer'], phone: '021-5550-0111' },
  { key: 'duty2', name: '孙浩', roles: ['engineer'], phone: '021-5550-0112' },
  { key: 'engineer', name: '王伟', roles: ['engineer'], phone: '021-5550-0121' },
  { key: 'network', name: '李强', roles: ['engineer'], phone: '021-5550-0122' },
  { key: 'server', name: '陈洁', roles: ['engineer'], phone: '021-5550-0123' },
  { key: 'database', name: '刘洋', roles: ['engineer'], phone: '021-5550-0124' },
  { key: 'application', name: '徐静', roles: ['engineer'], phone: '021-5550-0125' },
  { key: 'senior', name: '黄建国', roles: ['senior-engineer'], phone: '021-5550-0131' },
  { key: 'senior2', name: '朱琳', roles: ['senior-engineer'], phone: '021-5550-0132' },
  { key: 'technical', name: '林志远', roles: ['technical-manager'], phone: '021-5550-0141' },
  { key: 'vendor', name: '何平', roles: ['engineer'], phone: '021-5550-0151' },
  { key: 'service', name: '郭晓燕', roles: ['service-manager'], phone: '021-5550-0161' },
  { key: 'delivery', name: '高峰', roles: ['service-delivery-manager'], phone: '021-5550-0162' },
  { key: 'project', name: '马丽', roles: ['project-manager'], phone: '021-5550-0163' },
  { key: 'department', name: '罗建华', roles: ['department-manager'], phone: '021-5550-0164' },
  { key: 'owner', name: '梁雪', roles: ['sla-owner'], phone: '021-5550-0165' },
  { key: 'incident', name: '宋凯', roles: ['incident-manager'], phone: '021-5550-0166' },
  { key: 'auditor', name: '谢芳', roles: ['auditor'], phone: '021-5550-0171' },
  { key: 'admin', name: '韩冰', roles: ['administrator'], phone: '021-5550-0172' },
];

interface DemoTeam {
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  readonly line: number;
  readonly purpose: 'desk' | 'engineers' | 'senior-engineers' | 'technical-managers' | 'duty' | 'other';
  /** The lead first. */
  readonly members: readonly string[];
}

const TEAMS: readonly DemoTeam[] = [
  { key: 'desk', name: 'Service desk', nameZh: '服务台', line: 1, purpose: 'desk', members: ['desk', 'desk2'] },
  { key: 'duty', name: '7×24 duty', nameZh: '7×24值班组', line: 1, purpose: 'duty', members: ['duty', 'duty2'] },
  { key: 'engineers', name: 'Engineers', nameZh: '工程师组', line: 1, purpose: 'engineers', members: ['engineer', 'network', 'server', 'application'] },
  { key: 'network', name: 'Network', nameZh: '网络组', line: 2, purpose: 'other', members: ['network', 'engineer', 'senior'] },
  { key: 'server', name: 'Servers', nameZh: '主机组', line: 2, purpose: 'other', members: ['server', 'senior2'] },
  { key: 'database', name: 'Database', nameZh: '数据库组', line: 2, purpose: 'other', members: ['database', 'senior2'] },
  { key: 'application', name: 'Applications', nameZh: '应用组', line: 2, purpose: 'other', members: ['application', 'engineer'] },
  { key: 'senior', name: 'Senior engineers', nameZh: '高级工程师组', line: 2, purpose: 'senior-engineers', members: ['senior', 'senior2'] },
  { key: 'technical', name: 'Technical managers', nameZh: '技术经理组', line: 3, purpose: 'technical-managers', members: ['technical'] },
  { key: 'vendor', name: 'Vendors', nameZh: '厂商支持', line: 3, purpose: 'other', members: ['vendor'] },
];

/** Ids by the keys above. */
export interface DemoStaff {
  readonly people: Readonly<Record<string, string>>;
  readonly teams: Readonly<Record<string, string>>;
}

export const demoEmail = (key: string): string => `${key}@demo.watchfloor.local`;

/** People, teams, and a roster that rolls from yesterday for a fortnight (ORG-01, ORG-02). */
export async function seedDemoStaff(database: Database, now: Instant): Promise<DemoStaff> {
  const people: Record<string, string> = {};
  for (const { key, name, roles, phone } of STAFF) {
    const person = await createPerson(database, SEED, { name, email: demoEmail(key), phone, password: DEMO_PASSWORD });
    people[key] = person.id;
    for (const role of roles) await grantRole(database, SEED, { personId: person.id, role });
  }
  const teams: Record<string, string> = {};
  for (const team of TEAMS) teams[team.key] = await seedTeam(database, team, people);
  await seedRoster(database, { people, teams }, now);
  return { people, teams };
}

async function seedTeam(database: Database, { members, ...team }: DemoTeam, people: Readonly<Record<string, string>>): Promise<string> {
  const made = await createTeam(database, SEED, team);
  for (const member of members) await addTeamMember(database, SEED, { teamId: made.id, personId: people[member]! });
  await updateTeam(database, SEED, { id: made.id, expectedVersion: made.version, leadId: people[members[0]!]! });
  return made.id;
}

const SHIFT = 12 * HOUR;
const SHIFTS = 28;
/** Shanghai changes shifts at 08:00 and 20:00 (UTC 00:00 and 12:00). */
async function seedRoster(database: Database, { people, teams }: DemoStaff, now: Instant): Promise<void> {
  const first = Math.floor((now - 2 * SHIFT) / SHIFT) * SHIFT;
  for (let index = 0; index < SHIFTS; index += 1) {
    const span = { startsAt: first + index * SHIFT, endsAt: first + (index + 1) * SHIFT };
    const leader = index % 2 === 0 ? 'duty' : 'duty2';
    await addShift(database, SEED, { teamId: teams['duty']!, personId: people[leader]!, leader: true, ...span });
    if (index % 2 === 0) await addShift(database, SEED, { teamId: teams['network']!, personId: people[index % 4 === 0 ? 'network' : 'engineer']!, startsAt: span.startsAt, endsAt: span.startsAt + 2 * SHIFT });
  }
}
