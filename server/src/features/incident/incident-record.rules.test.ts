import { describe, expect, test } from 'vitest';
import { incident, story } from '../../../../test/support/story.ts';
import { CAST, inShanghai, shanghai } from '../../../../test/support/story-world.ts';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';
import { isDeskDuty } from '../clock/clock.rules.ts';
import { isUpgrade, LEVELS, proposeLevel } from '../service-level/service-level.rules.ts';
import { intakeTimes } from './incident-record.rules.ts';

describe('INC-03 SLA-01 recording', () => {
  test('SLA-01 five clocks run from the time at which it was reported, four where nobody is to come', () => {
    const told = incident({ level: 'LV1', reportedAt: '2026-03-02 09:58', at: '2026-03-02 10:00' });
    expect(told.kase.book.clocks.filter(({ kind }) => !isDeskDuty(kind)).map(({ kind, startAt, dueAt }) => [kind, inShanghai(startAt), inShanghai(dueAt)])).toEqual([
      ['response', '2026-03-02 09:58', '2026-03-02 10:08'], ['start-of-work', '2026-03-02 09:58', '2026-03-02 10:08'], ['on-site', '2026-03-02 09:58', '2026-03-02 11:58'],
      ['resolution', '2026-03-02 09:58', '2026-03-02 17:58'], ['progress-report', '2026-03-02 09:58', '2026-03-02 10:58'],
    ]);
    expect(incident({ level: 'LV3' }).kase.book.clocks.map(({ kind }) => kind).filter((kind) => !isDeskDuty(kind))).toEqual(['response', 'start-of-work', 'resolution', 'progress-report']);
  });

  test('INC-03 occurred ≤ reported ≤ now, each side of the edge', () => {
    const now = shanghai('2026-03-02 10:00');
    const times = (occurredAt: number | null, reportedAt: number | null) => () => intakeTimes({ occurredAt, reportedAt }, { now, limitMinutes: 120, byLead: false });
    expect(times(null, null)()).toEqual({ occurredAt: null, reportedAt: now });
    expect(times(now, now)()).toEqual({ occurredAt: now, reportedAt: now });
    expect(times(null, now + 1)).toThrow('"reportedAt" must not be in the future.');
    expect(times(now - 5, now - 6)).toThrow('"occurredAt" must not be after "reportedAt".');
  });

  test('INC-19 a call of two hours ago is still recorded by the desk, an earlier one by a lead', () => {
    const now = shanghai('2026-03-02 10:00');
    const reported = (reportedAt: number, byLead: boolean) => () => intakeTimes({ occurredAt: null, reportedAt }, { now, limitMinutes: 120, byLead }).reportedAt;
    expect(reported(shanghai('2026-03-02 08:00'), false)()).toBe(shanghai('2026-03-02 08:00'));
    expect(reported(shanghai('2026-03-02 08:00') - 1, false)).toThrow('"reportedAt" lies more than 120 min back: a team lead must record it.');
    expect(reported(shanghai('2026-03-02 08:00') - 1, true)()).toBe(shanghai('2026-03-02 08:00') - 1);
  });

  test('INC-04 the matrix proposes: impact and urgency 1 (high) to 3', () => {
    const matrix = [1, 2, 3].map((impact) => [1, 2, 3].map((urgency) => proposeLevel(SEEDED_POLICIES['priority-matrix'], impact, urgency)));
    expect(matrix).toEqual([['LV1', 'LV2', 'LV3'], ['LV2', 'LV3', 'LV4'], ['LV3', 'LV4', 'LV4']]);
    for (const [impact, urgency] of [[0, 1], [4, 1], [1, 0], [1, 4], [1.5, 1]] as const) expect(() => proposeLevel(SEEDED_POLICIES['priority-matrix'], impact, urgency)).toThrow('must be 1 (high) to 3 (low)');
  });

  test('INC-24 up means more severe', () => {
    expect(LEVELS.map((from) => LEVELS.filter((to) => isUpgrade(from, to)).join(''))).toEqual(['', 'LV1', 'LV1LV2', 'LV1LV2LV3']);
  });

  test('INC-26 every level carries its criteria and examples in both languages', () => {
    for (const level of LEVELS) {
      const { criteria, examples } = SEEDED_POLICIES['level-table'].levels[level];
      for (const text of [criteria.zh, criteria.en, examples.zh, examples.en]) expect(text.length).toBeGreaterThan(4);
    }
  });
});

