import type { Instant } from '../../kernel/instant.ts';
import { LEVELS, type Level } from '../service-level/service-level.rules.ts';
import type { ClockComparison, ClockOutlook, WhatIfChange } from './what-if.rules.ts';

/** What a row says of its incident. */
export interface WhatIfSubject {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly customerId: string;
  readonly customer: string;
  readonly level: Level;
}

/** A clock that the edit would move. */
export interface WhatIfRow extends WhatIfSubject {
  readonly kind: ClockOutlook['kind'];
  readonly subjectId: string;
  readonly change: WhatIfChange;
  readonly before: ClockOutlook | null;
  readonly after: ClockOutlook;
}

/** Exact counts, of clocks but for `incidents`. */
export interface WhatIfCounts {
  readonly incidents: number;
  readonly clocks: number;
  readonly breached: number;
  readonly earlier: number;
  readonly later: number;
  readonly added: number;
  readonly ended: number;
  readonly unchanged: number;
  /** Breached already and moved to a later due instant: the breach stays on record (SLA-14). */
  readonly breachKept: number;
}

export interface WhatIfAnswer {
  readonly now: Instant;
  /** The instant at which the clocks are compared: now, or a policy's later valid-from. */
  readonly asOf: Instant;
  readonly needsReason: boolean;
  readonly totals: WhatIfCounts;
  readonly byLevel: readonly (WhatIfCounts & { readonly level: Level })[];
  /** Those with most to lose first; at most 100, `customers` says how many there are. */
  readonly byCustomer: readonly (WhatIfCounts & { readonly customerId: string; readonly customer: string })[];
  readonly customers: number;
  /** Breached at once first, then by the due instant that they would have. */
  readonly rows: readonly WhatIfRow[];
  readonly rowTotal: number;
}

export interface WhatIfFrame {
  readonly now: Instant;
  readonly asOf: Instant;
  readonly validFrom: Instant | null;
  /** Whose incidents the asker may see; the others are counted in the totals only. */
  readonly visible: 'all' | readonly string[];
}

const MOST_CUSTOMERS = 100;
const ORDER: readonly WhatIfChange[] = ['breached', 'earlier', 'added', 'later', 'ended'];
type Counting = { -readonly [Key in keyof WhatIfCounts]: number };
const nothing = (): Counting => ({ incidents: 0, clocks: 0, breached: 0, earlier: 0, later: 0, added: 0, ended: 0, unchanged: 0, breachKept: 0 });

/** Counts and keeps what the comparison of each incident says. */
export class WhatIfTally {
  private readonly frame: WhatIfFrame;
  private readonly totals = nothing();
  private readonly levels = new Map<Level, Counting>();
  private readonly customers = new Map<string, Counting & { customerId: string; customer: string }>();
  private readonly rows: WhatIfRow[] = [];

  constructor(frame: WhatIfFrame) {
    this.frame = frame;
  }

  add(subject: WhatIfSubject, clocks: readonly ClockComparison[]): void {
    const { id, number, title, customerId, customer, level } = subject;
    const seen = this.frame.visible === 'all' || this.frame.visible.includes(customerId);
    const counts = [this.totals, slot(this.levels, level, nothing), ...(seen ? [slot(this.customers, customerId, () => ({ ...nothing(), customerId, customer }))] : [])];
    for (const one of counts) count(one, clocks);
    if (!seen) return;
    for (const { before, after, change } of clocks) {
      if (change !== null) this.rows.push({ id, number, title, customerId, customer, level, kind: after.kind, subjectId: after.subjectId, change, before, after });
    }
  }

  answer(first: number): WhatIfAnswer {
    const { now, asOf, validFrom } = this.frame;
    const customers = [...this.customers.values()].toSorted((a, b) => b.breached - a.breached || b.earlier - a.earlier || moved(b) - moved(a) || (a.customerId < b.customerId ? -1 : 1));
    return {
      now, asOf, needsReason: validFrom !== null && validFrom < now, totals: this.totals,
      byLevel: LEVELS.map((level) => ({ level, ...(this.levels.get(level) ?? nothing()) })),
      byCustomer: customers.slice(0, MOST_CUSTOMERS), customers: customers.length,
      rows: this.rows.toSorted(inOrder).slice(0, first), rowTotal: this.rows.length,
    };
  }
}

function slot<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function count(into: Counting, clocks: readonly ClockComparison[]): void {
  into.incidents += 1;
  into.clocks += clocks.length;
  for (const { before, change } of clocks) {
    into[change ?? 'unchanged'] += 1;
    if (change === 'later' && before !== null && before.breachedAt !== null) into.breachKept += 1;
  }
}

const moved = ({ later, added, ended }: WhatIfCounts): number => later + added + ended;

function inOrder(a: WhatIfRow, b: WhatIfRow): number {
  const due = (row: WhatIfRow): number => row.after.dueAt ?? Infinity;
  const byDue = due(a) === due(b) ? 0 : due(a) - due(b);
  return ORDER.indexOf(a.change) - ORDER.indexOf(b.change) || byDue || (a.number < b.number ? -1 : a.number > b.number ? 1 : 0) || (a.kind < b.kind ? -1 : 1);
}
