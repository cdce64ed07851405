import { describe, expect, test } from 'vitest';
import { incident, waiting, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST, inShanghai } from '../../../../test/support/story-world.ts';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';
import { checkReceiver, isPingPong, isUnusual, proposedReceivers } from '../handoff/handoff.rules.ts';
import { legsOf } from '../ticket/ticket.rules.ts';

const legs = (told: IncidentStory) => legsOf(told.kase.spans, told.now).map(({ teamId, waitingMs, workedMs }) => [teamId, waitingMs / 60_000, workedMs / 60_000]);

describe('HND-01 handed over, accepted, rejected, recalled', () => {
  test('HND-01 the receiver has it at once, waiting; nobody holds it until it is accepted', () => {
    const told = incident().start().at('2026-03-02 10:30').handOver('seniors');
    expect([told.kase.ticket.teamId, told.kase.ticket.holderId, waiting(told)?.state, told.state]).toEqual(['seniors', null, 'waiting', 'in-progress']);
    told.at('2026-03-02 10:40').acceptHandoff();
    // D-20: taken over is not yet started.
    expect([told.kase.ticket.holderId, told.kase.incident.started, told.kase.handoffs[0]?.state]).toEqual(['senior', false, 'accepted']);
    expect(told.event('handoff.accepted').teamIds).toEqual(expect.arrayContaining(['engineers', 'seniors']));
  });

  test('HND-05 asked for, it is pushed to both teams', () => {
    expect(incident().handOver('seniors').event('handoff.requested').teamIds).toEqual(['engineers', 'seniors']);
  });

  test('HND-01 rejected with a reason it is back with the sender and their person', () => {
    const told = incident().start().handOver('seniors').rejectHandoff();
    expect([told.kase.ticket.teamId, told.kase.ticket.holderId, told.kase.incident.started]).toEqual(['engineers', 'engineer', true]);
    expect(told.kase.handoffs[0]).toMatchObject({ state: 'rejected', decisionReason: 'Not ours', decidedBy: 'senior' });
  });

  test('HND-02 the first contact recalls it; so does the service manager; the receiver does not', () => {
    expect(incident().handOver('seniors').recall().kase.handoffs[0]?.state).toBe('recalled');
    expect(incident().handOver('seniors').recall(CAST.serviceManager).kase.ticket.holderId).toBe('engineer');
    expect(() => incident().handOver('seniors').recall(CAST.senior)).toThrow('Only the first contact');
  });

  test('HND-01 the person that was asked for gets it', () => {
    expect(incident().handOver('seniors', CAST.engineer, 'senior-lead').acceptHandoff().kase.ticket.holderId).toBe('senior-lead');
  });

  test('HND-01 what awaited assignment is in progress once a person has accepted it', () => {
    expect(incident({ assigned: false }).handOver('engineers', CAST.desk).acceptHandoff(CAST.engineer).state).toBe('in-progress');
  });

  test('HND-01 to the own team, or from no team, it is an assignment', () => {
    expect(() => incident().handOver('engineers')).toThrow('The team holds it already');
    expect(() => checkReceiver(null, 'x')).toThrow('No team holds it yet');
  });
});

describe('SLA-04 HND-06 time in every team counts', () => {
  test('SLA-04 a handoff neither pauses nor resets a clock', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:05').handOver('seniors').at('2026-03-02 10:08').acceptHandoff();
    expect([inShanghai(told.clock('response').dueAt), inShanghai(told.clock('resolution').dueAt)]).toEqual(['2026-03-02 10:10', '2026-03-02 18:00']);
  });

  test('HND-06 legs: waiting is the receiver\'s, and they add up', () => {
    const told = incident().at('2026-03-02 10:30').handOver('seniors').at('2026-03-02 10:50').acceptHandoff().at('2026-03-02 11:00');
    expect(legs(told)).toEqual([['desk', 0, 0], ['engineers', 0, 30], ['seniors', 20, 10]]);
  });

  test('SLA-14 a breach is of the team that held it at the due instant', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:09').handOver('seniors').look('2026-03-02 10:30');
    expect([told.clock('response').breachTeamId, told.clock('response').breachHolderId]).toEqual(['seniors', null]);
    expect(incident({ level: 'LV1' }).look('2026-03-02 10:30').handOver('seniors').clock('response').breachHolderId).toBe('engineer');
  });
});

