import { describe, expect, test } from 'vitest';
import { incident, waiting } from '../../../../test/support/story.ts';
import { CAST, inShanghai } from '../../../../test/support/story-world.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { LEVELS } from '../service-level/service-level.rules.ts';

const LEAD_DECIDES = ['LV2→LV1', 'LV3→LV1', 'LV4→LV1', 'LV3→LV2', 'LV4→LV2', 'LV4→LV3', 'LV1→LV2', 'LV1→LV3', 'LV1→LV4'];

describe('INC-04 D-35 who decides each pair of levels', () => {
  for (const from of LEVELS) {
    for (const to of LEVELS.filter((level) => level !== from)) {
      const waits = LEAD_DECIDES.includes(`${from}→${to}`);
      test(`D-35 ${from} → ${to} by an engineer ${waits ? 'waits for the lead; until then the old level\'s clocks run' : 'takes effect at once'}`, () => {
        const told = incident({ level: from });
        const before = told.clock('resolution').dueAt;
        told.regrade(to, CAST.engineer);
        expect([told.kase.incident.level, told.kase.requests.length, told.clock('resolution').dueAt === before]).toEqual(waits ? [from, 1, true] : [to, 0, false]);
      });

      test(`D-35 ${from} → ${to} by the lead takes effect at once`, () => {
        const told = incident({ level: from }).regrade(to, CAST.lead);
        expect([told.kase.incident.level, told.kase.requests]).toEqual([to, []]);
      });
    }
  }

  test('D-35 the same level is no re-grade', () => {
    expect(() => incident({ level: 'LV3' }).regrade('LV3')).toThrow('The incident is LV3 already.');
  });

  test('D-35 approved: the clocks are recomputed from the start', () => {
    const told = incident({ level: 'LV3' }).at('2026-03-02 10:06').regrade('LV1', CAST.engineer).at('2026-03-02 10:20').decide(true);
    expect([told.kase.incident.level, inShanghai(told.clock('response').breachedAt), inShanghai(told.clock('response').announcedAt)]).toEqual(['LV1', '2026-03-02 10:10', '2026-03-02 10:20']);
    expect(told.kase.requests[0]).toMatchObject({ state: 'approved', decidedBy: 'lead' });
  });

  test('D-35 refused with a reason it stays; without one it is not decided', () => {
    const told = incident({ level: 'LV3' }).regrade('LV1', CAST.engineer);
    expect(() => told.decide(false)).toThrow(Refusal);
    told.decide(false, CAST.lead, 'Only one mailbox');
    expect([told.kase.incident.level, told.kase.requests[0]?.state, told.lacks('regradeIncident', CAST.engineer)]).toEqual(['LV3', 'refused', []]);
  });
});

