import { zoneMidnight } from '../../lib/time/zone-midnight.ts';

/** The periods that the figures are taken over; `today` begins at the reader's midnight. */
export const PERIODS = ['today', '7', '30'] as const;
export type Period = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;

/** The period that an address names; today for anything else. */
export function periodOf(word: string | null): Period {
  return PERIODS.find((period) => period === word) ?? 'today';
}

/** When it begins. */
export function periodStart(period: Period, now: number, timeZone: string): number {
  return period === 'today' ? zoneMidnight(now, timeZone) : now - Number(period) * DAY_MS;
}
