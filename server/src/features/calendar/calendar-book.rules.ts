import { Refusal } from '../../kernel/refusal.ts';
import type { BusinessCalendar, CalendarException, CalendarVersion, HoursOfDay } from './calendar.rules.ts';
import { piecewiseCalendar } from './calendar.rules.ts';
import { withCustomerDates } from './exceptions.rules.ts';

export interface CalendarHistory {
  readonly id: string;
  readonly key: string;
  readonly versions: readonly CalendarVersion[];
}

/** One edit of one date of one customer; `hours` null gives the date back to the calendar. */
export interface CustomerDateEdit {
  readonly customerId: string;
  readonly revision: number;
  readonly date: string;
  readonly hours: HoursOfDay | null;
  readonly name: string | null;
}

/** Every calendar in every version, ready to count in. */
export interface CalendarBook {
  /**
   * The calendar of a reference: a calendar's id, or `id@customerId` with that customer's own dates over it (CAL-05).
   * With `maxVersion` as it was known at that version: a stopped clock is never judged by a later one (SLA-13).
   */
  resolve(ref: string, maxVersion?: number): BusinessCalendar;
  /** The reference of a calendar for a customer. It holds even before the customer has dates of its own, so that open clocks follow the first one. */
  refFor(calendarId: string, customerId: string | null): string;
  /** The newest version behind a reference; grows with every edit of the calendar or of the customer's dates. */
  versionOf(ref: string): number;
  /** Calendar ids by the keys that policies use: `24x7`, `5x8`. */
  readonly idByKey: Readonly<Record<string, string>>;
}

/** A customer's reference counts in two parts: calendar version, then up to 99,999 edits of the customer's dates. */
const EDITS = 100_000;

export function makeCalendarBook(calendars: readonly CalendarHistory[], edits: readonly CustomerDateEdit[]): CalendarBook {
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const byCustomer = Map.groupBy(edits.toSorted((a, b) => a.revision - b.revision), ({ customerId }) => customerId);
  const resolved = new Map<string, BusinessCalendar>();
  const parts = (ref: string): Parts => partsOf(ref, byId, byCustomer);
  return {
    resolve: (ref, maxVersion) => {
      const key = maxVersion === undefined ? ref : `${ref}#${maxVersion}`;
      const known = resolved.get(key);
      if (known !== undefined) return known;
      const made = calendarOf(parts(ref), maxVersion);
      resolved.set(key, made);
      return made;
    },
    refFor: (calendarId, customerId) => (customerId === null ? calendarId : `${calendarId}@${customerId}`),
    versionOf: (ref) => {
      const { calendar, customerId, edits: own } = parts(ref);
      const newest = Math.max(...calendar.versions.map(({ version }) => version));
      return customerId === null ? newest : newest * EDITS + (own.at(-1)?.revision ?? 0);
    },
    idByKey: Object.fromEntries(calendars.map(({ key, id }) => [key, id])),
  };
}

interface Parts {
  readonly calendar: CalendarHistory;
  readonly customerId: string | null;
  readonly edits: readonly CustomerDateEdit[];
}

function partsOf(ref: string, byId: ReadonlyMap<string, CalendarHistory>, byCustomer: ReadonlyMap<string, readonly CustomerDateEdit[]>): Parts {
  const [calendarId = '', customerId = null] = ref.split('@');
  const calendar = byId.get(calendarId);
  if (calendar === undefined) throw new Refusal('NOT_FOUND', `There is no calendar "${calendarId}".`, 'calendarId');
  return { calendar, customerId, edits: customerId === null ? [] : (byCustomer.get(customerId) ?? []) };
}

function calendarOf({ calendar, customerId, edits }: Parts, maxVersion = Infinity): BusinessCalendar {
  const newestVersion = customerId === null || maxVersion === Infinity ? maxVersion : Math.floor(maxVersion / EDITS);
  const newestEdit = maxVersion === Infinity ? Infinity : maxVersion % EDITS;
  const own = datesOf(edits.filter(({ revision }) => revision <= newestEdit));
  const versions = calendar.versions.filter(({ version }) => version <= newestVersion);
  return piecewiseCalendar(versions.map((version) => ({ ...version, source: withOwnDates(version.source, own) })));
}

/** A 7×24 calendar has no hours that a date could replace. */
function withOwnDates(source: CalendarVersion['source'], own: readonly CalendarException[]): CalendarVersion['source'] {
  return source === '24x7' ? source : withCustomerDates(source, own);
}

/** The edits in force, the newest of each date. */
export function datesOf(edits: readonly CustomerDateEdit[]): readonly CalendarException[] {
  const newest = new Map(edits.map((edit) => [edit.date, edit]));
  return [...newest.values()].flatMap(({ date, hours, name }) => (hours === null ? [] : [{ date, hours, ...(name === null ? {} : { name }) }]));
}
