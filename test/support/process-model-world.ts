import { PersonEntity, RoleGrantEntity } from '../../server/src/features/access/access.entity.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { CiRelationEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { appointKnowledgeReviewer } from '../../server/src/features/knowledge/knowledge-category.service.ts';
import type { TicketKind } from '../../server/src/features/ticket/ticket.rules.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { addCi, DeskStory } from './desk-story.ts';
import type { Draw } from './process-model-draw.ts';
import { JOURNAL } from './process-model-journal.ts';

const ROLES = {
  changeManager: 'change-manager', changeOwner: 'change-owner', secondOwner: 'change-owner', implementer: 'change-implementer', requester: 'engineer',
  departmentManager: 'department-manager', director: 'project-director', projectManager: 'project-manager', deliveryManager: 'service-delivery-manager', cabMember: 'cab-member',
  incidentManager: 'incident-manager', releaseOwner: 'release-owner', releaseManager: 'release-manager', tester: 'release-tester', keeper: 'configuration-manager',
  reviewer: 'knowledge-reviewer', secondReviewer: 'knowledge-reviewer', auditor: 'auditor', preSales: 'pre-sales',
} as const;
type RoleKey = keyof typeof ROLES;

export type RecordKind = TicketKind | 'knowledge';

export interface ModelRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly number: string;
  readonly customerId: string | null;
  readonly version: number;
  readonly open: boolean;
}

export interface ModelCustomer {
  readonly id: string;
  readonly ciIds: readonly string[];
}

/** Everybody of every role, two customers with CIs that rest on each other, and a journal that the database itself keeps. */
export class ProcessWorld {
  readonly desk: DeskStory;
  readonly named: Readonly<Record<RoleKey, Actor>>;
  readonly people: readonly Actor[];
  readonly customers: readonly ModelCustomer[];
  /** Whose work it is to begin a record of a kind. */
  readonly beginners: Readonly<Record<RecordKind, readonly Actor[]>>;
  /** As they stood when the round began. */
  records: readonly ModelRecord[] = [];
  /** Open major incidents. */
  majors: readonly string[] = [];

  private constructor(desk: DeskStory, named: Record<RoleKey, Actor>, customers: readonly ModelCustomer[]) {
    this.desk = desk;
    this.named = named;
    this.customers = customers;
    const { customer: _customer, stranger: _stranger, ...ours } = desk.people;
    const { engineer, colleague } = ours;
    this.beginners = {
      change: [named.requester, named.projectManager], incident: [ours.desk, ours.desk, engineer], problem: [engineer, colleague, ours.technicalManager], release: [named.releaseOwner, named.releaseManager],
      knowledge: [engineer, named.reviewer, named.keeper],
    };
    this.people = [...Object.values(ours), ...Object.values(named), ...customers.map(({ id }) => desk.contactOf(id))];
  }

  static async start(): Promise<ProcessWorld> {
    const desk = await DeskStory.start('2026-03-02 09:00');
    const named = Object.fromEntries(Object.entries(ROLES).map(([key, role]) => [key, actorOf(key, role)])) as Record<RoleKey, Actor>;
    await addPeople(desk, named);
    for (const person of [named.reviewer, named.secondReviewer]) await appointKnowledgeReviewer(desk.database, desk.people.technicalManager, { personId: person.id });
    const customers = [await addCustomer(desk, 'Acme'), await addCustomer(desk, 'Globex')];
    await desk.database.em.execute(JOURNAL);
    const world = new ProcessWorld(desk, named, customers);
    await world.look();
    return world;
  }

  get database() {
    return this.desk.database;
  }

  get now(): number {
    return this.desk.open.time.current;
  }

  /** Reads again which records there are. Numbers order them: ids are by chance. */
  async look(): Promise<void> {
    this.records = await this.database.em.execute<ModelRecord[]>(
      `select id, kind, number, customer_id as "customerId", version, closed_at is null as open from ticket
       union all select id, 'knowledge', number, customer_id, version, state not in ('retired', 'merged') from knowledge_article order by 3`,
    );
    this.majors = (await this.database.em.execute<{ id: string }[]>('select id from ticket where major and closed_at is null order by number')).map(({ id }) => id);
  }

  of(kind: RecordKind, customerId?: string): ModelRecord[] {
    return this.records.filter((record) => record.kind === kind && (customerId === undefined || record.customerId === customerId));
  }

  /** A record to name in a command: mostly one of that customer that is open; else another's, a closed one, or none that exists. */
  other(draw: Draw, kinds: readonly RecordKind[], customerId: string): string {
    if (draw.chance(0.04)) return newId();
    const kind = draw.pick(kinds);
    const all = draw.chance(0.93) ? this.of(kind, customerId) : this.of(kind);
    const open = all.filter(({ open: isOpen }) => isOpen).slice(-12);
    return draw.pickOr(draw.chance(0.85) && open.length > 0 ? open : all, { id: newId() }).id;
  }

  ci(draw: Draw, customerId: string | null): string {
    const own = this.customers.find(({ id }) => id === customerId)?.ciIds ?? [];
    return draw.chance(0.95) && own.length > 0 ? draw.pick(own) : draw.pickOr(this.customers.flatMap(({ ciIds }) => ciIds), newId());
  }
}

function actorOf(key: string, role: string): Actor {
  return { kind: 'person', id: newId(), name: key, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }], customerId: null, teamIds: [], origin: 'test' };
}

async function addPeople(desk: DeskStory, named: Readonly<Record<RoleKey, Actor>>): Promise<void> {
  await desk.database.change(SYSTEM('story'), async ({ em, now }) => {
    const createdAt = await now();
    for (const { id, name } of Object.values(named)) {
      em.create(PersonEntity, { id, name, email: `${name}@model.example`, phone: null, locale: 'en', customerId: null, passwordHash: null, active: true, createdAt, version: 1 });
    }
    await em.flush();
    const { customer: _customer, stranger: _stranger, ...ours } = desk.people;
    for (const { id, grants } of [...Object.values(named), ...Object.values(ours)]) {
      for (const { role } of grants) em.create(RoleGrantEntity, { id: newId(), personId: id, role, customerId: null, teamId: null });
    }
  });
}

/** Six CIs, each resting on the one before. */
async function addCustomer(desk: DeskStory, name: string): Promise<ModelCustomer> {
  const id = await desk.customer(name).agreement().customerId();
  const ciIds: string[] = [];
  for (const [index] of Array.from({ length: 6 }).entries()) ciIds.push(await addCi(desk, id, `${name}-${index + 1}`));
  await desk.database.change(SYSTEM('story'), async ({ em, now }) => {
    const createdAt = await now();
    for (const [index, sourceId] of ciIds.slice(1).entries()) {
      em.create(CiRelationEntity, { id: newId(), sourceId, targetId: ciIds[index]!, type: 'depends_on', propagation: null, createdAt, authority: null });
    }
  });
  return { id, ciIds };
}
