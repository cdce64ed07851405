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

export const BOARD_SORTS = ['due', 'risk'] as const;
export type BoardSort = (typeof BOARD_SORTS)[number];

/** The same board by risk (SLA-11): a wall that asks "what do we miss next, as things go". */
export function boardRiskOrder(facts: OrderFacts & RiskFacts): string {
  return [riskRank(facts), facts.dueAt === null || facts.suspended ? NEVER : digits(facts.dueAt), facts.level.slice(2)].join('.');
}

export interface RiskFacts {
  readonly suspended: boolean;
  readonly breached: boolean;
  /** How likely one of its clocks is missed, in percent (SLA-11); null: nothing is foretold. */
  readonly risk: number | null;
}

export const INCIDENT_SORTS = ['priority', 'due', 'reported', 'age', 'level', 'number', 'updated', 'risk'] as const;
export type IncidentSort = (typeof INCIDENT_SORTS)[number];

export const INCIDENT_GROUPINGS = ['team', 'customer', 'level', 'state', 'holder'] as const;
export type IncidentGrouping = (typeof INCIDENT_GROUPINGS)[number];

export interface SortFacts extends OrderFacts, RiskFacts {
  readonly number: string;
  readonly updatedAt: Instant;
}

/** The sort key of a queue's row: opaque, and with the id a total order. Newest first are `reported` and `updated`. */
export function orderKey(sort: IncidentSort, facts: SortFacts): string {
  const due = facts.dueAt === null || facts.suspended ? NEVER : digits(facts.dueAt);
  const level = facts.level.slice(2);
  switch (sort) {
    case 'priority': return queueOrder(facts);
    case 'due': return `${due}.${level}`;
    case 'reported': return digits(-facts.reportedAt);
    case 'age': return digits(facts.reportedAt);
    case 'level': return `${level}.${due}.${digits(facts.reportedAt)}`;
    case 'number': return facts.number;
    case 'updated': return digits(-facts.updatedAt);
    case 'risk': return `${riskRank(facts)}.${due}`;
  }
}

/** What is missed already, then what is likelier to be; then what nothing is known of, and suspended ones last. Three digits. */
function riskRank({ suspended, breached, risk }: RiskFacts): string {
  if (suspended) return '300';
  if (breached) return '000';
  return String(risk === null ? 201 : 200 - risk);
}

/** Fifteen digits that sort as the number does, negative ones too: shifted by a fixed span of about 3,000 years. */
function digits(value: number): string {
  return String(Math.trunc(value) + 100_000_000_000_000).padStart(15, '0');
}
