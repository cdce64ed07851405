import type { Instant } from '../../kernel/instant.ts';
import type { Level } from '../service-level/service-level.rules.ts';

/** What the order of work looks at. */
export interface OrderFacts {
  readonly level: Level;
  readonly suspended: boolean;
  /** Due instant of the running clock that ends next; in the past when breached. Null when none runs. */
  readonly dueAt: Instant | null;
  /** Least time left of the paused clocks. */
  readonly remainingMs: number | null;
  readonly difficulty: 'simple' | 'normal' | 'hard';
  readonly reportedAt: Instant;
}

const DIFFICULTY = { simple: '0', normal: '1', hard: '2' } as const;
/** Sorts after every instant. */
const NEVER = '9'.repeat(15);

/**
 * Order of a queue (INC-18, D-40): level, then breached and time to breach, then the simpler one, then the older one;
 * suspended ones last. An opaque text: rows sort by (order, id) by code units, here and on every screen.
 */
export function queueOrder({ level, suspended, dueAt, difficulty, reportedAt }: OrderFacts): string {
  return [suspended ? '1' : '0', level.slice(2), dueAt === null || suspended ? NEVER : digits(dueAt), DIFFICULTY[difficulty], digits(reportedAt)].join('.');
}

/**
 * Order of a board (WBD-01): time to breach across all levels, the longest over first; then those whose clocks all
 * stand, then suspended ones by what they have left. A queue asks "what do I take next", a wall "what bursts next".
 */
export function boardOrder({ level, suspended, dueAt, remainingMs, reportedAt }: OrderFacts): string {
  if (suspended) return ['2', remainingMs === null ? NEVER : digits(remainingMs), level.slice(2)].join('.');
  return dueAt === null ? ['1', digits(reportedAt), level.slice(2)].join('.') : ['0', digits(dueAt), level.slice(2)].join('.');
}

/** Fifteen digits that sort as the number does, negative ones too: shifted by a fixed span of about 3,000 years. */
function digits(value: number): string {
  return String(Math.trunc(value) + 100_000_000_000_000).padStart(15, '0');
}
