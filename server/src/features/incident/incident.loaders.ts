import DataLoader from 'dataloader';
import { calendarsFor, type CalendarBook } from '../calendar/calendar.service.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, EscalationEntity, type ClockFactRow, type ClockFiringRow, type ClockRow, type Escalation } from '../clock/clock.entity.ts';
import type { ClockBook } from '../clock/clock-book.rules.ts';
import { HandoffEntity, type Handoff } from '../handoff/handoff.entity.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { TicketSpanEntity, type TicketSpan } from '../ticket/ticket.entity.ts';
import type { PersonName, TeamName } from '../ticket/ticket.types.ts';
import { loaderOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { RegradeRequestEntity, SuspensionEntity, type RegradeRequest, type Suspension } from './incident.entity.ts';
import { CLOCK_KINDS, type ClockKind } from '../clock/clock.rules.ts';
import type { ClockView } from '../clock/clock.types.ts';
import { clockForecast } from './incident-forecast.loaders.ts';
import { clockView } from './incident-clocks.queries.ts';
import { seesInternal, workLogs, type WorkLogRow } from './incident.queries.ts';

/** Groups rows by ticket, one list for each id in the order asked. */
function byTicket<T extends { ticketId: string }>(ids: readonly string[], rows: readonly T[]): T[][] {
  const groups = Map.groupBy(rows, (row) => row.ticketId);
  return ids.map((id) => groups.get(id) ?? []);
}

/** In the order of their kinds, as the records list them; handoffs' by id. */
function inOrder(clocks: readonly ClockRow[]): ClockRow[] {
  return clocks.toSorted((a, b) => CLOCK_KINDS.indexOf(a.kind) - CLOCK_KINDS.indexOf(b.kind) || (a.id < b.id ? -1 : 1));
}

/** The clocks of several tickets with their history: three statements, however many tickets. */
export function clockBooks(context: RequestContext): DataLoader<string, ClockBook> {
  return loaderOf(context, 'clockBooks', () => new DataLoader(async (ids: readonly string[]) => {
    const { em } = context.database;
    const of = { ticketId: { $in: [...ids] } };
    const facts: ClockFactRow[][] = byTicket(ids, await em.find(ClockFactEntity, of, { orderBy: { ticketId: 'asc', seq: 'asc' } }));
    const clocks: ClockRow[][] = byTicket(ids, inOrder(await em.find(ClockEntity, of)));
    const firings: ClockFiringRow[][] = byTicket(ids, await em.find(ClockFiringEntity, of, { orderBy: { at: 'asc', id: 'asc' } }));
    return ids.map((ticketId, index) => ({ ticketId, facts: facts[index]!, clocks: clocks[index]!, firings: firings[index]! }));
  }));
}

/** Compiled calendars, asked for once a request. */
export function calendarBook(context: RequestContext): Promise<CalendarBook> {
  return loaderOf(context, 'calendarBook', () => calendarsFor(context.database, context.database.em));
}

/** The request's "now", read from the database's clock once. */
export function requestNow(context: RequestContext): Promise<number> {
  return loaderOf(context, 'now', () => context.database.now());
}

export function spansOf(context: RequestContext): DataLoader<string, TicketSpan[]> {
  return loaderOf(context, 'spans', () => new DataLoader(async (ids: readonly string[]) =>
    byTicket(ids, await context.database.em.find(TicketSpanEntity, { ticketId: { $in: [...ids] } }, { orderBy: { ticketId: 'asc', seq: 'asc' } }))));
}

export function suspensionsOf(context: RequestContext): DataLoader<string, Suspension[]> {
  return loaderOf(context, 'suspensions', () => new DataLoader(async (ids: readonly string[]) =>
    byTicket(ids, await context.database.em.find(SuspensionEntity, { ticketId: { $in: [...ids] } }, { orderBy: { fromAt: 'asc', id: 'asc' } }))));
}

export function handoffsOf(context: RequestContext): DataLoader<string, Handoff[]> {
  return loaderOf(context, 'handoffs', () => new DataLoader(async (ids: readonly string[]) =>
    byTicket(ids, await context.database.em.find(HandoffEntity, { ticketId: { $in: [...ids] } }, { orderBy: { requestedAt: 'asc', id: 'asc' } }))));
}

export function escalationsOf(context: RequestContext): DataLoader<string, Escalation[]> {
  return loaderOf(context, 'escalations', () => new DataLoader(async (ids: readonly string[]) =>
    byTicket(ids, await context.database.em.find(EscalationEntity, { ticketId: { $in: [...ids] } }, { orderBy: { firedAt: 'asc', id: 'asc' } }))));
}

export function regradesOf(context: RequestContext): DataLoader<string, RegradeRequest[]> {
  return loaderOf(context, 'regrades', () => new DataLoader(async (ids: readonly string[]) =>
    byTicket(ids, await context.database.em.find(RegradeRequestEntity, { ticketId: { $in: [...ids] } }, { orderBy: { requestedAt: 'asc', id: 'asc' } }))));
}

export function workLogsOf(context: RequestContext): DataLoader<string, WorkLogRow[]> {
  return loaderOf(context, 'workLogs', () => new DataLoader(async (ids: readonly string[]) =>
    byTicket(ids, await workLogs(context.database.em, ids, seesInternal(signedIn(context))))));
}

/** Those clocks of an incident whose kind is wanted, as screens show them, judged now. */
export async function clockViewsOf(context: RequestContext, ticketId: string, wanted: (kind: ClockKind) => boolean): Promise<ClockView[]> {
  const [book, calendars, now] = await Promise.all([clockBooks(context).load(ticketId), calendarBook(context), requestNow(context)]);
  return Promise.all(book.clocks.filter(({ kind }) => wanted(kind)).map(async (clock) => {
    const team = clock.breachTeamId ? await teamNames(context).load(clock.breachTeamId) : null;
    const holder = clock.breachHolderId ? await personNames(context).load(clock.breachHolderId) : null;
    const view = clockView(book, clock, calendars, now, clock.breachedAt === null ? null : { team: team?.name ?? null, holder: holder?.name ?? null });
    return Object.defineProperty(view, 'forecast', { get: () => clockForecast(context, clock, now), enumerable: true });
  }));
}

export function teamNames(context: RequestContext): DataLoader<string, TeamName | null> {
  return loaderOf(context, 'teamNames', () => new DataLoader(async (ids: readonly string[]) => {
    const found = new Map((await context.database.em.find(TeamEntity, { id: { $in: [...ids] } })).map((team) => [team.id, team]));
    return ids.map((id) => found.get(id) ?? null);
  }));
}

export function personNames(context: RequestContext): DataLoader<string, PersonName | null> {
  return loaderOf(context, 'personNames', () => new DataLoader(async (ids: readonly string[]) => {
    const found = new Map((await context.database.em.find(PersonEntity, { id: { $in: [...ids] } })).map(({ id, name }) => [id, { id, name }]));
    return ids.map((id) => found.get(id) ?? null);
  }));
}
