import { expect, test } from 'vitest';
import { entriesOf, freezeBands, within, type CalendarChange, type Freeze } from './calendar-entries.ts';

const H = 3_600_000;
const at = (time: string): string => `2026-03-${time}:00.000Z`;
const change = (more: Partial<CalendarChange> = {}): CalendarChange => ({
  id: 'c1', number: 'CHG-0000001', title: '【重要变更】Swap the relay', category: 'IMPORTANT', state: 'SCHEDULED', implementer: 'Ana', windowStartAt: at('07T14:00'), windowEndAt: at('07T18:00'),
  outcome: null, conflictCount: 0, customer: { id: 'k', name: 'Acme', timeZone: 'Asia/Shanghai' }, ...more,
});
const freeze = (id: string, startsAt: string, endsAt: string): Freeze => ({
  id, name: id, reason: 'x', origin: 'OTHER', startsAt, endsAt, allowedCategories: [], cancelledAt: null, createdBy: 'x', version: 1,
  scope: { customers: [], services: [], cis: [] },
});
const calendar = (changes: CalendarChange[]) => ({
  changeCount: changes.length, changes, freezes: [],
  meetings: [{ id: 'm1', number: 'CAB-0000001', title: 'Weekly', state: 'PLANNED' as const, startsAt: at('07T06:00'), place: null, chair: 'Cy', itemCount: 0, approvedCount: 0 }],
});
const release = { id: 'r1', number: 'REL-0000001', title: 'Billing 3.2', state: 'DEPLOYMENT' as const, windowStartAt: at('07T12:00'), windowEndAt: at('07T13:00') };
const ALL = { onlyConflicts: false, category: null };

test('REL-08 coming deployments stand in the calendar beside changes and meetings, in the order of their begin', () => {
  const entries = entriesOf(calendar([change()]), [release, { ...release, id: 'r2', windowStartAt: null }], ALL);
  expect(entries.map(({ kind, number, link }) => `${kind} ${number} ${link}`)).toEqual([
    'meeting CAB-0000001 /planning/cab/CAB-0000001', 'deployment REL-0000001 /releases/REL-0000001', 'change CHG-0000001 /changes/CHG-0000001',
  ]);
});

test('WBD-08 narrowed to what is in conflict or to a category only such changes are shown, without the category in the title', () => {
  const both = calendar([change(), change({ id: 'c2', number: 'CHG-0000002', conflictCount: 2, category: 'MAJOR' })]);
  expect(entriesOf(both, [release], { onlyConflicts: true, category: null }).map(({ id, title }) => `${id} ${title}`)).toEqual(['c2 Swap the relay']);
  expect(entriesOf(both, [release], { onlyConflicts: false, category: 'IMPORTANT' }).map(({ id }) => id)).toEqual(['c1']);
});

test('WBD-08 an entry stands on each day that it touches, not on the one that begins when it ends', () => {
  const [entry] = entriesOf(calendar([change()]), [], ALL).filter(({ kind }) => kind === 'change');
  const from = Date.parse(at('07T00:00'));
  const days = [-24, 0, 14, 18].map((hours) => within([entry!], { from: from + hours * H, to: from + (hours + 14) * H }).length);
  // The last begins at 18:00, when the window ends; the first two end at or before 14:00, when it begins.
  expect(days).toEqual([0, 0, 1, 0]);
});

test('FRZ-01 freezes lie as bands over their days; those that overlap in lanes of their own', () => {
  const start = Date.parse(at('02T00:00'));
  const days = Array.from({ length: 7 }, (_, index) => ({ from: start + index * 24 * H, to: start + (index + 1) * 24 * H }));
  const bands = freezeBands([freeze('a', at('03T00:00'), at('05T00:00')), freeze('b', at('04T12:00'), at('20T00:00')), freeze('c', at('01T00:00'), at('02T00:00'))], days);
  expect(bands.map(({ freeze: { name }, first, last, lane }) => `${name} ${first}-${last} lane ${lane}`)).toEqual(['a 1-2 lane 0', 'b 2-6 lane 1']);
});
