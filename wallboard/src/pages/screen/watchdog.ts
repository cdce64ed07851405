/** What the watching worker knows of the page, by its own clock in ms. */
export interface WatchState {
  /** When the page last answered. */
  readonly answeredAt: number;
  /** When it last said that it had painted, or that it is hidden and need not. */
  readonly paintedAt: number;
  /** When the worker last looked; a gap here is the machine's sleep, not the page's. */
  readonly askedAt: number;
}

const FROZEN_MS = 15_000;
const SLEPT_MS = 5000;

/**
 * A page is frozen when it has not answered for 15 s, or answers but has not painted for 15 s although it is visible.
 * It is *asked* rather than listened to: timers of a hidden page are throttled to one a minute, answers to messages are not. A worker that itself was
 * not run for a while (sleep, a frozen tab) begins anew.
 */
export function judge(state: WatchState, now: number): { readonly state: WatchState; readonly frozen: boolean } {
  if (now - state.askedAt > SLEPT_MS) return { state: { answeredAt: now, paintedAt: now, askedAt: now }, frozen: false };
  const frozen = now - state.answeredAt > FROZEN_MS || now - state.paintedAt > FROZEN_MS;
  return { state: { ...state, askedAt: now }, frozen };
}
