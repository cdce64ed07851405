import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

const T = Date.UTC(2026, 2, 2, 1, 0, 0);

function fixture() {
  let elapsed = 5000;
  const clock = createServerClock(() => elapsed);
  return { clock, advance: (ms: number) => { elapsed += ms; } };
}

test('LIV-03 before the first sample the time is not known', () => {
  expect(fixture().clock.now()).toBeNull();
});

test('LIV-03 the time comes from the server and runs on by a clock that nobody can set', () => {
  const { clock, advance } = fixture();
  clock.sample(T);
  expect(clock.now()).toBe(T);
  advance(90_000);
  expect(clock.now()).toBe(T + 90_000);
});

test('LIV-03 the quickest message wins over slow ones', () => {
  const { clock, advance } = fixture();
  advance(800);
  clock.sample(T); // 800 ms on its way
  advance(5000);
  clock.sample(T + 5795); // 5 ms on its way
  advance(5000);
  clock.sample(T + 10_400); // 400 ms on its way
  expect(clock.now()).toBe(T + 10_795);
});

test('LIV-03 a machine that slept is right again at the first message', () => {
  const { clock, advance } = fixture();
  clock.sample(T);
  advance(1000); // two hours passed, the monotonic clock stood
  clock.sample(T + 7_200_000);
  expect(clock.now()).toBe(T + 7_200_000);
});

test('LIV-03 a server whose clock was set back an hour is believed after three messages, not before', () => {
  const { clock, advance } = fixture();
  clock.sample(T);
  for (const step of [1, 2]) {
    advance(5000);
    clock.sample(T + step * 5000 - 3_600_000);
    expect(clock.now()).toBe(T + step * 5000);
  }
  advance(5000);
  clock.sample(T + 15_000 - 3_600_000);
  expect(clock.now()).toBe(T + 15_000 - 3_600_000);
});

test('WBD-02 old messages that a frozen page finds waiting do not set its clock back', () => {
  const { clock, advance } = fixture();
  clock.sample(T);
  advance(60_000);
  for (let beat = 1; beat <= 8; beat += 1) clock.sample(T + beat * 5000);
  expect(clock.now()).toBe(T + 60_000);
});

test('LIV-03 a crystal that runs 200 ppm fast is followed within two minutes of heartbeats', () => {
  const { clock, advance } = fixture();
  for (let beat = 0; beat <= 720; beat += 1) {
    clock.sample(T + beat * 5000);
    advance(5001);
  }
  const error = Math.abs((clock.now() ?? 0) - (T + 721 * 5000));
  expect(error).toBeLessThanOrEqual(25);
});
