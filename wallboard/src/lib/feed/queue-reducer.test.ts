import { expect, test } from 'vitest';
import { reduceQueue, type QueueUpdate } from './queue-reducer.ts';

const key = (id: string, order: string, version = 1) => ({ id, order, version });
const beat = { asOf: '', serverTime: '2026-03-02T01:00:00Z', version: 'v1' };
const snapshot: QueueUpdate = { __typename: 'QueueSnapshot', epoch: 'e', seq: '1', ...beat, rows: [key('b', '2'), key('a', '1')], total: 2 };

test('LIV-01 a queue is its ids in order; a delta moves, adds and removes them', () => {
  const start = reduceQueue(null, snapshot);
  expect(start?.keys.map(({ id }) => id)).toEqual(['a', 'b']);
  const next = reduceQueue(start, { __typename: 'QueueDelta', fromSeq: '1', toSeq: '2', asOf: '', upserts: [key('a', '3', 2), key('c', '0')], removals: ['b'], total: 2 });
  expect(next).toEqual({ keys: [key('c', '0'), key('a', '3', 2)], total: 2 });
});

test('LIV-01 a heartbeat changes nothing, not even the identity of the list', () => {
  const start = reduceQueue(null, snapshot);
  expect(reduceQueue(start, { __typename: 'QueueHeartbeat', seq: '9', ...beat })).toBe(start);
});
