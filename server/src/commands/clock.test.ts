import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededCalendars } from '../features/calendar/holidays.rules.ts';
import { answerCase, runClock } from './clock.ts';

const office = seededCalendars()['5x8'];
const LEVELS = { LV1: 4 * 3600, LV2: 8 * 3600, LV3: 24 * 3600 };

/** A clock on Monday 1 June 2026, Shanghai, 9–12 and 13–18, with a target of 4 h unless told otherwise. */
function clock(asOf: string, events: readonly (readonly [string, string])[] = [], more: object = {}): object {
  const at = (time: string): string => (time.includes('T') ? `${time}:00+08:00` : `2026-06-01T${time}:00+08:00`);
  return answerCase({
    id: 'c', calendar: office, op: 'clock', start: at('09:00'), targetSeconds: 4 * 3600, warnAt: [50, 90],
    events: events.map(([time, event]) => [at(time), event]), asOf: at(asOf), ...more,
  });
}

async function run(lines: string): Promise<readonly unknown[]> {
  const output = new PassThrough();
  const written = text(output);
  await runClock(Readable.from([lines]), output);
  output.end();
  return (await written).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

describe('CAL-02 one case a line', () => {
  test('CAL-02 add gives the instant in UTC with Z', () => {
    expect(answerCase({ id: 7, calendar: office, op: 'add', start: '2026-02-13T17:00:00+08:00', durationSeconds: 7200 }))
      .toEqual({ id: 7, at: '2026-02-14T02:00:00Z' });
    expect(answerCase({ id: 7, calendar: office, op: 'add', start: '2026-02-14T18:00:00+08:00', durationSeconds: 0 }))
      .toEqual({ id: 7, at: '2026-02-24T01:00:00Z' });
  });

  test('D-04 add of working days gives the end of business hours', () => {
    expect(answerCase({ id: 7, calendar: office, op: 'add', start: '2026-02-13T23:00:00+08:00', workingDays: 2 }))
      .toEqual({ id: 7, at: '2026-02-24T10:00:00Z' });
  });

  test('CAL-02 elapsed gives seconds, 0 when reversed', () => {
    expect(answerCase({ id: 'e', calendar: '24x7', op: 'elapsed', start: '2026-03-29T00:00:00+01:00', end: '2026-03-30T00:00:00+02:00' }))
      .toEqual({ id: 'e', seconds: 23 * 3600 });
    expect(answerCase({ id: 'e', calendar: '24x7', op: 'elapsed', start: '2026-03-30T00:00:00Z', end: '2026-03-29T00:00:00Z' })).toEqual({ id: 'e', seconds: 0 });
  });

  test('CAL-02 a forty-year deadline is exact', () => {
    expect(answerCase({ id: 1, calendar: '24x7', op: 'add', start: '2026-01-01T00:00:00Z', durationSeconds: 14610 * 86400 })).toEqual({ id: 1, at: '2066-01-01T00:00:00Z' });
  });

  test('CAL-02 results keep the order of the lines, and a line that is wrong stops nothing', async () => {
    const good = (id: number): string => JSON.stringify({ id, calendar: '24x7', op: 'add', start: '2026-01-01T00:00:00Z', durationSeconds: id });
    expect(await run(`${good(1)}\r\nnonsense\n\n${JSON.stringify({ id: 2, op: 'add', calendar: { timeZone: 'UTC', weeklyHours: {} } })}\n${good(3)}`)).toEqual([
      { id: 1, at: '2026-01-01T00:00:01Z' },
      { id: null, error: expect.stringContaining('not JSON'), code: 'INVALID_INPUT', field: null },
      { id: 2, error: expect.stringContaining('no open hours'), code: 'CALENDAR_NEVER_OPENS', field: 'calendar' },
      { id: 3, at: '2026-01-01T00:00:03Z' },
    ]);
  });

  test('CAL-02 a byte-order mark and a last line without an end are read', async () => {
    expect(await run('\uFEFF{"id":1,"calendar":"24x7","op":"add","start":"2026-01-01T00:00:00Z","durationSeconds":1}')).toEqual([{ id: 1, at: '2026-01-01T00:00:01Z' }]);
    expect(await run('')).toEqual([]);
  });

  test('CAL-02 an input that cannot be read is an error, not an end', async () => {
    const input = new Readable({ read() { this.destroy(new Error('disk gone')); } });
    await expect(runClock(input, new PassThrough())).rejects.toThrow('disk gone');
  });

  test('CAL-02 a line too long to be a case is refused', async () => {
    expect(await run(`"${'x'.repeat(2_000_001)}"\n`)).toMatchObject([{ id: null, code: 'TOO_LARGE' }]);
  });

  test.each([
    [{ op: 'multiply' }, 'INVALID_INPUT', 'op'],
    [{ op: undefined }, 'MISSING_FIELD', 'op'],
    [{ calendar: undefined }, 'CALENDAR_INVALID', 'calendar'],
    [{ calendar: '5x8' }, 'CALENDAR_INVALID', 'calendar'],
    [{ calendar: { timeZone: 'UTC', weeklyHours: { monday: [] } } }, 'CALENDAR_INVALID', 'calendar.weeklyHours.monday'],
    [{ calendar: { timeZone: 'UTC', weeklyHours: { mon: [['09:00']] } } }, 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    [{ calendar: { timeZone: 'UTC', weeklyHours: { mon: [['09:00', '10:00', '11:00']] } } }, 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    [{ calendar: { timeZone: 'UTC', weeklyHours: { mon: [['9am', '10:00']] } } }, 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    [{ calendar: { timeZone: 'UTC', weeklyHours: { mon: [['09:00', '10:00']] }, exceptions: [{ date: '2026-02-29', hours: [] }] } }, 'CALENDAR_INVALID', 'calendar.exceptions[0].date'],
    [{ calendar: { weeklyHours: {} } }, 'CALENDAR_INVALID', 'calendar.timeZone'],
    [{ start: undefined }, 'MISSING_FIELD', 'start'],
    [{ start: '2026-02-30T00:00:00Z' }, 'INVALID_INPUT', 'start'],
    [{ start: '2026-02-03T00:00:00' }, 'INVALID_INPUT', 'start'],
    [{ start: 1_700_000_000 }, 'INVALID_INPUT', 'start'],
    [{ start: '-005000-01-01T00:00:00Z' }, 'OUT_OF_RANGE', 'start'],
    [{ durationSeconds: undefined }, 'MISSING_FIELD', 'durationSeconds'],
    [{ durationSeconds: -1 }, 'INVALID_INPUT', 'durationSeconds'],
    [{ durationSeconds: '3600' }, 'INVALID_INPUT', 'durationSeconds'],
    [{ durationSeconds: 1e300 }, 'OUT_OF_RANGE', 'durationSeconds'],
    [{ workingDays: 1 }, 'INVALID_INPUT', 'workingDays'],
    [{ durationSeconds: undefined, workingDays: 0 }, 'OUT_OF_RANGE', 'workingDays'],
    [{ durationSeconds: undefined, workingDays: 1.5 }, 'OUT_OF_RANGE', 'workingDays'],
  ])('CAL-02 %j is refused and the field named', (wrong, code, field) => {
    const right = { id: 'x', calendar: '24x7', op: 'add', start: '2026-01-01T00:00:00Z', durationSeconds: 1 };
    expect(answerCase({ ...right, ...wrong })).toEqual({ id: 'x', error: expect.any(String), code, field });
  });

  test('CAL-02 whatever JSON comes in, an answer or an error goes out', () => {
    const piece = fc.oneof(fc.jsonValue(), fc.constantFrom('24x7', '2026-01-01T00:00:00Z', 1, [['2026-01-01T00:00:00Z', 'pause']], { LV1: 60 }));
    const anyCase = fc.record(
      { id: piece, op: fc.constantFrom('add', 'elapsed', 'clock'), calendar: piece, start: piece, end: piece, asOf: piece, durationSeconds: piece, workingDays: piece, targetSeconds: piece, targets: piece, initialLevel: piece, events: piece, warnAt: piece, regrade: piece },
      { requiredKeys: ['op'] },
    );
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), anyCase), (json) => {
      expect(answerCase(json)).toHaveProperty('id');
    }), { numRuns: 2000 });
  });
});

