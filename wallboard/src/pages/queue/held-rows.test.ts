import { expect, test } from 'vitest';
import type { QueueKey } from '../../lib/feed/queue-reducer.ts';
import { itemsOf } from './grouped-rows.ts';
import { countOf, holdRows } from './held-rows.ts';

const row = (id: string, order: string, more: Partial<QueueKey> = {}): QueueKey => ({ id, order, version: 1, ...more });
const a = row('a', '1');
const b = row('b', '2');
const c = row('c', '3');

test('WBD-04 while a hand is on the list, new rows, rows that left and rows that moved wait, and are counted', () => {
  const held = holdRows([a, b, c], [row('d', '0'), row('c', '1'), a]);
  expect(held.rows).toEqual([a, b, c]);
  expect([...held.gone]).toEqual(['b']);
  expect(held.waiting).toEqual({ added: 1, gone: 1, moved: 1 });
  expect(countOf(held.waiting)).toBe(3);
});

test('WBD-04 what changes within a row shows at once, in its place; untouched rows keep their identity', () => {
  const held = holdRows([a, b], [a, row('b', '2', { version: 2 })]);
  expect(held.rows[0]).toBe(a);
  expect(held.rows[1]).toEqual({ id: 'b', order: '2', version: 2 });
  expect(countOf(held.waiting)).toBe(0);
});

test('WBD-04 a row that moves and comes back waits no longer', () => {
  expect(countOf(holdRows([a, b], [row('b', '0'), a]).waiting)).toBe(1);
  expect(countOf(holdRows([a, b], [a, b]).waiting)).toBe(0);
});

test('WBD-04 a row that goes to another band waits, and stays in its own', () => {
  const held = holdRows([row('a', '1', { group: 'x' })], [row('a', '1', { group: 'y', version: 2 })]);
  expect(held.waiting.moved).toBe(1);
  expect(held.rows[0]).toMatchObject({ group: 'x', version: 2 });
});

const at = (hour: string) => `2026-03-02T${hour}:00:00.000Z`;
const rows = [
  row('1', '1', { group: 'net', dueAt: at('09'), breached: false }), row('2', '2', { group: 'db', dueAt: at('03'), breached: true }), row('3', '3', { group: null, dueAt: null, breached: false }),
  row('4', '4', { group: 'net', dueAt: at('02'), breached: true }), row('5', '5', { group: 'app', dueAt: null, breached: false }),
];
const shown = (collapsed: readonly (string | null)[] = []) => itemsOf(rows, true, new Set(collapsed)).map((item) => (item.kind === 'band' ? `[${item.key} ${item.count}/${item.breached}]` : item.row.id));

test('WBD-04 bands: the worst clock sorts them, each has its own counters, rows keep their order within', () => {
  expect(shown()).toEqual(['[net 2/1]', '1', '4', '[db 1/1]', '2', '[app 1/0]', '5', '[null 1/0]', '3']);
});

test('WBD-04 a closed band keeps its counters and hides its rows, also the one of nobody', () => {
  expect(shown(['net', null])).toEqual(['[net 2/1]', '[db 1/1]', '2', '[app 1/0]', '5', '[null 1/0]']);
});
