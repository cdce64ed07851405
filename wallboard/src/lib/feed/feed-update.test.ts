import { expect, test } from 'vitest';
import { stepCursor } from './feed-update.ts';

const mine = { epoch: 'e1', seq: '41' };
const asOf = '2026-03-02T01:00:00Z';
const beat = { asOf, serverTime: asOf, version: 'v1' };

test('LIV-02 a snapshot sets the cursor, whatever it was', () => {
  const mark = { kind: 'snapshot', epoch: 'e2', seq: '7', ...beat } as const;
  expect(stepCursor(mine, mark)).toEqual({ kind: 'apply', cursor: { epoch: 'e2', seq: '7' } });
  expect(stepCursor(null, mark)).toEqual({ kind: 'apply', cursor: { epoch: 'e2', seq: '7' } });
});

test('LIV-02 a delta applies only when it starts at my seq', () => {
  expect(stepCursor(mine, { kind: 'delta', fromSeq: '41', toSeq: '44', asOf })).toEqual({ kind: 'apply', cursor: { epoch: 'e1', seq: '44' } });
  expect(stepCursor(mine, { kind: 'delta', fromSeq: '42', toSeq: '44', asOf })).toEqual({ kind: 'gap' });
  expect(stepCursor(mine, { kind: 'delta', fromSeq: '40', toSeq: '44', asOf })).toEqual({ kind: 'gap' });
});

test('LIV-02 a heartbeat moves the seq on, so that the next delta follows it', () => {
  const step = stepCursor(mine, { kind: 'heartbeat', seq: '60', ...beat });
  expect(step).toEqual({ kind: 'apply', cursor: { epoch: 'e1', seq: '60' } });
});

test('LIV-02 without a snapshot there is nothing to apply a delta or heartbeat to', () => {
  expect(stepCursor(null, { kind: 'delta', fromSeq: '1', toSeq: '2', asOf })).toEqual({ kind: 'gap' });
  expect(stepCursor(null, { kind: 'heartbeat', seq: '1', ...beat })).toEqual({ kind: 'gap' });
});

test('LIV-02 a seq beyond the safe integers is compared exactly', () => {
  const big = { epoch: 'e1', seq: '9007199254740993' };
  expect(stepCursor(big, { kind: 'delta', fromSeq: '9007199254740992', toSeq: '9007199254740999', asOf })).toEqual({ kind: 'gap' });
});
