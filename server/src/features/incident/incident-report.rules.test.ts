import { expect, test } from 'vitest';
import { makeCalendars, shanghai } from '../../../../test/support/story-world.ts';
import { faultReportOf, type ReportFacts } from './incident-report.rules.ts';

const calendar = makeCalendars().resolve('5x8');
const policy = { levels: ['LV1' as const, 'LV2' as const], workingDays: 3 };
/** Solved on Friday: due on Wednesday at closing time. */
const solvedAt = shanghai('2026-03-06 16:00');
const report = (more: Partial<ReportFacts> = {}, now = '2026-03-09 10:00') =>
  faultReportOf({ highestLevel: 'LV2', solvedAt, counts: true, attachedAt: null, ...more }, policy, calendar, shanghai(now));

test('INC-16 an LV1 and an LV2 owe a fault report once solved, an LV3 does not, nor one that is still worked on', () => {
  expect([report({ highestLevel: 'LV1' }), report(), report({ highestLevel: 'LV3' }), report({ solvedAt: null })].map((one) => one !== null)).toEqual([true, true, false, false]);
});

test('INC-16 it is due at the end of the third working day; late only after that instant', () => {
  expect(report()!.dueAt).toBe(shanghai('2026-03-11 18:00'));
  expect([report({}, '2026-03-11 18:00')!.overdue, report({}, '2026-03-11 18:01')!.overdue]).toEqual([false, true]);
});

test('INC-16 attached it is owed no more, and what was no fault owes none', () => {
  expect(report({ attachedAt: shanghai('2026-03-12 09:00') }, '2026-03-20 09:00')!.overdue).toBe(false);
  expect(report({ counts: false })).toBeNull();
});