describe('SLA-05 the clocks of the new level', () => {
  test('D-34 an up-grade brings the on-site clock, from the incident\'s start; a down-grade cancels it', () => {
    const told = incident({ level: 'LV3' }).at('2026-03-02 10:30').regrade('LV2');
    expect([inShanghai(told.clock('on-site').startAt), inShanghai(told.clock('on-site').dueAt)]).toEqual(['2026-03-02 10:00', '2026-03-02 14:00']);
    expect(told.at('2026-03-02 10:40').regrade('LV3').clock('on-site').outcome).toBe('cancelled');
  });

  test('SLA-05 down and up again it is back, counted from the start', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:30').regrade('LV3').at('2026-03-02 13:00').regrade('LV2');
    const clock = told.clock('on-site');
    expect([clock.outcome, clock.state, inShanghai(clock.startAt), inShanghai(clock.dueAt), clock.breachedAt]).toEqual(['none', 'running', '2026-03-02 10:00', '2026-03-02 14:00', null]);
  });

  test('D-34 "remote is enough" outlives a re-grade, in whatever level it was said', () => {
    const said = incident({ level: 'LV1' }).onSite(false).regrade('LV3').regrade('LV2');
    expect(said.clock('on-site').outcome).toBe('cancelled');
    const before = incident({ level: 'LV3' }).onSite(false).at('2026-03-02 10:30').regrade('LV1');
    expect([before.clock('on-site').outcome, before.look('2026-03-02 20:00').clock('on-site').breachedAt]).toEqual(['cancelled', null]);
  });

  test('D-34 an arrival before the up-grade meets the clock that it brings', () => {
    const told = incident({ level: 'LV3' }).at('2026-03-02 11:00').arrive().at('2026-03-02 15:00').regrade('LV1');
    expect([told.clock('on-site').outcome, inShanghai(told.clock('on-site').metAt), told.clock('on-site').breachedAt]).toEqual(['met', '2026-03-02 11:00', null]);
  });

  test('SLA-05 D-49 a waiting handoff ages by the new level', () => {
    const told = incident({ level: 'LV3' }).at('2026-03-02 10:30').handOver('seniors');
    expect(inShanghai(told.clock('handoff').dueAt)).toBe('2026-03-03 10:30');
    told.at('2026-03-02 10:45').regrade('LV1', CAST.seniorLead);
    expect([inShanghai(told.clock('handoff').dueAt), waiting(told)?.ageingStep]).toEqual(['2026-03-02 11:30', 1]);
  });

  test('SLA-05 re-graded while suspended it stays paused, with what the new target leaves', () => {
    const told = incident({ level: 'LV3' }).at('2026-03-02 10:30').suspend().at('2026-03-02 11:00').regrade('LV2');
    expect([told.clock('resolution').state, told.clock('resolution').remainingMs]).toEqual(['paused', (24 * 60 - 30) * 60_000]);
  });

  test('D-42 the highest level in its life counts confirmed ones only', () => {
    const told = incident({ level: 'LV3' });
    told.regrade('LV1').regrade('LV4');
    expect(told.kase.incident.highestLevel).toBe('LV1');
    expect(incident({ level: 'LV1', assigned: false }).confirm('LV3').kase.incident.highestLevel).toBe('LV3');
    expect(incident({ level: 'LV1', assigned: false }).regrade('LV4', CAST.technicalManager).kase.incident.highestLevel).toBe('LV4');
  });
});

describe('INC-24 assignment and notices again', () => {
  test('INC-24 up-grading to LV1 informs as a new LV1 does', () => {
    const regraded = incident({ level: 'LV2' }).regrade('LV1').event('incident.regraded').after as { notified: unknown };
    const confirmed = incident({ assigned: false }).confirm('LV1').event('incident.levelConfirmed').after as { notified: unknown };
    expect([regraded.notified, confirmed.notified]).toEqual([['service-delivery-manager', 'department-manager', 'sales', 'executive'], ['service-delivery-manager', 'department-manager', 'sales', 'executive']]);
  });

  test('INC-24 nobody works on it yet: it goes to those who take the new level, LV1 to the technical manager in person', () => {
    const told = incident({ level: 'LV3', assigned: false }).confirm('LV3').regrade('LV2', CAST.lead);
    expect([told.kase.ticket.teamId, told.kase.ticket.holderId, told.state]).toEqual(['seniors', null, 'awaiting-assignment']);
    told.regrade('LV1', CAST.seniorLead);
    expect([told.kase.ticket.teamId, told.kase.ticket.holderId, told.state]).toEqual(['managers', 'tm', 'in-progress']);
  });

  test('INC-24 somebody works on it: it is not torn away, the level\'s team is proposed', () => {
    const told = incident({ level: 'LV3' }).regrade('LV2');
    expect([told.kase.ticket.teamId, told.kase.ticket.holderId]).toEqual(['engineers', 'engineer']);
    expect(told.event('incident.regraded').after).toMatchObject({ level: 'LV2', proposedTeamId: 'seniors' });
  });

  test('INC-24 a waiting handoff is not torn away either', () => {
    const told = incident({ level: 'LV3', assigned: false }).handOver('seniors', CAST.desk).regrade('LV1', CAST.seniorLead);
    expect([told.kase.ticket.teamId, told.kase.ticket.holderId, waiting(told)?.toTeamId]).toEqual(['seniors', null, 'seniors']);
  });
});
