import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireUnused } from '../../kernel/use.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { ProjectEntity, ServiceEntity, SiteEntity, type Project, type Service, type Site } from './customer.entity.ts';
import { usesOfService } from './customer-uses.queries.ts';
import { lockCustomer } from './customer.service.ts';

interface Versioned {
  readonly id: string;
  readonly expectedVersion: number;
}

export interface SiteEdit extends Versioned {
  readonly name?: string | null;
  readonly address?: string | null;
  /** False once it is given up. */
  readonly active?: boolean | null;
}

/** Changes what is given, leaves the rest. Needs `customer.edit` for its customer. */
export async function updateSite(database: Database, actor: Actor, input: SiteEdit): Promise<Site> {
  requirePermission(actor, 'customer.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const site = await em.findOne(SiteEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!site) throw new Refusal('NOT_FOUND', `There is no site "${input.id}".`, 'id');
    await lockCustomer(em, actor, site.customerId);
    requireVersion(site, input.expectedVersion, 'site');
    const before = { name: site.name, address: site.address, active: site.active };
    site.name = input.name ? requiredText(input.name, 'name') : site.name;
    site.address = input.address === undefined ? site.address : optionalText(input.address, 'address', 500);
    site.active = input.active ?? site.active;
    site.version += 1;
    const { id, customerId, name, address, active } = site;
    emit({ type: 'site.edited', subjectKind: 'site', subjectId: id, customerId, occurredAt: await now(), before, after: { name, address, active } });
    return site;
  });
}

export interface ProjectEdit extends Versioned {
  readonly name?: string | null;
  readonly managerId?: string | null;
  readonly startsAt?: Instant | null;
  readonly endsAt?: Instant | null;
}

/** Changes what is given, leaves the rest. Needs `customer.edit` for its customer. */
export async function updateProject(database: Database, actor: Actor, input: ProjectEdit): Promise<Project> {
  requirePermission(actor, 'customer.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const project = await em.findOne(ProjectEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!project) throw new Refusal('NOT_FOUND', `There is no project "${input.id}".`, 'id');
    await lockCustomer(em, actor, project.customerId);
    requireVersion(project, input.expectedVersion, 'project');
    const before = projectShown(project);
    project.name = input.name ? requiredText(input.name, 'name') : project.name;
    project.managerId = input.managerId === undefined ? project.managerId : input.managerId;
    project.startsAt = input.startsAt === undefined ? project.startsAt : input.startsAt;
    project.endsAt = input.endsAt === undefined ? project.endsAt : input.endsAt;
    if (project.startsAt !== null && project.endsAt !== null && project.endsAt <= project.startsAt) throw new Refusal('OUT_OF_RANGE', '"endsAt" must lie after "startsAt".', 'endsAt');
    project.version += 1;
    emit({ type: 'project.edited', subjectKind: 'project', subjectId: project.id, customerId: project.customerId, occurredAt: await now(), before, after: projectShown(project) });
    return project;
  });
}

export interface ServiceEdit extends Versioned {
  readonly name?: string | null;
  readonly nameZh?: string | null;
  readonly firstLineTeamId?: string | null;
  readonly secondLineTeamId?: string | null;
  readonly thirdLineTeamId?: string | null;
  /** False: out of the catalogue; refused while an open record or an agreement in force names it. */
  readonly active?: boolean | null;
}

/** Changes what is given, leaves the rest. Needs `agreement.edit`. */
export async function updateService(database: Database, actor: Actor, input: ServiceEdit): Promise<Service> {
  requirePermission(actor, 'agreement.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const service = await em.findOne(ServiceEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!service) throw new Refusal('NOT_FOUND', `There is no service "${input.id}".`, 'id');
    requireVersion(service, input.expectedVersion, 'service');
    const before = serviceShown(service);
    if (input.active === false && service.active) {
      requireUnused(service.name, await usesOfService(em, actor, { id: service.id, now: await now() }), 'close the records and take it out of the agreements first');
    }
    service.name = input.name ? requiredText(input.name, 'name') : service.name;
    service.nameZh = input.nameZh ? requiredText(input.nameZh, 'nameZh') : service.nameZh;
    for (const line of ['firstLineTeamId', 'secondLineTeamId', 'thirdLineTeamId'] as const) {
      const given = input[line];
      if (given !== undefined) service[line] = await knownTeam(em, given, line);
    }
    service.active = input.active ?? service.active;
    service.version += 1;
    emit({ type: 'service.edited', subjectKind: 'service', subjectId: service.id, occurredAt: await now(), before, after: serviceShown(service) });
    return service;
  });
}

async function knownTeam(em: Em, id: string | null, field: string): Promise<string | null> {
  if (id !== null && !(await em.findOne(TeamEntity, { id }))) throw new Refusal('NOT_FOUND', `There is no team "${id}".`, field);
  return id;
}

const projectShown = ({ name, managerId, startsAt, endsAt }: Project) => ({
  name, managerId, startsAt: startsAt === null ? null : toIso(startsAt), endsAt: endsAt === null ? null : toIso(endsAt),
});
const serviceShown = ({ name, nameZh, firstLineTeamId, secondLineTeamId, thirdLineTeamId, active }: Service) => ({ name, nameZh, firstLineTeamId, secondLineTeamId, thirdLineTeamId, active });
