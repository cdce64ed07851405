import { GraphQLScalarType, Kind } from 'graphql';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
/** Nobody dates a record outside these; a slip of the keyboard does. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** Reads an ISO 8601 instant with an offset into epoch milliseconds. Refuses impossible dates (2026-02-30). */
export function parseInstant(text: unknown, field: string): Instant {
  const value = typeof text === 'string' && ISO_WITH_OFFSET.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value) || !sameDay(String(text))) {
    throw new Refusal('INVALID_INPUT', `"${field}" must be an ISO 8601 instant with an offset such as 2026-03-01T09:30:00+08:00, got ${JSON.stringify(text)}.`, field);
  }
  if (value < EARLIEST || value > LATEST) {
    throw new Refusal('OUT_OF_RANGE', `"${field}" must be between 1990 and 2200, got ${String(text)}.`, field);
  }
  return value;
}

/** JavaScript reads 30 February as 2 March; the calendar does not. */
function sameDay(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day!;
}

/** `DateTime`: epoch milliseconds in code, UTC ISO 8601 on the wire. */
export const DateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'An instant in UTC, ISO 8601 with "Z". Input may carry any offset.',
  serialize: (value) => toIso(value as Instant),
  parseValue: (value) => parseInstant(value, 'DateTime'),
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null, 'DateTime'),
});

/** `Seq`: position in the event log, a decimal string because it outgrows 2⁵³ before it outgrows its use. */
export const Seq = new GraphQLScalarType<number, string>({
  name: 'Seq',
  description: 'Position in the event log: a decimal string that only grows.',
  serialize: (value) => String(value),
  parseValue: (value) => parseSeq(value),
  parseLiteral: (node) => parseSeq(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : null),
});

function parseSeq(value: unknown): number {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  throw new Refusal('INVALID_INPUT', `"seq" must be a decimal string such as "1042", got ${JSON.stringify(value)}.`, 'seq');
}
