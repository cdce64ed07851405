import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';

const first = await createTestDatabase();
const second = await createTestDatabase({ migrated: false });

afterAll(async () => {
  await first.drop();
  await second.drop();
});

test('each test database is its own', async () => {
  await onServer(first.url, (client) => client.query('create table only_here (id int)'));
  const here = await onServer(first.url, (client) => client.query("select to_regclass('only_here') is not null as found"));
  const there = await onServer(second.url, (client) => client.query("select to_regclass('only_here') is not null as found"));
  expect(here.rows).toEqual([{ found: true }]);
  expect(there.rows).toEqual([{ found: false }]);
});

test('a dropped test database is gone, even with someone connected', async () => {
  const database = await createTestDatabase();
  await onServer(database.url, async (client) => {
    await database.drop();
    await expect(client.query('select 1')).rejects.toThrow();
  });
  await expect(onServer(database.url, (client) => client.query('select 1'))).rejects.toThrow('does not exist');
});
