import type { BoardClaims } from './fault-board.ts';

/** Between a commit and its answer here, and between the database's clock and the one of the board. */
const SLACK_MS = 1500;
/** WBD-02: then the screen must say how old it is. */
const SAID_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 200;

/** Something that every board shows, renamed again and again: its title ends in a number that only grows. */
export interface Marked {
  readonly incidentId: string;
  /** When, by the monotonic clock, the commit of each number was answered. */
  readonly committedAt: readonly number[];
}

/** A board may be old, but it must not say that it is not: what was committed before the instant that it vouches for is on it. */
export function dishonesty(board: BoardClaims, { incidentId, committedAt }: Marked): string | null {
  const trueUntil = board.trueUntil();
  if (trueUntil === null) return null;
  const shown = numberIn(board.titleOf(incidentId));
  const missed = committedAt[shown + 1];
  if (missed === undefined || missed >= trueUntil - SLACK_MS) return null;
  return `a board shows old data as fresh: it vouches for everything until ${(trueUntil - missed).toFixed(0)} ms after commit ${shown + 1}, and shows ${shown}`;
}

/** While what feeds it stands still, its age is at least as great, and past 10 s it is said on the screen. */
export function untoldAge(board: BoardClaims, { stoodStillMs, now }: { readonly stoodStillMs: number; readonly now: number }): string | null {
  const trueUntil = board.trueUntil();
  if (trueUntil === null) return null;
  const age = now - trueUntil;
  if (age < stoodStillMs - SLACK_MS) return `a board says that it is ${age.toFixed(0)} ms old while nothing has reached it for ${stoodStillMs.toFixed(0)} ms`;
  const { level } = board.freshness();
  if (stoodStillMs > SAID_AFTER_MS + SLACK_MS && level !== 'late' && level !== 'stale') return `a board does not say its age after ${stoodStillMs.toFixed(0)} ms: ${level}`;
  return null;
}

/** Looks at every board five times a second, whatever else goes on; each kind of finding is told once a board. */
export function watchHonesty(boards: readonly BoardClaims[], marks: readonly Marked[]): { stop(): string[] } {
  const findings = new Map<BoardClaims, string>();
  const timer = setInterval(() => {
    for (const board of boards) {
      for (const marked of marks) {
        const found = dishonesty(board, marked);
        if (found && !findings.has(board)) findings.set(board, found);
      }
    }
  }, LOOK_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return [...findings.values()];
    },
  };
}

export const titleFor = (number: number): string => `mark ${number}`;

/** -1 when it is none. */
export function numberIn(title: string | null): number {
  return Number(/(\d+)$/.exec(title ?? '')?.[1] ?? -1);
}
