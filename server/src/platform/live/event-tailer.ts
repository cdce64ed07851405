import type { Instant } from '../../kernel/instant.ts';
import type { Database } from '../db/database.ts';
import type { Em } from '../db/orm.ts';
import { log } from '../log/log.ts';
import { processNow } from '../time/time-source.ts';
import { EventRing } from './event-ring.ts';
import { readEvents, readHeadAt, settleEpoch } from './log-reader.ts';
import type { LoggedEvent, LogHead } from './logged-event.ts';
import { WakeUp, type WakeUpCarrier } from './wake-up.ts';

const POLL_MS = 500;
/** Between two reads, so that a burst of commits is read in few statements. */
const GATHER_MS = 10;
const BATCH = 1000;
/** Kept in memory: what a screen that was away for minutes has missed. About 1 kB each. */
const RING = 10_000;
/** Read from the table for one screen's resume; a screen that missed more starts anew. */
export const MOST_RESUMED = 5000;

/** A silence this long was an outage: its end is told. */
const OUTAGE_MS = 2000;
/** A slower answer does not tell when within it the database looked at its clock: then the time goes on by ours. */
const QUICK_MS = 200;

/** One moment by two clocks: this process's, and the database's as it was read then. */
export interface ToldUpTo {
  readonly at: Instant;
  readonly asOf: Instant;
}

export interface EventRange {
  readonly from: number;
  readonly to: number;
  /** Null: those of all. */
  readonly ticketId: string | null;
}

type Listener = (events: readonly LoggedEvent[]) => void;

/** This process's one reader of the event log: from its own cursor, woken by hints, safe by polling (architecture §5). */
export class EventTailer {
  private readonly database: Database;
  private readonly wakeUp: WakeUp;
  private readonly listeners = new Set<Listener>();
  private readonly resetListeners = new Set<() => void>();
  private readonly backListeners = new Set<() => void>();
  private readonly ring = new EventRing(RING);
  private position: LogHead = { epoch: '', seq: 0 };
  private timer: NodeJS.Timeout | null = null;
  private reading: Promise<void> | null = null;
  private again = false;
  /** A read is planned that need not wait for the next poll. */
  private woken = false;
  private readAt = 0;
  private closed = false;
  private answeredAt = 0;
  private complete: ToldUpTo = { at: 0, asOf: 0 };
  private stopCommits: () => void = () => undefined;

  constructor(database: Database, carrier: WakeUpCarrier) {
    this.database = database;
    this.wakeUp = new WakeUp(carrier);
  }

  async start(): Promise<void> {
    const epoch = await settleEpoch(this.database.em);
    const askedAt = processNow();
    const head = await readHeadAt(this.database.em, this.database.time);
    this.position = { epoch, seq: head.seq };
    this.answeredAt = processNow();
    this.complete = { at: askedAt, asOf: head.now };
    this.stopCommits = this.database.onCommit(() => {
      this.wakeUp.send();
      this.wake();
    });
    await this.wakeUp.start(() => this.wake());
    this.schedule(POLL_MS);
  }

  /** The last event that was handed to the listeners. */
  get head(): LogHead {
    return this.position;
  }

  /** Whether the database answered lately: what `/readyz` asks. */
  get healthy(): boolean {
    return !this.closed && processNow() - this.answeredAt < 10 * POLL_MS;
  }

  /** Whatever was committed before then has been handed to the listeners. */
  get toldUpTo(): ToldUpTo {
    return this.complete;
  }

  onEvents(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Told when the log is another one than before: a restore under the running server. */
  onReset(listener: () => void): () => void {
    this.resetListeners.add(listener);
    return () => this.resetListeners.delete(listener);
  }

  /** Told when the log is read again after an outage. */
  onBack(listener: () => void): () => void {
    this.backListeners.add(listener);
    return () => this.backListeners.delete(listener);
  }

  /**
   * Events with `from` < seq ≤ `to`, of one ticket where one is named: from memory as far as they are there, the newest by
   * `read`; null when there are too many to catch up with.
   */
  async between(read: (from: number, to: number) => Promise<readonly LoggedEvent[]>, { from, to, ticketId }: EventRange): Promise<readonly LoggedEvent[] | null> {
    if (to <= from) return [];
    const head = this.position.seq;
    const kept = this.ring.between(from, Math.min(to, head), ticketId);
    const unread = kept === null ? from : Math.max(from, head);
    if (to - unread > MOST_RESUMED) return null;
    const newest = to > unread ? await read(unread, to) : [];
    return [...(kept ?? []), ...newest.filter((event) => ticketId === null || event.ticketId === ticketId)];
  }

  /** Reads at once, or soon after the last time; a wake-up that is on its way is not put off by the next one. */
  wake(): void {
    this.again = true;
    if (this.reading || this.woken) return;
    this.woken = true;
    this.schedule(Math.min(GATHER_MS, Math.max(0, this.readAt + GATHER_MS - processNow())));
  }

  async close(): Promise<void> {
    this.closed = true;
    this.stopCommits();
    if (this.timer) clearTimeout(this.timer);
    await this.wakeUp.close();
    await this.reading;
  }

  private schedule(delayMs: number): void {
    if (this.closed) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.woken = false;
      this.reading = this.read().finally(() => {
        this.reading = null;
        this.readAt = processNow();
        this.woken = this.again;
        this.schedule(this.again ? GATHER_MS : POLL_MS);
      });
    }, delayMs);
  }

  private async read(): Promise<void> {
    this.again = false;
    // The question's time, not the answer's: a database that stood still in between may have looked before it.
    const askedAt = processNow();
    try {
      const em = this.database.em;
      const head = await readHeadAt(em, this.database.time);
      this.answeredAt = processNow();
      if (head.epoch !== this.position.epoch || head.seq < this.position.seq) this.reset({ epoch: head.epoch, seq: head.seq });
      while (this.position.seq < head.seq && !this.closed) await this.take(em, head.seq);
      const wasAway = this.answeredAt - this.complete.at > OUTAGE_MS;
      this.complete = this.answeredAt - askedAt <= QUICK_MS ? { at: askedAt, asOf: head.now } : { at: askedAt, asOf: this.complete.asOf + askedAt - this.complete.at };
      if (wasAway) for (const listener of this.backListeners) listener();
    } catch (error) {
      if (!this.closed) log.warn({ err: error }, 'the event log could not be read; trying again');
    }
  }

  private async take(em: Em, to: number): Promise<void> {
    const events = await readEvents(em, this.position.seq, to, BATCH);
    const last = events.at(-1);
    if (!last) throw new Error(`Must hold: the event log has no holes; nothing after ${this.position.seq}, yet it ends at ${to}`);
    this.position = { epoch: this.position.epoch, seq: last.seq };
    this.ring.push(events);
    for (const listener of this.listeners) listener(events);
  }

  private reset(head: LogHead): void {
    log.warn({ before: this.position, after: head }, 'the event log is another one now: every screen starts anew');
    this.position = head;
    this.ring.clear();
    for (const listener of this.resetListeners) listener();
  }
}
