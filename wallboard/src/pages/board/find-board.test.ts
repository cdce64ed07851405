import { expect, test } from 'vitest';
import { findBoardId, type NoBoard } from './find-board.ts';

function search(...answers: readonly (string | NoBoard)[]) {
  const left = [...answers];
  const waits: number[] = [];
  const reasons: NoBoard[] = [];
  const found = findBoardId({
    ask: async () => left.shift() ?? 'b-last',
    timers: { random: () => 0, after: (ms, task) => { waits.push(ms); queueMicrotask(task); return () => {}; } },
    onWait: (why) => reasons.push(why),
  });
  return { found, waits, reasons };
}

test('WBD-02 a screen that starts before its server waits and says why, then shows its board', async () => {
  const { found, waits, reasons } = search('away', 'away', 'signIn', 'none', 'b1');
  expect(await found).toBe('b1');
  expect(reasons).toEqual(['away', 'away', 'signIn', 'none']);
  expect(waits).toEqual([500, 1000, 2000, 4000]);
});

test('WBD-02 a server that is there is asked once', async () => {
  const { found, waits } = search('b1');
  expect(await found).toBe('b1');
  expect(waits).toEqual([]);
});
