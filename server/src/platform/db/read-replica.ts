import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '../../kernel/refusal.ts';
import { log } from '../log/log.ts';
import { Database } from './database.ts';
import type { Orm } from './orm.ts';

/** Where figures are read. What is asked may run twice, so it must not write. */
export interface FigureReader {
  read<T>(work: (database: Database) => Promise<T>): Promise<T>;
}

export const fromPrimary = (primary: Database): FigureReader => ({ read: (work) => work(primary) });

/** How far a log has come; the same as the feed's `LogHead`. */
interface Head {
  readonly epoch: string;
  readonly seq: number;
}

/** A streaming replica is some milliseconds behind; one that needs longer than this for a change is not waited for. */
const CATCH_UP_MS = 500;
const LOOK_EVERY_MS = 20;
/** A quarter's page over a million changes takes 2 s; what hangs is answered by the primary after all. */
const WORK_MS = 30_000;
/** So long the primary alone is asked after the replica was late or away. */
const REST_MS = 5000;

/**
 * Reads figures from a streaming replica, so that a quarter's pages and exports cost the primary nothing. "Behind" is
 * counted in changes, not seconds: the replica must hold every change that this process has handed to a screen or has
 * committed itself. Replay times would not do: on a quiet desk they grow although nothing is missing. "Now" is the
 * primary's (D-19).
 */
export class ReadReplica implements FigureReader {
  private readonly primary: Database;
  private readonly replica: Database;
  private readonly seen: () => Head;
  private restsUntil = 0;
  private told = false;

  /** @param seen the newest change that this process knows of. */
  constructor(primary: Database, replica: Orm, seen: () => Head) {
    this.primary = primary;
    this.replica = new Database(replica, { sql: primary.time.sql, read: () => primary.now() });
    this.seen = seen;
  }

  async read<T>(work: (database: Database) => Promise<T>): Promise<T> {
    if (!(await this.holdsEverything())) return work(this.primary);
    try {
      return await within(WORK_MS, work(this.replica));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // Gone in the middle, or the replay of a change needed what the question was reading.
      this.rest(error);
      return work(this.primary);
    }
  }

  private async holdsEverything(): Promise<boolean> {
    if (performance.now() < this.restsUntil) return false;
    const wanted = this.seen();
    try {
      const caughtUp = await within(CATCH_UP_MS, this.reach(wanted));
      if (caughtUp && this.told) log.info('figures are read from the replica again');
      if (caughtUp) this.told = false;
      else this.rest(new Error('it holds another log than the primary'));
      return caughtUp;
    } catch (error) {
      this.rest(error);
      return false;
    }
  }

  /** False when it never will: it is a copy of something else. */
  private async reach({ epoch, seq }: Head): Promise<boolean> {
    const until = performance.now() + CATCH_UP_MS;
    for (;;) {
      const rows = await this.replica.em.execute<Head[]>('select epoch, seq::float8 as seq from event_log_head where id = 1');
      if (rows[0]?.epoch !== epoch) return false;
      if (rows[0].seq >= seq) return true;
      if (performance.now() > until) throw new Error(`it is at change ${rows[0].seq}, wanted was ${seq}`);
      await wait(LOOK_EVERY_MS);
    }
  }

  private rest(error: unknown): void {
    this.restsUntil = performance.now() + REST_MS;
    if (this.told) return;
    this.told = true;
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the replica is behind or away; figures are read from the primary');
  }
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`it did not answer within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}
