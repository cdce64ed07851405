import { describe, expect, test } from 'vitest';
import { answerCase } from './clock.ts';
import published from '../features/calendar/published-cases.json' with { type: 'json' };

/**
 * What other systems publish about business time in their test suites, as figures: calendar, start, duration, answer.
 * A subtraction there is a measured range here. `published` stands where D-16 decides otherwise than the source.
 */
const calendars = new Map(Object.entries(published.calendars));

describe.each(Object.entries(published.sources))('CAL-02 the figures of %s', (source) => {
  const cases = published.cases.filter((one) => one.source === source);

  test('there are some', () => {
    expect(cases.length).toBeGreaterThan(10);
  });

  test.each(cases.map((one) => [label(one), one] as const))('%s', (_, { calendar, at, seconds, op, start, end, durationSeconds, workingDays }) => {
    const answer = answerCase({ id: 'case', calendar: calendars.get(calendar), op, start, end, durationSeconds, workingDays });
    expect(answer).toEqual(op === 'add' ? { id: 'case', at } : { id: 'case', seconds });
  });
});

function label({ calendar, op, start, end, durationSeconds, workingDays }: (typeof published.cases)[number]): string {
  return `${calendar}: ${op} ${start} ${end ?? (workingDays === undefined ? `${durationSeconds} s` : `${workingDays} working days`)}`;
}
