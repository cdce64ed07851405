import { expect, test } from 'vitest';
import { timeWithSeconds } from '../time/format-time.ts';
import { boardClock } from './board-row.fixture.ts';
import { countdown } from './countdown.ts';
import { createServerClock } from './server-clock.ts';

const CHANGES = [
  // Autumn: 01:59:59 is followed by 01:00:00. Spring: 01:59:59 by 03:00:00.
  ['America/New_York', '2026-11-01T05:59:59Z', '01:59:59', '01:00:00'],
  ['America/New_York', '2026-03-08T06:59:59Z', '01:59:59', '03:00:00'],
  ['Europe/Berlin', '2026-10-25T00:59:59Z', '02:59:59', '02:00:00'],
] as const;

test.each(CHANGES)('LIV-03 when %s changes its clocks at %s the wall shows %s, then %s, and counts down by a second', (timeZone, at, before, after) => {
  const now = Date.parse(at);
  const place = { locale: 'en', timeZone } as const;
  expect([timeWithSeconds(now, place), timeWithSeconds(now + 1000, place)]).toEqual([before, after]);
  const clock = boardClock({ dueAt: new Date(now + 5400_000).toISOString() });
  expect([countdown(clock, false, now).seconds, countdown(clock, false, now + 1000).seconds]).toEqual([5400, 5399]);
});

/** A screen's crystal, so many parts in a million fast or slow, over a day of heartbeats that are up to 150 ms on their way. */
function worstError(ppm: number): number {
  let server = Date.parse('2026-03-02T01:00:00Z');
  let own = 5000;
  const clock = createServerClock(() => own);
  let worst = 0;
  for (let beat = 0; beat < 17_280; beat += 1) {
    const onItsWay = (beat * 37) % 150;
    clock.sample(server - onItsWay);
    server += 5000;
    own += 5000 * (1 + ppm / 1e6);
    worst = Math.max(worst, Math.abs((clock.now() ?? 0) - server));
  }
  return worst;
}

test.each([-200, 0, 200])('LIV-03 a crystal that is %i ppm off is wrong by less than a second at any beat of a day', (ppm) => {
  const worst = worstError(ppm);
  console.log(`${ppm} ppm: at most ${worst.toFixed(0)} ms`);
  expect(worst).toBeLessThanOrEqual(200);
});
