import type { Browser, Page } from 'playwright-core';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { startServer, type RunningServer } from '../../server/src/app/server.ts';
import { WALLBOARD_DIRECTORY } from '../../server/src/app/start/wallboard-build.ts';
import { createPerson, grantRole } from '../../server/src/features/access/access-people.service.ts';
import { createToken } from '../../server/src/features/access/access-token.service.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { calendarsFor } from '../../server/src/features/calendar/calendar.service.ts';
import { createAgreement } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createService } from '../../server/src/features/customer/customer-place.service.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { escalate, handOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { assign, urge } from '../../server/src/features/incident/incident-work.service.ts';
import { addTeamMember, createTeam, updateTeam } from '../../server/src/features/team/team.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { DAY, HOUR, MINUTE } from '../../server/src/kernel/instant.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openBrowser, openPage, type PageOptions } from './browser.ts';
import { createTestDatabase } from './database.ts';

const TEST = SYSTEM('test');
const PASSWORD = 'correct horse 9';

/** One of each that the screens need. Keys are used as e-mail names. */
const PEOPLE = {
  desk: ['周敏', 'service-desk'], senior: ['黄建国', 'senior-engineer'], network: ['李强', 'engineer'], lead: ['刘洋', 'engineer'],
  technical: ['林志远', 'technical-manager'], manager: ['郭晓燕', 'service-manager'], admin: ['韩冰', 'administrator'],
} as const;
const TEAMS = {
  desk: ['Service desk', '服务台', 1, 'desk', ['desk']], engineers: ['Engineers', '工程师组', 1, 'engineers', ['lead', 'network']],
  senior: ['Senior engineers', '高级工程师组', 2, 'senior-engineers', ['lead', 'senior']], network: ['Network', '网络组', 2, 'other', ['lead', 'network']],
  technical: ['Technical managers', '技术经理组', 3, 'technical-managers', ['technical']],
} as const;

export type PersonKey = keyof typeof PEOPLE | 'contact';

/** Who else has to do with changes, problems, releases and knowledge; added by those tests that need them. */
export const PROCESS_PEOPLE = {
  owner: ['范丽娜', 'change-owner'], implementer: ['丁浩', 'change-implementer'], changeManager: ['许志远', 'change-manager'], department: ['曾国强', 'department-manager'],
  delivery: ['邓超群', 'service-delivery-manager'], project: ['彭佳', 'project-manager'], reviewer: ['孟洁', 'knowledge-reviewer'], releaseOwner: ['姚远', 'release-owner'],
  releaseManager: ['秦岚', 'release-manager'], tester: ['潘婷', 'release-tester'], configuration: ['贺强', 'configuration-manager'], quality: ['汪涛', 'quality-manager'],
} as const;
export type ProcessPerson = keyof typeof PROCESS_PEOPLE;

/** Fills an empty database with a small desk on a round-the-clock agreement, so that no test depends on the hour at which it runs. */
export class BrowserDesk {
  readonly database: Database;
  readonly people: Record<string, string> = {};
  readonly teams: Record<string, string> = {};
  readonly boardId = newId();
  customerId = '';
  serviceId = '';

  constructor(database: Database) {
    this.database = database;
  }

  async seed(): Promise<this> {
    const { database } = this;
    await seedPolicy(database);
    this.customerId = (await createCustomer(database, TEST, { name: '申江医院', fullName: '申江中心医院', timeZone: 'Asia/Shanghai' })).id;
    for (const [key, [name, role]] of Object.entries(PEOPLE)) await this.person(key, name, role);
    await this.person('contact', '顾医生', 'customer-contact', this.customerId);
    for (const [key, [name, nameZh, line, purpose, members]] of Object.entries(TEAMS)) await this.team({ key, name, nameZh, line, purpose }, members);
    this.serviceId = (await createService(database, TEST, { key: 'network', name: 'Network access', nameZh: '网络接入' })).id;
    await this.agreement();
    await database.change(TEST, async ({ em }) => {
      em.create(BoardEntity, { id: this.boardId, name: 'NOC', nameZh: '值班大屏', timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds: [], teamIds: [], position: 0 });
    });
    return this;
  }

