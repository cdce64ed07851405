import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { SECOND, toIso } from '../kernel/instant.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { ClockCase } from './clock-case.ts';
import { invalid, isCase, missing, readCalendar, readInstant, readQuestion, readSeconds } from './clock-case.ts';
import { readClock } from './clock-replay.ts';

/** Longer lines are refused before they are parsed. */
const LONGEST_LINE = 2_000_000;

/**
 * `watchfloor clock`: the engine as a calculator. Reads one JSON case a line and writes one JSON result a line, in order;
 * a case it cannot do gives its `error` (with code and field) and the next line goes on.
 */
export async function runClock(input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    // Trimming also takes away the byte-order mark that some editors put first.
    const text = line.trim();
    if (text === '') continue;
    if (!output.write(`${JSON.stringify(answerLine(text))}\n`)) await once(output, 'drain');
  }
}

/** The answer to one case: instants in UTC with `Z`, spans in seconds. Never throws for a case that is wrong. */
export function answerCase(json: unknown): object {
  const id = isCase(json) && (typeof json['id'] === 'string' || typeof json['id'] === 'number') ? json['id'] : null;
  try {
    if (!isCase(json)) throw invalid('case', 'a JSON object', json);
    return { id, ...answer(json) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id, error: error.message, code: error.code, field: error.field };
  }
}

function answerLine(line: string): object {
  if (line.length > LONGEST_LINE) {
    return { id: null, error: `A line must be at most ${LONGEST_LINE} characters, got ${line.length}.`, code: 'TOO_LARGE', field: null };
  }
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { id: null, error: `The line is not JSON: ${error.message}.`, code: 'INVALID_INPUT', field: null };
  }
  return answerCase(json);
}

function answer(json: ClockCase): object {
  const op = json['op'];
  if (op === 'add') return add(json);
  if (op === 'elapsed') return elapsed(json);
  if (op === 'clock') return clock(json);
  if (op === undefined) throw missing('op', '"add", "elapsed" or "clock"');
  throw invalid('op', '"add", "elapsed" or "clock"', op);
}

function add(json: ClockCase): object {
  const calendar = readCalendar(json);
  const start = readInstant(json['start'], 'start');
  const days = json['workingDays'];
  if (days === undefined || days === null) {
    return { at: toIso(calendar.addDuration(start, readSeconds(json['durationSeconds'], 'durationSeconds'))) };
  }
  if (json['durationSeconds'] !== undefined) throw invalid('workingDays', 'given instead of durationSeconds, not beside it', days);
  if (typeof days !== 'number') throw invalid('workingDays', 'a whole number', days);
  return { at: toIso(calendar.addWorkingDays(start, days)) };
}

function elapsed(json: ClockCase): object {
  const calendar = readCalendar(json);
  return { seconds: calendar.elapsed(readInstant(json['start'], 'start'), readInstant(json['end'], 'end')) / SECOND };
}

function clock(json: ClockCase): object {
  const reading = readClock(readQuestion(json));
  const at = (instant: number | null): string | null => (instant === null ? null : toIso(instant));
  return {
    state: reading.state,
    elapsedSeconds: reading.elapsedMs / SECOND,
    remainingSeconds: reading.remainingMs / SECOND,
    breached: reading.breachedAt !== null,
    breachedAt: at(reading.breachedAt),
    dueAt: at(reading.dueAt),
    warnings: Object.fromEntries([...reading.warnings].map(([percent, instant]) => [String(percent), at(instant)])),
  };
}
