import { expect, test } from 'vitest';
import { requireUnused, type Use } from './use.ts';

const refusalOf = (uses: readonly Use[]): unknown => {
  try {
    requireUnused('Network', uses, 'hand these over first');
    return null;
  } catch (error) {
    return error;
  }
};

test('WBD-11 what still needs a record is counted, a few of it by number', () => {
  expect(refusalOf([{ kind: 'ticket', count: 7, names: ['INC-1', 'INC-2', 'INC-3', 'INC-4', 'INC-5'] }, { kind: 'handoff', count: 1, names: ['INC-9'] }])).toMatchObject({
    code: 'MOVE_NOT_ALLOWED', field: 'active', detail: { uses: [{ kind: 'ticket', count: 7 }, { kind: 'handoff', count: 1 }] },
    message: '"Network" is still used by 7 open records (INC-1, INC-2, INC-3, INC-4, INC-5, …), 1 waiting handoff (INC-9): hand these over first.',
  });
});

test('WBD-11 what nothing needs may go, and so may what only rests on configuration items', () => {
  expect(refusalOf([])).toBeNull();
  expect(refusalOf([{ kind: 'ci', count: 2, names: ['mail-01', 'mail-02'] }])).toBeNull();
});
