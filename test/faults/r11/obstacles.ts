import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { until } from '../../support/until.ts';
import { onServer } from '../../support/on-server.ts';

/** Something in the way of whoever writes on a ticket. `asked` is called once it is there, and the answers are waited for before it goes, `holdMs` at least. */
export interface Obstacle {
  readonly name: string;
  readonly asks: number;
  readonly hold: (url: string, ticketId: string, ask: () => Promise<void>, holdMs: number) => Promise<void>;
}

async function held(url: string, lock: (client: Client) => Promise<unknown>, ask: () => Promise<void>, holdMs: number): Promise<void> {
  await onServer(url, async (client) => {
    await client.query('begin');
    await lock(client);
    // The hold is for so long whatever the answers do: without limits they would only come after it.
    const answers = ask();
    await wait(holdMs);
    await client.query('rollback');
    await answers;
  });
}

const lockedTicket: Obstacle['hold'] = (url, ticketId, ask, holdMs) => held(url, (client) => client.query('select 1 from ticket where id = $1 for update', [ticketId]), ask, holdMs);

/** Every commit needs the head of the log. */
const lockedHead: Obstacle['hold'] = (url, _, ask, holdMs) => held(url, (client) => client.query('select 1 from event_log_head where id = 1 for update'), ask, holdMs);

// Asked on another connection: within a transaction PostgreSQL shows the same moment again and again.
const WAITS_FOR_HEAD = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%append_events%'`;

/** The program holds the ticket and waits for the head; we hold the head and then ask for the ticket. PostgreSQL ends the program's wait. */
const deadlock: Obstacle['hold'] = (url, ticketId, ask) => onServer(url, async (client) => {
  await client.query(`set deadlock_timeout = '60s'`);
  await client.query('begin');
  await client.query('select 1 from event_log_head where id = 1 for update');
  const answers = ask();
  await until('a command waits for the head', async () => (await onServer(url, (other) => other.query(WAITS_FOR_HEAD))).rows.length > 0, 10_000);
  await client.query('select 1 from ticket where id = $1 for update', [ticketId]);
  await client.query('rollback');
  await answers;
});

/** Something in the database takes its time, no lock held. */
const slowStatement: Obstacle['hold'] = (url, _, ask, holdMs) => onServer(url, async (client) => {
  await client.query(`create function take_long() returns trigger language plpgsql as $$ begin perform pg_sleep(${holdMs * 2 / 1000}); return new; end $$`);
  await client.query('create trigger take_long before insert on work_log_entry for each row execute function take_long()');
  await ask();
  await client.query('drop trigger take_long on work_log_entry');
  await client.query('drop function take_long');
});

export const OBSTACLES: readonly Obstacle[] = [
  { name: 'a lock on the ticket', asks: 4, hold: lockedTicket },
  { name: 'a lock on the head of the log', asks: 4, hold: lockedHead },
  { name: 'all connections in use', asks: 40, hold: lockedTicket },
  { name: 'a deadlock', asks: 1, hold: deadlock },
  { name: 'a slow statement', asks: 2, hold: slowStatement },
];
