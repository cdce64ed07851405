import { describe, expect, test } from 'vitest';
import { absenceOf, bookingsOf, covers } from './change-conflict-people.rules.ts';
import { findConflicts, seenFromOther, type ConflictFacts, type OtherChange } from './change-conflict.rules.ts';

const H = 3_600_000;
const window = { from: 10 * H, to: 14 * H };
const ana = { id: 'ana', active: true, rosterKept: [], shifts: [] };
const facts = (more: Partial<ConflictFacts> = {}): ConflictFacts => ({
  window, ciIds: new Set(['db']), bookings: [{ personId: 'ana', ...window }], people: [ana], others: [], dependants: new Map([['web', { path: ['db', 'web'] }]]),
  foundations: new Map([['disk', { path: ['db', 'disk'] }]]), freezeIds: [], majorIncidents: [], ...more,
});
const other = (more: Partial<OtherChange> = {}): OtherChange => ({ id: 'c2', window, ciIds: [], bookings: [], ...more });
const kinds = (more: Partial<ConflictFacts>): string[] => findConflicts(facts(more)).map(({ kind }) => kind);

describe('CHG-11 CIs', () => {
  test('CHG-11 the same CI, one that depends on it, one that it rests on; a stranger is none', () => {
    expect(kinds({ others: [other({ ciIds: ['db'] })] })).toEqual(['same-ci']);
    expect(kinds({ others: [other({ ciIds: ['web'] })] })).toEqual(['dependent-ci']);
    expect(kinds({ others: [other({ ciIds: ['disk'] })] })).toEqual(['dependent-ci']);
    expect(kinds({ others: [other({ ciIds: ['mail'] })] })).toEqual([]);
  });

  test('CHG-11 every CI that is hit is named with its way; a shared CI stands for those that hang on it', () => {
    expect(findConflicts(facts({ others: [other({ ciIds: ['web', 'disk'] })] }))[0]!.hits).toEqual([{ ciId: 'web', path: ['db', 'web'] }, { ciId: 'disk', path: ['db', 'disk'] }]);
    expect(findConflicts(facts({ others: [other({ ciIds: ['db', 'web'] })] }))).toMatchObject([{ kind: 'same-ci', hits: [{ ciId: 'db' }] }]);
  });

  test('CHG-11 windows are half-open: they may touch, and not share a millisecond', () => {
    for (const [from, to, expected] of [[14, 16, 0], [6, 10, 0]] as const) expect(kinds({ others: [other({ ciIds: ['db'], window: { from: from * H, to: to * H } })] })).toHaveLength(expected);
    for (const [from, to] of [[14 * H - 1, 16 * H], [6 * H, 10 * H + 1]] as const) expect(kinds({ others: [other({ ciIds: ['db'], window: { from, to } })] })).toEqual(['same-ci']);
  });

  test('CHG-11 told from the other change it is the same cause', () => {
    const [conflict] = findConflicts(facts({ others: [other({ ciIds: ['web'] })] }));
    expect(seenFromOther(conflict!, 'c1')).toMatchObject({ kind: 'dependent-ci', key: 'dependent-ci c1', otherId: 'c1', hits: [{ ciId: 'db', path: ['web', 'db'] }] });
  });
});

describe('CHG-11 people', () => {
  test('CHG-11 booked twice at the same time, not one after the other', () => {
    const busy = (from: number, to: number) => ({ others: [other({ window: { from: from * H, to: to * H }, bookings: [{ personId: 'ana', from: from * H, to: to * H }] })] });
    expect([kinds(busy(13, 15)), kinds(busy(14, 16)), kinds(busy(6, 10))]).toEqual([['person'], [], []]);
  });

  test('CHG-11 nobody named, somebody who has left, somebody who is not on the roster for all of it', () => {
    expect(findConflicts(facts({ bookings: [], people: [] }))).toMatchObject([{ kind: 'missing-person', absence: 'nobody', personId: null }]);
    expect(findConflicts(facts({ people: [{ ...ana, active: false }] }))).toMatchObject([{ kind: 'missing-person', absence: 'inactive', personId: 'ana' }]);
    expect(findConflicts(facts({ people: [{ ...ana, rosterKept: [window] }] }))).toMatchObject([{ kind: 'missing-person', absence: 'off-roster' }]);
  });

  test('CHG-11 shifts that follow each other cover the window; a gap of a millisecond does not', () => {
    const kept = [{ from: 0, to: 24 * H }];
    expect(absenceOf({ ...ana, rosterKept: kept, shifts: [{ from: 8 * H, to: 12 * H }, { from: 12 * H, to: 20 * H }] }, [window])).toBeNull();
    expect(absenceOf({ ...ana, rosterKept: kept, shifts: [{ from: 8 * H, to: 12 * H }, { from: 12 * H + 1, to: 20 * H }] }, [window])).toBe('off-roster');
    expect([covers([{ from: 10 * H, to: 14 * H }], window), covers([{ from: 10 * H, to: 14 * H - 1 }], window), covers([], window)]).toEqual([true, false, false]);
  });

  test('CHG-11 where no roster is kept nobody is missing from it', () => {
    expect(absenceOf(ana, [window])).toBeNull();
    expect(absenceOf({ ...ana, rosterKept: [{ from: 14 * H, to: 20 * H }] }, [window])).toBeNull();
  });

  test('CHG-07 who has a task is needed for it, an implementer without one for the whole window', () => {
    const tasks = [{ implementerId: 'ana', from: 10 * H, to: 11 * H, ended: false }, { implementerId: 'bo', from: 11 * H, to: 12 * H, ended: true }];
    expect(bookingsOf({ window, implementerId: 'ana', tasks })).toEqual([{ personId: 'ana', from: 10 * H, to: 11 * H }]);
    expect(bookingsOf({ window, implementerId: 'cy', tasks: [] })).toEqual([{ personId: 'cy', ...window }]);
    expect(bookingsOf({ window, implementerId: 'bo', tasks })).toEqual([{ personId: 'ana', from: 10 * H, to: 11 * H }]);
  });
});

test('CHG-11 all causes are listed at once', () => {
  const all = kinds({
    others: [other({ ciIds: ['db'], bookings: [{ personId: 'ana', ...window }] })], people: [{ ...ana, active: false }], freezeIds: ['f1', 'f2'], majorIncidents: [{ id: 'i1', ciIds: ['web'] }, { id: 'i2', ciIds: ['mail'] }],
  });
  expect(all).toEqual(['same-ci', 'person', 'missing-person', 'freeze', 'freeze', 'major-incident']);
});
