import { expect, test } from 'vitest';
import { monthBefore } from './review-list-page.tsx';

test('INC-25 the month that is offered for review is the one that is over', () => {
  expect([monthBefore(new Date(2026, 2, 1)), monthBefore(new Date(2026, 2, 31, 23, 59)), monthBefore(new Date(2026, 0, 15))]).toEqual(['2026-02', '2026-02', '2025-12']);
});
