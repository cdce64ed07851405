import { expect, test } from 'vitest';
import { readTarget, targetText } from './target-text.ts';

test('D-04 a target is typed as minutes, hours or working days, in either language', () => {
  expect(['30m', '30', '90 min', '4h', '4 小时', '1.5h', '1d', '2 工作日', ''].map(readTarget)).toEqual([
    { minutes: 30 }, { minutes: 30 }, { minutes: 90 }, { minutes: 240 }, { minutes: 240 }, { minutes: 90 }, { workingDays: 1 }, { workingDays: 2 }, null,
  ]);
});

test('API-02 what is no target is told from what is empty', () => {
  expect(['soon', '0m', '-3h', '1.5d', '0.3m', '4x'].map(readTarget)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
});

test('a target reads back as it was typed', () => {
  expect([{ minutes: 30 }, { minutes: 240 }, { minutes: 90 }, { workingDays: 3 }, null].map(targetText)).toEqual(['30m', '4h', '90m', '3d', '']);
  for (const target of [{ minutes: 1 }, { minutes: 60 }, { minutes: 61 }, { workingDays: 12 }]) expect(readTarget(targetText(target))).toEqual(target);
});
