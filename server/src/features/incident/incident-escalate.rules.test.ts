import { describe, expect, test } from 'vitest';
import { incident, story, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST, inShanghai } from '../../../../test/support/story-world.ts';
import { Refusal } from '../../kernel/refusal.ts';

const rows = (told: IncidentStory) => told.kase.escalations.map(({ step, dueAt, firedAt, early, manual, late }) => [step, inShanghai(dueAt), inShanghai(firedAt), { early, manual, late }] as const);
const resolution = (told: IncidentStory) => told.firings('resolution').map((line) => line.replace('resolution ', ''));

describe('SLA-02 D-32 the steps of every level', () => {
  test('D-32 LV1: second line after 30 min, incident manager after 4 h, escalations after 8 and 12 h', () => {
    expect(resolution(incident({ level: 'LV1' }).look('2026-03-03 00:00'))).toEqual([
      'functional-1 @ 2026-03-02 10:30', 'functional-2 @ 2026-03-02 14:00', 'warning-50 @ 2026-03-02 14:00', 'warning-75 @ 2026-03-02 16:00',
      'warning-90 @ 2026-03-02 17:12', 'breach @ 2026-03-02 18:00', 'escalation-1 @ 2026-03-02 18:00', 'escalation-2 @ 2026-03-02 22:00',
    ]);
  });

  test('D-01 LV3: 72 and 88 business hours, that is nine and eleven working days', () => {
    const told = incident({ level: 'LV3', at: '2026-03-02 09:00' }).look('2026-03-12 18:00');
    expect(told.kase.escalations).toEqual([]);
    expect(rows(told.look('2026-03-12 18:00:00.001')).map(([step, dueAt]) => [step, dueAt])).toEqual([['escalation-1', '2026-03-12 18:00']]);
    expect(rows(told.look('2026-03-16 18:00:00.001')).map(([step, dueAt]) => [step, dueAt])).toEqual([['escalation-1', '2026-03-12 18:00'], ['escalation-2', '2026-03-16 18:00']]);
  });

  test('D-32 a tier tightens the resolution, not the escalation; its breach warns SLA owner and service manager by itself', () => {
    const told = story.customer().agreement('vip').incident({ level: 'LV1' }).look('2026-03-02 12:00:00.001');
    expect([inShanghai(told.clock('resolution').breachedAt), told.kase.escalations]).toEqual(['2026-03-02 12:00', []]);
    expect(told.event('clock.breached').after).toMatchObject({ clock: 'resolution', warned: ['sla-owner: Ms Zhou', 'service-manager: Mr Sun'] });
    expect(rows(told.look('2026-03-02 18:00:00.001')).map(([step, dueAt]) => [step, dueAt])).toEqual([['escalation-1', '2026-03-02 18:00']]);
  });

  test('D-32 a breached response warns nobody besides', () => {
    expect(incident({ level: 'LV1' }).look('2026-03-02 10:11').event('clock.breached').after).toMatchObject({ warned: [] });
  });
});

describe('SLA-07 SLA-15 D-36 who is told', () => {
  const told = incident({ level: 'LV1' }).look('2026-03-02 22:00:00.001');

  test('SLA-15 SLA owner and service manager are in every escalation, with those of the step (D-36)', () => {
    expect(told.kase.escalations.map(({ step, addressees, warned }) => [step, addressees, warned])).toEqual([
      ['escalation-1', ['service-delivery-manager: Ms Dai', 'department-manager: Ms Bao'], ['sla-owner: Ms Zhou', 'service-manager: Mr Sun', 'project-manager: Mr Pan', 'service-delivery-manager: Ms Dai']],
      ['escalation-2', ['department-manager: Ms Bao'], ['sla-owner: Ms Zhou', 'service-manager: Mr Sun', 'department-manager: Ms Bao', 'technical-manager: Mr Tang']],
    ]);
  });

  test('SLA-15 at every level', () => {
    for (const level of ['LV2', 'LV3', 'LV4'] as const) {
      const { escalations } = incident({ level }).look('2026-06-01 10:00').kase;
      expect(escalations.map(({ step, warned }) => [step, warned.slice(0, 2)])).toEqual([['escalation-1', ['sla-owner: Ms Zhou', 'service-manager: Mr Sun']], ['escalation-2', ['sla-owner: Ms Zhou', 'service-manager: Mr Sun']]]);
    }
  });

  test('SLA-07 when due, when fired, taken by whom and when; taken once', () => {
    const taken = incident({ level: 'LV1' }).look('2026-03-02 18:00:00.500').at('2026-03-02 18:05').acknowledge();
    expect(rows(taken)).toEqual([['escalation-1', '2026-03-02 18:00', '2026-03-02 18:00:00.500', { early: false, manual: false, late: false }]]);
    expect(taken.kase.escalations[0]).toMatchObject({ acknowledgedBy: 'tm' });
    expect(inShanghai(taken.kase.escalations[0]!.acknowledgedAt)).toBe('2026-03-02 18:05');
    expect(taken.lacks('acknowledgeEscalation', CAST.technicalManager)).toEqual(['MOVE_NOT_ALLOWED']);
  });
});

