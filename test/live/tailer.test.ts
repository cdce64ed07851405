import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { EventTailer } from '../../server/src/platform/live/event-tailer.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { until } from '../support/until.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);

afterAll(async () => {
  await server.close();
  await database.drop();
});

test('LIV-02 hints that never cease do not put off the reading of the log', async () => {
  const told: number[] = [];
  const tailer = new EventTailer(server.database, { start: async () => undefined, tell: async () => undefined, close: async () => undefined });
  await tailer.start();
  tailer.onEvents((events) => told.push(...events.map(({ seq }) => seq)));
  const hints = setInterval(() => tailer.wake(), 2);
  const before = tailer.head.seq;
  for (let turn = 0; turn < 3; turn += 1) {
    await desk.open();
    await until('the event is told while hints go on', () => tailer.head.seq === before + turn + 1, 3000);
  }
  clearInterval(hints);
  await tailer.close();
  expect(told).toEqual([before + 1, before + 2, before + 3]);
});
