import type { Instant } from '../../kernel/instant.ts';
import type { Em } from '../db/orm.ts';
import { statement } from '../db/statement.ts';

/** Where "now" comes from: the database's clock in service (D-19), a clock that the test turns in tests. */
export interface TimeSource {
  read(em: Em): Promise<Instant>;
  /** The same as an expression, for statements that read other things anyhow. */
  readonly sql: string;
}

export const databaseTime: TimeSource = {
  sql: `(extract(epoch from date_trunc('milliseconds', clock_timestamp())) * 1000)::float8`,
  async read(em) {
    const rows = await statement<{ now: number }>(em, `select ${databaseTime.sql} as now`, []);
    return rows[0]!.now;
  },
};

/** A clock that stands until it is set; for tests and for simulations. */
export class SetTime implements TimeSource {
  current: Instant;

  constructor(start: Instant) {
    this.current = start;
  }

  async read(): Promise<Instant> {
    return this.current;
  }

  get sql(): string {
    return `${this.current}::float8`;
  }
}

/**
 * This process's own clock, for what is not a record: waits, progress, ages of connections. Where it began is by the machine's
 * clock, from then on it only runs forward: whoever sets that clock makes nothing wait, nothing late and nobody's time wrong.
 */
export function processNow(): Instant {
  return Math.floor(performance.timeOrigin + performance.now());
}
