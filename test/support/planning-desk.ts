import type { Page } from 'playwright-core';
import { createPerson, grantRole } from '../../server/src/features/access/access-people.service.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { askApproval, accept, plan, submit } from '../../server/src/features/change/change-life.service.ts';
import { askOwners, assess, editPlan } from '../../server/src/features/change/change-plan.service.ts';
import { raise } from '../../server/src/features/change/change-raise.service.ts';
import { addCabMember } from '../../server/src/features/change/change-cab-member.service.ts';
import { reconcileConflicts } from '../../server/src/features/change/change-conflict-store.service.ts';
import { addTask } from '../../server/src/features/change/change-task.service.ts';
import type { ChangeCategory } from '../../server/src/features/change/change-states.rules.ts';
import { CiEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { attach } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { toIso, type Instant } from '../../server/src/kernel/instant.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DESK_PASSWORD, emailOf, type OpenDesk } from './browser-desk.ts';
import type { PageOptions } from './browser.ts';

const TEST = SYSTEM('test');
const CAST = {
  changes: ['沈国栋', 'change-manager'], owner: ['顾晓峰', 'change-owner'], hands: ['李强生', 'change-implementer'], board1: ['王海涛', 'cab-member'], board2: ['赵敏华', 'cab-member'], board3: ['孙立', 'cab-member'],
} as const;
export type PlanningKey = keyof typeof CAST;
const PLAN = {
  planType: '更换', background: '设备到期', presentEnvironment: '单台设备', dataBackup: '配置已备份', steps: '停、换、启', schedule: '22:00–02:00', riskAndRollback: '旧设备保留', testSteps: '收发测试',
  implementationPlan: '按步骤实施', testPlan: '测试十次', rollbackPlan: '切回旧设备',
};

/** A browser desk with people who plan changes, CIs and a change advisory board. */
export class PlanningDesk {
  readonly room: OpenDesk;
  readonly actors: Record<string, Actor> = {};
  readonly cis: Record<string, string> = {};

  constructor(room: OpenDesk) {
    this.room = room;
  }

  get database() {
    return this.room.desk.database;
  }

  async seed(): Promise<this> {
    for (const [key, [name, role]] of Object.entries(CAST)) {
      const { id } = await createPerson(this.database, TEST, { name, email: emailOf(key), password: DESK_PASSWORD });
      await grantRole(this.database, TEST, { personId: id, role });
      this.actors[key] = { kind: 'person', id, name, customerId: null, teamIds: [], origin: 'test', grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }] };
    }
    for (const [key, speaksFor] of [['board1', '网络'], ['board2', '应用'], ['board3', '安全']] as const) await addCabMember(this.database, TEST, { personId: this.actor(key).id, speaksFor });
    for (const name of ['核心交换机-A', '汇聚交换机-B', 'HIS 数据库', 'PACS 存储', '邮件网关']) await this.ci(name);
    return this;
  }

  actor(key: PlanningKey): Actor {
    const found = this.actors[key];
    if (!found) throw new Error(`${key} has been seeded`);
    return found;
  }

  private async ci(name: string): Promise<void> {
    const id = newId();
    this.cis[name] = id;
    await this.database.change(TEST, async ({ em, now }) => {
      em.create(CiEntity, {
        id, externalId: null, class: 'server', name, status: 'in-use', customerId: this.room.desk.customerId, ownerName: '韩冰', site: null, attributes: {}, createdAt: await now(), updatedAt: await now(), version: 1,
      });
    });
  }

  /** A change that waits for its approvals, with its change plan attached. */
  async inApproval(title: string, { category = 'important', ci = '核心交换机-A', from, to }: { category?: ChangeCategory; ci?: string; from: Instant; to: Instant }): Promise<string> {
    const { database } = this;
    const owner = this.actor('owner');
    const id = await raise(database, TEST, {
      customerId: this.room.desk.customerId, title, description: title, category, type: 'system', ciIds: [this.cis[ci] ?? ''], businessSystems: ['HIS'], departments: ['门诊'], expectedResult: '业务不受影响',
    });
    const tell = async <Input extends object>(actor: Actor, command: (d: typeof database, a: Actor, input: Input & { id: string; expectedVersion: number }) => Promise<string>, input: Input): Promise<void> => {
      const rows = await database.em.execute<{ version: number }[]>('select version from ticket where id = ?', [id]);
      await command(database, actor, { ...input, id, expectedVersion: rows[0]?.version ?? 0 });
    };
    await tell(TEST, submit, {});
    await tell(owner, accept, { ownerId: owner.id, implementerId: this.actor('hands').id });
    await tell(owner, plan, {});
    await tell(owner, editPlan, PLAN);
    await tell(owner, assess, { phase: 'before', sections: ['capacity', 'availability', 'continuity', 'sla', 'cost'].map((section) => ({ section, text: '无影响' })) });
    await tell(owner, askOwners, {});
    await tell(owner, addTask, { title: '实施', implementerId: this.actor('hands').id, plannedStartAt: from, plannedEndAt: to });
    await tell(owner, askApproval, {});
    await attach(database, owner, { ticketId: id, name: '变更方案.pdf', mediaType: 'application/pdf', content: Buffer.from(title), paper: 'change-plan' });
    await this.move(id, { from, to });
    return id;
  }

  /** Gives a change its window, and the state it would have by then. */
  async move(id: string, { from, to, state = null }: { from: Instant; to: Instant; state?: string | null }): Promise<void> {
    await this.database.change(TEST, async (change) => {
      await change.em.execute('update change set window_start_at = ?::timestamptz, window_end_at = ?::timestamptz, state = coalesce(?, state) where ticket_id = ?', [toIso(from), toIso(to), state, id]);
      await reconcileConflicts(change, id);
    });
  }

  async page(key: PlanningKey, path: string, options: PageOptions = {}): Promise<Page> {
    const page = await this.room.page(null, '/sign-in', options);
    const answer = await page.request.post(`${this.room.server.url}/graphql`, {
      data: { query: 'mutation In($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }', variables: { input: { email: emailOf(key), password: DESK_PASSWORD } } },
    });
    if (!answer.ok()) throw new Error(`${key} cannot sign in: ${await answer.text()}`);
    await page.goto(this.room.server.url + path);
    return page;
  }
}
