import { PersonEntity, RoleGrantEntity } from '../../server/src/features/access/access.entity.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { approve, confirm, recordCab, steer } from '../../server/src/features/change/change-approve.service.ts';
import { ChangeEntity, type ChangeRow } from '../../server/src/features/change/change.entity.ts';
import { complete, start } from '../../server/src/features/change/change-implement.service.ts';
import { accept, askApproval, plan, submit } from '../../server/src/features/change/change-life.service.ts';
import { askOwners, assess, editPlan } from '../../server/src/features/change/change-plan.service.ts';
import { raise, type RaiseInput } from '../../server/src/features/change/change-raise.service.ts';
import { keepCi, review } from '../../server/src/features/change/change-review.service.ts';
import { schedule } from '../../server/src/features/change/change-schedule.service.ts';
import { addTask, endTask, sendTasks } from '../../server/src/features/change/change-task.service.ts';
import { lookAtChange } from '../../server/src/features/change/change-timers.service.ts';
import { ChangeTaskEntity } from '../../server/src/features/change/change-work.entity.ts';
import type { ChangeCategory } from '../../server/src/features/change/change-states.rules.ts';
import { attach } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { TicketEntity, type Ticket } from '../../server/src/features/ticket/ticket.entity.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { Refusal } from '../../server/src/kernel/refusal.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { addCi, DeskStory } from './desk-story.ts';
import { inShanghai, shanghai } from './story-world.ts';

const ROLES = {
  manager: 'change-manager', owner: 'change-owner', implementer: 'change-implementer', requester: 'engineer', departmentManager: 'department-manager', director: 'project-director',
  projectManager: 'project-manager', cabMember: 'cab-member', auditor: 'auditor', configurationManager: 'configuration-manager',
} as const;
export type ChangePerson = keyof typeof ROLES;

type Command<Input> = (database: DeskStory['database'], actor: Actor, input: Input) => Promise<string>;
interface Aimed {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Everybody who has to do with a change, one customer with a CI, and changes that walk through the services. */
export class ChangeStory {
  readonly desk: DeskStory;
  readonly people: Readonly<Record<ChangePerson, Actor>>;
  readonly customerId: string;
  readonly ciId: string;

  private constructor(desk: DeskStory, people: Record<ChangePerson, Actor>, place: { customerId: string; ciId: string }) {
    this.desk = desk;
    this.people = people;
    this.customerId = place.customerId;
    this.ciId = place.ciId;
  }

  /** 2026-03-02 is a Monday. */
  static async start(local = '2026-03-02 10:00'): Promise<ChangeStory> {
    const desk = await DeskStory.start(local);
    const people = Object.fromEntries(Object.entries(ROLES).map(([key, role]) => [key, actorOf(key, role)])) as Record<ChangePerson, Actor>;
    await desk.database.change(SYSTEM('story'), async ({ em, now }) => {
      const createdAt = await now();
      for (const [key, { id }] of Object.entries(people)) {
        em.create(PersonEntity, { id, name: key, email: `${key}@change.example`, phone: null, locale: 'en', customerId: null, passwordHash: null, active: true, createdAt, version: 1 });
        await em.flush();
        em.create(RoleGrantEntity, { id: newId(), personId: id, role: ROLES[key as ChangePerson], customerId: null, teamId: null });
      }
    });
    const customerId = await desk.customer('Acme').agreement().customerId();
    return new ChangeStory(desk, people, { customerId, ciId: await addCi(desk, customerId, 'srv-01') });
  }

  get database() {
    return this.desk.database;
  }

  /** The customer's own approver. */
  get contact(): Actor {
    return this.desk.contactOf(this.customerId);
  }

  at(local: string): this {
    this.desk.at(local);
    return this;
  }

  async raise(input: Partial<RaiseInput> & { category: ChangeCategory }, by: Actor = input.category === 'emergency' ? this.people.projectManager : this.people.requester): Promise<ChangeInDatabase> {
    const id = await raise(this.database, by, {
      customerId: this.customerId, title: 'Replace the mail relay', description: 'The relay is end of life.', type: 'system', ciIds: [this.ciId], businessSystems: ['Mail'], departments: ['Sales'], ...input,
    });
    return new ChangeInDatabase(this, id);
  }

  /** Submitted and accepted; owner and implementer named. */
  async accepted(category: ChangeCategory, input: Partial<RaiseInput> = {}): Promise<ChangeInDatabase> {
    const change = await this.raise({ ...input, category });
    await change.tell(category === 'emergency' ? 'projectManager' : 'requester', submit, {});
    return change.tell('owner', accept, { implementerId: this.people.implementer.id });
  }

  /** Planned in full, approval asked for. */
  async inApproval(category: ChangeCategory, input: Partial<RaiseInput> = {}): Promise<ChangeInDatabase> {
    const change = await this.accepted(category, input);
    await change.tell('owner', plan, {});
    await change.writePlan();
    return change.tell('owner', askApproval, {});
  }

  /** Everybody has said yes; its window is 2026-03-07 22:00 to 02:00, a Saturday night; tasks are sent. */
  async scheduled(category: ChangeCategory, input: Partial<RaiseInput> = {}): Promise<ChangeInDatabase> {
    const change = await this.inApproval(category, input);
    await change.approveAll(category);
    await change.tell('owner', schedule, { windowStartAt: shanghai('2026-03-07 22:00'), windowEndAt: shanghai('2026-03-08 02:00') });
    return change.tell('owner', sendTasks, {});
  }

