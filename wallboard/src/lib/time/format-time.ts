import type { Locale } from '../messages/translator.ts';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Intl formats are slow to make and a board asks for them every second. */
function format(locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options });
    formats.set(key, made);
  }
  return made;
}

export interface Place {
  readonly locale: Locale;
  readonly timeZone: string;
}

/** "14:03" */
export function timeOfDay(at: number, { locale, timeZone }: Place): string {
  return format(locale, timeZone, { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** "14:03:22" */
export function timeWithSeconds(at: number, { locale, timeZone }: Place): string {
  return format(locale, timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
}

/** "Mon 2 Mar" / "3月2日周一" */
export function dayOf(at: number, { locale, timeZone }: Place): string {
  return format(locale, timeZone, { weekday: 'short', month: 'short', day: 'numeric' }).format(at);
}

/** The shortest that is not ambiguous as seen at `now`: "14:03" today, "Mon 09:00" within a week, else with the date. */
export function nearTime(at: number, now: number, place: Place): string {
  const time = timeOfDay(at, place);
  if (localDate(at, place) === localDate(now, place)) return time;
  const { locale, timeZone } = place;
  if (Math.abs(at - now) < 6 * DAY_MS) return `${format(locale, timeZone, { weekday: 'short' }).format(at)} ${time}`;
  return `${format(locale, timeZone, { month: 'numeric', day: 'numeric' }).format(at)} ${time}`;
}

/** "01:14" within a day from `now`, on whichever date that falls; farther away as `nearTime`. For ends of shifts. */
export function shiftTime(at: number, now: number, place: Place): string {
  return Math.abs(at - now) < DAY_MS ? timeOfDay(at, place) : nearTime(at, now, place);
}

/** "2026-03-02 14:03:22 GMT+8": a full instant always says its zone. */
export function fullTime(at: number, place: Place): string {
  return `${localDate(at, place)} ${timeWithSeconds(at, place)} ${zoneName(at, place)}`;
}

/** "GMT+8" */
export function zoneName(at: number, { timeZone }: Place): string {
  const parts = format('en', timeZone, { timeZoneName: 'shortOffset' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** "2026-03-02" in that zone. */
export function localDate(at: number, { timeZone }: Place): string {
  const parts = format('en', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** "3/2", by the language's order. */
export function shortDay(at: number, { locale, timeZone }: Place): string {
  return format(locale, timeZone, { month: 'numeric', day: 'numeric' }).format(at);
}

/** "3/2 14:03" */
export function dayAndTime(at: number, place: Place): string {
  return `${shortDay(at, place)} ${timeOfDay(at, place)}`;
}

/** "GMT+8": how far the zone is from UTC at that instant. */
export function offsetName(at: number, { locale, timeZone }: Place): string {
  return format(locale, timeZone, { timeZoneName: 'shortOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
