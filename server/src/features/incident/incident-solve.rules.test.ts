import { describe, expect, test } from 'vitest';
import { incident, type IncidentFacts, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST, inShanghai, makeCalendars, shanghai } from '../../../../test/support/story-world.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';
import { isNewWorkingDay, type CloseInput } from './incident-solve.rules.ts';
import type { IncidentState } from './incident-states.rules.ts';

const refusal = (act: () => unknown): [string, string | null] => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.field];
    throw error;
  }
  return ['nothing was refused', null];
};

const inState: Readonly<Record<Exclude<IncidentState, 'closed'>, (facts?: Partial<IncidentFacts>) => IncidentStory>> = {
  'awaiting-assignment': (facts) => incident({ assigned: false, ...facts }),
  'in-progress': (facts) => incident(facts),
  suspended: (facts) => incident(facts).suspend(),
  'awaiting-feedback': (facts) => incident(facts).propose().accept(),
};
const full: Partial<CloseInput> = { solution: 'Replaced the disk.', causeClass: 'operation', reason: 'told so', linked: true };
const CODES = SEEDED_POLICIES.intake.closureCodes.map(({ key }) => key);

describe('D-41 INC-09 every closing code × every state', () => {
  const closable = (facts: Partial<IncidentFacts>) => Object.fromEntries(Object.entries(inState).map(([state, tell]) =>
    [state, CODES.filter((closureCode) => refusal(() => tell(facts).close({ ...full, closureCode }))[0] === 'nothing was refused')]));
  const OTHER = ['false-alarm', 'duplicate', 'with-major', 'withdrawn', 'other-process'];

  test('D-41 what a user reported: solved ones from awaiting feedback, the others before', () => {
    expect(closable({})).toEqual({ 'awaiting-assignment': OTHER, 'in-progress': OTHER, suspended: [], 'awaiting-feedback': ['successful', 'workaround'] });
  });

  test('D-41 monitoring incidents go from in progress to closed directly', () => {
    expect(closable({ category: 'monitoring' })).toMatchObject({ 'awaiting-assignment': OTHER, 'in-progress': expect.arrayContaining(['successful', 'workaround']) });
  });

  test('D-41 an unknown code is refused, a known one in the wrong state says which are possible', () => {
    expect(refusal(() => incident().close({ ...full, closureCode: 'fine' }))).toEqual(['INVALID_INPUT', 'closureCode']);
    expect(refusal(() => incident().close({ ...full, closureCode: 'successful' }))).toEqual(['MOVE_NOT_ALLOWED', 'closureCode']);
    expect(() => incident().close({ ...full, closureCode: 'successful' })).toThrow('Possible: false-alarm, duplicate, with-major, withdrawn, other-process.');
  });

  test('D-41 each with link or reason', () => {
    const needs = (closureCode: string) => refusal(() => incident().close({ closureCode }));
    expect(OTHER.map(needs)).toEqual([['MISSING_FIELD', 'reason'], ['MISSING_FIELD', 'linkedTicketId'], ['MISSING_FIELD', 'linkedTicketId'], ['MISSING_FIELD', 'reason'], ['MISSING_FIELD', 'reason']]);
  });

  test('D-41 what is left out of attainment was ended, not met', () => {
    const outcome = (told: IncidentStory) => [told.clock('resolution').outcome, told.clock('response').outcome, told.clock('resolution').metAt];
    expect(outcome(incident().close({ closureCode: 'false-alarm', reason: 'test alarm' }))).toEqual(['cancelled', 'cancelled', null]);
    expect(outcome(incident({ category: 'monitoring' }).linkCause().close({ ...full, causeClass: 'hardware-fault' }))).toEqual(['met', 'cancelled', shanghai('2026-03-02 10:00')]);
  });
});

describe('INC-09 INC-13 INC-17 what closing needs', () => {
  test('INC-17 the customer accepts first; then the desk closes', () => {
    expect(refusal(() => incident().propose().close())).toEqual(['MISSING_FIELD', 'acceptedAt']);
    const told = incident().propose().accept().close();
    expect([told.state, told.kase.ticket.closedAt, told.kase.spans.at(-1)?.toAt]).toEqual(['closed', told.now, told.now]);
  });

  test('INC-09 a cause class that the policy knows', () => {
    expect(refusal(() => incident().propose(CAST.engineer, null).accept().close())).toEqual(['MISSING_FIELD', 'causeClass']);
    expect(refusal(() => incident().propose(CAST.engineer, 'gremlins').accept().close())).toEqual(['MISSING_FIELD', 'causeClass']);
    expect(incident().propose(CAST.engineer, null).accept().close({ causeClass: 'operation' }).state).toBe('closed');
  });

  test('INC-09 a solution', () => {
    expect(refusal(() => incident({ category: 'monitoring' }).close({ causeClass: 'operation' }))).toEqual(['MISSING_FIELD', 'solution']);
  });

  test('INC-13 a fault traced to a CI is linked to it as the cause before closing', () => {
    const told = incident().propose(CAST.engineer, 'hardware-fault').accept();
    expect(refusal(() => told.close())).toEqual(['MISSING_FIELD', 'ciId']);
    told.kase.cis.push({ id: 'x', ticketId: 'incident', ciId: 'ci-2', cause: false });
    expect(refusal(() => told.close())).toEqual(['MISSING_FIELD', 'ciId']);
    expect(told.linkCause().close().state).toBe('closed');
  });
});

