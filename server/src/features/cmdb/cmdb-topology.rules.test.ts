import { expect, test } from 'vitest';
import { planRack, type RackedDevice } from './cmdb-topology.rules.ts';

const device = (name: string, position: string | null, units: string | null = null): RackedDevice => ({ id: name, name, class: 'device', status: 'in-use', model: null, position, units });

test('CMDB-07 a device is drawn at its units, the highest first', () => {
  const plan = planRack('12', [device('router', '4.0'), device('server', '10', '2')]);
  expect(plan.placed.map(({ name, unit, height, heightAssumed }) => [name, unit, height, heightAssumed])).toEqual([['server', 10, 2, false], ['router', 4, 1, true]]);
  expect([plan.units, plan.unitsAssumed, plan.unplaced]).toEqual([12, false, []]);
});

test('CMDB-07 a device whose position is not known is listed, not drawn', () => {
  const plan = planRack(null, [device('pdu', null), device('panel', '  ')]);
  expect(plan.placed).toEqual([]);
  expect(plan.unplaced.map(({ name, reason }) => [name, reason])).toEqual([['panel', 'unknown'], ['pdu', 'unknown']]);
  expect([plan.units, plan.unitsAssumed]).toEqual([42, true]);
});

test('CMDB-07 the topmost unit is inside, one more is outside; half units and zero are no place', () => {
  expect(planRack('12', [device('a', '12')]).placed).toHaveLength(1);
  const plan = planRack('12', [device('a', '13'), device('b', '12', '2'), device('c', '0'), device('d', '3.5'), device('e', 'top')]);
  expect(plan.placed).toEqual([]);
  expect(plan.unplaced.map(({ name, reason }) => `${name} ${reason}`).toSorted()).toEqual(['a outside', 'b outside', 'c outside', 'd outside', 'e outside']);
});

test('CMDB-07 two devices on one unit: the second is listed as overlapping; touching ones both stand', () => {
  const plan = planRack('12', [device('a', '4', '2'), device('b', '5'), device('c', '6')]);
  expect(plan.placed.map(({ name }) => name)).toEqual(['c', 'a']);
  expect(plan.unplaced).toMatchObject([{ name: 'b', reason: 'overlap', position: '5' }]);
});