  /** Begun when its window begins. */
  async started(category: ChangeCategory, input: Partial<RaiseInput> = {}): Promise<ChangeInDatabase> {
    const change = await this.scheduled(category, input);
    this.at('2026-03-07 22:00');
    return change.tell('implementer', start, {});
  }

  /** Carried out; nothing written down yet. */
  async inReview(category: ChangeCategory, input: Partial<RaiseInput> = {}): Promise<ChangeInDatabase> {
    const change = await this.started(category, input);
    this.at('2026-03-07 23:30');
    return change.tell('implementer', complete, { remark: 'New relay in service.' });
  }
}

const PLAN = {
  planType: 'Replacement', background: 'End of life', presentEnvironment: 'One relay', dataBackup: 'Queue copied', steps: '1. Stop 2. Swap 3. Start', schedule: '22:00–02:00',
  riskAndRollback: 'Old relay kept', testSteps: 'Send and receive', implementationPlan: 'As the steps say', testPlan: 'Ten mails', rollbackPlan: 'Switch back to the old relay',
};
const SECTIONS = ['capacity', 'availability', 'continuity', 'sla', 'cost'];

export class ChangeInDatabase {
  readonly id: string;
  private readonly story: ChangeStory;

  constructor(story: ChangeStory, id: string) {
    this.story = story;
    this.id = id;
  }

  /** Gives a command as somebody who has just read the change. */
  async tell<Input extends Aimed>(by: ChangePerson | Actor, command: Command<Input>, input: Omit<NoInfer<Input>, keyof Aimed>): Promise<this> {
    const { version } = await this.ticket();
    await command(this.story.database, typeof by === 'string' ? this.story.people[by] : by, { ...input, id: this.id, expectedVersion: version } as Input);
    return this;
  }

  /** What it answers when it is refused: code, then sentence. */
  async refusal<Input extends Aimed>(by: ChangePerson | Actor, command: Command<Input>, input: Omit<NoInfer<Input>, keyof Aimed>): Promise<string> {
    try {
      await this.tell(by, command, input);
    } catch (error) {
      if (error instanceof Refusal) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'not refused';
  }

  async writePlan(): Promise<this> {
    await this.tell('owner', editPlan, PLAN);
    await this.assess('before');
    await this.tell('owner', askOwners, {});
    return this.tell('owner', addTask, {
      title: 'Swap the relay', implementerId: this.story.people.implementer.id, plannedStartAt: shanghai('2026-03-07 22:00'), plannedEndAt: shanghai('2026-03-08 01:00'),
    });
  }

  assess(phase: 'before' | 'after'): Promise<this> {
    return this.tell('owner', assess, { phase, sections: SECTIONS.map((section) => ({ section, text: `No effect on ${section}.` })) });
  }

  async approveAll(category: ChangeCategory): Promise<this> {
    if (category === 'major') await this.tell('departmentManager', steer, { approved: true });
    if (category === 'major' || category === 'important') await this.tell('manager', recordCab, { approved: true });
    if (category === 'major') await this.tell(this.story.contact, confirm, { approved: true });
    if (category === 'general') await this.tell('manager', approve, { approved: true });
    return this;
  }

  async paper(paper: string, by: ChangePerson = 'owner'): Promise<this> {
    await attach(this.story.database, this.story.people[by], { ticketId: this.id, name: `${paper}.pdf`, mediaType: 'application/pdf', content: Buffer.from(paper), paper });
    return this;
  }

  /** Everything that closing asks for, papers apart. */
  async writeUp(): Promise<this> {
    await this.endTasks();
    await this.tell('implementer', keepCi, { ciId: this.story.ciId, remark: 'The entry says the same before and after.' });
    await this.assess('after');
    return this.tell('owner', review, { outcome: 'successful', expectedResultMet: true, text: 'As planned.', stability: 'Stable for a day.', businessSatisfaction: 5 });
  }

  async endTasks(): Promise<this> {
    const open = await this.story.database.em.find(ChangeTaskEntity, { ticketId: this.id, endedAt: null }, { orderBy: { seq: 'asc' } });
    for (const { id } of open) await this.tell('implementer', endTask, { taskId: id, done: true });
    return this;
  }

  async look(local?: string): Promise<this> {
    if (local !== undefined) this.story.at(local);
    await lookAtChange(this.story.database, this.id);
    return this;
  }

  ticket(): Promise<Ticket> {
    return this.story.database.em.findOneOrFail(TicketEntity, { id: this.id });
  }

  facts(): Promise<ChangeRow> {
    return this.story.database.em.findOneOrFail(ChangeEntity, { ticketId: this.id });
  }

  async state(): Promise<string> {
    return (await this.facts()).state;
  }

  async events(): Promise<string[]> {
    const rows = await this.story.database.em.execute<{ type: string; at: number }[]>(
      `select type, (extract(epoch from occurred_at) * 1000)::float8 as at from event_log where ticket_id = ? order by seq`, [this.id],
    );
    return rows.map(({ type, at }) => `${type} @ ${inShanghai(at)}`);
  }

  async timerDue(): Promise<string | null> {
    const rows = await this.story.database.em.execute<{ at: number }[]>(`select (extract(epoch from due_at) * 1000)::float8 as at from timer where ticket_id = ? and purpose = 'change'`, [this.id]);
    return inShanghai(rows[0]?.at ?? null);
  }
}

function actorOf(key: string, role: string): Actor {
  return { kind: 'person', id: newId(), name: key, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }], customerId: null, teamIds: [], origin: 'test' };
}
