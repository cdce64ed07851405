import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { PersonEntity } from '../../server/src/features/access/access.entity.ts';
import { CalendarEntity } from '../../server/src/features/calendar/calendar.entity.ts';
import { AgreementEntity, CustomerEntity } from '../../server/src/features/customer/customer.entity.ts';
import { CiEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { ClockEntity, ClockFiringEntity, EscalationEntity, type ClockRow } from '../../server/src/features/clock/clock.entity.ts';
import type { ClockKind } from '../../server/src/features/clock/clock.rules.ts';
import { IncidentEntity, type Incident } from '../../server/src/features/incident/incident.entity.ts';
import { record, type RecordInput } from '../../server/src/features/incident/incident-record.service.ts';
import { fireDueClocks } from '../../server/src/features/incident/incident-timers.service.ts';
import { TeamEntity, TeamMemberEntity } from '../../server/src/features/team/team.entity.ts';
import { TicketEntity, type Ticket } from '../../server/src/features/ticket/ticket.entity.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import type { Level, OwnTargets } from '../../server/src/features/service-level/service-level.rules.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { inShanghai, shanghai } from './story-world.ts';

const ROLES = {
  desk: 'service-desk', engineer: 'engineer', colleague: 'engineer', lead: 'technical-manager', senior: 'senior-engineer', technicalManager: 'technical-manager',
  serviceManager: 'service-manager', slaOwner: 'sla-owner', customer: 'customer-contact', stranger: 'customer-contact',
} as const;
export type PersonKey = keyof typeof ROLES;

const TEAMS = {
  desk: { purpose: 'desk', line: 1, members: ['desk'] }, engineers: { purpose: 'engineers', line: 1, members: ['engineer', 'colleague', 'lead'] },
  seniors: { purpose: 'senior-engineers', line: 2, members: ['senior'] }, managers: { purpose: 'technical-managers', line: 3, members: ['technicalManager'] },
} as const;
export type TeamKey = keyof typeof TEAMS;

/** A desk on real PostgreSQL: people, teams, policy, a clock that stands until it is set, and stories through the services. */
export class DeskStory {
  readonly open: OpenDatabase;
  readonly people: Readonly<Record<PersonKey, Actor>>;
  readonly teams: Readonly<Record<TeamKey, string>>;
  private customers = 0;

  private constructor(open: OpenDatabase, people: Record<PersonKey, Actor>, teams: Record<TeamKey, string>) {
    this.open = open;
    this.people = people;
    this.teams = teams;
  }

  static async start(local = '2026-03-02 10:00'): Promise<DeskStory> {
    return DeskStory.on(await openDatabase(shanghai(local)));
  }

  /** On an empty, migrated database that is open already. */
  static async on(open: OpenDatabase): Promise<DeskStory> {
    await seedPolicy(open.database);
    const teams = keyed(TEAMS, () => newId());
    const ids = keyed(ROLES, () => newId());
    const people = keyed(ROLES, (key) => actorOf(key, ids[key], teams));
    await open.database.change(SYSTEM('story'), async ({ em, now }) => {
      const createdAt = await now();
      for (const [key, { id, name }] of Object.entries(people)) {
        em.create(PersonEntity, { id, name, email: `${key}@example.com`, phone: null, locale: 'en', customerId: null, passwordHash: null, active: true, createdAt, version: 1 });
      }
      await em.flush();
      for (const [key, { purpose, line }] of Object.entries(TEAMS)) {
        em.create(TeamEntity, { id: teams[key as TeamKey], key, name: key, nameZh: key, line, purpose, leadId: key === 'engineers' ? people.lead.id : null, active: true, version: 1 });
      }
      await em.flush();
      for (const [key, { members }] of Object.entries(TEAMS)) for (const member of members) em.create(TeamMemberEntity, { id: newId(), teamId: teams[key as TeamKey], personId: people[member].id });
    });
    return new DeskStory(open, people, teams);
  }

  get database() {
    return this.open.database;
  }

  /** Turns the clock; nothing is judged by that. */
  at(local: string): this {
    this.open.time.current = shanghai(local);
    return this;
  }

  customer(name?: string): CustomerStory {
    this.customers += 1;
    return new CustomerStory(this, name ?? `Customer ${this.customers}`);
  }

  /** A customer's own person, who sees this customer only. */
  contactOf(customerId: string): Actor {
    const { customer } = this.people;
    return { ...customer, customerId, grants: customer.grants.map((grant) => ({ ...grant, customerId })) };
  }

  async count(table: string, where = 'true'): Promise<number> {
    const rows = await this.database.em.execute<{ n: number }[]>(`select count(*)::int as n from ${table} where ${where}`);
    return rows[0]!.n;
  }

  /** Everything that is wrong with the audit trail; nothing. */
  async auditProblems(): Promise<unknown[]> {
    return this.database.em.execute('select * from verify_event_log()');
  }
}

/** A customer that is on the books once its agreement is. */
class CustomerStory {
  private readonly desk: DeskStory;
  private readonly name: string;

  constructor(desk: DeskStory, name: string) {
    this.desk = desk;
    this.name = name;
  }

  agreement(tier: string | null = null, targets: OwnTargets = {}): AgreementStory {
    return new AgreementStory(this.desk, { name: this.name, tier, targets });
  }
}

class AgreementStory {
  private readonly desk: DeskStory;
  private readonly facts: { readonly name: string; readonly tier: string | null; readonly targets: OwnTargets };
  private made: Promise<string> | null = null;

  constructor(desk: DeskStory, facts: AgreementStory['facts']) {
    this.desk = desk;
    this.facts = facts;
  }

  /** The customer's id; customer, agreement and a CI are made the first time. */
  customerId(): Promise<string> {
    this.made ??= this.make();
    return this.made;
  }

  /** Recorded by the desk, its level confirmed. */
  async incident(input: Partial<RecordInput> & { level?: Level } = {}, by: Actor = this.desk.people.desk): Promise<IncidentInDatabase> {
    const id = await record(this.desk.database, by, {
      customerId: await this.customerId(), title: 'Mail is down', description: 'Nobody can send.', channel: 'phone', category: 'hotline', technicalClass: 'software',
      ...(input.impact ? {} : { level: 'LV2' }), ...input,
    });
    return new IncidentInDatabase(this.desk, id);
  }

  private async make(): Promise<string> {
    const id = newId();
    const { people, database } = this.desk;
    await database.change(SYSTEM('story'), async ({ em }) => {
      const office = await em.findOneOrFail(CalendarEntity, { key: '5x8' });
      const createdAt = shanghai('2020-01-01 00:00');
      em.create(CustomerEntity, { id, name: this.facts.name, fullName: this.facts.name, timeZone: 'Asia/Shanghai', importance: 'normal', active: true, createdAt, version: 1 });
      await em.flush();
      em.create(AgreementEntity, {
        id: newId(), customerId: id, projectId: null, number: `SA ${this.facts.name}`, name: this.facts.name, tier: this.facts.tier, calendarId: office.id, targets: this.facts.targets,
        responseChannels: [], reportingCadence: null, startsAt: createdAt, endsAt: shanghai('2036-01-01 00:00'), slaOwnerId: people.slaOwner.id,
        serviceManagerId: people.serviceManager.id, serviceDeliveryManagerId: null, projectManagerId: null, departmentManagerId: null,
        technicalManagerId: people.technicalManager.id, renewalWarnedAt: null, version: 1,
      });
    });
    return id;
  }
}

/** A command of the services; the story fills in the incident and its version. */
type Command<Input> = (database: DeskStory['database'], actor: Actor, input: Input) => Promise<string>;
interface Aimed {
  readonly id: string;
  readonly expectedVersion: number;
}

export class IncidentInDatabase {
  readonly id: string;
  private readonly desk: DeskStory;

  constructor(desk: DeskStory, id: string) {
    this.desk = desk;
    this.id = id;
  }

  /** Gives a command as somebody who has just read the incident. */
  async tell<Input extends Aimed>(by: PersonKey | Actor, command: Command<Input>, input: Omit<NoInfer<Input>, keyof Aimed>): Promise<this> {
    const { version } = await this.ticket();
    const actor = typeof by === 'string' ? this.desk.people[by] : by;
    await command(this.desk.database, actor, { ...input, id: this.id, expectedVersion: version } as Input);
    return this;
  }

  /** What the timer does. */
  async look(local?: string): Promise<this> {
    if (local !== undefined) this.desk.at(local);
    await fireDueClocks(this.desk.database, this.id);
    return this;
  }

  ticket(): Promise<Ticket> {
    return this.desk.database.em.findOneOrFail(TicketEntity, { id: this.id });
  }

  facts(): Promise<Incident> {
    return this.desk.database.em.findOneOrFail(IncidentEntity, { ticketId: this.id });
  }

  async clock(kind: ClockKind): Promise<ClockRow> {
    const clocks = await this.desk.database.em.find(ClockEntity, { ticketId: this.id, kind }, { orderBy: { startAt: 'desc' } });
    return clocks[0]!;
  }

  async firings(kind: ClockKind): Promise<string[]> {
    const { id } = await this.clock(kind);
    const rows = await this.desk.database.em.find(ClockFiringEntity, { clockId: id }, { orderBy: { at: 'asc', step: 'asc' } });
    return rows.map(({ step, at, late, withdrawnAt }) => `${step} @ ${inShanghai(at)}${late ? ' late' : ''}${withdrawnAt === null ? '' : ' withdrawn'}`);
  }

  escalations() {
    return this.desk.database.em.find(EscalationEntity, { ticketId: this.id }, { orderBy: { firedAt: 'asc' } });
  }

  async events(): Promise<{ type: string; occurredAt: number; by: string }[]> {
    return this.desk.database.em.execute(
      `select type, (extract(epoch from occurred_at) * 1000)::float8 as "occurredAt", actor->>'name' as by from event_log where ticket_id = ? order by seq`, [this.id],
    );
  }

  async timerDue(): Promise<string | null> {
    const rows = await this.desk.database.em.execute<{ at: number }[]>(`select (extract(epoch from due_at) * 1000)::float8 as at from timer where ticket_id = ? and purpose = 'clocks'`, [this.id]);
    return inShanghai(rows[0]?.at ?? null);
  }
}

export async function addCi(desk: DeskStory, customerId: string | null, name: string): Promise<string> {
  const id = newId();
  await desk.database.change(SYSTEM('story'), async ({ em, now }) => {
    em.create(CiEntity, {
      id, externalId: null, class: 'server', name, status: 'in-use', customerId, ownerName: null, site: null, attributes: {}, createdAt: await now(), updatedAt: await now(), version: 1,
    });
  });
  return id;
}

function actorOf(key: PersonKey, id: string, teams: Readonly<Record<TeamKey, string>>): Actor {
  const teamIds = Object.entries(TEAMS).filter(([, { members }]) => (members as readonly string[]).includes(key)).map(([team]) => teams[team as TeamKey]);
  const role = ROLES[key];
  return { kind: 'person', id, name: key, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }], customerId: null, teamIds, origin: 'test' };
}

function keyed<Key extends string, Value>(of: Readonly<Record<Key, unknown>>, make: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries((Object.keys(of) as Key[]).map((key) => [key, make(key)])) as Record<Key, Value>;
}
