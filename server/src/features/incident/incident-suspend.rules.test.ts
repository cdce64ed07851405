import { describe, expect, test } from 'vitest';
import { incident, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST, inShanghai, shanghai } from '../../../../test/support/story-world.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';
import { openSuspension } from './incident-case.rules.ts';
import { nextReminder } from './incident-remind.rules.ts';

const refusal = (act: () => unknown): [string, string | null] => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.field];
    throw error;
  }
  return ['nothing was refused', null];
};
const clocks = (told: IncidentStory) => told.kase.book.clocks.map(({ kind, state }) => `${kind} ${state}`);

describe('INC-07 INC-28 suspending', () => {
  test('INC-07 a suspended incident does not breach, nor warn, nor escalate', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:04').suspend().look('2026-03-09 10:00');
    expect([told.firings(), clocks(told)]).toEqual([[], ['response paused', 'start-of-work paused', 'on-site paused', 'resolution paused', 'progress-report paused', 'desk-dispatch stopped', 'desk-confirm paused']]);
  });

  test('D-14 suspended before the first response, the response clock pauses too and goes on with what is left', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:04').suspend().at('2026-03-02 15:00').resume();
    expect(inShanghai(told.clock('response').dueAt)).toBe('2026-03-02 15:06');
    expect(told.look('2026-03-02 15:06').clock('response').breachedAt).toBeNull();
    expect(inShanghai(told.look('2026-03-02 15:06:00.001').clock('response').breachedAt)).toBe('2026-03-02 15:06');
  });

  test('INC-28 the category must be one of the policy\'s, and "other" needs a text', () => {
    expect(refusal(() => incident().suspend(CAST.engineer, { category: 'lunch' }))).toEqual(['INVALID_INPUT', 'category']);
    expect(refusal(() => incident().suspend(CAST.engineer, { category: 'other' }))).toEqual(['MISSING_FIELD', 'text']);
    expect(incident().suspend(CAST.engineer, { category: 'other', text: 'Moving house' }).state).toBe('suspended');
    for (const { key } of SEEDED_POLICIES.suspension.reasons) expect(incident().suspend(CAST.engineer, { category: key, text: 'x' }).state).toBe('suspended');
  });

  test('D-21 a reason that by policy pauses nothing lets every clock run', () => {
    const told = incident({ level: 'LV1' }).suspend(CAST.engineer, { category: 'contracted-vendor' }).look('2026-03-02 10:10:00.001');
    expect([told.state, inShanghai(told.clock('response').breachedAt)]).toEqual(['suspended', '2026-03-02 10:10']);
    expect(told.at('2026-03-02 11:00').resume().clock('resolution').state).toBe('running');
  });

  test('INC-08 it must say when it should end, in the future', () => {
    const at = shanghai('2026-03-02 10:00');
    expect(refusal(() => incident().suspend(CAST.engineer, { expectedEndAt: null }))).toEqual(['MISSING_FIELD', 'expectedEndAt']);
    expect(refusal(() => incident().suspend(CAST.engineer, { expectedEndAt: at }))).toEqual(['OUT_OF_RANGE', 'expectedEndAt']);
    expect(incident().suspend(CAST.engineer, { expectedEndAt: at + 1 }).state).toBe('suspended');
  });

  test('INC-08 past the policy\'s length a lead approves, by doing it', () => {
    const policies = { suspension: { ...SEEDED_POLICIES.suspension, approvalPastWorkingDays: 2 } };
    // Monday; two working days end on Wednesday 18:00.
    const limit = shanghai('2026-03-04 18:00');
    expect(incident({ policies }).suspend(CAST.engineer, { expectedEndAt: limit }).state).toBe('suspended');
    expect(refusal(() => incident({ policies }).suspend(CAST.engineer, { expectedEndAt: limit + 1 }))).toEqual(['APPROVAL_NEEDED', 'expectedEndAt']);
    expect(incident({ policies }).suspend(CAST.lead, { expectedEndAt: limit + 1 }).state).toBe('suspended');
  });

  test('INC-07 any number of times; each is lifted by a resume of its own', () => {
    const told = incident();
    for (let spell = 0; spell < 5; spell += 1) told.suspend().resume();
    expect([told.state, told.kase.suspensions.length, told.kase.suspensions.every(({ toAt }) => toAt !== null)]).toEqual(['in-progress', 5, true]);
    expect(refusal(() => told.resume())).toEqual(['MOVE_NOT_ALLOWED', 'state']);
  });

  test('INC-28 the resume leaves a work-log entry', () => {
    const told = incident().suspend().resume();
    expect(told.kase.workLog.map(({ kind, text }) => [kind, text])).toEqual([['note', 'The customer called back.']]);
  });

  test('SLA-04 a handoff while suspended leaves it suspended; the receiver resumes', () => {
    const told = incident().suspend().handOver('seniors').acceptHandoff();
    expect([told.state, told.kase.ticket.holderId]).toEqual(['suspended', 'senior']);
    expect(told.resume(CAST.senior).state).toBe('in-progress');
  });
});