describe('SLA-03 the clock operation', () => {
  test('SLA-01 a running clock tells what has passed, what remains and when it is due', () => {
    expect(clock('11:00')).toEqual({
      id: 'c', state: 'RUNNING', elapsedSeconds: 7200, remainingSeconds: 7200, breached: false, breachedAt: null,
      dueAt: '2026-06-01T06:00:00Z', warnings: { 50: '2026-06-01T03:00:00Z', 90: '2026-06-01T05:36:00Z' },
    });
  });

  test('SLA-03 a paused clock has no due instant, only what remains; a warning it has passed is known', () => {
    expect(clock('17:00', [['11:30', 'pause']])).toEqual({
      id: 'c', state: 'PAUSED', elapsedSeconds: 9000, remainingSeconds: 5400, breached: false, breachedAt: null,
      dueAt: null, warnings: { 50: '2026-06-01T03:00:00Z', 90: null },
    });
  });

  test('SLA-02 a warning that falls on the very instant of a pause stays where it fell', () => {
    expect(clock('17:00', [['11:00', 'pause']])).toMatchObject({ elapsedSeconds: 7200, warnings: { 50: '2026-06-01T03:00:00Z', 90: null } });
    expect(clock('17:00', [['11:00', 'pause'], ['15:00', 'resume']])).toMatchObject({ warnings: { 50: '2026-06-01T03:00:00Z', 90: '2026-06-01T08:36:00Z' } });
  });

  test('SLA-03 a resumed clock goes on with what remained', () => {
    expect(clock('15:00', [['11:30', 'pause'], ['14:30', 'resume']])).toMatchObject({ state: 'RUNNING', elapsedSeconds: 10_800, dueAt: '2026-06-01T08:00:00Z' });
  });

  test('SLA-03 pauses with different reasons overlap; each resume lifts its own; a doubled one changes nothing', () => {
    const events = [['10:00', 'pause:user'], ['10:00', 'pause:user'], ['10:30', 'pause:vendor'], ['11:00', 'resume:user'], ['11:15', 'resume'], ['11:30', 'resume:vendor']] as const;
    expect(clock('11:20', events)).toMatchObject({ state: 'PAUSED', elapsedSeconds: 3600 });
    expect(clock('12:00', events)).toMatchObject({ state: 'RUNNING', elapsedSeconds: 5400 });
  });

  test('SLA-03 a resume without a pause, and what comes after asOf, change nothing', () => {
    expect(clock('11:00', [['10:00', 'resume'], ['11:01', 'pause']])).toEqual(clock('11:00'));
    expect(clock('11:00', [['11:00', 'pause']])).toMatchObject({ state: 'PAUSED', elapsedSeconds: 7200 });
  });

  test('SLA-03 events may come in any order, equal instants count in the order given', () => {
    expect(clock('12:00', [['11:00', 'resume'], ['10:00', 'pause']])).toMatchObject({ state: 'RUNNING', elapsedSeconds: 7200 });
    expect(clock('12:00', [['11:00', 'pause'], ['11:00', 'resume']])).toEqual(clock('12:00'));
    expect(clock('12:00', [['11:00', 'resume'], ['11:00', 'pause']])).toMatchObject({ state: 'PAUSED' });
  });

  test('D-16 a pause of no length moves no deadline, not even at closing time', () => {
    const events = [['18:00', 'pause'], ['18:00', 'resume']] as const;
    expect(clock('18:00', events, { targetSeconds: 8 * 3600 })).toEqual(clock('18:00', [], { targetSeconds: 8 * 3600 }));
    expect(clock('18:00', events, { targetSeconds: 8 * 3600 })).toMatchObject({ remainingSeconds: 0, dueAt: '2026-06-01T10:00:00Z' });
  });

  test('SLA-01 targets of odd seconds and shares of them stay exact', () => {
    expect(clock('09:01', [], { targetSeconds: 61, warnAt: [33.3, 100] })).toEqual({
      id: 'c', state: 'RUNNING', elapsedSeconds: 60, remainingSeconds: 1, breached: false, breachedAt: null,
      dueAt: '2026-06-01T01:01:01Z', warnings: { '33.3': '2026-06-01T01:00:20.313Z', 100: '2026-06-01T01:01:01Z' },
    });
    for (let seconds = 1; seconds < 5000; seconds += 7) {
      expect(clock('09:00', [], { targetSeconds: seconds })).toMatchObject({ remainingSeconds: seconds });
    }
  });

  test('SLA-01 a clock stopped in time still tells when it would have warned and been due', () => {
    expect(clock('17:00', [['10:00', 'stop']])).toMatchObject({ dueAt: '2026-06-01T06:00:00Z', warnings: { 50: '2026-06-01T03:00:00Z', 90: '2026-06-01T05:36:00Z' } });
    expect(clock('17:00', [['10:00', 'pause'], ['10:30', 'stop']])).toMatchObject({ dueAt: null, warnings: { 50: null, 90: null } });
  });

  test('SLA-01 nothing counts after a stop', () => {
    const stopped = clock('17:00', [['11:00', 'stop'], ['11:30', 'pause'], ['11:40', 'regrade:LV9'], ['11:50', 'stop']], { targets: { LV9: 60 } });
    expect(stopped).toMatchObject({ state: 'STOPPED', elapsedSeconds: 7200, remainingSeconds: 7200, breached: false, dueAt: '2026-06-01T06:00:00Z' });
  });

  test('SLA-03 a clock stopped while paused has no due instant, breached before or not', () => {
    expect(clock('17:00', [['15:00', 'pause'], ['16:00', 'stop']])).toMatchObject({ state: 'STOPPED', breached: true, breachedAt: '2026-06-01T06:00:00Z', dueAt: null });
    expect(clock('17:00', [['11:00', 'pause'], ['11:30', 'stop']])).toMatchObject({ state: 'STOPPED', elapsedSeconds: 7200, dueAt: null });
  });

  test('D-08 late is after the due instant, on the wall clock, open or not', () => {
    expect(clock('14:00')).toMatchObject({ elapsedSeconds: 14_400, remainingSeconds: 0, breached: false, dueAt: '2026-06-01T06:00:00Z' });
    expect(clock('2026-06-01T14:01')).toMatchObject({ remainingSeconds: -60, breached: true, breachedAt: '2026-06-01T06:00:00Z', dueAt: '2026-06-01T06:00:00Z' });
    const allDay = { targetSeconds: 8 * 3600 };
    expect(clock('18:00', [], allDay)).toMatchObject({ remainingSeconds: 0, breached: false, dueAt: '2026-06-01T10:00:00Z' });
    expect(clock('18:01', [], allDay)).toMatchObject({ remainingSeconds: 0, breached: true, breachedAt: '2026-06-01T10:00:00Z' });
  });

  test('D-08 a pause at exactly the due instant holds it unbreached with nothing remaining; a stop then is in time', () => {
    expect(clock('17:00', [['14:00', 'pause']])).toMatchObject({ state: 'PAUSED', remainingSeconds: 0, breached: false, dueAt: null });
    expect(clock('17:00', [['14:00', 'stop']])).toMatchObject({ state: 'STOPPED', remainingSeconds: 0, breached: false, dueAt: '2026-06-01T06:00:00Z' });
    expect(clock('17:00', [['14:01', 'pause']])).toMatchObject({ state: 'PAUSED', remainingSeconds: -60, breached: true, dueAt: '2026-06-01T06:00:00Z' });
  });

  test('SLA-03 a breach stays through a later pause and stop', () => {
    expect(clock('17:30', [['15:00', 'pause'], ['16:00', 'resume'], ['17:00', 'stop']]))
      .toMatchObject({ state: 'STOPPED', elapsedSeconds: 21_600, breached: true, breachedAt: '2026-06-01T06:00:00Z', dueAt: '2026-06-01T06:00:00Z' });
  });

  const graded = (level: string): object => ({ targetSeconds: undefined, targets: LEVELS, initialLevel: level });

  test('D-17 a re-grade counts from the start with earlier pauses kept', () => {
    expect(clock('15:00', [['10:00', 'pause'], ['11:00', 'resume'], ['14:00', 'regrade:LV2']], graded('LV3')))
      .toMatchObject({ elapsedSeconds: 14_400, remainingSeconds: 14_400, dueAt: '2026-06-02T02:00:00Z' });
  });

  test('D-17 a restart counts from the re-grade', () => {
    expect(clock('15:00', [['14:00', 'regrade:LV1']], { ...graded('LV3'), regrade: 'restart' }))
      .toMatchObject({ elapsedSeconds: 3600, remainingSeconds: 10_800, breached: false, dueAt: '2026-06-01T10:00:00Z' });
  });

  test('D-18 an up-grade that makes it late dates the breach at the new due instant, in the past', () => {
    expect(clock('16:00', [['16:00', 'regrade:LV1']], graded('LV3'))).toMatchObject({ remainingSeconds: -7200, breached: true, breachedAt: '2026-06-01T06:00:00Z' });
    expect(clock('14:00', [['14:00', 'regrade:LV1']], graded('LV3'))).toMatchObject({ remainingSeconds: 0, breached: false });
  });

  test('D-18 SLA-14 a down-grade moves the due instant and erases no breach', () => {
    expect(clock('16:00', [['15:00', 'regrade:LV2']], graded('LV1')))
      .toMatchObject({ remainingSeconds: 7200, breached: true, breachedAt: '2026-06-01T06:00:00Z', dueAt: '2026-06-01T10:00:00Z' });
  });

  test.each([
    [{ asOf: undefined }, 'MISSING_FIELD', 'asOf'],
    [{ targetSeconds: undefined }, 'MISSING_FIELD', 'targetSeconds'],
    [{ targetSeconds: undefined, targets: LEVELS }, 'MISSING_FIELD', 'initialLevel'],
    [{ targetSeconds: undefined, targets: LEVELS, initialLevel: 'LV9' }, 'INVALID_INPUT', 'initialLevel'],
    [{ targets: { LV1: -1 } }, 'INVALID_INPUT', 'targets.LV1'],
    [{ events: [['2026-06-01T02:00:00Z', 'regrade:LV1']] }, 'INVALID_INPUT', 'events[0][1]'],
    [{ events: [['2026-06-01T02:00:00Z', 'explode']] }, 'INVALID_INPUT', 'events[0][1]'],
    [{ events: [['2026-06-01T02:00:00Z', 'regrade:']] }, 'INVALID_INPUT', 'events[0][1]'],
    [{ events: [['2026-06-31T02:00:00Z', 'pause']] }, 'INVALID_INPUT', 'events[0][0]'],
    [{ events: ['pause'] }, 'INVALID_INPUT', 'events[0]'],
    [{ regrade: 'sideways' }, 'INVALID_INPUT', 'regrade'],
    [{ warnAt: [0] }, 'INVALID_INPUT', 'warnAt[0]'],
  ])('CAL-02 a clock with %j is refused and the field named', (wrong, code, field) => {
    expect(clock('11:00', [], wrong)).toEqual({ id: 'c', error: expect.any(String), code, field });
  });
});
