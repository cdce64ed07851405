import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CalendarEntity } from '../calendar/calendar.entity.ts';
import { TeamEntity } from '../team/team.entity.ts';
import type { HoursOfDay } from '../calendar/calendar.rules.ts';
import type { OwnCriteria, OwnTargets } from '../service-level/service-level.rules.ts';

export const CustomerEntity = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: {
    id: id(),
    name: p.text().unique(),
    fullName: p.text(),
    timeZone: p.text(),
    importance: p.enum(['normal', 'important', 'key']).default('normal'),
    active: p.boolean().default(true),
    createdAt: instant(),
    version: p.integer().default(1),
  },
});
export type Customer = InferEntity<typeof CustomerEntity>;

/**
 * A customer's own hours on one date, e.g. a factory's make-up day (CAL-05). Rows are only added: the newest revision of a
 * date counts, so that a closed clock can still be judged by what was known when it closed (SLA-13).
 */
export const CustomerDateEntity = defineEntity({
  name: 'CustomerDate',
  tableName: 'customer_date',
  properties: {
    id: id(),
    customerId: reference(CustomerEntity, 'customer_id'),
    /** Counts the customer's edits from 1. */
    revision: p.integer(),
    date: p.text(),
    /** Null: the date follows the calendar again. */
    hours: p.json<HoursOfDay>().strictNullable(),
    name: p.text().strictNullable(),
    reason: p.text().strictNullable(),
    createdBy: p.text().strictNullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['customerId', 'revision'] }],
});
export type CustomerDate = InferEntity<typeof CustomerDateEntity>;

export const SiteEntity = defineEntity({
  name: 'Site',
  tableName: 'site',
  properties: {
    id: id(),
    customerId: reference(CustomerEntity, 'customer_id').index(),
    name: p.text(),
    address: p.text().strictNullable(),
    /** False once it is given up; kept because records name it. */
    active: p.boolean().default(true),
    version: p.integer().default(1),
  },
});
export type Site = InferEntity<typeof SiteEntity>;

export const ProjectEntity = defineEntity({
  name: 'Project',
  tableName: 'project',
  properties: {
    id: id(),
    customerId: reference(CustomerEntity, 'customer_id').index(),
    number: p.text().unique(),
    name: p.text(),
    managerId: reference(PersonEntity, 'manager_id').strictNullable(),
    startsAt: instant().strictNullable(),
    endsAt: instant().strictNullable(),
    version: p.integer().default(1),
  },
});
export type Project = InferEntity<typeof ProjectEntity>;

/** A service of the catalogue (AGR-06) and the team of each line that supports it. */
export const ServiceEntity = defineEntity({
  name: 'Service',
  tableName: 'service',
  properties: {
    id: id(),
    key: p.text().unique(),
    name: p.text(),
    nameZh: p.text(),
    firstLineTeamId: reference(TeamEntity, 'first_line_team_id').strictNullable(),
    secondLineTeamId: reference(TeamEntity, 'second_line_team_id').strictNullable(),
    thirdLineTeamId: reference(TeamEntity, 'third_line_team_id').strictNullable(),
    /** CIs the service depends on; opaque ids of the cmdb. */
    ciIds: p.json<string[]>(),
    active: p.boolean().default(true),
    version: p.integer().default(1),
  },
});
export type Service = InferEntity<typeof ServiceEntity>;

export const AgreementEntity = defineEntity({
  name: 'Agreement',
  tableName: 'agreement',
  properties: {
    id: id(),
    customerId: reference(CustomerEntity, 'customer_id').index(),
    projectId: reference(ProjectEntity, 'project_id').strictNullable(),
    number: p.text().unique(),
    name: p.text(),
    /** Tier of AGR-04, or null: the customer is on the level table alone (D-32). */
    tier: p.text().strictNullable(),
    calendarId: reference(CalendarEntity, 'calendar_id'),
    targets: p.json<OwnTargets>(),
    /** Channels besides the telephone whose contact counts as a response (D-06). */
    responseChannels: p.json<string[]>(),
    /** Written criteria and examples of its own, for the levels where they differ from the level table's (INC-26). */
    levelCriteria: p.json<OwnCriteria>().nullable(),
    reportingCadence: p.text().strictNullable(),
    startsAt: instant(),
    endsAt: instant(),
    slaOwnerId: reference(PersonEntity, 'sla_owner_id').strictNullable(),
    serviceManagerId: reference(PersonEntity, 'service_manager_id').strictNullable(),
    serviceDeliveryManagerId: reference(PersonEntity, 'service_delivery_manager_id').strictNullable(),
    projectManagerId: reference(PersonEntity, 'project_manager_id').strictNullable(),
    departmentManagerId: reference(PersonEntity, 'department_manager_id').strictNullable(),
    technicalManagerId: reference(PersonEntity, 'technical_manager_id').strictNullable(),
    renewalWarnedAt: instant().strictNullable(),
    /** When what clocks are planned by (tier, calendar, targets; its lines' too) was changed last; null: as concluded. */
    termsSince: instant().nullable(),
    version: p.integer().default(1),
  },
});
export type Agreement = InferEntity<typeof AgreementEntity>;

/** What an agreement covers and with which targets: most specific line wins (AGR-08). Nulls mean "any". */
export const AgreementLineEntity = defineEntity({
  name: 'AgreementLine',
  tableName: 'agreement_line',
  properties: {
    id: id(),
    agreementId: reference(AgreementEntity, 'agreement_id').index(),
    serviceId: reference(ServiceEntity, 'service_id').strictNullable(),
    siteId: reference(SiteEntity, 'site_id').strictNullable(),
    department: p.text().strictNullable(),
    ciId: p.uuid().strictNullable(),
    tier: p.text().strictNullable(),
    calendarId: reference(CalendarEntity, 'calendar_id').strictNullable(),
    targets: p.json<OwnTargets>(),
    /** Taken out of the agreement; kept because records name it. */
    endedAt: instant().nullable(),
  },
});
export type AgreementLine = InferEntity<typeof AgreementLineEntity>;
