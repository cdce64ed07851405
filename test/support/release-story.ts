import { PersonEntity, RoleGrantEntity } from '../../server/src/features/access/access.entity.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { raise } from '../../server/src/features/change/change-raise.service.ts';
import { recordBaseline } from '../../server/src/features/release/release-baseline.service.ts';
import { deploy, finish, schedule, tick } from '../../server/src/features/release/release-deploy.service.ts';
import { CHECKLIST, GO_LIVE_FIELDS, PLAN_FIELDS } from '../../server/src/features/release/release-plan.rules.ts';
import { editGoLivePlan, editPlan, nameReviewer, raiseRelease, setPackage, type NewRelease } from '../../server/src/features/release/release-raise.service.ts';
import {
  accept, approve, finishCommunication, finishTrial, readyEnvironment, recordTest, recordTraining, recordTrial, review, sendNotice, submit, submitGoLive,
} from '../../server/src/features/release/release-stage.service.ts';
import type { ReleaseState } from '../../server/src/features/release/release-states.rules.ts';
import { ReleaseEntity, type Release } from '../../server/src/features/release/release.entity.ts';
import { attach } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { TicketEntity, type Ticket } from '../../server/src/features/ticket/ticket.entity.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { HOUR, type Instant } from '../../server/src/kernel/instant.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { addCi, DeskStory } from './desk-story.ts';

const ROLES = {
  owner: 'release-owner', otherOwner: 'release-owner', manager: 'release-manager', tester: 'release-tester', head: 'department-manager', secondHead: 'service-manager',
  keeper: 'configuration-manager', auditor: 'auditor',
} as const;
export type ReleasePerson = keyof typeof ROLES;

export const PACKAGE = 'a'.repeat(64);
const texts = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, `About ${field}.`]));

type Command<Input> = (database: Database, actor: Actor, input: Input) => Promise<string>;
interface Aimed {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Where a release lives, and who has to do with it. */
export interface ReleaseWorld {
  readonly database: Database;
  readonly people: Readonly<Record<ReleasePerson, Actor>>;
  readonly now: Instant;
}

/** A desk with the people of releases, a customer and its CIs. */
export class ReleaseStory implements ReleaseWorld {
  readonly desk: DeskStory;
  readonly people: Readonly<Record<ReleasePerson, Actor>>;
  readonly customerId: string;
  readonly contact: Actor;

  private constructor(desk: DeskStory, people: Readonly<Record<ReleasePerson, Actor>>, customerId: string) {
    this.desk = desk;
    this.people = people;
    this.customerId = customerId;
    const { customer } = desk.people;
    this.contact = { ...customer, customerId, grants: customer.grants.map((grant) => ({ ...grant, customerId })) };
  }

  static async start(local = '2026-03-02 10:00'): Promise<ReleaseStory> {
    const desk = await DeskStory.start(local);
    const people = Object.fromEntries(Object.entries(ROLES).map(([key, role]) => [key, actorOf(key, role)])) as Record<ReleasePerson, Actor>;
    await desk.database.change(SYSTEM('story'), async ({ em, now }) => {
      const createdAt = await now();
      for (const [key, { id, name }] of Object.entries(people)) em.create(PersonEntity, { id, name, email: `${key}@release.example`, phone: null, locale: 'en', customerId: null, passwordHash: null, active: true, createdAt, version: 1 });
      await em.flush();
      for (const [key, role] of Object.entries(ROLES)) em.create(RoleGrantEntity, { id: newId(), personId: people[key as ReleasePerson].id, role, customerId: null, teamId: null });
    });
    return new ReleaseStory(desk, people, await desk.customer('Acme').agreement().customerId());
  }

  get database(): Database {
    return this.desk.database;
  }

  get now(): Instant {
    return this.desk.open.time.current;
  }

  ci(name: string, customerId: string | null = this.customerId): Promise<string> {
    return addCi(this.desk, customerId, name);
  }

  /** A change of the customer, as raised; `state` is written plainly: how it comes there is the change's own story. */
  async change(facts: { readonly state?: string; readonly ciIds?: readonly string[]; readonly category?: string; readonly customerId?: string } = {}): Promise<{ id: string; number: string }> {
    const { state = 'implementing', ciIds = [], category = 'general', customerId = this.customerId } = facts;
    const id = await raise(this.database, SYSTEM('story'), { customerId, title: 'Install ERP', description: 'Install it.', category, type: 'system', ciIds, businessSystems: ['ERP'], departments: ['Finance'], software: true });
    await this.database.em.execute('update change set state = ? where ticket_id = ?', [state, id]);
    const { number } = await this.database.em.findOneOrFail(TicketEntity, { id });
    return { id, number };
  }

  async release(input: Partial<NewRelease> = {}, by: Actor = this.people.owner): Promise<ReleaseInDatabase> {
    const id = await raiseRelease(this.database, by, { customerId: this.customerId, title: 'ERP 4.2', version: '4.2', ...input });
    return new ReleaseInDatabase(this, id);
  }

