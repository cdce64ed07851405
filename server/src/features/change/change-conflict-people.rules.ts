import type { Instant, Interval } from '../../kernel/instant.ts';
import { overlaps } from './change-freeze.rules.ts';

/** Somebody who is to carry a change out. */
export interface NeededPerson {
  readonly id: string;
  readonly active: boolean;
  /** Shifts of all teams that the person is in: where there are any, a roster is kept. */
  readonly rosterKept: readonly Interval[];
  /** The person's own shifts. */
  readonly shifts: readonly Interval[];
}

/** Why a needed person is missing; null when nothing says so. Where no roster is kept, nobody can be missing from it. */
export function absenceOf({ active, rosterKept, shifts }: NeededPerson, needed: readonly Interval[]): 'inactive' | 'off-roster' | null {
  if (!active) return 'inactive';
  return needed.some((span) => rosterKept.some((shift) => overlaps(shift, span)) && !covers(shifts, span)) ? 'off-roster' : null;
}

/** Is the span covered without a gap? Shifts are half-open: one that begins when another ends leaves none. */
export function covers(shifts: readonly Interval[], span: Interval): boolean {
  let reached = span.from;
  for (const { from, to } of shifts.toSorted((a, b) => a.from - b.from)) if (from <= reached && to > reached) reached = to;
  return reached >= span.to;
}

export interface PlannedWork {
  readonly window: Interval;
  readonly implementerId: string | null;
  /** Further people who are wanted for the whole window. */
  readonly alsoNeeded?: readonly string[];
  readonly tasks: readonly { readonly implementerId: string; readonly from: Instant; readonly to: Instant; readonly ended: boolean }[];
}

/** Who is needed when: for a task while it is planned; an implementer without a task of their own for the whole window. */
export function bookingsOf({ window, implementerId, alsoNeeded = [], tasks }: PlannedWork): { personId: string; from: Instant; to: Instant }[] {
  const whole = new Set(implementerId === null ? alsoNeeded : [implementerId, ...alsoNeeded]);
  for (const task of tasks) whole.delete(task.implementerId);
  return [
    ...tasks.filter(({ ended }) => !ended).map(({ implementerId: personId, from, to }) => ({ personId, from, to })),
    ...[...whole].map((personId) => ({ personId, ...window })),
  ];
}
