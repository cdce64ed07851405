import { expect, test } from 'vitest';
import { nextSound, SILENT, type Ringing, type SoundState, type Tone } from './sound.ts';

/** A board's ear: alarms come and are acknowledged, the clock goes on, tones are written down. */
function ear(audible = true) {
  let state: SoundState = SILENT;
  let now = 0;
  let ringing: Ringing[] = [];
  let newAlarms = 0;
  let hears = audible;
  const tones: [number, Tone][] = [];
  const look = (): void => {
    const next = nextSound(state, { now, ringing, newAlarms, audible: hears });
    state = next.state;
    if (next.tone !== null) tones.push([now, next.tone]);
  };
  return {
    tones, look,
    at(ms: number): void { now = ms; look(); },
    ring(...ids: string[]): void { ringing = [...ringing, ...ids.map((id) => ({ id, raisedAt: now }))]; newAlarms += ids.length; look(); },
    acknowledge(...ids: string[]): void { ringing = ringing.filter(({ id }) => !ids.includes(id)); look(); },
    counted(count: number): void { newAlarms = count; look(); },
    hears(yes: boolean): void { hears = yes; look(); },
    flood: () => state.flood,
    remembered: () => state.heard.size,
  };
}
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `a${index}`);

test('WBD-03 W11 a new alarm sounds at once, and once', () => {
  const room = ear();
  room.ring('a');
  room.look();
  room.at(1000);
  expect(room.tones).toEqual([[0, 'alarm']]);
});

test('WBD-03 W11 tones are thirty seconds apart: one that came meanwhile sounds at 30 s, not at 29.999', () => {
  const room = ear();
  room.ring('a');
  room.at(10_000);
  room.ring('b');
  room.at(29_999);
  expect(room.tones).toHaveLength(1);
  room.at(30_000);
  expect(room.tones).toEqual([[0, 'alarm'], [30_000, 'alarm']]);
});

test('WBD-03 W11 what was acknowledged within those thirty seconds does not sound', () => {
  const room = ear();
  room.ring('a');
  room.at(10_000);
  room.ring('b');
  room.acknowledge('b');
  room.at(30_000);
  expect(room.tones).toHaveLength(1);
});

test('WBD-03 W11 it sounds again after five minutes, until it is acknowledged', () => {
  const room = ear();
  room.ring('a');
  room.at(299_999);
  expect(room.tones).toHaveLength(1);
  room.at(300_000);
  room.at(599_999);
  expect(room.tones).toHaveLength(2);
  room.at(600_000);
  expect(room.tones).toHaveLength(3);
  room.acknowledge('a');
  room.at(900_000);
  expect(room.tones).toHaveLength(3);
});

test('WBD-03 W12 ten in ten minutes are no flood, eleven are: one tone, then silence', () => {
  const room = ear();
  room.ring(...many(10));
  expect([room.flood(), room.tones]).toEqual([false, [[0, 'alarm']]]);
  room.at(60_000);
  room.ring('eleventh');
  expect([room.flood(), room.tones.at(-1)]).toEqual([true, [60_000, 'flood']]);
  room.at(120_000);
  room.ring('twelfth');
  room.at(460_000);
  expect(room.tones).toHaveLength(2);
});

test('WBD-03 W12 five hundred at once are one tone; also when the first of them sounded just before', () => {
  const whole = ear();
  whole.ring(...many(500));
  whole.at(600_000);
  expect(whole.tones).toEqual([[0, 'flood']]);
  const parted = ear();
  parted.ring(...many(3));
  parted.at(29_999);
  parted.ring(...many(500).map((id) => `b${id}`));
  parted.at(600_000);
  expect(parted.tones).toEqual([[0, 'alarm']]);
  const later = ear();
  later.ring(...many(3));
  later.at(30_000);
  later.ring(...many(500).map((id) => `b${id}`));
  expect(later.tones).toEqual([[0, 'alarm'], [30_000, 'flood']]);
});

test('WBD-03 W12 a flood lasts while there are five in ten minutes and ends at four; what it drowned is no news then', () => {
  const room = ear();
  room.ring(...many(20));
  room.at(100_000);
  room.counted(5);
  expect(room.flood()).toBe(true);
  room.counted(4);
  expect([room.flood(), room.tones]).toEqual([false, [[0, 'flood']]]);
  room.at(100_001);
  room.ring('new');
  expect(room.tones.at(-1)).toEqual([100_001, 'alarm']);
  // And nobody having acknowledged, the whole sounds again in five minutes.
  room.at(400_001);
  expect(room.tones).toHaveLength(3);
});

test('WBD-03 W11 what could not be heard sounds as soon as it can be', () => {
  const room = ear(false);
  room.ring('a');
  room.at(500_000);
  expect(room.tones).toEqual([]);
  room.hears(true);
  expect(room.tones).toEqual([[500_000, 'alarm']]);
  const flooded = ear(false);
  flooded.ring(...many(11));
  flooded.hears(true);
  flooded.hears(true);
  expect(flooded.tones).toEqual([[0, 'flood']]);
});

test('WBD-02 a board that runs for weeks remembers only what still rings', () => {
  const room = ear();
  for (let index = 0; index < 1000; index += 1) {
    room.at(index * 31_000);
    room.counted(0);
    room.ring(`a${index}`);
    room.acknowledge(`a${index}`);
  }
  expect([room.tones.length, room.remembered()]).toEqual([1000, 0]);
});