  /** An incident; without a level it waits for the desk. Its clocks run from `reportedMinutesAgo`. */
  async incident(facts: { title?: string; level?: 'LV1' | 'LV2' | 'LV3' | 'LV4'; reportedMinutesAgo?: number } = {}): Promise<string> {
    const { title = '核心交换机无响应', level = 'LV2', reportedMinutesAgo = 0 } = facts;
    const now = await this.database.now();
    return record(this.database, TEST, {
      customerId: this.customerId, title, description: title, channel: 'phone', category: 'hotline', technicalClass: 'network', level,
      reportedAt: now - reportedMinutesAgo * MINUTE, serviceId: this.serviceId,
    });
  }

  /** One incident of each kind that looks different: suspended, handed over, escalated, breached, urged, begun. */
  async mixed(): Promise<void> {
    const { database, teams } = this;
    const soon = (await database.now()) + 3 * HOUR;
    const begun = await this.incident({ title: 'ERP 月结报表无法生成', level: 'LV3' });
    await assign(database, TEST, { id: begun, expectedVersion: await this.version(begun), teamId: teams['engineers'] ?? null, holderId: this.people['network'] ?? null });
    const paused = await this.incident({ title: '分支机构 VPN 反复断开', level: 'LV2', reportedMinutesAgo: 20 });
    await assign(database, TEST, { id: paused, expectedVersion: await this.version(paused), teamId: teams['senior'] ?? null, holderId: this.people['senior'] ?? null });
    await suspend(database, TEST, { id: paused, expectedVersion: await this.version(paused), category: 'awaiting-vendor', expectedEndAt: soon });
    const handed = await this.incident({ title: '数据库主备同步延迟', level: 'LV2', reportedMinutesAgo: 5 });
    const reasons = { reason: '需要网络组排查', tried: '已检查主机', requestedAction: '检查链路' };
    await handOver(database, TEST, { id: handed, expectedVersion: await this.version(handed), toTeamId: teams['network'] ?? '', ...reasons });
    const raised = await this.incident({ title: '住院部无线网络全部中断', level: 'LV1', reportedMinutesAgo: 4 });
    await escalate(database, TEST, { id: raised, expectedVersion: await this.version(raised), step: 'manual', reason: '影响门诊', to: [] });
    await this.incident({ title: '收费系统响应缓慢', level: 'LV2', reportedMinutesAgo: 45 });
    const urged = await this.incident({ title: '打印服务器磁盘空间不足', level: 'LV4', reportedMinutesAgo: 30 });
    await urge(database, TEST, { id: urged, expectedVersion: await this.version(urged), text: '客户再次来电' });
  }

  /** Copies of one incident, written plainly: for tests of what many look like. A second call begins after those of the first. */
  async copies(count: number, after = 0): Promise<void> {
    const id = await this.incident({ title: '批量登记的事件' });
    const idOf = (salt: string) => `md5('${salt} ' || n)::uuid`;
    // Of each table the key by which it belongs to the incident, and what differs in a copy.
    const tables = [
      ['ticket', 'id', `'id', ${idOf('ticket')}, 'number', 'INC-' || lpad((1000000 + n)::text, 7, '0'), 'title', '批量登记的事件 ' || n`],
      ['incident', 'ticket_id', `'ticket_id', ${idOf('ticket')}`],
      ['clock_fact', 'ticket_id', `'id', md5('fact ' || one.seq || ' ' || n)::uuid, 'ticket_id', ${idOf('ticket')}, 'subject_id', ${idOf('ticket')}`],
      ['clock', 'ticket_id', `'id', md5(one.kind || ' ' || n)::uuid, 'ticket_id', ${idOf('ticket')}, 'subject_id', ${idOf('ticket')}`],
    ] as const;
    for (const [table, key, differs] of tables) {
      const copy = `jsonb_populate_record(one, jsonb_build_object(${differs}))`;
      await this.database.em.execute(`insert into ${table} select (${copy}).* from ${table} one, generate_series(${after + 1}, ${after + count - 1}) n where one.${key} = ?`, [id]);
    }
  }

