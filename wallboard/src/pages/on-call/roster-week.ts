/** A shift as a week shows it; instants in epoch ms, half-open. */
export interface WeekShift {
  readonly id: string;
  readonly personId: string;
  readonly person: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly leader: boolean;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where nobody is on call between the team's first and last shift of the span: a team that never was on call has no gaps. */
export function gapsOf(shifts: readonly WeekShift[], { from, to }: Span): Span[] {
  const inside = shifts.filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from).toSorted((a, b) => a.startsAt - b.startsAt);
  const gaps: Span[] = [];
  let covered = inside[0]?.startsAt ?? to;
  for (const { startsAt, endsAt } of inside) {
    if (startsAt > covered) gaps.push({ from: covered, to: startsAt });
    covered = Math.max(covered, endsAt);
  }
  return gaps;
}

/** Shifts that have another leader beside them at some moment. */
export function twoLeaders(shifts: readonly WeekShift[]): ReadonlySet<string> {
  const leaders = shifts.filter(({ leader }) => leader);
  return new Set(leaders.filter((one) => leaders.some((other) => other.id !== one.id && other.startsAt < one.endsAt && one.startsAt < other.endsAt)).map(({ id }) => id));
}

/** Shifts that the same person begins without a rest: at the end of another of theirs, or before it. */
export function doubleShifts(shifts: readonly WeekShift[]): ReadonlySet<string> {
  return new Set(shifts.filter((one) => shifts.some((other) => other.id !== one.id && other.personId === one.personId && other.startsAt < one.startsAt && one.startsAt <= other.endsAt)).map(({ id }) => id));
}

const DAY = 86_400_000;

/** Monday 00:00 of the week in which `at` lies, in the browser's zone. */
export function weekStart(at: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7)).getTime();
}

/** The seven days of a week, each from its midnight to the next, as a clock on the wall counts them. */
export function daysOf(start: number): Span[] {
  const first = new Date(start + DAY / 2);
  const midnight = (ahead: number): number => new Date(first.getFullYear(), first.getMonth(), first.getDate() + ahead).getTime();
  return Array.from({ length: 7 }, (_, index) => ({ from: midnight(index), to: midnight(index + 1) }));
}

export const overlaps = ({ startsAt, endsAt }: Pick<WeekShift, 'startsAt' | 'endsAt'>, { from, to }: Span): boolean => startsAt < to && endsAt > from;
