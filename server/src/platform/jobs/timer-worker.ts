import type { TimerHandler } from '../../kernel/feature.ts';
import type { Instant } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import type { Database } from '../db/database.ts';
import { statement } from '../db/statement.ts';
import { textArray } from '../db/text-array.ts';
import { log } from '../log/log.ts';
import { processNow } from '../time/time-source.ts';

/** The safety net: a hint may be lost, a clock may be set. */
const POLL_MS = 1000;
/** `setTimeout` beyond 2³¹ ms fires at once; far below it, as we poll anyway. */
const LONGEST_WAIT_MS = POLL_MS;
const BATCH = 200;
/** So many tickets of one purpose go in one transaction, where the handler can: its statements cost little more than for one. */
const TOGETHER = 25;
/** After some work: another process may hold a ticket that is still due. */
const AGAIN_MS = 15;
/** A row that stays due after so many turns rests for a while, or it would spin. */
const MOST_TURNS = 20;
/** Handlers at work at once: each holds a connection of the pool. */
const HANDS = 4;
const BACK_OFF_MS = { first: 1000, most: 60_000 } as const;

interface DueRow {
  readonly ticketId: string;
  readonly purpose: string;
  readonly dueAt: Instant;
}

interface Failing {
  readonly tries: number;
  readonly notBefore: number;
}

/**
 * Runs the handler of each due row of `timer`, in every server process at once. It claims nothing: the handler takes
 * the ticket's row with SKIP LOCKED, derives the state anew and moves or deletes the timer in one transaction, so that a
 * row handled elsewhere is simply no longer due (exactly once by the unique key of what fires, SLA-02).
 */
export class TimerWorker {
  private readonly database: Database;
  private readonly handlers: ReadonlyMap<string, TimerHandler>;
  private readonly failing = new Map<string, Failing>();
  private readonly turns = new Map<string, { readonly dueAt: Instant; readonly count: number }>();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private again = false;
  private closed = false;
  private answeredAt = 0;

  constructor(database: Database, handlers: readonly TimerHandler[]) {
    this.database = database;
    this.handlers = new Map(handlers.map((handler) => [handler.purpose, handler]));
  }

  start(): void {
    this.wake();
  }

  /** Timers may have been set or moved: looks at once. */
  wake(): void {
    this.again = true;
    if (!this.looking) this.schedule(0);
  }

  get healthy(): boolean {
    return !this.closed && processNow() - this.answeredAt < 10 * POLL_MS;
  }

  /** Waits for the handlers at work. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.looking;
  }

  private schedule(delayMs: number): void {
    if (this.closed) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.looking = this.look().then((next) => {
        this.looking = null;
        this.schedule(this.again ? 0 : next);
      });
    }, delayMs);
  }

  /** Handles what is due; answers in how many milliseconds to look again. */
  private async look(): Promise<number> {
    this.again = false;
    if (this.handlers.size === 0) return POLL_MS;
    try {
      const { rows, now } = await this.read();
      this.answeredAt = processNow();
      const ready = rows.filter((row) => row.dueAt <= now && this.isReady(row));
      await this.handleAll(ready);
      if (ready.length > 0) return ready.length < BATCH ? AGAIN_MS : 0;
      const next = rows.find((row) => row.dueAt > now);
      return next ? Math.min(next.dueAt - now, LONGEST_WAIT_MS) : POLL_MS;
    } catch (error) {
      if (!this.closed) log.warn({ err: error }, 'the timers could not be read; trying again');
      return POLL_MS;
    }
  }

