/** Tells the server's time on a machine whose own clock may be a day wrong (LIV-03). */
export interface ServerClock {
  /** Takes the server's time out of a message that has just arrived. */
  readonly sample: (serverTime: number) => void;
  /** The server's time now in epoch ms, or null before the first sample. */
  readonly now: () => number | null;
}

/** Two minutes of heartbeats: long enough to have met a quick one, short enough to follow a drifting crystal. */
const WINDOW = 24;
/** A server whose clock was set back makes every later sample smaller; so many in a row are believed. */
const STEP_MS = 2000;
const STEP_SAMPLES = 3;
/** And only when they came one by one: what a frozen page finds waiting comes all at once, and is old. */
const STEP_SPREAD_MS = 8000;

/**
 * Keeps the offset between the server's clock and a clock that only runs forward (`performance.now`): the wall clock is never asked.
 * A message is always late, never early, so the largest offset of the last samples is the one with the shortest way.
 */
export function createServerClock(monotonic: () => number): ServerClock {
  let offsets: number[] = [];
  let behind: number[] = [];
  const best = (): number => Math.max(...offsets);
  return {
    sample(serverTime) {
      const offset = serverTime - monotonic();
      behind = offsets.length > 0 && offset < best() - STEP_MS ? [...behind, monotonic()].slice(-STEP_SAMPLES) : [];
      if (behind.length === STEP_SAMPLES && monotonic() - (behind[0] ?? 0) >= STEP_SPREAD_MS) {
        offsets = [];
        behind = [];
      }
      offsets = [...offsets, offset].slice(-WINDOW);
    },
    now: () => (offsets.length === 0 ? null : monotonic() + best()),
  };
}
