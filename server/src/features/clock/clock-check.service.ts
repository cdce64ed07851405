import { IsolationLevel } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { calendarsFor } from '../calendar/calendar.service.ts';
import { TicketSpanEntity, type TicketSpan } from '../ticket/ticket.entity.ts';
import { heldAt } from '../ticket/ticket.rules.ts';
import { judgeBook, standingOf, type ClockBook, type VersionedCalendars } from './clock-book.rules.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, type ClockFiringRow, type ClockRow } from './clock.entity.ts';

/** One thing that is stored otherwise than the history says. */
export interface ClockDifference {
  readonly ticketId: string;
  readonly clockId: string;
  readonly kind: string;
  readonly column: string;
  readonly stored: unknown;
  readonly recomputed: unknown;
}

export interface ClockCheck {
  readonly clocks: number;
  /** Clocks of which anything differs. */
  readonly different: number;
  readonly differences: readonly ClockDifference[];
}

const TICKETS_AT_A_TIME = 500;
/** More say no more. */
const DIFFERENCES_KEPT = 100;

/** Recomputes every clock from its history and compares all that is stored of it, firings included (SLA-13). Reads only. */
export async function checkClocks(database: Database, onProgress: (clocks: number) => void = () => undefined): Promise<ClockCheck> {
  const calendars = await calendarsFor(database, database.em);
  const differences: ClockDifference[] = [];
  let clocks = 0;
  let different = 0;
  for (let after = ''; ; ) {
    // Of one moment: between two statements a command may have begun a clock.
    const { ids, books, now } = await database.em.transactional(async (em) => {
      const ids = await ticketIds(em, after);
      return { ids, books: ids.length === 0 ? [] : await loadBooks(em, ids), now: await database.time.read(em) };
    }, { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true });
    if (ids.length === 0) break;
    for (const book of books) {
      const found = compare(book, calendars, now);
      clocks += book.clocks.length;
      different += new Set(found.map(({ clockId }) => clockId)).size;
      differences.push(...found.slice(0, DIFFERENCES_KEPT - differences.length));
    }
    onProgress(clocks);
    after = ids.at(-1) ?? '';
  }
  return { clocks, different, differences };
}

async function ticketIds(em: Em, after: string): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select id from ticket where (? = '' or id > nullif(?, '')::uuid) order by id limit ?`, [after, after, TICKETS_AT_A_TIME],
  );
  return rows.map(({ id }) => id);
}

interface StoredBook extends ClockBook {
  readonly spans: readonly TicketSpan[];
}

async function loadBooks(em: Em, ids: readonly string[]): Promise<StoredBook[]> {
  const where = { ticketId: { $in: [...ids] } };
  const plain = { disableIdentityMap: true } as const;
  const facts = Map.groupBy(await em.find(ClockFactEntity, where, { ...plain, orderBy: { ticketId: 'asc', seq: 'asc' } }), ({ ticketId }) => ticketId);
  const clocks = Map.groupBy(await em.find(ClockEntity, where, plain), ({ ticketId }) => ticketId);
  const firings = Map.groupBy(await em.find(ClockFiringEntity, where, plain), ({ ticketId }) => ticketId);
  const spans = Map.groupBy(await em.find(TicketSpanEntity, where, { ...plain, orderBy: { ticketId: 'asc', seq: 'asc' } }), ({ ticketId }) => ticketId);
  return ids.map((ticketId) => ({
    ticketId, facts: facts.get(ticketId) ?? [], clocks: clocks.get(ticketId) ?? [], firings: firings.get(ticketId) ?? [], spans: spans.get(ticketId) ?? [],
  }));
}

const COLUMNS = [
  'state', 'outcome', 'startAt', 'dueAt', 'targetMs', 'remainingMs', 'breachedAt', 'announcedAt', 'breachTeamId', 'breachHolderId', 'metAt', 'misses',
  'calendarRef', 'calendarVersion', 'policy', 'candidates', 'nextAt',
] as const satisfies readonly (keyof ClockRow)[];

function compare(stored: StoredBook, calendars: VersionedCalendars, now: Instant): ClockDifference[] {
  const until = lastJudged(stored, now);
  const copy: ClockBook = {
    ticketId: stored.ticketId, facts: stored.facts,
    // A breach that is forgotten here is found again, and with it who held the ticket then.
    clocks: stored.clocks.map((row) => ({ ...row, breachedAt: null, breachTeamId: null, breachHolderId: null })),
    firings: stored.firings.map((row) => ({ ...row })),
  };
  const { newClocks } = judgeBook(copy, { calendars, now: until, newId, mark: null, holderAt: (at) => heldAt(stored.spans, at) });
  const missing = newClocks.map((row) => difference(row, 'clock', null, row.kind));
  return [...missing, ...stored.clocks.flatMap((row) => compareClock(row, { stored, copy, calendars, until }))];
}

/**
 * The stored rows are those of the last judgement, and by construction nothing was to fire between it and the next one.
 * A timer that is due this very moment is therefore no difference.
 */
function lastJudged({ clocks }: ClockBook, now: Instant): Instant {
  const next = clocks.flatMap(({ nextAt }) => nextAt ?? []);
  return Math.min(now, ...next.map((at) => at - 1));
}

interface Comparison {
  readonly stored: StoredBook;
  readonly copy: ClockBook;
  readonly calendars: VersionedCalendars;
  readonly until: Instant;
}

function compareClock(row: ClockRow, comparison: Comparison): ClockDifference[] {
  const { copy } = comparison;
  const again = copy.clocks.find(({ id }) => id === row.id);
  const standing = standingOf(copy, row.kind, row.subjectId, comparison.calendars, comparison.until, row);
  if (!again || !standing) return [difference(row, 'clock', row.kind, null)];
  const columns = COLUMNS.flatMap((column) => (isDeepStrictEqual(plain(row[column]), plain(again[column])) ? [] : [difference(row, column, row[column], again[column])]));
  return [...columns, ...compareFirings(row, comparison, standing.firings)];
}

function compareFirings(row: ClockRow, { stored, copy }: Comparison, expected: readonly { step: string; occurrence: number; at: Instant }[]): ClockDifference[] {
  const before = new Map(stored.firings.map((firing) => [firing.id, firing]));
  const key = (firing: Pick<ClockFiringRow, 'step' | 'occurrence'>): string => `${firing.step}#${firing.occurrence}`;
  const instants = new Map(expected.map((firing) => [key(firing), firing.at]));
  // A late entry or a correction may move a threshold that was announced already; the announcement keeps its instant (SLA-14).
  const settled = stored.facts.every(({ at, knownAt, withdrawnAt }) => withdrawnAt === null && at === knownAt);
  return copy.firings.filter(({ clockId }) => clockId === row.id).flatMap((firing) => {
    const was = before.get(firing.id);
    const name = `firing ${key(firing)}`;
    if (!was) return [difference(row, name, null, firing.at)];
    if ((was.withdrawnAt === null) !== (firing.withdrawnAt === null)) return [difference(row, name, was.at, null)];
    const at = instants.get(key(firing)) ?? null;
    return settled && was.withdrawnAt === null && was.at !== at ? [difference(row, name, was.at, at)] : [];
  });
}

/** As the database gives it back: without what JSON leaves out. */
function plain(value: unknown): unknown {
  return value === null || typeof value !== 'object' ? value : JSON.parse(JSON.stringify(value));
}

function difference({ ticketId, id, kind }: ClockRow, column: string, stored: unknown, recomputed: unknown): ClockDifference {
  return { ticketId, clockId: id, kind, column, stored, recomputed };
}
