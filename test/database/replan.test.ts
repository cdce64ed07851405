import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { createCalendar, editCalendar } from '../../server/src/features/calendar/calendar.service.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const file = await createTestDatabase();
const database = new Database(await createOrm(file.url, ENTITIES, 4));
const desk = await PlainDesk.open(database);

afterAll(async () => {
  await database.orm.close(true);
  await file.drop();
});

test('CAL-03 an edit makes the open tickets due for a look in its own transaction, and leaves closed ones alone', async () => {
  const open = await desk.open();
  const closed = await desk.open();
  await desk.close(closed);
  const calendar = await createCalendar(database, SYSTEM('test'), { key: 'shift', name: 'Shift', nameZh: '班', source: '24x7' });
  await database.em.execute('delete from timer');
  const workdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['09:00', '18:00']]]);
  const source = { timeZone: 'Asia/Shanghai', weeklyHours: Object.fromEntries(workdays), exceptions: [] };
  await editCalendar(database, SYSTEM('test'), { id: calendar.id, expectedVersion: 1, source });
  const timers = await database.em.execute<{ id: string; due: boolean }[]>(`select ticket_id as id, due_at <= now() as due from timer where purpose = 'clocks'`);
  expect(timers).toEqual([{ id: open, due: true }]);
});

test('CAL-03 a refused edit leaves the timers as they were', async () => {
  await database.em.execute('delete from timer');
  const calendar = await createCalendar(database, SYSTEM('test'), { key: 'other', name: 'Other', nameZh: '另', source: '24x7' });
  await database.em.execute('delete from timer');
  await expect(editCalendar(database, SYSTEM('test'), { id: calendar.id, expectedVersion: 7, source: '24x7' })).rejects.toThrow('version');
  expect(await database.em.execute('select from timer')).toEqual([]);
});
