import type { BoardClock } from '../lib/feed/countdown.ts';

/** The facts of a ticket's clock that decide which one its row shows. */
export interface TicketClock {
  readonly kind: BoardClock['kind'];
  readonly state: BoardClock['state'];
  readonly outcome: 'NONE' | 'MET' | 'CANCELLED';
  readonly dueAt: string | null;
  readonly remainingSeconds: number | null;
  readonly breachedAt: string | null;
  readonly outsideHours: boolean;
  readonly resumesAt: string | null;
  readonly targetSeconds: number;
}

/** The open clock that ends next, as on the board; of paused ones the one with the least time left. */
export function nextClock(clocks: readonly TicketClock[]): BoardClock | null {
  const open = clocks.filter(({ state, outcome }) => outcome === 'NONE' && state !== 'STOPPED');
  const endsNext = [...open].sort((left, right) => rank(left) - rank(right))[0];
  if (endsNext === undefined) return null;
  const { kind, state, dueAt, remainingSeconds, breachedAt, outsideHours, resumesAt, targetSeconds } = endsNext;
  return { kind, state, dueAt, remainingSeconds, breachedAt, outsideHours, resumesAt, targetSeconds, remainingBusinessSeconds: remainingSeconds };
}

function rank(clock: TicketClock): number {
  return clock.dueAt === null ? (clock.remainingSeconds ?? 0) * 1000 : Date.parse(clock.dueAt);
}
