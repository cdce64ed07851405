import { describe, expect, test } from 'vitest';
import { mentionedPeople } from './notice-mention.rules.ts';
import { joins, readWritten, tellingsOf } from './notice.rules.ts';
import { isRole } from '../access/access.rules.ts';

const PEOPLE = [
  { id: '1', name: '王海涛', email: 'wang@example.com' }, { id: '2', name: '王海', email: 'whai@example.com' }, { id: '3', name: 'Li Na', email: 'li.na@example.com' }, { id: '4', name: 'Li Nan', email: 'nan@example.com' },
];

describe('WBD-13 whom an @ means', () => {
  test('WBD-13 the longest name that follows, with or without a space after it', () => {
    expect(mentionedPeople('@王海涛请看，@王海 也看', PEOPLE)).toEqual(['1', '2']);
    expect(mentionedPeople('thanks @Li Nan, and @li na!', PEOPLE)).toEqual(['4', '3']);
    expect(mentionedPeople('@Li Nancy', PEOPLE)).toEqual([]);
  });

  test('WBD-13 what stands before the @ of an address means its owner; an address in the text means nobody', () => {
    expect(mentionedPeople('@nan see above', PEOPLE)).toEqual(['4']);
    expect(mentionedPeople('write to wang@nan.example', PEOPLE)).toEqual([]);
    expect(mentionedPeople('nobody here, not even @', PEOPLE)).toEqual([]);
  });

  test('WBD-13 Chinese has no space before the sign either; Latin letters before it make an address', () => {
    expect(mentionedPeople('请@王海涛看', PEOPLE)).toEqual(['1']);
    expect(mentionedPeople('ask@王海涛', PEOPLE)).toEqual([]);
  });

  test('WBD-13 two people of one name are both meant', () => {
    expect(mentionedPeople('@王海涛', [...PEOPLE, { id: '9', name: '王海涛', email: 'w2@example.com' }])).toEqual(['1', '9']);
  });
});

describe('WBD-13 what joins', () => {
  test('WBD-13 at 4:59 it is one notice, at 5:00 a new one; one that was read is done', () => {
    const notice = { lastAt: 0, readAt: null };
    expect([joins(notice, 299_999), joins(notice, 300_000), joins({ ...notice, readAt: 1 }, 2)]).toEqual([true, false, false]);
  });
});

describe('WBD-13 what an event says to whom', () => {
  const event = (type: string, after: object, before: object = {}) => ({ type, ticketId: 't', before, after, reason: null });

  test('WBD-13 given to a person it is assigned, given to a team it is unassigned, left with its holder it is nothing', () => {
    const kinds = (after: object, before: object = {}) => tellingsOf(event('incident.assigned', after, before)).map(({ kind }) => kind);
    expect(kinds({ teamId: 'a', holderId: 'p' })).toEqual(['assigned', 'followed']);
    expect(kinds({ teamId: 'a', holderId: null }, { teamId: 'b' })).toEqual(['unassigned', 'followed']);
    expect(kinds({ teamId: 'a', holderId: 'p' }, { teamId: 'a', holderId: 'p' })).toEqual(['followed']);
  });

  test('SLA-15 addressees as an escalation writes them: a role with or without a name, a name alone, an id', () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect([readWritten('technical-manager: 唐伟', isRole), readWritten('sla-owner', isRole), readWritten(`engineer ${id}`, isRole), readWritten('唐伟', isRole)])
      .toEqual([{ role: 'technical-manager' }, { role: 'sla-owner' }, { person: id }, { name: '唐伟' }]);
  });

  test('SLA-16 a report that is due is the project manager\'s', () => {
    const [warned] = tellingsOf(event('clock.warned', { clock: 'progress-report', owner: '彭佳', step: 'before-report' }));
    expect(warned?.to[0]).toEqual({ written: 'project-manager: 彭佳' });
  });

  test('HND-02 every ageing step reminds the first contacts whom the event names', () => {
    expect(tellingsOf(event('handoff.aged', { step: 2, reminded: ['p', 'q'] }))).toEqual([{ kind: 'handoff-aged', to: [{ person: 'p' }, { person: 'q' }], facts: { step: '2' } }]);
  });
});
