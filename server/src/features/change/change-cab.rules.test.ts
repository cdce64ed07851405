import { describe, expect, test } from 'vitest';
import type { Actor } from '../../kernel/actor.ts';
import { permissionsOfRole } from '../access/access.rules.ts';
import { castVote, checkDecision, tally, type CabVote, type OwnPeople, type VoteFacts } from './change-cab.rules.ts';

const own: OwnPeople = { number: 'CHG-0000007', requesterId: 'req', ownerId: 'own', implementerId: 'imp' };
const seats = (...ids: string[]) => ids.map((personId) => ({ personId }));
const votes = (text: string) => text.split(' ').filter(Boolean).map((one) => ({ personId: one.slice(1), vote: ({ '+': 'for', '-': 'against', '0': 'abstain' } as const)[one[0] as '+' | '-' | '0'] as CabVote }));
const count = (cast: string, quorum = 60, called = seats('a', 'b', 'c', 'd', 'e')) => tally(quorum, called, votes(cast), own);
const member = (id: string, role = 'cab-member'): Actor => ({ kind: 'person', id, name: id, customerId: null, teamIds: [], origin: 'test', grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }] });

describe('CHG-05 quorum', () => {
  test('CHG-05 60 % of five is three: two are too few', () => {
    expect([count('+a +b').quorate, count('+a +b -c').quorate]).toEqual([false, true]);
    expect(count('+a +b')).toMatchObject({ entitled: 5, voted: 2, needed: 3 });
  });

  test('CHG-05 a share that is no whole person is rounded up: 60 % of four is three, 50 % of four is two', () => {
    const four = seats('a', 'b', 'c', 'd');
    expect([count('+a +b', 60, four).quorate, count('+a +b -c', 60, four).quorate, count('+a -b', 50, four).quorate, count('+a', 50, four).quorate]).toEqual([false, true, true, false]);
  });

  test('CHG-05 whoever may not vote on it counts neither among the votes nor among those called', () => {
    expect(count('+own +req +imp +a', 60, seats('own', 'req', 'imp', 'a', 'b'))).toMatchObject({ entitled: 2, voted: 1, inFavour: 1, needed: 2, quorate: false });
  });

  test('CHG-05 an abstention makes a quorum, but no majority; as many for as against do not carry', () => {
    expect(count('+a 0b 0c')).toMatchObject({ quorate: true, carried: true, abstained: 2 });
    expect([count('+a -b 0c').carried, count('+a +b -c').carried, count('0a 0b 0c').carried]).toEqual([false, true, false]);
  });

  test('CHG-05 with nobody to vote there is no quorum, even of 0 %', () => {
    expect([count('', 0).quorate, count('+a', 0).quorate, count('', 60, seats('own')).quorate]).toEqual([false, true, false]);
  });
});

describe('CHG-05 deciding', () => {
  const refused = (decision: 'approved' | 'refused' | 'deferred', cast: string): string => {
    try { checkDecision(decision, count(cast), 'CHG-0000007'); return 'done'; } catch (error) { return (error as { code: string }).code; }
  };
  test('CHG-05 without quorum it can only be deferred; with one the decision follows the votes', () => {
    expect([refused('approved', '+a +b'), refused('refused', '-a -b'), refused('deferred', '')]).toEqual(['APPROVAL_NEEDED', 'APPROVAL_NEEDED', 'done']);
    expect([refused('approved', '+a +b -c'), refused('approved', '+a -b 0c'), refused('refused', '-a -b 0c'), refused('refused', '+a +b -c')]).toEqual(['done', 'APPROVAL_NEEDED', 'done', 'INVALID_INPUT']);
  });
});

describe('CHG-05 voting', () => {
  const facts = (more: Partial<VoteFacts> = {}): VoteFacts => ({ state: 'open', seat: { present: true }, change: own, decided: false, ...more });
  const refused = (more: Partial<VoteFacts>, actor = member('a')): string => {
    try { return castVote(facts(more), actor).beforehand ? 'beforehand' : 'in the meeting'; } catch (error) { return (error as { code: string }).code; }
  };
  test('CHG-05 who is there votes in the meeting, who is absent beforehand and not in it', () => {
    expect([refused({}), refused({ state: 'planned', seat: { present: null } }), refused({ seat: { present: false } })]).toEqual(['in the meeting', 'beforehand', 'MOVE_NOT_ALLOWED']);
  });

  test('CHG-05 nobody votes on what they asked for, own or carry out', () => {
    expect(['req', 'own', 'imp', 'a'].map((id) => refused({}, member(id)))).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'in the meeting']);
  });

  test('CHG-05 only who was called and may vote; not after the decision nor when the meeting is over', () => {
    expect([refused({ seat: null }), refused({}, member('a', 'engineer')), refused({ decided: true }), refused({ state: 'closed' }), refused({ state: 'cancelled' })])
      .toEqual(['FORBIDDEN', 'FORBIDDEN', 'ALREADY_DONE', 'MOVE_NOT_ALLOWED', 'MOVE_NOT_ALLOWED']);
  });
});