describe('INC-08 D-49 long, repeated and overdue', () => {
  test('D-49 the third spell is flagged, the second is not', () => {
    const told = incident().suspend().resume().suspend();
    expect(openSuspension(told.kase)?.flagged).toBe(false);
    expect(openSuspension(told.resume().suspend().kase)?.flagged).toBe(true);
  });

  test('D-49 flagged as long at the end of the third working day, once', () => {
    const told = incident().suspend(CAST.engineer, { expectedEndAt: shanghai('2026-03-20 10:00') });
    expect(inShanghai(nextReminder(told.kase, told.context(CAST.nobody), told.calendars))).toBe('2026-03-05 18:00');
    expect(openSuspension(told.look('2026-03-05 17:59:59.999').kase)?.flagged).toBe(false);
    expect(openSuspension(told.look('2026-03-05 18:00').kase)?.flagged).toBe(true);
    told.look('2026-03-06 10:00');
    expect(told.eventTypes().filter((type) => type === 'suspension.grewLong')).toHaveLength(1);
  });

  test('INC-08 the owner is reminded once when the expected end passes; it does not resume by itself', () => {
    const told = incident().suspend(CAST.engineer, { expectedEndAt: shanghai('2026-03-02 12:00') });
    expect(told.look('2026-03-02 11:59:59.999').eventTypes()).not.toContain('suspension.overdue');
    expect(told.look('2026-03-02 12:00').event('suspension.overdue').after).toMatchObject({ reminded: 'engineer' });
    told.look('2026-03-02 13:00');
    expect([told.state, told.eventTypes().filter((type) => type === 'suspension.overdue').length]).toEqual(['suspended', 1]);
  });
});

describe('D-37 the customer\'s word', () => {
  test('D-37 the clocks count from the instant at which it arrived, not from the click', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:04').suspend().at('2026-03-02 11:00').feedback().at('2026-03-02 11:05').resume();
    expect(inShanghai(told.clock('response').dueAt)).toBe('2026-03-02 11:06');
    expect([inShanghai(told.kase.suspensions[0]!.toAt), told.kase.incident.feedbackArrivedAt]).toEqual(['2026-03-02 11:00', null]);
  });

  test('D-37 nobody gains by waiting: what passed between word and resume may have breached', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:04').suspend().at('2026-03-02 11:00').feedback().at('2026-03-02 12:00');
    expect(told.look().firings()).toEqual([]);
    told.resume();
    expect([inShanghai(told.clock('response').breachedAt), inShanghai(told.clock('response').announcedAt)]).toEqual(['2026-03-02 11:06', '2026-03-02 12:00']);
  });

  test('INC-07 assignee and first contact are alerted at once; a person resumes', () => {
    const told = incident().handOver('seniors').acceptHandoff().suspend(CAST.senior).feedback();
    expect(told.event('incident.feedbackArrived').after).toMatchObject({ suspended: true, alerted: ['senior', 'engineer'] });
    expect(told.state).toBe('suspended');
  });

  test('D-37 the first word counts, a second one does not move it', () => {
    const told = incident().suspend().at('2026-03-02 11:00').feedback().at('2026-03-02 11:30').feedback().at('2026-03-02 12:00').resume();
    expect(inShanghai(told.kase.suspensions[0]!.toAt)).toBe('2026-03-02 11:00');
  });

  test('D-37 a word before the suspension does not end it, and one on a running incident marks nothing', () => {
    const told = incident().at('2026-03-02 10:30').suspend().at('2026-03-02 10:40').feedback(CAST.engineer, { occurredAt: '2026-03-02 10:20' });
    expect(told.kase.incident.feedbackArrivedAt).toBeNull();
    expect(incident().feedback().kase.incident.feedbackArrivedAt).toBeNull();
  });

  test('D-37 a new suspension waits for a new word', () => {
    const told = incident().suspend().at('2026-03-02 11:00').feedback().resume().at('2026-03-02 12:00').suspend().at('2026-03-02 13:00').resume();
    expect(inShanghai(told.kase.suspensions[1]!.toAt)).toBe('2026-03-02 13:00');
  });
});

