import { expect, test } from 'vitest';
import { axisOf, placeOf, ticksOf } from './clock-axis.ts';
import { clockOf } from './ticket.fixture.ts';

const iso = (at: number): string => new Date(at).toISOString();
const asOf = Date.parse('2026-03-02T06:00:00Z');

test('SLA-09 several clocks stand on one axis, from the first start to what is due last', () => {
  const axis = axisOf([clockOf(), clockOf({ id: 'c2', startAt: '2026-03-02T00:00:00Z', dueAt: '2026-03-02T10:00:00Z' })], asOf)!;
  expect([iso(axis.from), placeOf(axis, axis.from), Math.round(placeOf(axis, Date.parse('2026-03-02T10:00:00Z')))]).toEqual(['2026-03-02T00:00:00.000Z', 0, 98]);
});

test('SLA-09 an open clock without a due instant reaches to now, a stopped one to its end', () => {
  const paused = clockOf({ dueAt: null, state: 'PAUSED' });
  expect(Math.round(placeOf(axisOf([paused], asOf)!, asOf))).toBe(98);
  const met = clockOf({ outcome: 'MET', state: 'STOPPED', metAt: '2026-03-02T04:00:00Z', dueAt: '2026-03-02T04:30:00Z' });
  expect(iso(axisOf([met], asOf)!.to) < '2026-03-02T05').toBe(true);
  expect(axisOf([], asOf)).toBeNull();
});

test('SLA-09 the axis is written at round instants of the zone, a few of them', () => {
  const axis = { from: Date.parse('2026-03-02T00:30:00Z'), to: Date.parse('2026-03-02T08:00:00Z'), now: asOf };
  expect(ticksOf(axis, 'Asia/Shanghai').ticks.map(iso).map((text) => text.slice(11, 16))).toEqual(['01:00', '02:00', '03:00', '04:00', '05:00', '06:00', '07:00', '08:00']);
  const weeks = ticksOf({ ...axis, to: Date.parse('2026-03-30T00:00:00Z') }, 'Asia/Shanghai');
  expect([weeks.days, weeks.ticks.length, iso(weeks.ticks[0]!)]).toEqual([true, 4, '2026-03-08T16:00:00.000Z']);
});
