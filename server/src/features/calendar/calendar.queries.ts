import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Em } from '../../platform/db/orm.ts';
import { CalendarEntity, CalendarVersionEntity, type Calendar, type CalendarVersionRow } from './calendar.entity.ts';
import type { CalendarHistory, CustomerDateEdit } from './calendar-book.rules.ts';

/** Every calendar with all its versions. A handful of rows: an installation has tens of calendars, not thousands. */
export async function calendarHistories(em: Em): Promise<CalendarHistory[]> {
  return em.execute<CalendarHistory[]>(
    `select c.id, c.key, jsonb_agg(jsonb_build_object('version', v.version,
       'validFrom', (extract(epoch from v.valid_from) * 1000)::bigint, 'source', v.source) order by v.version) as versions
     from calendar c join calendar_version v on v.calendar_id = c.id group by c.id order by c.key, c.id`,
  );
}

// Whose dates these are belongs to the customer feature; they are read here because they are hours like any others.
export async function customerDateEdits(em: Em): Promise<CustomerDateEdit[]> {
  return em.execute<CustomerDateEdit[]>(
    'select customer_id as "customerId", revision, date, hours, name from customer_date order by customer_id, revision',
  );
}

/** Every calendar by key. */
export async function listCalendars(em: Em, actor: Actor): Promise<Calendar[]> {
  requirePermission(actor, 'calendar.read');
  return em.find(CalendarEntity, {}, { orderBy: { key: 'asc' }, limit: 1000 });
}

/** The versions of a calendar, newest first, at most 100. */
export async function calendarVersions(em: Em, actor: Actor, calendarId: string): Promise<CalendarVersionRow[]> {
  requirePermission(actor, 'calendar.read');
  return em.find(CalendarVersionEntity, { calendarId }, { orderBy: { version: 'desc' }, limit: 100 });
}
