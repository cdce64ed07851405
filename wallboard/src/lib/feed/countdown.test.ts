import { expect, test } from 'vitest';
import { boardClock } from './board-row.fixture.ts';
import { countdown, formatSeconds } from './countdown.ts';

const english = { day: 'd ', hour: 'h' };
const due = Date.parse('2026-03-02T04:00:00Z');
const at = (secondsBeforeDue: number): number => due - secondsBeforeDue * 1000;

test('LIV-03 a running clock counts down to its due instant by the server\'s time', () => {
  expect(countdown(boardClock(), false, at(7200))).toMatchObject({ shape: 'running', seconds: 7200, frozen: false });
  expect(countdown(boardClock(), false, at(7200) + 999).seconds).toBe(7200);
  expect(countdown(boardClock(), false, at(7200) + 1000).seconds).toBe(7199);
});

test('WBD-03 shapes change at exactly 60 and 15 minutes', () => {
  const shape = (seconds: number): string => countdown(boardClock(), false, at(seconds)).shape;
  expect([3601, 3600, 901, 900, 0].map(shape)).toEqual(['running', 'due60', 'due60', 'due15', 'due15']);
});

test('LIV-03 past the due instant the wall waits at zero until the server says breached', () => {
  expect(countdown(boardClock(), false, at(-5))).toMatchObject({ shape: 'due15', seconds: 0, breached: false });
});

test('SLA-14 a breached clock counts how long over', () => {
  const clock = boardClock({ breachedAt: '2026-03-02T04:00:00.001Z' });
  expect(countdown(clock, false, at(-12))).toMatchObject({ shape: 'breached', seconds: -12, breached: true, frozen: false });
});

test('INC-07 a suspended clock shows its frozen remaining time', () => {
  const clock = boardClock({ state: 'PAUSED', dueAt: null, remainingSeconds: 1800 });
  expect(countdown(clock, true, at(0))).toEqual({ shape: 'suspended', seconds: 1800, frozen: true, breached: false, resumesAt: null });
  expect(countdown(clock, true, at(-86_400)).seconds).toBe(1800);
});

test('SLA-03 a clock breached before its suspension stays breached, frozen at how long over', () => {
  const clock = boardClock({ state: 'PAUSED', dueAt: null, remainingSeconds: -720, breachedAt: '2026-03-02T03:00:00Z' });
  expect(countdown(clock, true, at(0))).toMatchObject({ shape: 'suspended', seconds: -720, breached: true, frozen: true });
});

test('SLA-12 outside its hours a clock says when it goes on, and is not called suspended', () => {
  const clock = boardClock({ outsideHours: true, resumesAt: '2026-03-02T01:00:00Z', remainingBusinessSeconds: 14_400 });
  expect(countdown(clock, false, at(40_000))).toEqual({
    shape: 'outside-hours', seconds: 14_400, frozen: true, breached: false, resumesAt: '2026-03-02T01:00:00Z',
  });
});

test('SLA-12 a breached clock outside its hours still shows its breach', () => {
  const clock = boardClock({ outsideHours: true, breachedAt: '2026-03-02T04:00:00.001Z', resumesAt: '2026-03-03T01:00:00Z' });
  expect(countdown(clock, false, at(-60)).shape).toBe('breached');
});

test('WBD-01 a row without a clock shows none', () => {
  expect(countdown(null, false, at(0))).toMatchObject({ shape: 'none', seconds: null });
  expect(countdown(null, true, at(0))).toMatchObject({ shape: 'suspended', seconds: null });
  expect(countdown(boardClock({ state: 'STOPPED' }), false, at(0)).shape).toBe('none');
});

test('WBD-01 figures have one width per range and a plus when over', () => {
  expect([0, 59, 3599, 3600, 86_399, 86_400, 187_920].map((seconds) => formatSeconds(seconds, english))).toEqual([
    '00:00', '00:59', '59:59', '1:00:00', '23:59:59', '1d 0h', '2d 4h',
  ]);
  expect(formatSeconds(-12, english)).toBe('+00:12');
  expect(formatSeconds(-90_061, { day: '天', hour: '时' })).toBe('+1天1时');
});
