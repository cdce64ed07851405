import { afterAll, expect, test } from 'vitest';
import type { Consumer } from '../../server/src/kernel/feature.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import type { Change } from '../../server/src/platform/db/database.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import type { LoggedEvent } from '../../server/src/platform/live/logged-event.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openDatabase } from '../support/open-database.ts';

const open = await openDatabase();
const { database } = open;
afterAll(() => open.close());
await database.em.execute('create table heard (seq bigint not null)');

async function writeDown(change: object, events: readonly object[]): Promise<void> {
  for (const { seq } of events as LoggedEvent[]) await (change as Change).em.execute('insert into heard (seq) values (?)', [seq]);
}

/** Writes down what it hears; fails at an event whose reason says so, after having written. */
const scribe = (name: string, types: readonly string[]): Consumer => ({
  name, types,
  async consume(_database, change, events) {
    await writeDown(change, events);
    if ((events as LoggedEvent[]).some(({ reason }) => reason === 'too much')) throw new Error('too much');
  },
});

const tell = async (type: string, reason: string | null = null): Promise<void> => {
  await database.change(SYSTEM('test'), async (change) => change.emit({ type, subjectKind: 'thing', subjectId: newId(), occurredAt: await change.now(), reason }));
};
const heard = async (): Promise<number[]> => (await database.em.execute<{ seq: number }[]>('select seq::float8 as seq from heard order by seq')).map(({ seq }) => seq);
const catchUp = async (consumer: Consumer): Promise<void> => {
  while (await consumeOnce(database, consumer)) { /* until it has caught up */ }
};
const fresh = async (): Promise<void> => void (await database.em.execute('delete from heard'));

test('a consumer gets the events of its types, each once and in order, and nothing when it has caught up', async () => {
  const consumer = scribe('first', ['thing.made']);
  await tell('thing.made');
  await tell('thing.else');
  await tell('thing.made');
  await catchUp(consumer);
  const first = await heard();
  expect(first).toHaveLength(2);
  await catchUp(consumer);
  expect(await heard()).toEqual(first);
  await tell('thing.made');
  await catchUp(consumer);
  expect(await heard()).toHaveLength(3);
});

test('a consumer that fails has written nothing and goes on from the same event', async () => {
  await fresh();
  const consumer = scribe('failing', ['thing.hard']);
  await tell('thing.hard');
  await tell('thing.hard', 'too much');
  await expect(catchUp(consumer)).rejects.toThrow('too much');
  expect(await heard()).toEqual([]);
  // The fault is mended: it goes on where it was.
  const mended: Consumer = { ...consumer, consume: (_database, change, events) => writeDown(change, events) };
  await catchUp(mended);
  expect(await heard()).toHaveLength(2);
});

test('two processes at once hand each event over once', async () => {
  await fresh();
  const consumer = scribe('shared', ['thing.shared']);
  for (let made = 0; made < 450; made += 1) await tell('thing.shared');
  await Promise.all(Array.from({ length: 4 }, () => catchUp(consumer)));
  await catchUp(consumer);
  const seqs = await heard();
  expect([seqs.length, new Set(seqs).size]).toEqual([450, 450]);
});
