import { expect, test } from 'vitest';
import type { Actor } from '../../kernel/actor.ts';
import { filterFor, groupFor, movesWithTime, readFilter, sortFor } from './incident-filter.rules.ts';

const A = '01890a5d-ac96-774b-bcce-b302099a8057';
const B = '01890a5d-ac96-774b-bcce-b302099a8058';
const actor: Actor = { kind: 'person', id: A, name: 'Li', grants: [], customerId: null, teamIds: [], origin: 'test' };

test('WBD-04 equal filters have one spelling, whatever the order and however often a word is said', () => {
  expect(readFilter({ levels: ['LV2', 'LV1', 'LV2'], text: '  mail ', teamIds: [] })).toEqual({ levels: ['LV1', 'LV2'], text: 'mail', openOnly: true });
});

test('WBD-04 "me" is whoever asks, once, and "nobody" stays', () => {
  expect(filterFor({ holderIds: ['me', 'nobody', A] }, actor).holderIds).toEqual([A, 'nobody']);
  expect(filterFor({ holderIds: [B] }, actor).holderIds).toEqual([B]);
  expect(() => filterFor({ holderIds: ['me'] }, { ...actor, kind: 'token' })).toThrow('not for a token');
});

test.each([
  ['minutes of 0', { dueWithinMinutes: 0 }, 'filter.dueWithinMinutes'],
  ['more than ten years', { olderThanMinutes: 5_256_001 }, 'filter.olderThanMinutes'],
  ['dependents of no CI', { ciDependents: true }, 'filter.ciId'],
  ['a holder that is no id', { holderIds: ['you'] }, 'filter.holderIds'],
  ['"me" for a team', { teamIds: ['me'] }, 'filter.teamIds'],
])('API-02 %s is refused and names the field', (_what, filter, field) => {
  expect(() => readFilter(filter)).toThrow(expect.objectContaining({ field }));
});

test('WBD-04 the edges of what may be asked pass', () => {
  expect(readFilter({ dueWithinMinutes: 1, olderThanMinutes: 5_256_000, ciId: A, ciDependents: true })).toEqual({
    dueWithinMinutes: 1, olderThanMinutes: 5_256_000, ciId: A, ciDependents: true, openOnly: true,
  });
});

test.each([
  ['filter.teamIds', { teamIds: [B] }], ['filter.holderIds', { holderIds: [B] }], ['filter.holderIds', { holderIds: ['me'] }], ['filter.unassigned', { unassigned: false }],
  ['filter.handoffWaiting', { handoffWaiting: true }], ['filter.ciDependents', { ciId: A, ciDependents: true }],
])("ORG-03 a customer's people do not ask by %s, the provider's do", (field, filter) => {
  for (const kind of ['person', 'token'] as const) {
    expect(() => filterFor(readFilter(filter), { ...actor, kind, customerId: B })).toThrow(expect.objectContaining({ code: 'FORBIDDEN', field }));
  }
  expect(filterFor(readFilter(filter), actor)).toMatchObject({ openOnly: true });
});

test("ORG-03 what a customer is told they may ask by", () => {
  const shown = readFilter({ customerIds: [B], states: ['suspended'], levels: ['LV1'], categories: ['hotline'], clockStates: ['breached'], ciId: A, text: 'mail', teamIds: [], unassigned: null });
  expect(filterFor(shown, { ...actor, customerId: B })).toEqual(shown);
});

test("ORG-03 a customer's people group by neither team nor holder, and the field is named", () => {
  const contact = { customerId: B };
  for (const group of ['team', 'holder'] as const) {
    expect(() => groupFor(group, contact)).toThrow(expect.objectContaining({ code: 'FORBIDDEN', field: 'group' }));
    expect(groupFor(group, actor)).toBe(group);
  }
  expect(['level', 'customer', 'state', null].map((group) => groupFor(group as 'level' | null, contact))).toEqual(['level', 'customer', 'state', null]);
});

test("SLA-11 a customer's people do not sort by how likely we think that we miss, and the field is named", () => {
  expect(() => sortFor('risk', { customerId: B })).toThrow(expect.objectContaining({ code: 'FORBIDDEN', field: 'sort' }));
  expect([sortFor('risk', actor), sortFor('due', { customerId: B })]).toEqual(['risk', 'due']);
});

test('LIV-01 filters by clock and by age are read again as time goes by, others are not', () => {
  for (const filter of [{ clockStates: ['paused' as const] }, { dueWithinMinutes: 30 }, { olderThanMinutes: 60 }, { youngerThanMinutes: 60 }]) expect(movesWithTime(filter)).toBe(true);
  expect(movesWithTime({ levels: ['LV1'], text: 'x', clockStates: [] })).toBe(false);
});
