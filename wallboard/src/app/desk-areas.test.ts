import { expect, test } from 'vitest';
import { ROLES } from '../../../server/src/features/access/access.rules.ts';
import { sectionsFor } from '../pages/admin/admin-sections.ts';
import { DESK_GROUPS, firstPage, groupsFor } from './desk-areas.ts';

/** What the server asks of whoever reads or works in an area; written here a second time, apart from the navigation. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  '/my-work': ['incident.work', 'problem.work', 'change.own', 'change.implement', 'change.vote', 'release.own', 'release.test'],
  '/queue': ['incident.read'], '/record': ['incident.record'], '/handoffs': ['incident.read'], '/on-call': ['team.read'], '/board': ['board.read'],
  '/changes': ['change.read'], '/planning': ['change.read'], '/releases': ['release.read'], '/problems': ['problem.read'], '/knowledge': ['knowledge.read'],
  '/reviews': ['review.edit'], '/metrics': ['metrics.read'], '/cmdb': ['cmdb.read'], '/vendor-cases': ['vendor.edit'], '/screens': ['screen.edit'],
  '/admin': ['person.edit', 'team.edit', 'customer.edit', 'agreement.edit', 'policy.edit', 'calendar.edit', 'token.edit', 'audit.read'],
};
const permissionsOf = (key: string): readonly string[] => ROLES.find((role) => role.key === key)?.permissions ?? [];
const pathsOf = (permissions: readonly string[]): readonly string[] => groupsFor(permissions).flatMap(({ areas }) => areas.map(({ path }) => path));
// A customer's own people have pages of their own (WBD-12).
const STAFF = ROLES.filter(({ key }) => key !== 'customer-contact');

test('ORG-03 the navigation names every area that there is', () => {
  expect(DESK_GROUPS.flatMap(({ areas }) => areas.map(({ path }) => path)).toSorted()).toEqual(Object.keys(ASKED).toSorted());
});

test.each(STAFF)('WBD-11 ORG-03 $en finds every area that it may open, and none that it may not', ({ permissions }) => {
  const may = Object.entries(ASKED).filter(([, asked]) => asked.some((one) => permissions.some((permission) => permission === one))).map(([path]) => path);
  expect(pathsOf(permissions).toSorted()).toEqual(may.toSorted());
  expect(pathsOf(permissions).includes('/admin')).toBe(sectionsFor(permissions).some((section) => !('elsewhere' in section)));
  expect([...pathsOf(permissions), '/notices']).toContain(firstPage(permissions));
});

test('WBD-10 the screens are found by the service manager, who has no admin page, and by the administrator, also there', () => {
  expect([pathsOf(permissionsOf('service-manager')).includes('/screens'), pathsOf(permissionsOf('service-manager')).includes('/admin')]).toEqual([true, false]);
  expect(sectionsFor(permissionsOf('administrator')).map(({ path }) => path)).toContain('/screens');
  expect(pathsOf(permissionsOf('engineer'))).not.toContain('/screens');
});

test('ORG-03 who may see neither queue nor wall is shown neither, and begins elsewhere', () => {
  expect(pathsOf(permissionsOf('pre-sales'))).toEqual(['/on-call', '/knowledge']);
  expect([firstPage(permissionsOf('pre-sales')), firstPage(permissionsOf('engineer')), firstPage(permissionsOf('service-manager')), firstPage([])]).toEqual(['/on-call', '/my-work', '/queue', '/notices']);
});
