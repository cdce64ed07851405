import { expect, test } from 'vitest';
import { boardCounters, boardDelta, boardHeartbeat, boardRow, boardSnapshot } from './board-row.fixture.ts';
import { reduceBoard, type BoardUpdate, type BoardView, type Happening } from './feed-reducer.ts';

const happening = (seq: string): Happening => ({ seq, kind: 'BREACHED', at: '2026-03-02T01:00:00Z', incidentId: 'i1', number: 'INC-000001', level: 'LV2', text: '' });

function fold(...updates: readonly BoardUpdate[]): BoardView {
  const view = updates.reduce<BoardView | null>((current, update) => reduceBoard(current, update), null);
  if (view === null) throw new Error('no snapshot in the story');
  return view;
}

test('LIV-02 rows sort by (order, id) whatever order they come in', () => {
  const rows = [boardRow({ id: 'c', order: '2' }), boardRow({ id: 'b', order: '1' }), boardRow({ id: 'a', order: '2' })];
  expect(fold(boardSnapshot({ rows })).rows.map((row) => row.id)).toEqual(['b', 'a', 'c']);
});

test('LIV-02 an order key is compared by code units: "Z" comes before "a"', () => {
  const rows = [boardRow({ id: '1', order: 'a' }), boardRow({ id: '2', order: 'Z' })];
  expect(fold(boardSnapshot({ rows })).rows.map((row) => row.order)).toEqual(['Z', 'a']);
});

test('LIV-02 a delta removes, changes, moves and adds rows; the others keep their identity', () => {
  const keep = boardRow({ id: 'k', order: '5' });
  const before = fold(boardSnapshot({ rows: [boardRow({ id: 'gone', order: '1' }), boardRow({ id: 'moved', order: '2' }), keep] }));
  const after = reduceBoard(before, boardDelta({
    upserts: [boardRow({ id: 'moved', order: '9', version: 2 }), boardRow({ id: 'new', order: '3' })], removals: ['gone', 'never-there'],
  }));
  expect(after?.rows.map((row) => row.id)).toEqual(['new', 'k', 'moved']);
  expect(after?.rows[1]).toBe(keep);
  expect(before.rows.map((row) => row.id)).toEqual(['gone', 'moved', 'k']);
});

test('LIV-02 a row that is removed and put back in one delta is there', () => {
  const view = fold(boardSnapshot({ rows: [boardRow({ id: 'a' })] }), boardDelta({ removals: ['a'], upserts: [boardRow({ id: 'a', version: 7 })] }));
  expect(view.rows.map((row) => row.version)).toEqual([7]);
});

test('D-28 counters come with every delta, and with a heartbeat only when they changed', () => {
  const start = [boardSnapshot({ counters: boardCounters({ dueWithin15: 1 }) }), boardDelta({ counters: boardCounters({ dueWithin15: 2 }) })];
  expect(fold(...start, boardHeartbeat()).counters.dueWithin15).toBe(2);
  expect(fold(...start, boardHeartbeat({ newCounters: boardCounters({ dueWithin15: 3 }) })).counters.dueWithin15).toBe(3);
});

test('LIV-02 on-call stays until a delta brings a new one', () => {
  const person = { team: 'NOC', teamZh: null, person: '李娜', phone: null, leader: true, until: '2026-03-02T08:00:00Z' };
  const view = fold(boardSnapshot({ onCall: [person] }), boardDelta());
  expect(view.onCall).toEqual([person]);
  expect(reduceBoard(view, boardDelta({ newOnCall: [] }))?.onCall).toEqual([]);
});

test('D-29 happenings are kept in order, at most six hundred, and none over a snapshot', () => {
  const many = Array.from({ length: 605 }, (_, index) => happening(String(index)));
  const view = fold(boardSnapshot(), boardDelta({ happenings: many }));
  expect(view.happenings.map((entry) => entry.seq)).toEqual(many.slice(5).map((entry) => entry.seq));
  expect(fold(boardSnapshot(), boardDelta({ happenings: many }), boardSnapshot()).happenings).toEqual([]);
});

test('WBD-02 a heartbeat brings the server version, so that a board can reload itself after a deploy', () => {
  expect(fold(boardSnapshot(), boardHeartbeat({ version: 'v2' })).version).toBe('v2');
});

test('LIV-02 nothing is folded before the first snapshot', () => {
  expect(reduceBoard(null, boardDelta())).toBeNull();
  expect(reduceBoard(null, boardHeartbeat())).toBeNull();
});