describe('INC-05 assignment on confirmation', () => {
  test('INC-05 D-20 LV1 to the technical manager in person, LV2 and the others to their team', () => {
    const given = LEVELS.map((level) => {
      const { kase, state } = incident({ assigned: false }).confirm(level);
      return [kase.ticket.teamId, kase.ticket.holderId, state, kase.incident.started];
    });
    expect(given).toEqual([
      ['managers', 'tm', 'in-progress', false], ['seniors', null, 'awaiting-assignment', false], ['engineers', null, 'awaiting-assignment', false], ['engineers', null, 'awaiting-assignment', false],
    ]);
  });

  test('INC-05 notices are sent although it lies with somebody already, who keeps it', () => {
    const told = incident({ assigned: false }).assign('engineer', 'engineers').confirm('LV1');
    expect([told.kase.ticket.holderId, told.kase.incident.level, told.state]).toEqual(['engineer', 'LV1', 'in-progress']);
    expect(told.event('incident.levelConfirmed').after).toMatchObject({ teamId: 'engineers', holderId: 'engineer', notified: ['service-delivery-manager', 'department-manager', 'sales', 'executive'] });
  });

  test('INC-04 confirming another level than proposed judges the clocks from the start', () => {
    const told = incident({ level: 'LV3', assigned: false }).at('2026-03-02 10:04').confirm('LV1');
    expect([inShanghai(told.clock('response').dueAt), told.kase.incident.highestLevel]).toEqual(['2026-03-02 10:10', 'LV1']);
  });

  test('D-20 given to a team alone it stays awaiting assignment; given to a person it is in progress, not started', () => {
    const told = incident({ assigned: false }).assign(null, 'seniors');
    expect([told.state, told.kase.ticket.teamId]).toEqual(['awaiting-assignment', 'seniors']);
    expect([told.assign('senior').state, told.kase.incident.started]).toEqual(['in-progress', false]);
  });

  test('D-20 in progress it cannot lose its person, and another team gets it by handoff only', () => {
    expect(() => incident().assign(null)).toThrow('say which person gets it');
    expect(() => incident().assign('senior', 'seniors')).toThrow('Another team gets it by a handoff');
    expect(incident().assign('colleague').kase.ticket.holderId).toBe('colleague');
  });

  test('HND-02 the first person becomes first contact, and stays it', () => {
    const told = incident({ assigned: false });
    told.kase.incident.firstContactEngineerId = null;
    told.assign('colleague', 'engineers').assign('engineer').handOver('seniors').acceptHandoff();
    expect(told.kase.incident.firstContactEngineerId).toBe('colleague');
  });
});

describe('D-05 D-06 D-20 response and start of work', () => {
  test('D-05 starting work does not answer the caller', () => {
    const told = incident().start();
    expect([told.clock('start-of-work').outcome, told.clock('response').outcome, told.kase.incident.started]).toEqual(['met', 'none', true]);
  });

  test('D-05 where there is no caller, a person\'s taking it meets the response, and starting does', () => {
    expect(incident({ category: 'monitoring' }).clock('response').outcome).toBe('none');
    expect(incident({ category: 'monitoring' }).start().clock('response').outcome).toBe('met');
    const taken = incident({ category: 'monitoring', assigned: false }).assign(null, 'engineers').at('2026-03-02 10:05').take();
    expect([taken.clock('response').outcome, inShanghai(taken.kase.incident.respondedAt)]).toEqual(['met', '2026-03-02 10:05']);
    expect(incident({ assigned: false }).assign(null, 'engineers').take().clock('response').outcome).toBe('none');
  });

  test('D-06 by telephone it counts, reached or an attempt logged with its number', () => {
    expect(incident().respond().clock('response').outcome).toBe('met');
    expect(incident().respond(CAST.engineer, {}, { reached: false, phoneNumber: '010-1' }).clock('response').outcome).toBe('met');
    expect(() => incident().respond(CAST.engineer, {}, { reached: false })).toThrow('needs the number');
  });

  test('D-06 another channel counts only where the agreement says so; it is logged either way', () => {
    const told = incident().respond(CAST.engineer, {}, { channel: 'chat' });
    expect([told.clock('response').outcome, told.kase.incident.respondedAt, told.kase.workLog.length]).toEqual(['none', null, 1]);
    const agreed = story.customer().agreement(null, { responseChannels: ['chat'] }).incident().respond(CAST.engineer, {}, { channel: 'chat' });
    expect(agreed.clock('response').outcome).toBe('met');
  });

  test('D-06 an automatic message never is a response; an integrator names the person', () => {
    const token = { ...CAST.engineer, kind: 'token' as const };
    expect(() => incident().respond(token)).toThrow('made by a person');
    expect(incident().respond({ ...token, onBehalfOf: 'Ann' }).kase.workLog[0]?.authorName).toBe('Ann');
  });

  test('AGR-04 the VIP tier by day: 1 h to respond, 2 h to solve, earlier than the table', () => {
    const told = story.customer().agreement('vip').incident({ level: 'LV3' });
    expect([inShanghai(told.clock('response').dueAt), inShanghai(told.clock('resolution').dueAt)]).toEqual(['2026-03-02 11:00', '2026-03-02 12:00']);
  });

  test('INC-06 entries that mean more than their text have commands of their own', () => {
    for (const kind of ['arrival', 'first-contact', 'solution', 'urge', 'answer'] as const) expect(() => incident().log(kind)).toThrow('is made by the command');
    for (const kind of ['note', 'call', 'mail', 'visit', 'progress-report'] as const) expect(incident().log(kind).kase.workLog[0]?.kind).toBe(kind);
  });

  test('INC-27 urges are counted, dated and answered', () => {
    const told = incident().at('2026-03-02 10:30').urge().at('2026-03-02 10:40').urge(CAST.desk).answer();
    expect([told.kase.ticket.urgeCount, inShanghai(told.kase.ticket.lastUrgedAt), told.kase.workLog.map(({ kind }) => kind)]).toEqual([2, '2026-03-02 10:40', ['urge', 'urge', 'answer']]);
  });
});
