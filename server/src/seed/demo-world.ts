import { createPerson, grantRole } from '../features/access/access-people.service.ts';
import { BoardEntity } from '../features/board/board.entity.ts';
import { CalendarEntity } from '../features/calendar/calendar.entity.ts';
import { createAgreement } from '../features/customer/customer-agreement.service.ts';
import { createProject, createService, createSite } from '../features/customer/customer-place.service.ts';
import { createCustomer } from '../features/customer/customer.service.ts';
import { RosterShiftEntity } from '../features/team/team.entity.ts';
import { addTeamMember, createTeam } from '../features/team/team.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { assert } from '../kernel/assert.ts';
import { DAY, HOUR, type Instant } from '../kernel/instant.ts';
import type { Database } from '../platform/db/database.ts';
import { insertRows } from '../platform/db/insert-rows.ts';
import { newId } from '../platform/time/new-id.ts';
import { DEMO_SERVICES } from './demo-words.ts';
import { DEMO_CUSTOMERS, DEMO_DOMAIN, DEMO_PASSWORD, DEMO_PEOPLE, DEMO_TEAMS } from './people.ts';

const actor = SYSTEM('demo');

/** Ids by the keys of `people.ts`. */
export interface DemoWorld {
  readonly people: ReadonlyMap<string, string>;
  readonly teams: ReadonlyMap<string, string>;
  readonly customers: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, string>;
  /** Devices, clusters, machines and circuits of each customer, by its id, always in the same order. */
  readonly items: ReadonlyMap<string, readonly string[]>;
}

/** Customers, people, teams, roster, services, agreements and boards, made through the services as an administrator would. */
export async function makeDemoWorld(database: Database): Promise<DemoWorld> {
  const now = await database.now();
  const customers = await makeCustomers(database);
  const people = await makePeople(database, customers);
  const teams = await makeTeams(database, people);
  const services = new Map<string, string>();
  for (const [key, nameZh, name, second] of DEMO_SERVICES) {
    const service = await createService(database, actor, { key, name, nameZh, firstLineTeamId: teams.get('engineers') ?? null, secondLineTeamId: teams.get(second) ?? null });
    services.set(key, service.id);
  }
  await makeAgreements(database, { customers, people, now });
  await makeRoster(database, { people, teams, now });
  await makeBoards(database, teams);
  return { people, teams, customers, services, items: new Map() };
}

/** What the register has for each customer, once it is imported. */
export async function demoItems(database: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await database.em.execute<{ customerId: string; id: string }[]>(
    `select customer_id as "customerId", id from ci where customer_id is not null and class not in ('site', 'location', 'rack', 'power', 'power-feed', 'power-panel') order by md5(name), id`,
  );
  return new Map([...Map.groupBy(rows, ({ customerId }) => customerId)].map(([customer, of]) => [customer, of.map(({ id }) => id)]));
}

/** The same for a demo that is there already. */
export async function loadDemoWorld(database: Database): Promise<DemoWorld> {
  const rows = await database.em.execute<{ kind: string; key: string; id: string }[]>(
    `select 'people' as kind, split_part(email, '@', 1) as key, id from person where email like ?
     union all select 'teams', key, id from team union all select 'customers', name, id from customer union all select 'services', key, id from service`,
    [`%@${DEMO_DOMAIN}`],
  );
  const of = (kind: string): Map<string, string> => new Map(rows.filter((row) => row.kind === kind).map(({ key, id }) => [key, id]));
  const emails = of('people');
  const people = new Map(DEMO_PEOPLE.flatMap(({ key, signIn }) => {
    const id = emails.get(signIn ?? key);
    return id === undefined ? [] : [[key, id] as const];
  }));
  return { people, teams: of('teams'), customers: of('customers'), services: of('services'), items: await demoItems(database) };
}

async function makeCustomers(database: Database): Promise<Map<string, string>> {
  const customers = new Map<string, string>();
  for (const { name, fullName, importance, sites } of DEMO_CUSTOMERS) {
    const { id } = await createCustomer(database, actor, { name, fullName, importance, timeZone: 'Asia/Shanghai' });
    customers.set(name, id);
    for (const site of sites) await createSite(database, actor, { customerId: id, name: site, address: `上海 · ${fullName} ${site}` });
  }
  return customers;
}

async function makePeople(database: Database, customers: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  for (const [index, { key, name, signIn, roles, customer }] of DEMO_PEOPLE.entries()) {
    const customerId = customer === undefined ? null : customers.get(customer) ?? null;
    const { id } = await createPerson(database, actor, {
      name, email: `${signIn ?? key}@${DEMO_DOMAIN}`, phone: `021-5555 ${String(1000 + index * 37)}`, customerId, password: signIn === null ? null : DEMO_PASSWORD,
    });
    people.set(key, id);
    for (const role of roles) await grantRole(database, actor, { personId: id, role, customerId });
  }
  return people;
}

