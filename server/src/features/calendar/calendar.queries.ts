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

// Agreements and policies live above calendars; they are read here because a calendar that somebody needs must not go.
export async function usersOfCalendar(em: Em, { id, key, at }: { id: string; key: string; at: string }): Promise<string[]> {
  const rows = await em.execute<{ name: string }[]>(
    `select number as name from agreement where calendar_id = ? and ends_at > ?::timestamptz
     union select a.number from agreement_line l join agreement a on a.id = l.agreement_id where l.calendar_id = ? and l.ended_at is null and a.ends_at > ?::timestamptz
     union select 'policy ' || v.key from policy_version v where v.version = (select max(version) from policy_version n where n.key = v.key)
       and (position('"calendar": ' || to_jsonb(?::text)::text in v.body::text) > 0 or position('"telephone": ' || to_jsonb(?::text)::text in v.body::text) > 0)
     order by 1 limit 20`,
    [id, at, id, at, key, key],
  );
  return rows.map(({ name }) => name);
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
