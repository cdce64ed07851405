import DataLoader from 'dataloader';
import { signedIn, loaderOf, type RequestContext } from '../../platform/graphql/context.ts';
import { recordLoader } from '../../platform/graphql/record-loader.ts';
import { PersonEntity, type Person } from '../access/access.entity.ts';
import { CalendarEntity, type Calendar } from '../calendar/calendar.entity.ts';
import { TeamEntity, type Team } from '../team/team.entity.ts';
import {
  AgreementLineEntity, CustomerDateEntity, ProjectEntity, ServiceEntity, SiteEntity,
  type AgreementLine, type Customer, type CustomerDate, type Project, type Service, type Site,
} from './customer.entity.ts';
import { customersById } from './customer.queries.ts';

/** Only customers that the asker may see. */
export function customerLoader(context: RequestContext): DataLoader<string, Customer | null> {
  return loaderOf(context, 'customer', () => new DataLoader<string, Customer | null>(async (ids) => {
    const customers = await customersById(context.database.em, signedIn(context), ids);
    return ids.map((id) => customers.get(id) ?? null);
  }));
}

export function sitesLoader(context: RequestContext): DataLoader<string, Site[]> {
  return listLoader(context, 'sitesOfCustomer', async (ids) =>
    grouped(await context.database.em.find(SiteEntity, { customerId: { $in: ids } }, { orderBy: { name: 'asc', id: 'asc' } }), ({ customerId }) => customerId));
}

export function projectsLoader(context: RequestContext): DataLoader<string, Project[]> {
  return listLoader(context, 'projectsOfCustomer', async (ids) =>
    grouped(await context.database.em.find(ProjectEntity, { customerId: { $in: ids } }, { orderBy: { number: 'asc' } }), ({ customerId }) => customerId));
}

/** The newest edit of each date, in the order of dates. */
export function datesLoader(context: RequestContext): DataLoader<string, CustomerDate[]> {
  return listLoader(context, 'datesOfCustomer', async (ids) => {
    const edits = await context.database.em.find(CustomerDateEntity, { customerId: { $in: ids } }, { orderBy: { revision: 'asc' } });
    const newest = [...new Map(edits.map((edit) => [`${edit.customerId} ${edit.date}`, edit])).values()];
    return grouped(newest.filter(({ hours }) => hours !== null).toSorted((a, b) => (a.date < b.date ? -1 : 1)), ({ customerId }) => customerId);
  });
}

export function linesLoader(context: RequestContext): DataLoader<string, AgreementLine[]> {
  return listLoader(context, 'linesOfAgreement', async (ids) =>
    grouped(await context.database.em.find(AgreementLineEntity, { agreementId: { $in: ids }, endedAt: null }, { orderBy: { id: 'asc' } }), ({ agreementId }) => agreementId));
}

export function serviceLoader(context: RequestContext): DataLoader<string, Service | null> {
  return recordLoader<Service>(context, ServiceEntity, 'service');
}

export function personLoader(context: RequestContext): DataLoader<string, Person | null> {
  return recordLoader<Person>(context, PersonEntity, 'person');
}

export function calendarLoader(context: RequestContext): DataLoader<string, Calendar | null> {
  return recordLoader<Calendar>(context, CalendarEntity, 'calendar');
}

export function teamLoader(context: RequestContext): DataLoader<string, Team | null> {
  return recordLoader<Team>(context, TeamEntity, 'team');
}

function listLoader<Row>(context: RequestContext, name: string, load: (ids: string[]) => Promise<ReadonlyMap<string, Row[]>>): DataLoader<string, Row[]> {
  return loaderOf(context, name, () => new DataLoader<string, Row[]>(async (ids) => {
    const rows = await load([...ids]);
    return ids.map((id) => rows.get(id) ?? []);
  }));
}

function grouped<Row>(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<string, Row[]> {
  return Map.groupBy(rows, key);
}
