import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { PersonEntity, RoleGrantEntity } from '../../server/src/features/access/access.entity.ts';
import { lookAtProblem, RECURRENCE_CONSUMER } from '../../server/src/features/problem/problem-watch.service.ts';
import { ProblemEntity, type Problem } from '../../server/src/features/problem/problem.entity.ts';
import { TicketEntity, type Ticket } from '../../server/src/features/ticket/ticket.entity.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import type { DeskStory } from './desk-story.ts';
import { inShanghai } from './story-world.ts';

interface Aimed {
  readonly id: string;
  readonly expectedVersion: number;
}
type Command<Input> = (database: DeskStory['database'], actor: Actor, input: Input) => Promise<string>;

/** The people of problem management on a desk: an owner, a project manager, a service delivery manager, each with their role on record. */
export interface ProblemPeople {
  readonly owner: Actor;
  readonly colleague: Actor;
  readonly manager: Actor;
  readonly projectManager: Actor;
  readonly deliveryManager: Actor;
  readonly auditor: Actor;
}

export async function problemPeople(desk: DeskStory): Promise<ProblemPeople> {
  const { engineer, colleague, technicalManager } = desk.people;
  const projectManager = actorOf('projectManager', 'project-manager');
  const deliveryManager = actorOf('deliveryManager', 'service-delivery-manager');
  const auditor = actorOf('auditor', 'auditor');
  await desk.database.change(SYSTEM('story'), async ({ em, now }) => {
    const createdAt = await now();
    for (const { id, name } of [projectManager, deliveryManager, auditor]) {
      em.create(PersonEntity, { id, name, email: `${name}@example.com`, phone: null, locale: 'en', customerId: null, passwordHash: null, active: true, createdAt, version: 1 });
    }
    await em.flush();
    for (const { id, grants } of [engineer, colleague, technicalManager, projectManager, deliveryManager, auditor]) {
      for (const { role } of grants) em.create(RoleGrantEntity, { id: newId(), personId: id, role, customerId: null, teamId: null });
    }
  });
  return { owner: engineer, colleague, manager: technicalManager, projectManager, deliveryManager, auditor };
}

function actorOf(name: string, role: string): Actor {
  return { kind: 'person', id: newId(), name, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }], customerId: null, teamIds: [], origin: 'test' };
}

/** One problem of a story; commands are given by somebody who has just read it. */
export class ProblemInDatabase {
  readonly id: string;
  private readonly desk: DeskStory;

  constructor(desk: DeskStory, id: string) {
    this.desk = desk;
    this.id = id;
  }

  async tell<Input extends Aimed>(by: Actor, command: Command<Input>, input: Omit<NoInfer<Input>, keyof Aimed>): Promise<this> {
    const { version } = await this.ticket();
    await command(this.desk.database, by, { ...input, id: this.id, expectedVersion: version } as Input);
    return this;
  }

  /** What the timer does at that time, or so many milliseconds before it. */
  async look(local: string, before = 0): Promise<this> {
    this.desk.at(local);
    this.desk.open.time.current -= before;
    await lookAtProblem(this.desk.database, this.id);
    return this;
  }

  ticket(): Promise<Ticket> {
    return this.desk.database.em.findOneOrFail(TicketEntity, { id: this.id });
  }

  facts(): Promise<Problem> {
    return this.desk.database.em.findOneOrFail(ProblemEntity, { ticketId: this.id });
  }

  async stage(): Promise<string> {
    const { state, stage } = await this.facts();
    return `${state} ${stage}`;
  }

  async timerDue(): Promise<string | null> {
    const rows = await this.desk.database.em.execute<{ at: number }[]>(`select (extract(epoch from due_at) * 1000)::float8 as at from timer where ticket_id = ? and purpose = 'problem'`, [this.id]);
    return inShanghai(rows[0]?.at ?? null);
  }

  async incidents(): Promise<string[]> {
    const rows = await this.desk.database.em.execute<{ id: string }[]>(`select to_id as id from ticket_link where from_id = ? and kind = 'problem-of' order by created_at, to_id`, [this.id]);
    return rows.map(({ id }) => id);
  }
}

export async function eventsOf(desk: DeskStory, ticketId: string, type: string): Promise<{ after: Record<string, unknown>; reason: string | null; at: string | null }[]> {
  const rows = await desk.database.em.execute<{ after: Record<string, unknown>; reason: string | null; at: number }[]>(
    `select payload->'after' as after, payload->>'reason' as reason, (extract(epoch from occurred_at) * 1000)::float8 as at from event_log where ticket_id = ? and type = ? order by seq`, [ticketId, type]);
  return rows.map(({ at, ...row }) => ({ ...row, at: inShanghai(at) }));
}

/** What follows from incidents for problems catches up with the log. */
export async function problemsCatchUp(desk: DeskStory): Promise<void> {
  while (await consumeOnce(desk.database, RECURRENCE_CONSUMER)) { /* until it has caught up */ }
}
