import { afterAll, beforeEach, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { toIso } from '../../server/src/kernel/instant.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { textArray } from '../../server/src/platform/db/text-array.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { TimerWorker } from '../../server/src/platform/jobs/timer-worker.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { createTestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';
import { until } from '../support/until.ts';

const test1 = await createTestDatabase();
const open = async () => new Database(await createOrm(test1.url, ENTITIES, 8));
const databases = await Promise.all([open(), open(), open()]);
await onServer(test1.url, (client) => client.query('create table effect (ticket_id uuid, at timestamptz default clock_timestamp(), due timestamptz)'));

afterAll(async () => {
  await Promise.all(databases.map((database) => database.orm.close(true)));
  await test1.drop();
});

// What a test that failed left behind is not the next one's.
beforeEach(() => onServer(test1.url, (client) => client.query('truncate effect; delete from timer')));

/** As a real handler: takes the row if nobody has it, leaves its mark and deletes the timer in one transaction. */
const leaveMark = (purpose: string) => ({
  purpose,
  handle: async (database: object, ticketId: string) => {
    await (database as Database).change(SYSTEM('timer'), async ({ em }) => {
      const rows = await em.execute<{ due: string }[]>('select due_at as due from timer where ticket_id = ? and purpose = ? for update skip locked', [ticketId, purpose]);
      if (!rows[0]) return;
      await em.execute('insert into effect (ticket_id, due) values (?, ?)', [ticketId, rows[0].due]);
      await em.execute('delete from timer where ticket_id = ? and purpose = ?', [ticketId, purpose]);
    });
  },
});

async function setTimers(purpose: string, dueAt: readonly number[]): Promise<string[]> {
  const ids = dueAt.map(() => newId());
  await onServer(test1.url, async (client) => {
    for (const [index, at] of dueAt.entries()) await client.query('insert into timer (ticket_id, purpose, due_at) values ($1, $2, $3)', [ids[index], purpose, toIso(at)]);
  });
  return ids;
}

async function count(table: 'effect' | 'timer'): Promise<number> {
  return onServer(test1.url, async (client) => Number((await client.query(`select count(*) from ${table}`)).rows[0].count));
}

// How late they are is measured by R5 and `pnpm bench timers`: beside other suites a second is no rule.
test('SLA-02 three processes fire each timer exactly once, and never before its instant', async () => {
  const now = await databases[0]!.now();
  await setTimers('clocks', Array.from({ length: 120 }, (_, index) => now + 300 + index * 5));
  const workers = databases.map((database) => new TimerWorker(database, [leaveMark('clocks')]));
  for (const worker of workers) worker.start();
  await until('all timers have fired', async () => (await count('timer')) === 0);
  await Promise.all(workers.map((worker) => worker.close()));
  await onServer(test1.url, async (client) => {
    const { rows } = await client.query(`select count(*)::int as effects, count(distinct ticket_id)::int as tickets, min(at - due) >= interval '0' as never_early from effect`);
    expect(rows).toEqual([{ effects: 120, tickets: 120, never_early: true }]);
  });
});

test('SLA-02 what fell due while no server ran fires on start, and a timer of 60 days waits', async () => {
  const now = await databases[0]!.now();
  await setTimers('clocks', [now - 86_400_000, now - 1000]);
  const [far] = await setTimers('clocks', [now + 60 * 86_400_000]);
  const worker = new TimerWorker(databases[0]!, [leaveMark('clocks')]);
  worker.start();
  await until('both have fired', async () => (await count('effect')) === 2);
  await worker.close();
  expect(await count('timer')).toBe(1);
  await onServer(test1.url, (client) => client.query('delete from timer where ticket_id = $1', [far]));
});

test('SLA-02 a handler that fails rests and is tried again; the others go on meanwhile', async () => {
  const now = await databases[0]!.now();
  const [bad] = await setTimers('clocks', [now - 5000]);
  await setTimers('clocks', Array.from({ length: 10 }, () => now - 1000));
  let tries = 0;
  const good = leaveMark('clocks');
  const worker = new TimerWorker(databases[0]!, [{
    purpose: 'clocks',
    handle: async (database, ticketId) => {
      if (ticketId === bad && (tries += 1) < 2) throw new Error('planted');
      return good.handle(database, ticketId);
    },
  }]);
  worker.start();
  await until('the others have fired', async () => (await count('effect')) >= 10);
  await until('the bad one has fired too', async () => (await count('effect')) === 11);
  expect(tries).toBe(2);
  await worker.close();
});

test('SLA-02 several go in one transaction; when one of them fails nothing of it has happened, each is handled alone, and the bad one rests', async () => {
  const now = await databases[0]!.now();
  const [bad] = await setTimers('clocks', [now - 5000]);
  await setTimers('clocks', Array.from({ length: 10 }, () => now - 1000));
  const good = leaveMark('clocks');
  const together: number[] = [];
  let tries = 0;
  const worker = new TimerWorker(databases[0]!, [{
    purpose: 'clocks',
    handle: async (database, ticketId) => {
      if (ticketId === bad && (tries += 1) < 2) throw new Error('planted');
      return good.handle(database, ticketId);
    },
    handleMany: async (database, ticketIds) => {
      together.push(ticketIds.length);
      await (database as Database).change(SYSTEM('timer'), async ({ em }) => {
        await em.execute('insert into effect (ticket_id) select unnest(?::uuid[])', [textArray(ticketIds)]);
        await em.execute('delete from timer where ticket_id = any(?::uuid[])', [textArray(ticketIds)]);
        if (ticketIds.includes(bad!)) throw new Error('planted');
      });
    },
  }]);
  worker.start();
  await until('the others have fired', async () => (await count('effect')) === 10);
  await setTimers('clocks', Array.from({ length: 3 }, () => now - 500));
  worker.wake();
  await until('later ones and the bad one have fired too', async () => (await count('effect')) === 14);
  await worker.close();
  // The bad one may come back while the later ones are being set, and take one of them along alone.
  expect({ tries, first: together[0] }).toEqual({ tries: 2, first: 11 });
  await onServer(test1.url, async (client) => {
    const { rows } = await client.query('select count(*)::int as effects, count(distinct ticket_id)::int as tickets from effect');
    expect(rows).toEqual([{ effects: 14, tickets: 14 }]);
  });
});

test('a purpose that no feature handles is left alone', async () => {
  await setTimers('nobody', [0]);
  const worker = new TimerWorker(databases[0]!, [leaveMark('clocks')]);
  worker.start();
  await setTimers('clocks', [await databases[0]!.now()]);
  await until('the known one has fired', async () => (await count('timer')) === 1);
  await worker.close();
});