describe('INC-19 late entries', () => {
  test('INC-19 called 10:03, suspended 10:10, the call typed 10:25: it counts from 10:03', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:10').suspend().at('2026-03-02 10:25').respond(CAST.engineer, { occurredAt: '2026-03-02 10:03' });
    expect([told.clock('response').outcome, inShanghai(told.clock('response').metAt), told.clock('response').breachedAt]).toEqual(['met', '2026-03-02 10:03', null]);
    const [entry] = told.kase.workLog;
    expect([inShanghai(entry!.occurredAt), inShanghai(entry!.recordedAt), entry!.lateReason]).toEqual(['2026-03-02 10:03', '2026-03-02 10:25', 'Was on the phone']);
  });

  test('INC-19 SLA-14 the breach announced meanwhile is withdrawn by an entry of its own', () => {
    const told = incident({ level: 'LV1' }).look('2026-03-02 10:12');
    expect(inShanghai(told.clock('response').breachedAt)).toBe('2026-03-02 10:10');
    told.at('2026-03-02 10:25').respond(CAST.engineer, { occurredAt: '2026-03-02 10:03' });
    expect(told.clock('response').breachedAt).toBeNull();
    expect(told.events.filter(({ type }) => type === 'clock.firingWithdrawn').map(({ before, reason }) => [(before as { step: string }).step, reason]))
      .toEqual([['warning-50', 'Was on the phone'], ['warning-75', 'Was on the phone'], ['warning-90', 'Was on the phone'], ['breach', 'Was on the phone']]);
  });

  test('INC-19 a late suspension may reach back to the last move, not behind it', () => {
    const told = (): IncidentStory => incident().at('2026-03-02 10:20').suspend().at('2026-03-02 10:30').resume().at('2026-03-02 11:00');
    expect(refusal(() => told().suspend(CAST.engineer, {}, { occurredAt: '2026-03-02 10:29:59' }))).toEqual(['OUT_OF_RANGE', 'occurredAt']);
    expect(inShanghai(openSuspension(told().suspend(CAST.engineer, {}, { occurredAt: '2026-03-02 10:30' }).kase)!.fromAt)).toBe('2026-03-02 10:30');
  });

  test('INC-19 a response is never dated before the last one, nor before the record', () => {
    const told = incident().at('2026-03-02 10:05').respond().at('2026-03-02 10:30');
    expect(refusal(() => told.respond(CAST.engineer, { occurredAt: '2026-03-02 10:04' }))).toEqual(['OUT_OF_RANGE', 'occurredAt']);
    expect(refusal(() => incident().at('2026-03-02 10:30').respond(CAST.engineer, { occurredAt: '2026-03-02 09:59:59' }))).toEqual(['OUT_OF_RANGE', 'occurredAt']);
  });

  test('INC-19 a progress report is never dated before the last one', () => {
    const told = incident().at('2026-03-02 11:00').log('progress-report').at('2026-03-02 11:30');
    expect(refusal(() => told.log('progress-report', CAST.engineer, { occurredAt: '2026-03-02 10:59' }))).toEqual(['OUT_OF_RANGE', 'occurredAt']);
    expect(inShanghai(told.log('progress-report', CAST.engineer, { occurredAt: '2026-03-02 11:10' }).clock('progress-report').dueAt)).toBe('2026-03-02 13:10');
  });

  test('INC-19 beyond two hours a lead enters it', () => {
    const told = (): IncidentStory => incident({ level: 'LV4' }).at('2026-03-02 12:30');
    expect(refusal(() => told().respond(CAST.engineer, { occurredAt: '2026-03-02 10:29:59' }))).toEqual(['APPROVAL_NEEDED', 'occurredAt']);
    expect(told().respond(CAST.lead, { occurredAt: '2026-03-02 10:29:59' }).clock('response').outcome).toBe('met');
  });

  test('D-19 after a late entry nothing is dated before the instant at which it was typed', () => {
    // LV4: no threshold falls due meanwhile, which would be dated too.
    const told = incident({ level: 'LV4' }).at('2026-03-02 10:25').respond(CAST.engineer, { occurredAt: '2026-03-02 10:03' }).at('2026-03-02 10:10').suspend();
    expect(inShanghai(openSuspension(told.kase)!.fromAt)).toBe('2026-03-02 10:25');
  });
});
