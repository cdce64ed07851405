import { localDate } from '../../lib/time/format-time.ts';

/** Days are written "2026-03-02", as the wall clock of a zone says. */

const DAY_MS = 86_400_000;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && iso(utc(text)) === text;
}

export function addDays(day: string, count: number): string {
  return iso(utc(day) + count * DAY_MS);
}

/** The same day of another month; the last one where that month is shorter. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + count, Math.min(date, last)));
}

/** Monday of the week. */
export function weekStart(day: string): string {
  return addDays(day, -((new Date(utc(day)).getUTCDay() + 6) % 7));
}

/** The weeks that a month touches, Monday first, each of seven days. */
export function weeksOfMonth(day: string): string[][] {
  const first = weekStart(`${day.slice(0, 7)}-01`);
  const next = `${addMonths(`${day.slice(0, 7)}-01`, 1)}`;
  const weeks: string[][] = [];
  for (let start = first; start < next; start = addDays(start, 7)) weeks.push(weekOf(start));
  return weeks;
}

export function weekOf(day: string): string[] {
  const start = weekStart(day);
  return Array.from({ length: 7 }, (_, index) => addDays(start, index));
}

/** The instant at which a day begins in a zone; where midnight does not exist, the first that does. */
export function startOfDay(day: string, timeZone: string): number {
  // No zone is farther from UTC than 14 h: the local date turns somewhere within a day and a half.
  let [low, high] = [utc(day) - 15 * 3_600_000, utc(day) + 15 * 3_600_000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (localDate(middle, { locale: 'en', timeZone }) < day) low = middle;
    else high = middle;
  }
  return high;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Spans in as few rows as hold them without overlap, earliest first: a bar takes the first row that is free again. */
export function packLanes<Item extends Span>(items: readonly Item[]): Item[][] {
  const lanes: Item[][] = [];
  for (const item of items.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const free = lanes.find((lane) => lane.at(-1)!.to <= item.from);
    if (free) free.push(item);
    else lanes.push([item]);
  }
  return lanes;
}
