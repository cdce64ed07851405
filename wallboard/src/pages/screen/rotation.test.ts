import { expect, test } from 'vitest';
import { callUp, pauseOrGoOn, rotate, startRotation, turnBy, type Call, type Rotation } from './rotation.ts';

const seconds = [30, 10, 20];
const step = (rotation: Rotation, now: number, acknowledged: (call: Call) => boolean = () => false): Rotation => rotate(rotation, { seconds, now, acknowledged });

test('WBD-02 each board stays its seconds, then the next comes, and after the last the first', () => {
  let rotation = startRotation(seconds, 0);
  expect(step(rotation, 29_999)).toBe(rotation);
  rotation = step(rotation, 30_000);
  expect([rotation.index, rotation.nextAt]).toEqual([1, 40_000]);
  rotation = step(step(rotation, 40_000), 60_000);
  expect(rotation.index).toBe(0);
});

test('WBD-02 one board alone never turns', () => {
  const rotation = startRotation([30], 0);
  expect(rotate(rotation, { seconds: [30], now: 10_000_000, acknowledged: () => false })).toBe(rotation);
});

test('WBD-02 a new LV1 or breach calls its board at once and holds it for 60 s', () => {
  let rotation = callUp(startRotation(seconds, 0), { index: 2, incidentId: 'a' }, 5000);
  expect([rotation.index, rotation.nextAt]).toEqual([2, null]);
  expect(step(rotation, 64_999).held).not.toBeNull();
  rotation = step(rotation, 65_000);
  expect([rotation.index, rotation.held, rotation.nextAt]).toEqual([2, null, 85_000]);
});

test('WBD-02 the hold ends as soon as somebody has acknowledged', () => {
  const rotation = callUp(startRotation(seconds, 0), { index: 2, incidentId: 'a' }, 5000);
  expect(step(rotation, 6000, ({ incidentId }) => incidentId === 'b').held).not.toBeNull();
  expect(step(rotation, 6000, ({ incidentId }) => incidentId === 'a').held).toBeNull();
});

test('WBD-02 in a flood a board that called stays 15 s before another comes; of each board the latest call waits, and one that is acknowledged does not', () => {
  let rotation = callUp(startRotation(seconds, 0), { index: 2, incidentId: 'a' }, 0);
  rotation = callUp(callUp(rotation, { index: 1, incidentId: 'b' }, 1000), { index: 1, incidentId: 'c' }, 2000);
  expect([rotation.index, rotation.waiting]).toEqual([2, [{ index: 1, incidentId: 'c' }]]);
  expect(step(rotation, 14_999).index).toBe(2);
  expect(step(rotation, 15_000)).toMatchObject({ index: 1, waiting: [], held: { incidentId: 'c', until: 75_000 } });
  expect(step(rotation, 15_000, ({ incidentId }) => incidentId === 'c')).toMatchObject({ index: 2, waiting: [] });
});

test('WBD-02 a pause stops the turning but not an alarm; going on begins the board anew', () => {
  const paused = pauseOrGoOn(startRotation(seconds, 0), { seconds, now: 1000 });
  expect(step(paused, 10_000_000)).toBe(paused);
  const called = callUp(paused, { index: 1, incidentId: 'a' }, 2000);
  expect(step(called, 62_000)).toMatchObject({ index: 1, held: null, paused: true, nextAt: null });
  expect(pauseOrGoOn(paused, { seconds, now: 5000 })).toMatchObject({ paused: false, nextAt: 35_000 });
});

test('WBD-02 by hand one goes on and back, and lets go of what was held', () => {
  const rotation = startRotation(seconds, 0);
  expect(turnBy(rotation, -1, { seconds, now: 0 })).toMatchObject({ index: 2, nextAt: 20_000 });
  expect(turnBy(callUp(rotation, { index: 2, incidentId: 'a' }, 0), 1, { seconds, now: 1000 })).toMatchObject({ index: 0, held: null, nextAt: 31_000 });
});
