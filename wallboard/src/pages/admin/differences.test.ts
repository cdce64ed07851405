import { expect, test } from 'vitest';
import { differences } from './differences.ts';

test('SLA-13 two versions side by side: only what differs, by its path', () => {
  const table = { warnAt: [50, 75], levels: { LV1: { response: { minutes: 10 }, onSite: { minutes: 120 } } } };
  expect(differences(table, { warnAt: [50, 75, 90], levels: { LV1: { response: { workingDays: 1 }, onSite: null } } })).toEqual([
    { path: 'warnAt', before: '50, 75', after: '50, 75, 90' }, { path: 'levels.LV1.response.workingDays', before: null, after: '1' }, { path: 'levels.LV1.onSite', before: null, after: '—' },
    { path: 'levels.LV1.response.minutes', before: '10', after: null }, { path: 'levels.LV1.onSite.minutes', before: '120', after: null },
  ]);
  expect(differences(table, structuredClone(table))).toEqual([]);
  expect(differences(null, { name: 'A' })).toEqual([{ path: 'name', before: null, after: 'A' }]);
});