  /** Deployed with that CI under a change of its own. */
  async deployed(ciIds: readonly string[]): Promise<ReleaseInDatabase> {
    const change = await this.change({ ciIds });
    return (await this.release({ ciIds, changeIds: [change.id] })).to('cmdb-update');
  }
}

const WAY: readonly ReleaseState[] = ['planning', 'content-review', 'test-environment', 'acceptance', 'trial-run', 'go-live-plan', 'communication', 'deployment', 'cmdb-update'];

export class ReleaseInDatabase {
  readonly id: string;
  private readonly story: ReleaseWorld;

  constructor(story: ReleaseWorld, id: string) {
    this.story = story;
    this.id = id;
  }

  /** Gives a command as somebody who has just read the release. */
  async tell<Input extends Aimed>(by: ReleasePerson | Actor, command: Command<Input>, input: Omit<NoInfer<Input>, keyof Aimed>): Promise<this> {
    const { version } = await this.ticket();
    const actor = typeof by === 'string' ? this.story.people[by] : by;
    await command(this.story.database, actor, { ...input, id: this.id, expectedVersion: version } as Input);
    return this;
  }

  /** Along the whole way by its own commands, up to that stage. */
  async to(state: ReleaseState): Promise<this> {
    const from = WAY.indexOf((await this.facts()).state);
    for (const stage of WAY.slice(from, WAY.indexOf(state))) await this.leave(stage);
    return this;
  }

  private async leave(stage: ReleaseState): Promise<void> {
    const { people } = this.story;
    switch (stage) {
      case 'planning':
        await this.tell('owner', editPlan, texts(PLAN_FIELDS));
        await this.tell('owner', editGoLivePlan, texts(GO_LIVE_FIELDS));
        await this.tell('owner', nameReviewer, { personId: people.head.id, department: 'Finance' });
        await this.tell('owner', submit, {});
        return;
      case 'content-review':
        await this.tell('head', review, { agree: true });
        await this.tell('manager', approve, {});
        return;
      case 'test-environment':
        await this.tell('owner', setPackage, { name: 'erp.zip', sha256: PACKAGE, location: 'library/erp' });
        await this.tell('owner', readyEnvironment, { environment: 'A copy of production, half the memory.' });
        return;
      case 'acceptance':
        await this.tell('tester', recordTest, { name: 'Posting', expected: 'Posted', actual: 'Posted', passed: true });
        await this.tell('tester', accept, { sha256: PACKAGE });
        return;
      case 'trial-run':
        await this.tell('owner', recordTrial, { expectations: 'Faster.', findings: 'It is.' });
        await this.tell('owner', finishTrial, {});
        return;
      case 'go-live-plan':
        await this.tell('owner', submitGoLive, {});
        return;
      case 'communication':
        await this.tell('owner', sendNotice, { notice: 'The menu moved.' });
        await this.tell('owner', recordTraining, { training: 'Accounting.' });
        await this.tell('owner', finishCommunication, {});
        return;
      default:
        await this.begin();
        await this.tell('owner', finish, { sha256: PACKAGE });
    }
  }

  /** All that a deployment asks for, and its begin under the first change that carries it. */
  async begin(): Promise<this> {
    await this.prepare();
    const [change] = await this.story.database.em.execute<{ id: string }[]>(`select to_id as id from ticket_link where from_id = ? and kind = 'carries' order by created_at limit 1`, [this.id]);
    return this.tell('owner', deploy, { changeId: change!.id, sha256: PACKAGE });
  }

  async prepare(): Promise<this> {
    const { now } = this.story;
    await this.tell('owner', schedule, { windowStartAt: now, windowEndAt: now + 2 * HOUR });
    await this.tell('owner', recordBaseline, {});
    for (const item of CHECKLIST) await this.tell('owner', tick, { item, ok: true });
    return this;
  }

  async attach(...papers: readonly string[]): Promise<this> {
    for (const paper of papers) await attach(this.story.database, this.story.people.owner, { ticketId: this.id, name: `${paper}.pdf`, mediaType: 'application/pdf', content: Buffer.from(paper), paper });
    return this;
  }

  ticket(): Promise<Ticket> {
    return this.story.database.em.findOneOrFail(TicketEntity, { id: this.id });
  }

  facts(): Promise<Release> {
    return this.story.database.em.findOneOrFail(ReleaseEntity, { ticketId: this.id });
  }

  async events(): Promise<string[]> {
    const rows = await this.story.database.em.execute<{ type: string }[]>('select type from event_log where ticket_id = ? order by seq', [this.id]);
    return rows.map(({ type }) => type);
  }

  /** What is said of incidents and problems: "INC-… suggested". */
  async causes(): Promise<string[]> {
    const rows = await this.story.database.em.execute<{ text: string }[]>(
      `select t.number || ' ' || s.state as text from release_cause s join ticket t on t.id = s.ticket_id where s.release_id = ? order by t.number`, [this.id],
    );
    return rows.map(({ text }) => text);
  }
}

/** Somebody of that role. */
export function actorOf(name: string, role: string, id = newId()): Actor {
  return { kind: 'person', id, name, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }], customerId: null, teamIds: [], origin: 'test' };
}