async function makeTeams(database: Database, people: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const teams = new Map<string, string>();
  for (const { key, name, nameZh, line, purpose, lead } of DEMO_TEAMS) {
    const { id } = await createTeam(database, actor, { key, name, nameZh, line, purpose, leadId: people.get(lead) ?? null });
    teams.set(key, id);
    for (const person of DEMO_PEOPLE.filter((member) => member.teams.includes(key))) {
      await addTeamMember(database, actor, { teamId: id, personId: people.get(person.key) ?? '' });
    }
  }
  return teams;
}

interface Cast {
  readonly people: ReadonlyMap<string, string>;
  readonly now: Instant;
}

async function makeAgreements(database: Database, { customers, people, now }: Cast & { customers: ReadonlyMap<string, string> }): Promise<void> {
  const calendar = await database.em.findOneOrFail(CalendarEntity, { key: '5x8' });
  const id = (key: string): string | null => people.get(key) ?? null;
  const startsAt = now - 200 * DAY;
  for (const [index, { name, fullName, tier }] of DEMO_CUSTOMERS.entries()) {
    const customerId = customers.get(name);
    assert(customerId, `the customer ${name} has been made`);
    const number = String(index + 1).padStart(3, '0');
    // One agreement ends soon, so that its renewal is due.
    const endsAt = startsAt + (index === 5 ? 240 : 730) * DAY;
    const project = await createProject(database, actor, { customerId, number: `PRJ-${number}`, name: `${name}运维服务`, managerId: id('project-manager'), startsAt, endsAt });
    await createAgreement(database, actor, {
      customerId, projectId: project.id, number: `SLA-${number}`, name: `${fullName}运维服务协议`, tier, calendarId: calendar.id, targets: {}, responseChannels: ['chat'],
      reportingCadence: '每月', startsAt, endsAt, slaOwnerId: id('sla-owner'), serviceManagerId: id('service-manager'), serviceDeliveryManagerId: id('service-delivery-manager'),
      projectManagerId: id('project-manager'), departmentManagerId: id('department-manager'), technicalManagerId: id('technical-manager'),
    });
  }
}

const SHIFT = 12 * HOUR;
const SHIFTS_AHEAD = 2 * 7 * 10;

/** The 7×24 team in shifts of 12 h, two people each, ten weeks ahead; the leads of the second line by turns of a week. */
async function makeRoster(database: Database, { people, teams, now }: Cast & { teams: ReadonlyMap<string, string> }): Promise<void> {
  // 08:00 and 20:00 in Shanghai are 00:00 and 12:00 UTC.
  const first = Math.floor(now / SHIFT) * SHIFT - 4 * SHIFT;
  const duty = ['duty', 'duty-2', 'duty-3', 'duty-4'];
  const shifts = Array.from({ length: SHIFTS_AHEAD }, (_, index) => {
    const startsAt = first + index * SHIFT;
    const [leader = '', second = ''] = [duty[index % 4], duty[(index + 2) % 4]];
    return [leader, second].map((key, place) => ({ team: 'duty', key, startsAt, endsAt: startsAt + SHIFT, leader: place === 0 }));
  }).flat();
  const weeks = ['network', 'server', 'application', 'database'].flatMap((team) => Array.from({ length: 10 }, (_, index) => {
    const startsAt = first + index * 7 * DAY;
    return { team, key: index % 2 === 0 ? team : `${team}-2`, startsAt, endsAt: startsAt + 7 * DAY, leader: true };
  }));
  const rows = [...shifts, ...weeks].map(({ team, key, startsAt, endsAt, leader }) => ({
    id: newId(), teamId: teams.get(team) ?? '', personId: people.get(key) ?? '', startsAt, endsAt, leader,
  }));
  await database.change(actor, async ({ em, emit }) => {
    await insertRows(em, RosterShiftEntity, rows);
    const dutyTeam = teams.get('duty') ?? '';
    emit({ type: 'roster.planned', subjectKind: 'team', subjectId: dutyTeam, teamIds: [dutyTeam], occurredAt: now, after: { shifts: rows.length } });
  });
}

async function makeBoards(database: Database, teams: ReadonlyMap<string, string>): Promise<void> {
  const only = (...keys: string[]): string[] => keys.flatMap((key) => teams.get(key) ?? []);
  const boards = [
    { name: 'NOC', nameZh: '运维监控大屏', teamIds: [] },
    { name: 'Network', nameZh: '网络组', teamIds: only('network') },
    { name: 'Service desk and duty', nameZh: '服务台与值班', teamIds: only('desk', 'duty', 'engineers') },
  ];
  await database.change(actor, async ({ em, emit, now }) => {
    for (const [position, board] of boards.entries()) {
      const row = em.create(BoardEntity, { id: newId(), ...board, timeZone: 'Asia/Shanghai', rowLimit: 14, customerIds: [], position });
      emit({ type: 'board.created', subjectKind: 'board', subjectId: row.id, occurredAt: await now(), after: { name: row.name } });
    }
  });
}
