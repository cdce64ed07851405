import { afterAll, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { startServer } from '../../server/src/app/server.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { EventTailer } from '../../server/src/platform/live/event-tailer.ts';
import { ListenCarrier } from '../../server/src/platform/live/listen-carrier.ts';
import { BoardFollower, freshBoard } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { until } from '../support/until.ts';

const database = await createTestDatabase();
const options = { databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false };
const first = await startServer(options);
const second = await startServer(options);
const desk = await PlainDesk.open(first.database, 20);
const token = (await desk.token()).plain;

afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  await database.drop();
});

test('LIV-02 eight writers, two processes, rolled-back work between: a reader loses no event, repeats none, keeps the order', async () => {
  const tailer = new EventTailer(second.database, new ListenCarrier(database.url));
  const heard: number[] = [];
  await tailer.start();
  tailer.onEvents((events) => heard.push(...events.map(({ seq }) => seq)));
  const from = tailer.head.seq;
  const WRITERS = 8;
  const EACH = 100;
  const writer = async (number: number) => {
    const { database: own } = number % 2 === 0 ? first : second;
    for (let turn = 0; turn < EACH; turn += 1) {
      const id = newId();
      const fails = turn % 5 === 4;
      const work = own.change(SYSTEM(`writer ${number}`), async (change) => {
        await change.em.execute('select pg_sleep(random() * 0.003)');
        change.emit({ type: 'test.written', subjectKind: 'test', subjectId: id, occurredAt: await change.now() });
        change.emit({ type: 'test.written', subjectKind: 'test', subjectId: id, occurredAt: await change.now() });
        if (fails) throw new Error('rolled back');
      });
      if (fails) await expect(work).rejects.toThrow('rolled back');
      else await work;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
  const written = WRITERS * EACH * 0.8 * 2;
  await until('everything is heard', () => heard.length >= written);
  await tailer.close();
  expect(heard).toEqual(Array.from({ length: written }, (_, index) => from + 1 + index));
});

test('LIV-02 screens that are cut off again and again, on either process, end where a fresh snapshot is: no gap, no repeat, no reorder', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 30; index += 1) ids.push(await desk.open({ dueInMs: (index + 1) * 60_000 }));
  const followers = await Promise.all(Array.from({ length: 6 }, async () => {
    const follower = new BoardFollower(first.url, token, desk.boards.all);
    await follower.connect();
    await follower.step();
    return follower;
  }));
  let writing = true;
  const breaks = { count: 0 };
  const restless = followers.map(async (follower, number) => {
    // Deterministic but different for each: after a few messages the line is cut and taken up on the other process.
    for (let turn = number; writing; turn += 1) {
      for (let message = 0; message <= turn % 3 && writing; message += 1) await follower.step();
      follower.disconnect();
      breaks.count += 1;
      await follower.connect(turn % 2 === 0 ? second.url : first.url);
    }
  });
  let told = 0;
  const work = async () => {
    for (let turn = 0; turn < 240 || breaks.count < 60; turn += 1) {
      const id = ids[(turn * 7) % ids.length]!;
      if (turn % 12 === 5) await desk.breach(id);
      else if (turn % 12 === 9) ids[ids.indexOf(id)] = await closeAndReplace(id);
      else await desk.retitle(id, `turn ${turn}`);
      if (turn % 12 === 5 || turn % 12 === 9) told += 1;
    }
    writing = false;
  };
  await Promise.all([work(), ...restless]);
  const fresh = await freshBoard(first.url, token, desk.boards.all);
  for (const follower of followers) {
    await follower.until(({ seq }) => Number(seq) >= fresh.seq);
    expect(follower.canonical()).toBe(fresh.canonical);
    expect(new Set(follower.happenings).size).toBe(follower.happenings.length);
    expect(follower.happenings.map(Number)).toEqual(follower.happenings.map(Number).toSorted((a, b) => a - b));
    follower.disconnect();
  }
  // Nobody had to begin anew, and every breach and every closing reached every screen once, whatever was cut.
  expect(followers.map(({ snapshots }) => snapshots)).toEqual(followers.map(() => 1));
  expect(followers.map(({ happenings }) => happenings.length)).toEqual(followers.map(() => told));
});

async function closeAndReplace(id: string): Promise<string> {
  await desk.close(id);
  return desk.open({ dueInMs: 90_000 });
}

test('LIV-02 a restore gives the log a new epoch, and every screen starts anew', async () => {
  const follower = new BoardFollower(first.url, token, desk.boards.all);
  await follower.connect();
  await follower.step();
  const before = follower.epoch;
  await first.database.em.execute('update event_log_head set epoch = gen_random_uuid() where id = 1');
  expect((await follower.client!.message(({ type }) => type === 'complete'))?.type).toBe('complete');
  follower.disconnect();
  await follower.connect();
  expect((await follower.step()).__typename).toBe('BoardSnapshot');
  expect(follower.epoch).not.toBe(before);
  follower.disconnect();
});
