import { DAY, MINUTE, SECOND, toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireLegible } from './screen-legibility.rules.ts';

/** One board of a rotation and how long it stays. */
export interface BoardTurn {
  readonly boardId: string;
  readonly seconds: number;
}

/** A page load that used a screen's identity. */
export interface Place {
  /** Random, made anew by every page load. */
  readonly instance: string;
  readonly origin: string;
  readonly firstAt: Instant;
  readonly seenAt: Instant;
}

/** What a screen tells of itself. */
export interface ScreenReport {
  readonly version: string;
  readonly userAgent: string;
  readonly width: number;
  readonly height: number;
  readonly problems: readonly string[];
}

export interface ScreenSettings {
  readonly name: string;
  readonly place: string | null;
  readonly boards: readonly BoardTurn[];
  readonly locale: 'zh-CN' | 'en';
  readonly diagonalInches: number;
  readonly seatMetres: number;
  readonly sound: boolean;
}

/** Letters and digits that nobody takes for one another on a wall or over the telephone: no 0 O, 1 I L, 2 Z, 5 S, 8 B. */
export const CODE_ALPHABET = 'ACDEFGHJKMNPQRTUVWXY34679';
export const CODE_LENGTH = 8;
export const CODE_LIFE = 10 * MINUTE;

/** What somebody typed, without the spaces, dashes and small letters that people add. */
export function typedCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s\-–—_.]/g, '');
}

/** So many codes may be asked for from one address in ten minutes: a room full of screens that is switched on, not a flood. */
const CODES_PER_ORIGIN = 60;
const WRONG_CODES = 10;
const WRONG_CODES_WINDOW = 15 * MINUTE;

export function requireCodesLeft(asked: number): void {
  if (asked < CODES_PER_ORIGIN) return;
  throw new Refusal('RATE_LIMITED', `This address has asked for ${asked} codes in ten minutes; ${CODES_PER_ORIGIN} is the most. Wait ten minutes.`);
}

/** @param wrong instants of wrong codes of the last 15 minutes, oldest first */
export function requireTriesLeft(wrong: readonly Instant[], now: Instant): void {
  const blocking = wrong.filter((at) => at + WRONG_CODES_WINDOW > now).at(-WRONG_CODES);
  if (blocking === undefined) return;
  const again = toIso(blocking + WRONG_CODES_WINDOW);
  throw new Refusal('RATE_LIMITED', `${WRONG_CODES} wrong codes within 15 minutes; try again at ${again}.`, 'code', { tryAgainAt: again });
}

const MOST_BOARDS = 6;
const SECONDS = { least: 10, most: 3600 } as const;

/** What an administrator says of a screen, checked. @throws Refusal naming the field and what would be right */
export function checkedSettings(input: Omit<ScreenSettings, 'place'> & { readonly place?: string | null }): ScreenSettings {
  const { boards, locale, sound } = input;
  if (boards.length === 0 || boards.length > MOST_BOARDS) throw new Refusal('OUT_OF_RANGE', `"boards" must name 1–${MOST_BOARDS}, got ${boards.length}.`, 'boards');
  if (new Set(boards.map(({ boardId }) => boardId)).size < boards.length) throw new Refusal('INVALID_INPUT', '"boards" must name each board once.', 'boards');
  for (const { seconds } of boards) within(seconds, SECONDS, 'boards.seconds');
  const size = {
    diagonalInches: within(input.diagonalInches, { least: 20, most: 200 }, 'diagonalInches'), seatMetres: within(input.seatMetres, { least: 0.5, most: 30 }, 'seatMetres'),
  };
  requireLegible(size);
  return { name: requiredText(input.name, 'name', 80), place: optionalText(input.place, 'place', 120), boards, locale, sound, ...size };
}

function within(value: number, { least, most }: { readonly least: number; readonly most: number }, field: string): number {
  if (value >= least && value <= most) return value;
  throw new Refusal('OUT_OF_RANGE', `"${field}" must be ${least}–${most}, got ${value}.`, field);
}

/** A screen tells every 5 s; a report is kept when it is news or this old, so that two hundred screens do not write all the time. */
export const KEEP_REPORT_EVERY = 10 * SECOND;
/** Two kept reports and one lost message without a word: it is away. */
const AWAY_AFTER = 30 * SECOND;

export type ScreenState = 'live' | 'away' | 'cloned' | 'revoked';

/** A copy in use matters more than that a screen is away; one that is revoked is nothing else any more. */
export function screenState(screen: { readonly revokedAt: Instant | null; readonly clonedAt: Instant | null; readonly lastSeenAt: Instant | null }, now: Instant): ScreenState {
  if (screen.revokedAt !== null) return 'revoked';
  if (screen.clonedAt !== null) return 'cloned';
  return screen.lastSeenAt === null || now - screen.lastSeenAt > AWAY_AFTER ? 'away' : 'live';
}

const SECRET_LIFE = 30 * DAY;
/** Requests that were on their way with the old secret when the new one was first used. */
export const SECRET_GRACE = MINUTE;

/** The secret of the pairing is replaced at the first report, and every other after 30 days. */
export function secretDue(secretAt: Instant | null, now: Instant): boolean {
  return secretAt === null || now - secretAt >= SECRET_LIFE;
}

const PLACES_KEPT = 8;
const PLACE_FORGOTTEN_AFTER = 10 * MINUTE;
/** A last request of a page that is being left may overtake the first of the page that follows. */
const CROSSING = 3 * SECOND;

/**
 * Notes that the identity was used by a page load. A reload makes a new place and the old one is never heard of again; so when a place is heard
 * again after another one, both are alive: the identity was copied (or opened in a second window).
 */
export function notePlace(places: readonly Place[], { instance, origin, now }: { readonly instance: string; readonly origin: string; readonly now: Instant }): { places: Place[]; cloned: readonly string[] | null } {
  const before = places.find((place) => place.instance === instance);
  const others = places.filter((place) => place.instance !== instance && now - place.seenAt < PLACE_FORGOTTEN_AFTER);
  const newer = before && others.find(({ firstAt, seenAt }) => seenAt > before.seenAt && now - firstAt >= CROSSING);
  const here: Place = { instance, origin, firstAt: before?.firstAt ?? now, seenAt: now };
  return { places: [...others, here].slice(-PLACES_KEPT), cloned: newer ? [...new Set([newer.origin, origin])] : null };
}

/** Checks what a device says of itself; it is shown to people, and never trusted. */
export function checkedReport(report: ScreenReport): ScreenReport {
  const shortened = (text: string, most: number): string => text.slice(0, most);
  return {
    version: shortened(report.version, 80), userAgent: shortened(report.userAgent, 300), width: Math.max(0, Math.min(100_000, Math.round(report.width))),
    height: Math.max(0, Math.min(100_000, Math.round(report.height))), problems: report.problems.slice(0, 5).map((problem) => shortened(problem, 200)),
  };
}
