import { describe, expect, test } from 'vitest';
import { ACTORS, attempt, changeCase, contextOf } from '../../../../test/support/change-case.ts';
import { inShanghai, makeCalendars, shanghai } from '../../../../test/support/story-world.ts';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';
import { alarmsOf, debtDue, derivedDues, dueAlarms, implementationDue, responseDue } from './change-clock.rules.ts';
import { acceptChange, recategorise, submitChange } from './change-respond.rules.ts';
import type { ChangeCategory } from './change-states.rules.ts';

const book = makeCalendars();
const calendars = (key: string) => book.resolve(book.idByKey[key] ?? key);
const policy = SEEDED_POLICIES.change;
const due = (category: ChangeCategory, from: string) => inShanghai(responseDue(policy, calendars, { category, from: shanghai(from) }));

describe('the response clock by category', () => {
  // 2026-03-02 is a Monday; 2026-02-14 … 02-23 is the Spring Festival, with make-up days on 02-14 and 02-28.
  test.each([
    ['major', '2026-03-02 10:00', '2026-03-05 18:00'], ['important', '2026-03-02 10:00', '2026-03-05 18:00'], ['general', '2026-03-02 10:00', '2026-03-09 18:00'],
    ['major', '2026-03-06 23:59', '2026-03-11 18:00'], ['major', '2026-03-07 12:00', '2026-03-11 18:00'],
  ] as const)('CHG-01 D-04 %s submitted %s is due %s', (category, from, at) => {
    expect(due(category, from)).toBe(at);
  });

  test('D-43 an emergency is due 2 h later round the clock', () => {
    expect(due('emergency', '2026-03-07 23:30')).toBe('2026-03-08 01:30');
  });

  test('D-43 implementation of an emergency: 4 h from acceptance; the others as planned', () => {
    expect(inShanghai(implementationDue(policy, calendars, { category: 'emergency', from: shanghai('2026-03-07 23:30') }))).toBe('2026-03-08 03:30');
    for (const category of ['major', 'important', 'general'] as const) expect(implementationDue(policy, calendars, { category, from: 0 })).toBeNull();
  });

  test('D-44 debts are due two working days after the end of implementation', () => {
    expect(inShanghai(debtDue(policy, calendars, shanghai('2026-03-05 23:00')))).toBe('2026-03-09 18:00');
  });

  test('CHG-01 submission starts it, another category before the response counts from the submission', () => {
    const submitted = submitChange(changeCase({ category: 'general' }, { now: shanghai('2026-03-02 10:00') }), contextOf(ACTORS.requester, shanghai('2026-03-02 10:00')));
    expect(inShanghai(submitted.record?.responseDueAt ?? null)).toBe('2026-03-09 18:00');
    const kase = changeCase({ state: 'submitted', category: 'general', submittedAt: shanghai('2026-03-02 10:00'), responseDueAt: shanghai('2026-03-09 18:00') });
    const moved = recategorise(kase, { category: 'major', reason: 'Wider than thought', preAuthorisedId: null }, contextOf(ACTORS.owner, shanghai('2026-03-04 09:00')));
    expect(inShanghai(moved.record?.responseDueAt ?? null)).toBe('2026-03-05 18:00');
    expect(moved.ticket?.title).toBe('【重大变更】Patch');
  });

  test('D-08 an answer exactly at the due instant is in time, a millisecond later it is late', () => {
    const kase = changeCase({ state: 'submitted', submittedAt: shanghai('2026-03-02 10:00'), responseDueAt: shanghai('2026-03-09 18:00') });
    const people = { ownerId: 'owner', implementerId: null };
    const told = (at: number): unknown => acceptChange(kase, people, contextOf(ACTORS.owner, at)).events[0]?.after;
    expect(told(shanghai('2026-03-09 18:00'))).toMatchObject({ late: false });
    expect(told(shanghai('2026-03-09 18:00') + 1)).toMatchObject({ late: true });
  });
});

describe('what time brings about, once each', () => {
  const submitted = changeCase({ state: 'submitted', submittedAt: shanghai('2026-03-02 10:00'), responseDueAt: shanghai('2026-03-09 18:00') });
  const told = (kase: typeof submitted, at: string | number) => dueAlarms(kase, { now: typeof at === 'number' ? at : shanghai(at) }).events.map(({ type, occurredAt }) => `${type} @ ${inShanghai(occurredAt)}`);

  test('CHG-01 warns an hour before, misses at the first instant after the due one', () => {
    expect(told(submitted, '2026-03-09 16:59')).toEqual([]);
    expect(told(submitted, '2026-03-09 17:00')).toEqual(['change.responseDue @ 2026-03-09 17:00']);
    expect(told(submitted, '2026-03-09 18:00')).toEqual(['change.responseDue @ 2026-03-09 17:00']);
    expect(told(submitted, shanghai('2026-03-09 18:00') + 1)).toEqual(['change.responseDue @ 2026-03-09 17:00', 'change.responseMissed @ 2026-03-09 18:00:00.001']);
  });

  test('CHG-01 what is marked is not told again, and nothing after the answer', () => {
    const { marks } = dueAlarms(submitted, { now: shanghai('2026-03-10 09:00') });
    expect(alarmsOf({ ...submitted, record: { ...submitted.record, ...marks } })).toEqual([]);
    expect(alarmsOf({ ...submitted, record: { ...submitted.record, state: 'accepted', respondedAt: 1 } })).toEqual([]);
  });

  test('D-43 the 4 h of an emergency end with its implementation, a failed attempt does not end them', () => {
    const at = shanghai('2026-03-09 14:00');
    const running = changeCase({ state: 'implementing', category: 'emergency', respondedAt: 1, implementationDueAt: at, implementationStartedAt: 1 }, { attempts: [attempt()] });
    expect(told(running, at)).toEqual([]);
    expect(told(running, at + 1)).toEqual(['change.implementationMissed @ 2026-03-09 14:00:00.001']);
    expect(told({ ...running, record: { ...running.record, implementationEndedAt: 2 } }, at + 1)).toEqual(['change.implementationMissed @ 2026-03-09 14:00:00.001']);
    expect(told({ ...running, record: { ...running.record, state: 'review', implementationEndedAt: 2 } }, at + 1)).toEqual([]);
  });

  test('CHG-06 D-44 unpaid debts are told when they are overdue, paid ones are not', () => {
    const at = shanghai('2026-03-09 18:00');
    const owing = changeCase({ state: 'review', category: 'emergency', respondedAt: 1, debtDueAt: at, implementationEndedAt: 2 });
    expect(told(owing, at)).toEqual([]);
    expect(told(owing, at + 1)).toEqual(['change.debtMissed @ 2026-03-09 18:00:00.001']);
    expect(told({ ...owing, record: { ...owing.record, debtPaidAt: 3 } }, at + 1)).toEqual([]);
  });

  test('D-22 a due instant that nothing was decided by follows the calendar; one that has been missed stays', () => {
    const wrong = { ...submitted, record: { ...submitted.record, responseDueAt: 5 } };
    expect(inShanghai(derivedDues(wrong).responseDueAt ?? null)).toBe('2026-03-09 18:00');
    expect(derivedDues({ ...wrong, record: { ...wrong.record, responseMissedAt: 6 } })).toEqual({});
    expect(derivedDues({ ...wrong, record: { ...wrong.record, respondedAt: 6, response: 'refused' } })).toEqual({});
  });
});
