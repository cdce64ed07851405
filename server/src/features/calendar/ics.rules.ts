import ICAL from 'ical.js';
import { Refusal } from '../../kernel/refusal.ts';
import type { CalendarException, HoursOfDay } from './calendar-definition.rules.ts';

export interface IcsReading {
  /** The calendar's zone: timed events are read on its wall clock. */
  readonly timeZone: string;
  /** Hours that an all-day event marked as a workday gives its date. */
  readonly workdayHours: HoursOfDay;
  /** First and last date wanted; repeating events are unrolled within them. */
  readonly from: string;
  readonly to: string;
}

/** What one event says about one date. */
interface DateSaying {
  readonly date: string;
  readonly works: boolean;
  readonly hours: HoursOfDay;
  readonly name: string;
}

const LONGEST_FILE = 5_000_000;
const MOST_EVENTS = 20_000;
const MOST_DATES = 20_000;
const MOST_REPEATS = 100_000;
/** How the published Chinese and English lists mark a make-up day, in the summary or in CATEGORIES. */
const WORKDAY_MARK = /调休上班|补班|上班|[（(]班[)）]|work(?:ing)?[ -]?day/i;

/**
 * Reads dated exceptions out of an iCalendar file (CAL-04). The rule: an all-day event closes its dates, or — when its
 * summary or categories mark it as a workday — gives them `workdayHours`; a timed event counts only when so marked, and
 * its times are the hours of its date. A workday beats a holiday of the same date; several timed workdays add up.
 * Cancelled events are left out.
 */
export function readIcs(text: string, reading: IcsReading): readonly CalendarException[] {
  if (text.length > LONGEST_FILE) throw tooLarge(`A calendar file must be at most ${LONGEST_FILE} characters, got ${text.length}.`);
  try {
    return joinDates(allSayings(text, reading).filter(({ date }) => date >= reading.from && date <= reading.to));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // The library parses values only when they are asked for and throws plain errors: whatever it is, the file is at fault.
    throw new Refusal('INVALID_INPUT', `The file is not iCalendar: ${error instanceof Error ? error.message : 'unreadable'}.`, 'ics');
  }
}

function allSayings(text: string, reading: IcsReading): readonly DateSaying[] {
  const sayings: DateSaying[] = [];
  for (const event of eventsOf(text)) {
    if (event.component.getFirstPropertyValue('status') === 'CANCELLED') continue;
    for (const start of startsOf(event, reading)) sayings.push(...sayingsOf(event, start, reading));
    if (sayings.length > MOST_DATES) throw tooLarge(`The calendar file gives more than ${MOST_DATES} dates between ${reading.from} and ${reading.to}; give fewer.`);
  }
  return sayings;
}

function eventsOf(text: string): readonly ICAL.Event[] {
  const calendar = ICAL.Component.fromString(text);
  if (calendar.name !== 'vcalendar') throw new Refusal('INVALID_INPUT', 'The file is not iCalendar; it must hold BEGIN:VCALENDAR.', 'ics');
  const components = calendar.getAllSubcomponents('vevent');
  if (components.length > MOST_EVENTS) throw tooLarge(`A calendar file must hold at most ${MOST_EVENTS} events, got ${components.length}.`);
  return components.map((component) => new ICAL.Event(component)).filter(({ startDate }) => startDate !== null);
}

/** Where the event starts each time, as far as the dates wanted reach. */
function startsOf(event: ICAL.Event, { from, to }: IcsReading): readonly ICAL.Time[] {
  if (!event.isRecurring()) return [event.startDate];
  const starts: ICAL.Time[] = [];
  const repeats = event.iterator();
  for (let count = 0; count < MOST_REPEATS; count += 1) {
    const start: ICAL.Time | null = repeats.next();
    if (start === null || isoDate(start) > to) return starts;
    // A long event that starts before the first date wanted may reach into it.
    if (isoDate(start) >= dayAfter(from, -366)) starts.push(start);
  }
  throw tooLarge(`An event repeats more than ${MOST_REPEATS} times before ${to}; give it an end or a rarer rule.`);
}

function sayingsOf(event: ICAL.Event, start: ICAL.Time, reading: IcsReading): readonly DateSaying[] {
  const name = event.summary ?? '';
  const works = WORKDAY_MARK.test(`${name} ${categoriesOf(event)}`);
  if (!start.isDate) return works ? timedHours(event, start, reading) : [];
  const days = Math.max(1, Math.round(event.duration.toSeconds() / 86_400));
  const hours = works ? reading.workdayHours : [];
  const sayings: DateSaying[] = [];
  for (let date = isoDate(start), day = 0; day < days && date <= reading.to; day += 1, date = dayAfter(date, 1)) {
    sayings.push({ date, works, hours, name });
  }
  return sayings;
}

function timedHours(event: ICAL.Event, start: ICAL.Time, { timeZone }: IcsReading): readonly DateSaying[] {
  const opens = wallClock(event, start, timeZone);
  const closes = opens.add({ seconds: event.duration.toSeconds() });
  const from = clockTime(opens);
  const to = clockTime(closes);
  if (Temporal.Duration.compare(opens.until(closes), { hours: 24 }, { relativeTo: opens }) > 0) {
    throw new Refusal('INVALID_INPUT', `"${event.summary}" is longer than a day; a workday's hours end within 24 h.`, 'ics');
  }
  const wholeDay = from === to;
  const hours: HoursOfDay = [[wholeDay ? '00:00' : from, wholeDay || to === '00:00' ? '24:00' : to]];
  return [{ date: opens.toPlainDate().toString(), works: true, hours, name: event.summary ?? '' }];
}

/** The start on the calendar's wall clock. A zone named in the file is taken by its IANA name; none means the calendar's own. */
function wallClock(event: ICAL.Event, start: ICAL.Time, timeZone: string): Temporal.ZonedDateTime {
  const local = Temporal.PlainDateTime.from({ year: start.year, month: start.month, day: start.day, hour: start.hour, minute: start.minute, second: start.second });
  const named = event.component.getFirstProperty('dtstart')?.getFirstParameter('tzid');
  const zone = start.zone === ICAL.Timezone.utcTimezone ? 'UTC' : (named ?? timeZone);
  try {
    return local.toZonedDateTime(zone).withTimeZone(timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal('INVALID_INPUT', `"${event.summary}" names the zone "${zone}", which is no IANA time zone.`, 'ics');
  }
}

function categoriesOf(event: ICAL.Event): string {
  return event.component.getAllProperties('categories').flatMap((property) => property.getValues()).join(' ');
}

function joinDates(sayings: readonly DateSaying[]): readonly CalendarException[] {
  const byDate = Map.groupBy(sayings, ({ date }) => date);
  return [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, said]) => {
    const working = said.filter(({ works }) => works);
    const standing = working.length > 0 ? working : said;
    const names = [...new Set(standing.map(({ name }) => name).filter((name) => name !== ''))].join(', ');
    const hours = distinct(standing.flatMap(({ hours: some }) => some));
    return names === '' ? { date, hours } : { date, hours, name: names };
  });
}

function distinct(hours: HoursOfDay): HoursOfDay {
  return [...new Map(hours.map((pair) => [pair.join('-'), pair])).values()].sort(([a], [b]) => (a < b ? -1 : 1));
}

function clockTime(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}

function isoDate({ year, month, day }: ICAL.Time): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function dayAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function tooLarge(message: string): Refusal {
  return new Refusal('TOO_LARGE', message, 'ics');
}
