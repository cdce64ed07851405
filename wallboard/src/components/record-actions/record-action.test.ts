import { expect, test } from 'vitest';
import { mendableFirst } from './record-action.ts';

const lacking = (name: string, ...codes: readonly string[]) => ({ name, lacks: codes.map((code) => ({ code })) });

test('API-03 what can be mended comes first, each part in the order of the bar', () => {
  const shown = mendableFirst([
    lacking('assign', 'MOVE_NOT_ALLOWED'), lacking('close', 'MISSING_FIELD'), lacking('declare', 'FORBIDDEN'), lacking('solve', 'MISSING_FIELD', 'FORBIDDEN'), lacking('approve', 'APPROVAL_NEEDED', 'MISSING_FIELD'),
  ]);
  expect(shown.map(({ name }) => name)).toEqual(['close', 'approve', 'assign', 'declare', 'solve']);
});
