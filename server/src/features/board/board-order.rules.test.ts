import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../kernel/instant.ts';
import { boardOrder, INCIDENT_SORTS, orderKey, queueOrder, type IncidentSort, type OrderFacts, type SortFacts } from './board-order.rules.ts';

const NINE = Date.UTC(2026, 2, 2, 9);
const facts: OrderFacts = { level: 'LV3', suspended: false, dueAt: NINE + HOUR, remainingMs: null, difficulty: 'normal', reportedAt: NINE };

function sorted(order: (facts: OrderFacts) => string, rows: Readonly<Record<string, Partial<OrderFacts>>>): string[] {
  const keys = Object.entries(rows).map(([name, changes]) => ({ name, key: order({ ...facts, ...changes }) }));
  return keys.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ name }) => name);
}

test('INC-18 a queue goes by level before anything else', () => {
  expect(sorted(queueOrder, { lv2Tomorrow: { level: 'LV2', dueAt: NINE + 24 * HOUR }, lv3Breached: { dueAt: NINE - HOUR } })).toEqual(['lv2Tomorrow', 'lv3Breached']);
});

test('INC-18 within a level the breached come first, the longest over before the others', () => {
  const rows = { inTime: { dueAt: NINE + 1 }, overByHour: { dueAt: NINE - HOUR }, overByMinute: { dueAt: NINE - MINUTE } };
  expect(sorted(queueOrder, rows)).toEqual(['overByHour', 'overByMinute', 'inTime']);
});

test('INC-18 D-40 of equal due instants the simpler one, then the older one', () => {
  const rows = {
    hard: { difficulty: 'hard' as const, reportedAt: NINE - 3 * HOUR }, normal: { reportedAt: NINE - 2 * HOUR },
    simpleYoung: { difficulty: 'simple' as const, reportedAt: NINE }, simpleOld: { difficulty: 'simple' as const, reportedAt: NINE - 1 },
  };
  expect(sorted(queueOrder, rows)).toEqual(['simpleOld', 'simpleYoung', 'normal', 'hard']);
});

test('INC-18 suspended ones are last, even of LV1', () => {
  const rows = { suspendedLv1: { level: 'LV1' as const, suspended: true, dueAt: null, remainingMs: -HOUR }, lv4: { level: 'LV4' as const, dueAt: null } };
  expect(sorted(queueOrder, rows)).toEqual(['lv4', 'suspendedLv1']);
});

test('INC-18 one without a running clock comes after those of its level that have one', () => {
  expect(sorted(queueOrder, { none: { dueAt: null }, inAYear: { dueAt: NINE + 9000 * HOUR } })).toEqual(['inAYear', 'none']);
});

test('WBD-01 a board goes by time to breach across levels; equal instants by level', () => {
  const rows = { lv1Later: { level: 'LV1' as const, dueAt: NINE + 1 }, lv4: { level: 'LV4' as const, dueAt: NINE }, lv2: { level: 'LV2' as const, dueAt: NINE } };
  expect(sorted(boardOrder, rows)).toEqual(['lv2', 'lv4', 'lv1Later']);
});

test('WBD-01 standing clocks follow the running ones, suspended ones by what they have left', () => {
  const rows = {
    suspendedOver: { suspended: true, dueAt: null, remainingMs: -MINUTE }, suspendedFull: { suspended: true, dueAt: null, remainingMs: HOUR },
    waitsForUser: { dueAt: null }, running: { dueAt: NINE + 5000 * HOUR },
  };
  expect(sorted(boardOrder, rows)).toEqual(['running', 'waitsForUser', 'suspendedOver', 'suspendedFull']);
});

const sortFacts: SortFacts = { ...facts, number: 'INC-0000001', updatedAt: NINE, breached: false, risk: null };
const sortedBy = (sort: IncidentSort, rows: Readonly<Record<string, Partial<SortFacts>>>): string[] =>
  Object.entries(rows).map(([name, changes]) => ({ name, key: orderKey(sort, { ...sortFacts, ...changes }) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ name }) => name);

test('WBD-04 every sort of a queue is an order of texts', () => {
  const early = { reportedAt: NINE - HOUR, updatedAt: NINE - HOUR, dueAt: NINE + HOUR, number: 'INC-0000002', risk: 40 };
  const late = { reportedAt: NINE, updatedAt: NINE, dueAt: NINE + 2 * HOUR, number: 'INC-0000010', level: 'LV1' as const, risk: 41 };
  const expected: Record<IncidentSort, string[]> = {
    priority: ['late', 'early'], due: ['early', 'late'], reported: ['late', 'early'], age: ['early', 'late'], level: ['late', 'early'], number: ['early', 'late'], updated: ['late', 'early'],
    risk: ['late', 'early'],
  };
  for (const sort of INCIDENT_SORTS) expect([sort, sortedBy(sort, { early, late })]).toEqual([sort, expected[sort]]);
});

test('SLA-11 by risk: missed first, then the likelier, then what nothing is known of; suspended ones last', () => {
  const rows = { unknown: {}, unlikely: { risk: 0 }, suspended: { suspended: true, breached: true, risk: 99 }, certain: { risk: 100 }, missed: { breached: true }, likely: { risk: 99 } };
  expect(sortedBy('risk', rows)).toEqual(['missed', 'certain', 'likely', 'unlikely', 'unknown', 'suspended']);
});

test('WBD-04 by time to breach, what nothing counts down for is last', () => {
  expect(sortedBy('due', { none: { dueAt: null }, far: { dueAt: NINE + 1000 * HOUR }, suspended: { suspended: true, dueAt: NINE, level: 'LV4' } })).toEqual(['far', 'none', 'suspended']);
});