  private async version(id: string): Promise<number> {
    const rows = await this.database.em.execute<{ version: number }[]>('select version from ticket where id = ?', [id]);
    return rows[0]?.version ?? 0;
  }

  async screenToken(): Promise<{ id: string; plain: string }> {
    const { token, plain } = await createToken(this.database, TEST, { name: '大屏', kind: 'screen', boardId: this.boardId });
    return { id: token.id, plain };
  }

  /** Adds somebody who can sign in by the key. */
  async person(key: string, name: string, role: string, customerId: string | null = null): Promise<void> {
    const { id } = await createPerson(this.database, TEST, { name, email: emailOf(key), password: PASSWORD, customerId });
    await grantRole(this.database, TEST, { personId: id, role, customerId });
    this.people[key] = id;
  }

  private async team(team: Parameters<typeof createTeam>[2], members: readonly string[]): Promise<void> {
    const { id, version } = await createTeam(this.database, TEST, team);
    this.teams[team.key] = id;
    for (const member of members) await addTeamMember(this.database, TEST, { teamId: id, personId: this.people[member] ?? '' });
    await updateTeam(this.database, TEST, { id, expectedVersion: version, leadId: this.people[members[0] ?? ''] ?? null });
  }

  private async agreement(): Promise<void> {
    const { database, people } = this;
    const now = await database.now();
    await createAgreement(database, TEST, {
      customerId: this.customerId, number: 'SA-1', name: '运维服务协议', tier: 'vip', calendarId: (await calendarsFor(database, database.em)).idByKey['24x7'] ?? '', targets: {},
      startsAt: now - 30 * DAY, endsAt: now + 300 * DAY, serviceManagerId: people['manager'] ?? null, technicalManagerId: people['technical'] ?? null,
    });
  }
}

export const emailOf = (key: string): string => `${key}@example.com`;

export interface OpenDesk {
  readonly desk: BrowserDesk;
  readonly server: RunningServer;
  readonly browser: Browser;
  /** A browser of its own; signed in where a person is named. */
  page(person: PersonKey | ProcessPerson | null, path?: string, options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Fills the database as no server's own: for tests whose server is a process of its own. */
export async function seedApart(databaseUrl: string): Promise<{ desk: BrowserDesk; close(): Promise<void> }> {
  const orm = await createOrm(databaseUrl, ENTITIES);
  return { desk: await new BrowserDesk(new Database(orm)).seed(), close: () => orm.close(true) };
}

/** A seeded desk, the real server with the built wallboard, and Chromium. */
export async function openDesk(): Promise<OpenDesk> {
  const testDatabase = await createTestDatabase();
  const server = await startServer({ databaseUrl: testDatabase.url, port: 0, host: '127.0.0.1', wallboardDirectory: WALLBOARD_DIRECTORY });
  const desk = await new BrowserDesk(server.database).seed();
  const browser = await openBrowser();
  return {
    desk, server, browser,
    async page(person, path = '/queue', options = {}) {
      const page = await openPage(browser, options);
      if (person !== null) await signInByRequest(page, server.url, person);
      await page.goto(server.url + path);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await testDatabase.drop();
    },
  };
}

/** Gets the session's cookie into the page's browser; the sign-in page itself has its own test. */
export async function signInByRequest(page: Page, url: string, person: PersonKey | ProcessPerson): Promise<void> {
  const answer = await page.request.post(`${url}/graphql`, {
    data: { query: 'mutation In($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }', variables: { input: { email: emailOf(person), password: PASSWORD } } },
  });
  const { data } = (await answer.json()) as { data?: { signIn: { userErrors: { message: string }[] } } };
  if (data === undefined || data.signIn.userErrors.length > 0) throw new Error(`${person} cannot sign in: ${JSON.stringify(data)}`);
}

export const DESK_PASSWORD = PASSWORD;
