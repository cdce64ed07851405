/** Where a rotation between whole boards stands. Instants are of one monotonic clock, in ms. */
export interface Rotation {
  readonly index: number;
  /** When the next board comes; null while paused, held, or with one board alone. */
  readonly nextAt: number | null;
  readonly paused: boolean;
  /** A board that a new LV1 or breach has called up. */
  readonly held: { readonly incidentId: string; readonly since: number; readonly until: number } | null;
  /** Boards that called meanwhile, the latest call of each. */
  readonly waiting: readonly Call[];
}

export interface Call {
  readonly index: number;
  readonly incidentId: string;
}

/** A board that called stays until somebody has acknowledged, at most this long. */
const HOLD_MS = 60_000;
/** In a flood one board may not tear the eye from another faster than it can be read. */
const LEAST_HOLD_MS = 15_000;

export function startRotation(seconds: readonly number[], now: number): Rotation {
  return { index: 0, nextAt: turnEnd(seconds, 0, now), paused: false, held: null, waiting: [] };
}

const turnEnd = (seconds: readonly number[], index: number, now: number): number | null => (seconds.length < 2 ? null : now + (seconds[index] ?? 0) * 1000);

/** The next board, at its time. `acknowledged` tells whether an incident that called needs nobody's eye any more. */
export function rotate(rotation: Rotation, { seconds, now, acknowledged }: { readonly seconds: readonly number[]; readonly now: number; readonly acknowledged: (call: Call) => boolean }): Rotation {
  const waiting = rotation.waiting.filter((call) => !acknowledged(call));
  const { held, index } = rotation;
  if (held !== null) {
    const over = now >= held.until || acknowledged({ index, incidentId: held.incidentId });
    const [next] = waiting;
    if (next !== undefined && (over || now - held.since >= LEAST_HOLD_MS)) return hold({ ...rotation, waiting: waiting.slice(1) }, next, now);
    if (!over) return waiting.length === rotation.waiting.length ? rotation : { ...rotation, waiting };
    return { ...rotation, held: null, waiting, nextAt: rotation.paused ? null : turnEnd(seconds, index, now) };
  }
  if (rotation.nextAt === null || now < rotation.nextAt) return rotation;
  const following = (index + 1) % seconds.length;
  return { ...rotation, index: following, nextAt: turnEnd(seconds, following, now) };
}

/** A new LV1 or breach: its board comes at once, or after what is held just now. Also over a pause: that stops the turning, not the alarm. */
export function callUp(rotation: Rotation, call: Call, now: number): Rotation {
  const { held, index } = rotation;
  if (held === null || index === call.index) return hold(rotation, call, now);
  return { ...rotation, waiting: [...rotation.waiting.filter((other) => other.index !== call.index), call] };
}

function hold(rotation: Rotation, { index, incidentId }: Call, now: number): Rotation {
  return { ...rotation, index, nextAt: null, held: { incidentId, since: now, until: now + HOLD_MS } };
}

/** By hand: to the next or the one before; what was held is let go. */
export function turnBy(rotation: Rotation, steps: number, { seconds, now }: { readonly seconds: readonly number[]; readonly now: number }): Rotation {
  const index = (rotation.index + steps + seconds.length) % seconds.length;
  return { ...rotation, index, held: null, nextAt: rotation.paused ? null : turnEnd(seconds, index, now) };
}

export function pauseOrGoOn(rotation: Rotation, { seconds, now }: { readonly seconds: readonly number[]; readonly now: number }): Rotation {
  const paused = !rotation.paused;
  return { ...rotation, paused, nextAt: paused || rotation.held !== null ? null : turnEnd(seconds, rotation.index, now) };
}
