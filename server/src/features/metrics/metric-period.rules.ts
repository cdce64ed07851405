import type { Instant, Interval } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';

/** A calendar quarter or month of the organisation's time zone, half-open [from, to) (D-12). */
export interface MetricPeriod extends Interval {
  /** "2026-Q4" or "2026-11". */
  readonly key: string;
  /** Local dates of the first day and of the day after the last: how stored months are compared. */
  readonly fromDate: string;
  readonly toDate: string;
}

export type PeriodLength = 'quarter' | 'month';

const QUARTER = /^(\d{4})-Q([1-4])$/;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const MONTHS = { quarter: 3, month: 1 } as const satisfies Record<PeriodLength, number>;
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 2199;

/** @throws Refusal INVALID_INPUT for anything but "2026-Q4" or "2026-11" */
export function readPeriod(key: string, timeZone: string): MetricPeriod {
  const quarter = QUARTER.exec(key);
  const month = quarter ?? MONTH.exec(key);
  const year = Number(month?.[1]);
  if (month === null || year < EARLIEST_YEAR || year > LATEST_YEAR) {
    throw new Refusal('INVALID_INPUT', `"period" must be a quarter such as "2026-Q4" or a month such as "2026-11", got "${key.slice(0, 40)}".`, 'period');
  }
  const first = quarter ? (Number(month[2]) - 1) * MONTHS.quarter + 1 : Number(month[2]);
  return periodFrom(new Temporal.PlainYearMonth(year, first), quarter ? 'quarter' : 'month', timeZone);
}

/** The period in which an instant lies. */
export function periodAt(at: Instant, length: PeriodLength, timeZone: string): MetricPeriod {
  const { year, month } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const first = length === 'month' ? month : month - ((month - 1) % MONTHS.quarter);
  return periodFrom(new Temporal.PlainYearMonth(year, first), length, timeZone);
}

/** The period and those before it, oldest first. */
export function periodsUpTo(period: MetricPeriod, count: number, timeZone: string): MetricPeriod[] {
  const length = lengthOf(period);
  const last = Temporal.PlainYearMonth.from(period.fromDate.slice(0, 7));
  return Array.from({ length: count }, (_, index) => periodFrom(last.subtract({ months: MONTHS[length] * (count - 1 - index) }), length, timeZone));
}

export function lengthOf({ key }: MetricPeriod): PeriodLength {
  return QUARTER.test(key) ? 'quarter' : 'month';
}

function periodFrom(first: Temporal.PlainYearMonth, length: PeriodLength, timeZone: string): MetricPeriod {
  const next = first.add({ months: MONTHS[length] });
  const start = (month: Temporal.PlainYearMonth): Temporal.PlainDate => month.toPlainDate({ day: 1 });
  const at = (month: Temporal.PlainYearMonth): Instant => start(month).toZonedDateTime({ timeZone }).epochMilliseconds;
  const key = length === 'month' ? first.toString() : `${first.year}-Q${(first.month - 1) / MONTHS.quarter + 1}`;
  return { key, from: at(first), to: at(next), fromDate: start(first).toString(), toDate: start(next).toString() };
}
