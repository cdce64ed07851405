import { describe, expect, test } from 'vitest';
import { incident, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST, inShanghai } from '../../../../test/support/story-world.ts';
import { DESK_DUTIES, type DeskDuty } from '../clock/clock.rules.ts';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';

// 2026-03-02 is a Monday. The desk of these stories is staffed around the clock unless it says otherwise (D-13).
const duty = (told: IncidentStory, kind: DeskDuty) => {
  const { outcome, dueAt, breachedAt } = told.clock(kind);
  return [outcome, inShanghai(dueAt), inShanghai(breachedAt)];
};
const recorded = (facts: Parameters<typeof incident>[0] = {}) => incident({ assigned: false, ...facts });

describe('SLA-08 dispatch', () => {
  test('SLA-08 D-46 within 10 min of the intake saved, not of the report: exactly then is in time, a second later is not', () => {
    const late = () => recorded({ reportedAt: '2026-03-02 09:30', at: '2026-03-02 10:00' });
    expect(duty(late(), 'desk-dispatch')).toEqual(['none', '2026-03-02 10:10', null]);
    expect(duty(late().at('2026-03-02 10:10').assign('engineer', 'engineers'), 'desk-dispatch')).toEqual(['met', '2026-03-02 10:10', null]);
    expect(duty(late().at('2026-03-02 10:10:01').assign('engineer', 'engineers'), 'desk-dispatch')).toEqual(['met', '2026-03-02 10:10', '2026-03-02 10:10']);
  });

  test('SLA-08 another team or a person takes it out of the intake\'s hands; a confirmation that moves nothing does not', () => {
    expect(duty(recorded().confirm('LV2'), 'desk-dispatch')[0]).toBe('met');
    expect(duty(recorded().assign(null, 'engineers'), 'desk-dispatch')[0]).toBe('met');
    expect(duty(recorded().take(CAST.desk), 'desk-dispatch')[0]).toBe('met');
    expect(duty(recorded().urge().log('call'), 'desk-dispatch')[0]).toBe('none');
  });

  test('SLA-08 closing ends what is owed without meeting it', () => {
    const told = recorded().close({ closureCode: 'withdrawn', reason: 'Called again: it works' });
    expect(told.clock('desk-dispatch')).toMatchObject({ outcome: 'cancelled', state: 'stopped', nextAt: null });
  });
});

describe('SLA-08 confirming execution', () => {
  test('SLA-08 D-46 within 30 min of the dispatch, both sides', () => {
    const dispatched = () => recorded().at('2026-03-02 10:04').assign('engineer', 'engineers');
    expect(duty(dispatched(), 'desk-confirm')).toEqual(['none', '2026-03-02 10:34', null]);
    expect(duty(dispatched().at('2026-03-02 10:34').confirmExecution(), 'desk-confirm')).toEqual(['met', '2026-03-02 10:34', null]);
    expect(duty(dispatched().at('2026-03-02 10:34:01').confirmExecution(), 'desk-confirm')).toEqual(['met', '2026-03-02 10:34', '2026-03-02 10:34']);
  });

  test('SLA-08 the engineer who has started confirms it by that, and there is nothing left to confirm', () => {
    const told = incident().at('2026-03-02 10:20').start();
    expect(duty(told, 'desk-confirm')[0]).toBe('met');
    expect(told.lacks('confirmExecution', CAST.desk)).toEqual(['MOVE_NOT_ALLOWED']);
  });

  test('SLA-08 INC-19 a late entry from before the dispatch counts from the dispatch, never before it', () => {
    const told = incident({ reportedAt: '2026-03-02 09:30', at: '2026-03-02 10:00' }).at('2026-03-02 10:05').start(CAST.engineer, { occurredAt: '2026-03-02 10:01' });
    expect(told.clock('desk-confirm')).toMatchObject({ outcome: 'met', breachedAt: null });
  });
});

