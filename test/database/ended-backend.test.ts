import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { createTestDatabase, onServer } from '../support/database.ts';

const file = await createTestDatabase();
const orm = await createOrm(file.url, ENTITIES, 2);
afterAll(async () => {
  await orm.close(true);
  await file.drop();
});

test('API-08 a backend that is ended in the middle of a transaction costs no connection of the pool', async () => {
  const database = new Database(orm);
  for (let turn = 0; turn < 5; turn += 1) {
    const work = database.change(SYSTEM('test'), async ({ em }) => {
      const [me] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
      await onServer(file.url, (other) => other.query('select pg_terminate_backend($1)', [me!.pid]));
      await em.execute('select 1');
    });
    await expect(work).rejects.toThrow();
  }
  // With two connections for five that were ended, the next would wait for ever.
  await database.change(SYSTEM('test'), ({ em }) => em.execute('select 1'));
}, 20_000);