describe('SLA-06 SLA-17 by hand', () => {
  test('SLA-06 the customer or a team member raises one, as often as need be', () => {
    const told = incident().escalate('manual', CAST.customer).escalate('manual', CAST.colleague);
    expect(rows(told).map(([step, dueAt, , flags]) => [step, dueAt, flags])).toEqual([['manual', null, { early: false, manual: true, late: false }], ['manual', null, { early: false, manual: true, late: false }]]);
    expect(told.kase.escalations[0]?.warned).toEqual(['sla-owner: Ms Zhou', 'service-manager: Mr Sun']);
  });

  test('SLA-17 raised early it is marked so and does not fire again at its threshold; the next step does', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 12:00').escalate('escalation-1').look('2026-03-03 10:00');
    expect(rows(told).map(([step, , firedAt, { early }]) => [step, firedAt, early])).toEqual([['escalation-1', '2026-03-02 12:00', true], ['escalation-2', '2026-03-03 10:00', false]]);
    expect(told.eventTypes().filter((type) => type === 'escalation.raised')).toHaveLength(2);
  });

  test('SLA-17 a step is raised once, by hand or by the clock', () => {
    expect(() => incident().escalate('escalation-1').escalate('escalation-1')).toThrow(Refusal);
    expect(() => incident({ level: 'LV1' }).look('2026-03-02 18:01').escalate('escalation-1')).toThrow('has been raised already');
  });
});

describe('SLA-18 functional escalation', () => {
  test('SLA-18 past the first limit second line is proposed, past the second the incident manager is told', () => {
    const told = incident({ level: 'LV1' });
    expect(told.look('2026-03-02 10:30').kase.incident.functionalStep).toBe(0);
    expect([told.look('2026-03-02 10:30:00.001').kase.incident.functionalStep, told.event('incident.secondLineProposed').after]).toEqual([1, { teamId: 'seniors' }]);
    expect([told.look('2026-03-02 14:00').kase.incident.functionalStep, told.look('2026-03-02 14:00:00.001').kase.incident.functionalStep]).toEqual([1, 2]);
    expect(told.eventTypes()).toContain('incident.incidentManagerTold');
  });

  test('SLA-18 with second line already nothing is proposed, the incident manager is told all the same', () => {
    const told = incident({ level: 'LV1' }).handOver('seniors').acceptHandoff().look('2026-03-02 14:30');
    expect(told.eventTypes().filter((type) => type.startsWith('incident.secondLine') || type === 'incident.incidentManagerTold')).toEqual(['incident.incidentManagerTold']);
  });
});

describe('SLA-16 D-33 the project manager\'s clock', () => {
  test('SLA-16 the project manager is warned before it is due, and named when it is missed', () => {
    const told = incident({ level: 'LV1' }).look('2026-03-02 11:00:00.001');
    const owned = told.events.filter(({ after }) => (after as { clock?: string } | undefined)?.clock === 'progress-report');
    expect(owned.map(({ type, after, occurredAt }) => [type, (after as { owner: string }).owner, inShanghai(occurredAt)])).toEqual([
      ['clock.warned', 'Mr Pan', '2026-03-02 10:45'], ['clock.missed', 'Mr Pan', '2026-03-02 11:00'],
    ]);
    expect([told.clock('progress-report').misses, told.clock('progress-report').breachedAt]).toEqual([1, null]);
  });

  test('SLA-16 a progress report is customer-visible', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:40').log('progress-report');
    expect(inShanghai(told.clock('progress-report').dueAt)).toBe('2026-03-02 11:40');
  });
});