describe('HND-02 D-49 an unaccepted handoff ages', () => {
  test('D-49 10, 30 and 60 minutes for LV1 and LV2, by night too; first contact and service manager are reminded', () => {
    const told = incident({ at: '2026-03-02 22:00' }).handOver('seniors');
    const step = (local: string) => told.look(local).kase.handoffs[0]?.ageingStep;
    expect([step('2026-03-02 22:10'), step('2026-03-02 22:10:00.001'), step('2026-03-02 22:30:00.001'), step('2026-03-02 23:00'), step('2026-03-02 23:00:00.001'), step('2026-03-05 10:00')]).toEqual([0, 1, 2, 2, 3, 3]);
    expect(told.eventTypes().filter((type) => type === 'handoff.aged')).toHaveLength(3);
    expect(told.event('handoff.aged').after).toMatchObject({ reminded: ['engineer', 'sm'] });
  });

  test('D-49 2, 4 and 8 business hours else', () => {
    const told = incident({ level: 'LV3', at: '2026-03-02 16:00' }).handOver('seniors');
    const step = (local: string) => told.look(local).kase.handoffs[0]?.ageingStep;
    expect([step('2026-03-02 18:00'), step('2026-03-03 09:00:00.001'), step('2026-03-03 11:00:00.001'), step('2026-03-03 16:00'), step('2026-03-03 16:00:00.001')]).toEqual([0, 1, 2, 2, 3]);
  });

  test('HND-02 accepted, it ages no more', () => {
    const told = incident().at('2026-03-02 10:20').handOver('seniors').at('2026-03-02 10:25').acceptHandoff().look('2026-03-03 10:00');
    expect([told.kase.handoffs[0]?.ageingStep, told.clock('handoff').outcome]).toEqual([0, 'met']);
  });

  test('INC-07 asked for while suspended it ages only after the resume', () => {
    const told = incident().suspend().at('2026-03-02 11:00').handOver('seniors').look('2026-03-02 20:00');
    expect(told.kase.handoffs[0]?.ageingStep).toBe(0);
    told.resume().look('2026-03-02 20:10:00.001');
    expect(told.kase.handoffs[0]?.ageingStep).toBe(1);
  });
});

describe('HND-03 ping-pong', () => {
  const move = (path: string) => [...path].slice(1).map((to, index) => ({ fromTeamId: path[index]!, toTeamId: to }));

  test('HND-03 A→B→A is, A→B→C is not', () => {
    expect([isPingPong(move('AB'), 3), isPingPong(move('ABA'), 3), isPingPong(move('ABC'), 3), isPingPong(move('ABCA'), 3), isPingPong([], 3)]).toEqual([false, true, false, true, false]);
  });

  test('HND-03 D-49 three moves are not yet, the fourth is', () => {
    expect([isPingPong(move('ABCD'), 3), isPingPong(move('ABCDE'), 3)]).toEqual([false, true]);
  });

  test('HND-03 once flagged it stays flagged', () => {
    const told = incident().handOver('seniors').acceptHandoff();
    expect(told.kase.incident.pingPong).toBe(false);
    told.handOver('engineers', CAST.senior).acceptHandoff(CAST.engineer);
    expect([told.kase.incident.pingPong, told.kase.incident.handoffCount]).toEqual([true, 2]);
    expect(told.handOver('managers').acceptHandoff(CAST.technicalManager).kase.incident.pingPong).toBe(true);
  });

  test('HND-03 a rejected handoff is no move', () => {
    const told = incident();
    for (let refused = 0; refused < 3; refused += 1) told.handOver('seniors').rejectHandoff();
    told.handOver('managers').acceptHandoff(CAST.technicalManager);
    expect([told.kase.incident.pingPong, told.kase.handoffs.length]).toEqual([false, 4]);
  });
});

describe('HND-04 the matrix', () => {
  const topic = { zh: '派发', en: 'Dispatch' };
  const policy = { ...SEEDED_POLICIES.handoff, matrix: [{ from: 'desk', to: ['engineers', 'duty'], topic }, { from: 'desk', to: ['engineers', 'seniors'], topic }] };

  test('HND-04 an unusual pair is warned of, not refused; a team without a line may send anywhere', () => {
    expect([isUnusual(policy, 'desk', 'engineers'), isUnusual(policy, 'desk', 'managers'), isUnusual(policy, 'garage', 'desk'), isUnusual(policy, null, 'desk')]).toEqual([false, true, false, false]);
    expect(incident().handOver('managers').state).toBe('in-progress');
  });

  test('HND-04 it proposes whom to send to, in its order', () => {
    expect([proposedReceivers(policy, 'desk'), proposedReceivers(policy, 'garage')]).toEqual([['engineers', 'duty', 'seniors'], []]);
  });
});
