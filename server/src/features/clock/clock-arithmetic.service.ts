import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { calendarsFor } from '../calendar/calendar.service.ts';
import { TicketEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { standingOf, type ClockBook } from './clock-book.rules.ts';
import { explainClock, type ClockExplanation } from './clock-explain.rules.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, type ClockFiringRow, type ClockRow } from './clock.entity.ts';
import type { ClockStanding } from './clock.rules.ts';

/** One clock with everything that led to what it shows (SLA-09). */
export interface ClockArithmetic {
  readonly clock: ClockRow;
  readonly standing: ClockStanding;
  readonly explanation: ClockExplanation;
  readonly timeZone: string;
  readonly calendar: string;
  readonly firings: readonly ClockFiringRow[];
}

export interface TicketArithmetic {
  readonly ticket: Ticket;
  readonly now: Instant;
  readonly clocks: readonly ClockArithmetic[];
}

/** The arithmetic of every clock of a record, by its number here or in the system it came from. @throws Refusal NOT_FOUND */
export async function arithmeticOf(database: Database, number: string): Promise<TicketArithmetic> {
  const em = database.em;
  const ticket = await em.findOne(TicketEntity, { $or: [{ number: number.toUpperCase() }, { externalNumber: number }] }, { orderBy: { id: 'asc' } });
  if (!ticket) throw new Refusal('NOT_FOUND', `There is no record ${number}.`, 'number');
  const of = { ticketId: ticket.id };
  const book: ClockBook = {
    ticketId: ticket.id, facts: await em.find(ClockFactEntity, of, { orderBy: { seq: 'asc' } }),
    clocks: await em.find(ClockEntity, of, { orderBy: { startAt: 'asc', id: 'asc' } }), firings: await em.find(ClockFiringEntity, of, { orderBy: { at: 'asc', id: 'asc' } }),
  };
  const calendars = await calendarsFor(database, em);
  const names = new Map(Object.entries(calendars.idByKey).map(([key, id]) => [id, key]));
  const now = await database.now();
  const clocks = book.clocks.flatMap((clock): ClockArithmetic[] => {
    const standing = standingOf(book, clock.kind, clock.subjectId, calendars, now, clock);
    if (!standing) return [];
    const calendar = calendars.resolve(standing.calendarRef, clock.state === 'stopped' ? clock.calendarVersion : undefined);
    const id = standing.calendarRef.split('@')[0] ?? '';
    return [{
      clock, standing, explanation: explainClock(standing, () => calendar, now), timeZone: calendar.timeZone, calendar: names.get(id) ?? id,
      firings: book.firings.filter(({ clockId }) => clockId === clock.id),
    }];
  });
  return { ticket, now, clocks };
}