  /** Due rows, earliest first, and the first one that is not due yet. */
  private async read(): Promise<{ rows: readonly DueRow[]; now: Instant }> {
    const em = this.database.em;
    const now = await this.database.time.read(em);
    const purposes = [...this.handlers.keys()];
    const resting = [...this.failing].filter(([, { notBefore }]) => notBefore > processNow()).map(([key]) => key);
    const columns = `ticket_id as "ticketId", purpose, (extract(epoch from due_at) * 1000)::float8 as "dueAt"`;
    const rows = await statement<DueRow>(
      em,
      `(select ${columns} from timer where due_at <= ?::timestamptz and purpose = any(?::text[]) and not (ticket_id || ' ' || purpose) = any(?::text[])
        order by due_at, ticket_id limit ${BATCH})
       union all
       (select ${columns} from timer where due_at > ?::timestamptz and purpose = any(?::text[]) order by due_at limit 1)`,
      [toIso(now), textArray(purposes), textArray(resting), toIso(now), textArray(purposes)],
    );
    return { rows, now };
  }

  private isReady(row: DueRow): boolean {
    return (this.failing.get(keyOf(row))?.notBefore ?? 0) <= processNow();
  }

  private async handleAll(rows: readonly DueRow[]): Promise<void> {
    const queue = this.portions(rows);
    const hand = async () => {
      for (let portion = queue.shift(); portion && !this.closed; portion = queue.shift()) await this.handlePortion(portion);
    };
    await Promise.all(Array.from({ length: Math.min(HANDS, queue.length) }, hand));
  }

  /** What goes in one transaction each, earliest first. A row that has failed goes alone, so that it holds up no other. */
  private portions(rows: readonly DueRow[]): (readonly DueRow[])[] {
    const alone = (row: DueRow): boolean => !this.handlers.get(row.purpose)?.handleMany || this.failing.has(keyOf(row));
    const portions: DueRow[][] = [];
    const open = new Map<string, DueRow[]>();
    for (const row of rows) {
      const portion = alone(row) ? undefined : open.get(row.purpose);
      if (portion && portion.length < TOGETHER) portion.push(row);
      else {
        const begun = [row];
        portions.push(begun);
        if (!alone(row)) open.set(row.purpose, begun);
      }
    }
    return portions;
  }

  private async handlePortion(rows: readonly DueRow[]): Promise<void> {
    if (rows.length > 1 && (await this.handleTogether(rows))) return;
    for (const row of rows) if (!this.closed) await this.handle(row);
  }

  /** False when it failed, and nothing has happened: one ticket's trouble must not hold up the others. */
  private async handleTogether(rows: readonly DueRow[]): Promise<boolean> {
    try {
      await this.handlers.get(rows[0]!.purpose)!.handleMany!(this.database, rows.map(({ ticketId }) => ticketId));
    } catch (error) {
      if (!this.closed) log.warn({ err: error, tickets: rows.length }, 'timers failed together; each is tried alone');
      return false;
    }
    for (const row of rows) this.countTurn(row);
    return true;
  }

  private async handle(row: DueRow): Promise<void> {
    const key = keyOf(row);
    try {
      await this.handlers.get(row.purpose)!.handle(this.database, row.ticketId);
      this.failing.delete(key);
      this.countTurn(row);
    } catch (error) {
      this.rest(row, error);
    }
  }

  private countTurn(row: DueRow): void {
    const key = keyOf(row);
    const before = this.turns.get(key);
    const count = before?.dueAt === row.dueAt ? before.count + 1 : 1;
    if (this.turns.size > 10_000) this.turns.clear();
    this.turns.set(key, { dueAt: row.dueAt, count });
    if (count > 1 && count % MOST_TURNS === 0) this.failing.set(key, { tries: 0, notBefore: processNow() + BACK_OFF_MS.first });
  }

  /** One ticket's trouble never holds up the others. */
  private rest(row: DueRow, error: unknown): void {
    const key = keyOf(row);
    const tries = (this.failing.get(key)?.tries ?? 0) + 1;
    const waitMs = Math.min(BACK_OFF_MS.first * 2 ** (tries - 1), BACK_OFF_MS.most);
    this.failing.set(key, { tries, notBefore: processNow() + waitMs });
    log.error({ err: error, ticketId: row.ticketId, purpose: row.purpose, tries, waitMs }, 'a timer failed; it is tried again');
  }
}

function keyOf({ ticketId, purpose }: DueRow): string {
  return `${ticketId} ${purpose}`;
}
