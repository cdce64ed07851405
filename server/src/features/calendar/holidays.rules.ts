import cn2016 from '../../../data/holidays/cn-2016.json' with { type: 'json' };
import cn2025 from '../../../data/holidays/cn-2025.json' with { type: 'json' };
import cn2026 from '../../../data/holidays/cn-2026.json' with { type: 'json' };
import type { CalendarDefinition, CalendarException, CalendarSource, HoursOfDay } from './calendar-definition.rules.ts';

/** A year's official list as it lies in `server/data/holidays/`. */
export interface OfficialYear {
  readonly year: number;
  readonly days: readonly OfficialDay[];
}

export interface OfficialDay {
  readonly date: string;
  /** `holiday` or `workday` (调休: a weekend day worked instead). */
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
}

const OFFICE_HOURS: HoursOfDay = [['09:00', '12:00'], ['13:00', '18:00']];
const CLOSED: HoursOfDay = [];

/** The years of the official list that come with the system. */
export const OFFICIAL_YEARS: readonly OfficialYear[] = [cn2016, cn2025, cn2026];

/** An official list as dated exceptions: holidays closed, make-up workdays with a workday's hours (CAL-01). */
export function officialExceptions(years: readonly OfficialYear[], workdayHours: HoursOfDay): readonly CalendarException[] {
  return years.flatMap(({ days }) =>
    days.map(({ date, kind, zh, en }) => ({ date, hours: kind === 'workday' ? workdayHours : CLOSED, name: `${zh} ${en}` })),
  );
}

/** The two calendars that every installation starts with (CAL-01). */
export function seededCalendars(years: readonly OfficialYear[] = OFFICIAL_YEARS): { readonly '24x7': CalendarSource; readonly '5x8': CalendarDefinition } {
  const open = OFFICE_HOURS;
  return {
    '24x7': '24x7',
    '5x8': {
      timeZone: 'Asia/Shanghai',
      weeklyHours: { mon: open, tue: open, wed: open, thu: open, fri: open, sat: CLOSED, sun: CLOSED },
      exceptions: officialExceptions(years, OFFICE_HOURS),
    },
  };
}
