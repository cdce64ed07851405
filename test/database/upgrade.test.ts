import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { seedDatabase } from '../../server/src/app/start/seed-database.ts';
import { Progress } from '../../server/src/app/start/progress.ts';
import { POLICY_KEYS } from '../../server/src/features/service-level/service-level.rules.ts';
import { policiesAt } from '../../server/src/features/service-level/service-level.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { createTestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';

const file = await createTestDatabase({ migrated: false });
afterAll(() => file.drop());

/** A database of the first version: its tables, one open incident of one customer, a CI, a person, and no policy that came later. */
async function firstVersion(): Promise<{ incident: string; ci: string }> {
  const orm = await createOrm(file.url, ENTITIES, 2);
  await orm.migrator.up({ to: '0003-replan-on-edit' });
  await orm.close(true);
  const [customer, incident, ci, person] = [newId(), newId(), newId(), newId()];
  await onServer(file.url, async (client) => {
    await client.query(`insert into person (id, name, email, locale, active, created_at, version) values ($1, 'Ann', 'ann@example.com', 'en', true, now(), 1)`, [person]);
    await client.query(`insert into customer (id, name, full_name, time_zone, importance, active, created_at, version) values ($1, 'Acme', 'Acme', 'Asia/Shanghai', 'normal', true, now(), 1)`, [customer]);
    await client.query(`insert into ci (id, class, name, status, attributes, created_at, updated_at, version) values ($1, 'device', 'sw-1', 'active', '{"model":"C9300"}', now(), now(), 1)`, [ci]);
    await client.query(`insert into ticket (id, kind, number, title, customer_id, opened_at, last_event_at, urge_count, version) values ($1, 'incident', 'INC-0000001', 'Mail is down', $2, now(), now(), 0, 1)`, [incident, customer]);
    await client.query(
      `insert into incident (ticket_id, state, started, description, category, technical_class, channel, level, level_confirmed, highest_level, difficulty, reported_at, confirmation_attempts, ping_pong, handoff_count, functional_step)
       values ($1, 'in-progress', true, 'Nobody can send.', 'hotline', 'software', 'phone', 'LV2', true, 'LV2', 'normal', now(), 0, false, 0, 0)`, [incident],
    );
    await client.query(`insert into ticket_ci (id, ticket_id, ci_id, cause) values ($1, $2, $3, false)`, [newId(), incident, ci]);
  });
  return { incident, ci };
}

test('a database of the first version is brought forward with its records, and gets the policies that came since', async () => {
  const { incident, ci } = await firstVersion();
  await migrate(file.url);
  const quiet = new Progress({ isTTY: false, write: () => true } as unknown as NodeJS.WriteStream);
  expect(await seedDatabase({ databaseUrl: file.url, seed: 'empty', progress: quiet })).toBeNull();
  const orm = await createOrm(file.url, ENTITIES, 2);
  try {
    const database = new Database(orm);
    const { versions } = await policiesAt(database, database.em, await database.now());
    expect(Object.keys(versions).toSorted()).toEqual([...POLICY_KEYS].toSorted());
    const rows = await database.em.execute<object[]>(
      `select t.number, i.state, t.major, i.change_made as "changeMade", c.name as ci from ticket t join incident i on i.ticket_id = t.id join ticket_ci l on l.ticket_id = t.id join ci c on c.id = l.ci_id where t.id = ? and c.id = ?`, [incident, ci],
    );
    expect(rows).toEqual([{ number: 'INC-0000001', state: 'in-progress', major: false, changeMade: false, ci: 'sw-1' }]);
    await database.change(SYSTEM('test'), async (change) => change.emit({ type: 'incident.touched', subjectKind: 'incident', subjectId: incident, occurredAt: await change.now() }));
    // A second start changes nothing.
    const before = await database.em.execute<{ n: number }[]>('select count(*)::int as n from policy_version');
    await seedDatabase({ databaseUrl: file.url, seed: 'empty', progress: quiet });
    expect(await database.em.execute('select count(*)::int as n from policy_version')).toEqual(before);
  } finally {
    await orm.close(true);
  }
});
