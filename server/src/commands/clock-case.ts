import type { BusinessCalendar } from '../features/calendar/calendar.rules.ts';
import { compileCalendar } from '../features/calendar/calendar.rules.ts';
import { readCalendarSource } from '../features/calendar/calendar-reading.rules.ts';
import type { Instant } from '../kernel/instant.ts';
import { SECOND } from '../kernel/instant.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { ClockHappening, ClockQuestion } from './clock-replay.ts';

/** One JSON case of `watchfloor clock`, as yet unread. */
export type ClockCase = Readonly<Record<string, unknown>>;

const MOST_EVENTS = 5_000;
const MOST_WARNINGS = 100;
/** 200 years: past this a deadline is a mistake. */
const MOST_SECONDS = 200 * 366 * 24 * 3600;
const OFFSET_AT_END = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i;
const POLICY_WARNINGS = [50, 75, 90];

export function readCalendar(json: ClockCase): BusinessCalendar {
  return compileCalendar(readCalendarSource(json['calendar']));
}

/** An ISO 8601 instant with an offset; a local time alone could mean any instant. */
export function readInstant(value: unknown, field: string): Instant {
  if (value === undefined || value === null) throw missing(field, 'an instant such as "2026-02-14T09:00:00+08:00"');
  if (typeof value === 'string' && OFFSET_AT_END.test(value)) {
    try {
      return Temporal.Instant.from(value).epochMilliseconds;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw invalid(field, 'an ISO 8601 instant with an offset such as "2026-02-14T09:00:00+08:00"', value);
}

/** Seconds, to the millisecond. */
export function readSeconds(value: unknown, field: string): number {
  if (value === undefined || value === null) throw missing(field, 'a number of seconds');
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw invalid(field, 'a number of seconds, 0 or more', value);
  if (value > MOST_SECONDS) throw new Refusal('OUT_OF_RANGE', `"${field}" must be at most ${MOST_SECONDS} (200 years), got ${value}.`, field);
  return Math.round(value * SECOND);
}

export function readQuestion(json: ClockCase): ClockQuestion {
  const targets = readTargets(json['targets']);
  const asOf = readInstant(json['asOf'], 'asOf');
  const events = readList(json['events'] ?? [], 'events', MOST_EVENTS).map((event, index) => readEvent(event, `events[${index}]`));
  // The sort is stable: equal instants stay in the order given.
  const happenings = events
    .filter(({ at }) => at <= asOf)
    .sort((a, b) => a.at - b.at)
    .map((event) => happeningOf(event, targets));
  return {
    calendar: readCalendar(json),
    start: readInstant(json['start'], 'start'),
    targetMs: readFirstTarget(json, targets),
    happenings,
    regrade: readRegrade(json['regrade']),
    asOf,
    warnAt: readWarnings(json['warnAt']),
  };
}

type Targets = ReadonlyMap<string, number>;

function readTargets(value: unknown): Targets {
  if (value === undefined || value === null) return new Map();
  if (!isCase(value)) throw invalid('targets', 'an object of seconds by level such as {"LV1":14400}', value);
  return new Map(Object.entries(value).map(([level, seconds]) => [level, readSeconds(seconds, `targets.${level}`)]));
}

function readFirstTarget(json: ClockCase, targets: Targets): number {
  const level = json['initialLevel'];
  if (level === undefined || level === null) {
    if (targets.size > 0 && json['targetSeconds'] === undefined) throw missing('initialLevel', `one of ${[...targets.keys()].join(', ')}`);
    return readSeconds(json['targetSeconds'], 'targetSeconds');
  }
  if (typeof level !== 'string') throw invalid('initialLevel', 'the name of a level', level);
  return targetOf(targets, level, 'initialLevel');
}

function targetOf(targets: Targets, level: string, field: string): number {
  const target = targets.get(level);
  if (target !== undefined) return target;
  throw new Refusal('INVALID_INPUT', `"targets" holds no level "${level}"; it has ${[...targets.keys()].join(', ') || 'none'}.`, field);
}

interface ReadEvent {
  readonly at: Instant;
  readonly verb: string;
  /** What follows the colon: a pause's reason, a re-grade's level. */
  readonly word: string;
  readonly field: string;
}

function readEvent(value: unknown, field: string): ReadEvent {
  const [at, text, ...more] = readList(value, field, 2);
  if (typeof text !== 'string' || more.length > 0) throw invalid(field, 'a pair of instant and event', value);
  const colon = text.indexOf(':');
  const verb = colon < 0 ? text : text.slice(0, colon);
  const word = colon < 0 ? '' : text.slice(colon + 1);
  const known = verb === 'pause' || verb === 'resume' || text === 'stop' || (verb === 'regrade' && word !== '');
  if (!known) throw invalid(`${field}[1]`, '"pause", "resume" (both may carry ":reason"), "stop" or "regrade:LEVEL"', text);
  return { at: readInstant(at, `${field}[0]`), verb, word, field: `${field}[1]` };
}

function happeningOf({ at, verb, word, field }: ReadEvent, targets: Targets): ClockHappening {
  if (verb === 'pause' || verb === 'resume') return { at, kind: verb, reason: word };
  if (verb === 'stop') return { at, kind: 'stop' };
  return { at, kind: 'regrade', targetMs: targetOf(targets, word, field) };
}

function readRegrade(value: unknown): 'retroactive' | 'restart' {
  if (value === undefined || value === null) return 'retroactive';
  if (value === 'retroactive' || value === 'restart') return value;
  throw invalid('regrade', '"retroactive" or "restart"', value);
}

function readWarnings(value: unknown): readonly number[] {
  return readList(value ?? POLICY_WARNINGS, 'warnAt', MOST_WARNINGS).map((percent, index) => {
    if (typeof percent === 'number' && percent > 0 && percent <= 1000) return percent;
    throw invalid(`warnAt[${index}]`, 'a percentage above 0 and up to 1000', percent);
  });
}

function readList(value: unknown, field: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(field, 'a list', value);
  if (value.length > most) throw new Refusal('TOO_LARGE', `"${field}" must hold at most ${most} entries, got ${value.length}.`, field);
  return value;
}

export function isCase(value: unknown): value is ClockCase {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function missing(field: string, expected: string): Refusal {
  return new Refusal('MISSING_FIELD', `"${field}" is missing; give ${expected}.`, field);
}

export function invalid(field: string, expected: string, value: unknown): Refusal {
  const got = typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'a list' : 'an object') : String(value).slice(0, 60);
  return new Refusal('INVALID_INPUT', `"${field}" must be ${expected}, got ${got}.`, field);
}