describe('D-41 INC-17 a customer who says nothing', () => {
  test('D-41 no answer: three attempts on three working days, then the desk may close', () => {
    const told = incident().propose().at('2026-03-03 10:00').attempt().at('2026-03-03 16:00').attempt().at('2026-03-04 10:00').attempt();
    expect(told.kase.incident.confirmationAttempts).toBe(2);
    expect(refusal(() => told.close({ closureCode: 'no-answer' }))).toEqual(['MISSING_FIELD', 'confirmationAttempts']);
    told.at('2026-03-05 09:00').attempt().close({ closureCode: 'no-answer' });
    expect([told.state, told.kase.incident.confirmationAttempts]).toEqual(['closed', 3]);
  });

  test('D-41 a working day is a date of the calendar: holidays do not count, make-up days do', () => {
    const office = makeCalendars().resolve('5x8');
    const counts = (last: string | null, at: string) => isNewWorkingDay(office, last === null ? null : shanghai(last), shanghai(at));
    expect([counts(null, '2026-03-02 23:59'), counts(null, '2026-03-07 12:00'), counts(null, '2026-02-14 12:00'), counts(null, '2026-02-16 12:00')]).toEqual([true, false, true, false]);
    expect([counts('2026-03-02 00:00', '2026-03-02 23:59:59.999'), counts('2026-03-02 23:59:59.999', '2026-03-03 00:00'), counts('2026-03-07 12:00', '2026-03-09 08:00')]).toEqual([false, true, true]);
  });

  test('D-41 a new proposal starts the count anew', () => {
    const told = incident().propose().at('2026-03-03 10:00').attempt().at('2026-03-04 10:00').attempt().refuse().propose();
    expect([told.kase.incident.confirmationAttempts, told.kase.incident.lastConfirmationAttemptAt]).toEqual([0, null]);
  });

  test('INC-17 silence reminds the desk at the end of the next working day, once after each attempt', () => {
    const told = incident().propose();
    const reminded = () => told.eventTypes().filter((type) => type === 'incident.confirmationDue').length;
    expect([told.look('2026-03-03 17:59:59.999') && reminded(), told.look('2026-03-03 18:00') && reminded(), told.look('2026-03-04 18:00') && reminded()]).toEqual([0, 1, 1]);
    told.at('2026-03-05 10:00').attempt();
    expect([told.look('2026-03-06 17:00') && reminded(), told.look('2026-03-06 18:00') && reminded()]).toEqual([1, 2]);
    expect(incident().propose().accept().look('2026-03-20 10:00').eventTypes()).not.toContain('incident.confirmationDue');
  });
});

describe('D-03 refused', () => {
  test('D-03 the clock goes on from where it stood', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 12:00').propose().at('2026-03-03 12:00').refuse();
    expect([told.state, inShanghai(told.clock('resolution').dueAt), told.clock('resolution').metAt]).toEqual(['in-progress', '2026-03-03 18:00', null]);
    // D-33: the progress clock starts anew.
    expect(inShanghai(told.clock('progress-report').dueAt)).toBe('2026-03-03 13:00');
  });

  test('D-03 by policy the wait counts', () => {
    const policies = { feedback: { ...SEEDED_POLICIES.feedback, awaitingFeedbackCounts: true } };
    const told = incident({ level: 'LV1', policies }).at('2026-03-02 12:00').propose().at('2026-03-03 12:00').refuse();
    expect([inShanghai(told.clock('resolution').breachedAt), inShanghai(told.clock('resolution').announcedAt)]).toEqual(['2026-03-02 18:00', '2026-03-03 12:00']);
  });

  test('INC-17 a refusal after an acceptance takes it back', () => {
    const told = incident().propose().accept().refuse();
    expect([told.kase.incident.acceptedAt, told.state, told.kase.workLog.at(-1)?.kind]).toEqual([null, 'in-progress', 'customer-reply']);
  });
});