describe('SLA-08 a visit delayed or missed', () => {
  test('SLA-08 D-46 the user contacted and the visit dispatched again within 10 min of the notice, both sides', () => {
    const noticed = () => incident().at('2026-03-02 14:00').visitDelayed();
    expect(duty(noticed().at('2026-03-02 14:10').redispatch(), 'desk-redispatch')).toEqual(['met', '2026-03-02 14:10', null]);
    expect(duty(noticed().at('2026-03-02 14:10:01').redispatch(), 'desk-redispatch')).toEqual(['met', '2026-03-02 14:10', '2026-03-02 14:10']);
  });

  test('SLA-08 each notice is a duty of its own, one at a time', () => {
    const told = incident().at('2026-03-02 14:00').visitDelayed();
    expect(told.lacks('noticeVisitDelay', CAST.engineer)).toEqual(['MOVE_NOT_ALLOWED']);
    told.at('2026-03-02 14:05').redispatch().at('2026-03-02 16:00').visitDelayed();
    expect(told.kase.book.clocks.filter(({ kind }) => kind === 'desk-redispatch').map(({ outcome, startAt }) => [outcome, inShanghai(startAt)]))
      .toEqual([['met', '2026-03-02 14:00'], ['none', '2026-03-02 16:00']]);
  });

  test('SLA-08 INC-06 what was said to the user is the customer\'s to read, who goes now is not', () => {
    const told = incident().visitDelayed().redispatch();
    expect(told.kase.workLog.slice(-2).map(({ text, customerVisible }) => [text, customerVisible])).toEqual([['Told the user.', true], ['Li goes at two.', false]]);
  });
});

describe('SLA-08 an abnormal event', () => {
  test('SLA-08 D-46 passed to the project manager within 20 min of the notice, both sides; the entry names them', () => {
    const noticed = () => incident().at('2026-03-02 14:00').abnormal();
    expect(duty(noticed().at('2026-03-02 14:20').passAbnormal(), 'desk-abnormal')).toEqual(['met', '2026-03-02 14:20', null]);
    const late = noticed().at('2026-03-02 14:20:01').passAbnormal();
    expect(duty(late, 'desk-abnormal')).toEqual(['met', '2026-03-02 14:20', '2026-03-02 14:20']);
    expect(late.event('deskDuty.abnormalPassed').after).toMatchObject({ to: 'pm', name: 'Mr Pan' });
  });
});

describe('D-46 the desk\'s own hours', () => {
  test('D-46 D-13 around the clock where a 7×24 team acts as desk, else the desk\'s staffed hours', () => {
    const told = incident({ at: '2026-03-06 17:55' });
    told.deskCalendarRef = '5x8';
    expect(duty(told.at('2026-03-06 17:55').visitDelayed(), 'desk-redispatch')[1]).toBe('2026-03-09 09:05');
    expect(duty(incident({ at: '2026-03-06 17:55' }).visitDelayed(), 'desk-redispatch')[1]).toBe('2026-03-06 18:05');
  });

  test('D-46 SLA-03 they are the desk\'s and go on while the incident is suspended', () => {
    const told = incident().at('2026-03-02 14:00').visitDelayed().suspend();
    expect(told.clock('desk-redispatch')).toMatchObject({ state: 'running', outcome: 'none' });
    expect(told.clock('resolution').state).toBe('paused');
  });

  test('D-46 a miss is a fact of its own and no breach: nobody is alarmed, and who held it is kept', () => {
    const told = recorded().look('2026-03-02 10:11');
    const missed = told.events.filter(({ type }) => type === 'deskDuty.missed');
    expect(missed.map(({ after }) => after)).toMatchObject([{ clock: 'desk-dispatch', teamId: 'desk' }]);
    expect(told.events.filter(({ type, after }) => (type === 'clock.breached' || type === 'clock.warned') && DESK_DUTIES.some((kind) => kind === (after as { clock: string }).clock))).toEqual([]);
  });

  test('SLA-13 SLA-08 an edit of the policy is followed by what is owed, what was met stays as it was judged', () => {
    const told = incident().at('2026-03-02 14:00').abnormal();
    told.at('2026-03-02 14:10').editPolicy('desk', { ...SEEDED_POLICIES.desk, abnormalMinutes: 40, dispatchMinutes: 1 }).look();
    expect(duty(told, 'desk-abnormal')[1]).toBe('2026-03-02 14:40');
    expect(told.clock('desk-dispatch')).toMatchObject({ outcome: 'met', policy: 'desk v1 24x7' });
  });
});
