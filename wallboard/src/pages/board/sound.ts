/** When a board sounds (WBD-03; wallboard rules 1.5). Pure: time, what rings and whether a tone can be heard come from outside. */
export type Tone = 'alarm' | 'flood';

/** An unacknowledged breach or new LV1; escalations do not sound. */
export interface Ringing {
  readonly id: string;
  readonly raisedAt: number;
}

export interface SoundFacts {
  /** Milliseconds by a clock that nobody sets. */
  readonly now: number;
  /** At most the newest fifty. */
  readonly ringing: readonly Ringing[];
  /** Breaches and new LV1s of the last ten minutes, exact. */
  readonly newAlarms: number;
  /** The screen is set to sound and its browser lets it. What nobody could hear is not taken for heard. */
  readonly audible: boolean;
}

export interface SoundState {
  readonly flood: boolean;
  /** The flood has not been told by a tone yet. */
  readonly floodOwed: boolean;
  readonly heard: ReadonlySet<string>;
  /** What was raised up to here came in a flood: it is no news when the flood ends. */
  readonly drownedUntil: number;
  readonly toneAt: number | null;
}

export const SILENT: SoundState = { flood: false, floodOwed: false, heard: new Set(), drownedUntil: -Infinity, toneAt: null };

const SECOND = 1000;
/** At most one tone in so long. */
const APART = 30 * SECOND;
/** So long after the last tone it sounds again, until somebody acknowledges. */
const AGAIN = 300 * SECOND;
/** More in ten minutes begin a flood, fewer end it. */
const FLOOD_ABOVE = 10;
const FLOOD_ENDS_BELOW = 5;

/** What sounds now, if anything, and what is to be remembered. */
export function nextSound(state: SoundState, facts: SoundFacts): { readonly state: SoundState; readonly tone: Tone | null } {
  const flood = state.flood ? facts.newAlarms >= FLOOD_ENDS_BELOW : facts.newAlarms > FLOOD_ABOVE;
  return flood ? inFlood(state, facts) : oneByOne(state, facts);
}

/** One tone for all of it; where one has sounded just before, the room looks up already. */
function inFlood(state: SoundState, { now, ringing, audible }: SoundFacts): ReturnType<typeof nextSound> {
  const rested = state.toneAt === null || now - state.toneAt >= APART;
  const owed = state.flood ? state.floodOwed : rested;
  const tone = owed && audible ? 'flood' : null;
  const drownedUntil = Math.max(state.drownedUntil, ...ringing.map(({ raisedAt }) => raisedAt));
  const kept = { flood: true, drownedUntil, heard: new Set(ringing.map(({ id }) => id)) };
  return { tone, state: { ...kept, floodOwed: owed && tone === null, toneAt: tone === null ? state.toneAt : now } };
}

function oneByOne(state: SoundState, { now, ringing, audible }: SoundFacts): ReturnType<typeof nextSound> {
  const heard = new Set(ringing.filter(({ id }) => state.heard.has(id)).map(({ id }) => id));
  const calm = { ...state, flood: false, floodOwed: false, heard };
  const since = state.toneAt === null ? Infinity : now - state.toneAt;
  const fresh = ringing.some(({ id, raisedAt }) => !heard.has(id) && raisedAt > state.drownedUntil);
  const due = since >= APART && (fresh || (ringing.length > 0 && since >= AGAIN));
  if (!due || !audible) return { tone: null, state: calm };
  return { tone: 'alarm', state: { ...calm, heard: new Set(ringing.map(({ id }) => id)), toneAt: now } };
}
