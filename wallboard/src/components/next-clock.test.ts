import { expect, test } from 'vitest';
import { nextClock, type TicketClock } from './next-clock.ts';

const clock = (changes: Partial<TicketClock>): TicketClock => ({
  kind: 'RESOLUTION', state: 'RUNNING', outcome: 'NONE', dueAt: '2026-03-02T08:00:00Z', remainingSeconds: 60, breachedAt: null,
  outsideHours: false, resumesAt: null, targetSeconds: 3600, ...changes,
});

test('WBD-01 the row shows the open clock that ends next', () => {
  const clocks = [clock({}), clock({ kind: 'RESPONSE', dueAt: '2026-03-02T01:00:00Z', outcome: 'MET' }), clock({ kind: 'ON_SITE', dueAt: '2026-03-02T03:00:00Z' })];
  expect(nextClock(clocks)?.kind).toBe('ON_SITE');
});

test('INC-07 of paused clocks the row shows the one with the least time left', () => {
  const paused = (kind: TicketClock['kind'], remainingSeconds: number) => clock({ kind, state: 'PAUSED', dueAt: null, remainingSeconds });
  expect(nextClock([paused('RESOLUTION', 900), paused('RESPONSE', -30)])).toMatchObject({ kind: 'RESPONSE', remainingSeconds: -30 });
});

test('WBD-01 without an open clock there is none', () => {
  expect(nextClock([clock({ outcome: 'CANCELLED' }), clock({ state: 'STOPPED' })])).toBeNull();
});
