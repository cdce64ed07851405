import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { resume, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { start } from '../../server/src/features/incident/incident-work.service.ts';
import { DAY, MINUTE } from '../../server/src/kernel/instant.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { DeskStory } from '../support/desk-story.ts';

const TURNS = 12;
/** PostgreSQL plans a statement anew five times before it asks whether that pays. */
const TRIED = 5;

const story = await DeskStory.start();
/** One connection, which then tells what it has planned; by the database's clock, which is asked by the same text each time. */
const single = new Database(await createOrm(story.open.url, ENTITIES, 1));
afterAll(async () => {
  await single.orm.close(true);
  await story.open.close();
});

test('a command does not plan its statements anew each time', async () => {
  story.open.time.current = Date.now() - MINUTE;
  const actor = story.people.technicalManager;
  const incident = await story.customer('Acme').agreement().incident({ level: 'LV1' });
  await incident.tell(actor, start, {});
  const { id } = incident;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const before = await single.em.execute<{ version: number }[]>('select version from ticket where id = ?', [id]);
    const command = { id, expectedVersion: before[0]!.version, idempotencyKey: `suspend-${turn}` };
    await suspend(single, actor, { ...command, category: 'awaiting-user', text: 'We wait for them.', expectedEndAt: Date.now() + DAY });
    await resume(single, actor, { ...command, expectedVersion: command.expectedVersion + 1, idempotencyKey: `resume-${turn}`, workLog: 'They have answered.' });
  }
  const planned = await single.em.execute<{ statement: string; anew: number; asked: number }[]>(
    `select statement, custom_plans::int as anew, (custom_plans + generic_plans)::int as asked from pg_prepared_statements where custom_plans + generic_plans >= ${TURNS - 1}`,
  );
  expect(planned.map(({ statement }) => statement)).toEqual(expect.arrayContaining([
    expect.stringContaining('for no key update'), expect.stringContaining('with wanted as'), expect.stringContaining('update "clock" set'), expect.stringContaining('append_events'),
    expect.stringContaining('insert into idempotency_key'),
  ]));
  expect(planned.filter(({ anew }) => anew > TRIED)).toEqual([]);
});
