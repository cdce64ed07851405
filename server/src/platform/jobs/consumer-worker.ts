import type { Consumer } from '../../kernel/feature.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import type { Change, Database } from '../db/database.ts';
import { readEventsOf } from '../live/log-reader.ts';
import { log } from '../log/log.ts';

const POLL_MS = 5_000;
const BATCH = 200;

/**
 * Hands the events of the log to those who follow it, in order and each once: a consumer's position and what it writes are one
 * transaction, so that a killed process repeats nothing and leaves nothing out. Several processes take turns by the row's lock.
 */
export class ConsumerWorker {
  private readonly database: Database;
  private readonly consumers: readonly Consumer[];
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private closed = false;

  constructor(database: Database, consumers: readonly Consumer[]) {
    this.database = database;
    this.consumers = consumers;
  }

  start(): void {
    this.wake();
  }

  /** Looks soon: called when the log has grown. */
  wake(): void {
    if (this.closed || this.consumers.length === 0) return;
    this.again = true;
    if (this.running) return;
    if (this.timer) clearTimeout(this.timer);
    this.running = this.turn().finally(() => {
      this.running = null;
      if (this.closed) return;
      if (this.again) this.wake();
      else this.timer = setTimeout(() => this.wake(), POLL_MS).unref();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private async turn(): Promise<void> {
    this.again = false;
    for (const consumer of this.consumers) {
      try {
        while (!this.closed && (await consumeOnce(this.database, consumer))) { /* until it has caught up */ }
      } catch (error) {
        log.error({ err: error, consumer: consumer.name }, 'a consumer of the event log failed; it goes on from the same event');
      }
    }
  }
}

/** One batch of one consumer. False when it has caught up, or another process is at it. Tests call it to catch up without a server. */
export async function consumeOnce(database: Database, consumer: Consumer): Promise<boolean> {
  await database.em.execute(`insert into consumer_position (name, seq) values (?, 0) on conflict (name) do nothing`, [consumer.name]);
  return database.change(SYSTEM(consumer.name), async (change: Change) => {
    const { em } = change;
    const rows = await em.execute<{ seq: number }[]>('select seq::float8 as seq from consumer_position where name = ? for update skip locked', [consumer.name]);
    const position = rows[0];
    if (!position) return false;
    const { events, upTo } = await readEventsOf(em, { types: consumer.types, after: position.seq, limit: BATCH });
    if (upTo === position.seq) return false;
    if (events.length > 0) await consumer.consume(database, change, events);
    await em.execute('update consumer_position set seq = ? where name = ?', [upTo, consumer.name]);
    return events.length === BATCH;
  });
}
