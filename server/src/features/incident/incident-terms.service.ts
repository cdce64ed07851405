import { calendarsFor, type CalendarBook } from '../calendar/calendar.service.ts';
import { AgreementEntity, AgreementLineEntity, ServiceEntity, type Agreement, type AgreementLine } from '../customer/customer.entity.ts';
import { LEVELS, type Level, type Policies } from '../service-level/service-level.rules.ts';
import { RosterShiftEntity, TeamEntity, type Team } from '../team/team.entity.ts';
import type { Database } from '../../platform/db/database.ts';
import { KeptRows } from '../../platform/db/kept-rows.ts';
import type { Em } from '../../platform/db/orm.ts';
import { may, type Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { AgreementTerms } from '../clock/clock-plan.rules.ts';
import { readTermRows, type TermRows } from './incident-load.queries.ts';
import type { AgreementPeople, IncidentTerms, PeopleRole, Route } from './incident-case.rules.ts';

/** What the terms are looked up by. */
export interface TermsQuery {
  readonly customerId: string;
  readonly teamId: string | null;
  readonly serviceId: string | null;
  readonly agreementId: string | null;
  readonly agreementLineId: string | null;
}

const PEOPLE_FIELDS: readonly (readonly [PeopleRole, keyof Agreement])[] = [
  ['sla-owner', 'slaOwnerId'], ['service-manager', 'serviceManagerId'], ['service-delivery-manager', 'serviceDeliveryManagerId'],
  ['project-manager', 'projectManagerId'], ['department-manager', 'departmentManagerId'], ['technical-manager', 'technicalManagerId'],
];

/** Who asks for the terms, and when. */
export interface TermsLookup {
  readonly actor: Actor;
  readonly now: Instant;
  readonly policies: Policies;
}

export interface TermsFound {
  readonly calendars: CalendarBook;
  of(query: TermsQuery, lookup: TermsLookup): Promise<IncidentTerms>;
}

/** Loads who is who around an incident that is not on record yet, and what its agreement says; the calendars come along, compiled. */
export async function loadTerms(database: Database, em: Em, query: TermsQuery, lookup: TermsLookup): Promise<{ terms: IncidentTerms; calendars: CalendarBook }> {
  const found = await termsFrom(database, em, await readTermRows(em, query), new KeptRows(em));
  return { terms: await found.of(query, lookup), calendars: found.calendars };
}

/** The terms of every incident that the rows were read for. */
export async function termsFrom(database: Database, em: Em, read: TermRows, rows: KeptRows): Promise<TermsFound> {
  const calendars = await calendarsFor(database, em);
  const teams = rows.read(TeamEntity, read.teams);
  const agreements = byId(rows.read(AgreementEntity, read.agreements));
  const lines = byId(rows.read(AgreementLineEntity, read.lines));
  const services = byId(rows.read(ServiceEntity, read.services));
  const names = new Map((read.people ?? []).map(({ id, name }) => [id, name]));
  const of = async (query: TermsQuery, lookup: TermsLookup): Promise<IncidentTerms> => {
    const agreement = query.agreementId === null ? null : agreements.get(query.agreementId) ?? null;
    const line = query.agreementLineId === null ? null : lines.get(query.agreementLineId) ?? null;
    const service = query.serviceId === null ? null : services.get(query.serviceId) ?? null;
    const team = teams.find(({ id }) => id === query.teamId) ?? null;
    const people = agreement ? peopleOf(agreement, names) : {};
    return {
      agreement: agreement ? agreementTerms(agreement, line, query.customerId, calendars) : null,
      agreementSince: agreement?.termsSince ?? null,
      agreementVersion: agreement?.version ?? null,
      calendarRefs: Object.fromEntries(Object.entries(calendars.idByKey).map(([key, id]) => [key, calendars.refFor(id, query.customerId)])),
      responseChannels: agreement?.responseChannels ?? [],
      teamLeadId: team?.leadId ?? null,
      teamLine: team?.line ?? null,
      people,
      routing: routing(teams, service, people, lookup.policies),
      secondLineTeamId: service?.secondLineTeamId ?? teams.find(({ line: l }) => l === 2)?.id ?? null,
      actsAsDesk: may(lookup.actor, 'incident.close', { customerId: query.customerId }) || (await onDuty(em, teams, lookup.actor, lookup.now)),
      deskCalendarRef: deskCalendar(teams, calendars, lookup.policies),
    };
  };
  return { calendars, of };
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** AGR-08: a line may override tier, calendar and targets of its agreement. */
export function agreementTerms(agreement: Agreement, line: AgreementLine | null, customerId: string, calendars: CalendarBook): AgreementTerms {
  return {
    name: agreement.number,
    lineName: line ? [line.department, line.serviceId && 'service', line.siteId && 'site', line.ciId && 'CI'].filter(Boolean).join(' + ') || 'general' : null,
    tier: line?.tier ?? agreement.tier,
    calendarRef: calendars.refFor(line?.calendarId ?? agreement.calendarId, customerId),
    targets: mergeTargets(agreement, line),
  };
}

function mergeTargets(agreement: Agreement, line: AgreementLine | null): AgreementTerms['targets'] {
  const merged: Record<string, object> = { ...agreement.targets };
  for (const [level, targets] of Object.entries(line?.targets ?? {})) merged[level] = { ...merged[level], ...targets };
  return merged;
}

function peopleOf(agreement: Agreement, names: ReadonlyMap<string, string>): AgreementPeople {
  return Object.fromEntries(PEOPLE_FIELDS.flatMap(([role, field]) => {
    const id = agreement[field];
    return typeof id === 'string' ? [[role, { id, name: names.get(id) ?? id }]] : [];
  }));
}

/** INC-05: the level table names the kind of team; a service may have teams of its own for its lines. */
function routing(
  teams: readonly Team[], service: { firstLineTeamId: string | null; secondLineTeamId: string | null } | null, people: AgreementPeople, policies: Policies,
): Readonly<Record<Level, Route>> {
  const route = (level: Level): Route => {
    const purpose = policies['level-table'].levels[level].assignTo;
    const own = purpose === 'engineers' ? service?.firstLineTeamId : purpose === 'senior-engineers' ? service?.secondLineTeamId : null;
    const teamId = own ?? teams.find((team) => team.purpose === purpose)?.id ?? null;
    const holderId = purpose === 'technical-managers' ? people['technical-manager']?.id ?? teams.find(({ id }) => id === teamId)?.leadId ?? null : null;
    return { teamId, holderId };
  };
  return { LV1: route(LEVELS[0]), LV2: route(LEVELS[1]), LV3: route(LEVELS[2]), LV4: route(LEVELS[3]) };
}

/** D-46: the desk's own hours, or those of the 7×24 team that acts as desk outside them (D-13). They are the same for every customer. */
function deskCalendar(teams: readonly Team[], calendars: CalendarBook, { desk }: Policies): string {
  const key = teams.some(({ purpose }) => purpose === 'duty') ? desk.staffedWithDutyTeam : desk.staffed;
  const id = calendars.idByKey[key];
  assert(id, `there is a calendar "${key}"`);
  return id;
}

/** D-13: the person on call in the 7×24 team acts as desk. */
async function onDuty(em: Em, teams: readonly Team[], actor: Actor, now: Instant): Promise<boolean> {
  const duty = teams.filter(({ purpose }) => purpose === 'duty').map(({ id }) => id);
  if (duty.length === 0 || actor.kind !== 'person') return false;
  const shifts = await em.count(RosterShiftEntity, { teamId: { $in: duty }, personId: actor.id, startsAt: { $lte: now }, endsAt: { $gt: now } });
  return shifts > 0;
}


/** Looks up what an incident's clocks are planned by. */
export type TermsBook = (incident: { readonly customerId: string; readonly agreementId: string | null; readonly agreementLineId: string | null }) => {
  readonly terms: Pick<IncidentTerms, 'agreement' | 'calendarRefs'>;
  readonly agreementSince: Instant | null;
};

/** The terms of every agreement at once, for a question about all open incidents; `instead` is an agreement as an edit would have it (SLA-10). */
export async function termsBook(em: Em, calendars: CalendarBook, instead?: { readonly agreement: Agreement; readonly lines: ReadonlyMap<string, AgreementLine> }): Promise<TermsBook> {
  const plain = { disableIdentityMap: true } as const;
  const agreements = new Map((await em.find(AgreementEntity, {}, plain)).map((row) => [row.id, row]));
  const lines = new Map((await em.find(AgreementLineEntity, {}, plain)).map((row) => [row.id, row]));
  if (instead) agreements.set(instead.agreement.id, instead.agreement);
  for (const [id, line] of instead?.lines ?? []) lines.set(id, line);
  return ({ customerId, agreementId, agreementLineId }) => {
    const agreement = agreementId === null ? null : agreements.get(agreementId) ?? null;
    const line = agreementLineId === null ? null : lines.get(agreementLineId) ?? null;
    const calendarRefs = Object.fromEntries(Object.entries(calendars.idByKey).map(([key, id]) => [key, calendars.refFor(id, customerId)]));
    return { terms: { agreement: agreement ? agreementTerms(agreement, line, customerId, calendars) : null, calendarRefs }, agreementSince: agreement?.termsSince ?? null };
  };
}
