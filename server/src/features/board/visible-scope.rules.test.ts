import { expect, test } from 'vitest';
import type { Actor, Grant } from '../../kernel/actor.ts';
import { visibleScope } from './visible-scope.rules.ts';

const grant = (limits: Partial<Grant>): Grant => ({ role: 'engineer', permissions: new Set(['incident.read'] as const), customerId: null, teamId: null, ...limits });
const person = (grants: readonly Grant[], customerId: string | null = null): Actor => ({ kind: 'person', id: 'p', name: 'P', grants, customerId, teamIds: [], origin: 'test' });

test('ORG-03 an unlimited grant sees everything, none sees nothing', () => {
  expect(visibleScope(person([grant({})]), 'incident.read')).toBe('all');
  expect(visibleScope(person([grant({})]), 'audit.read')).toEqual([]);
});

test('ORG-03 limits of several grants add up', () => {
  expect(visibleScope(person([grant({ customerId: 'acme' }), grant({ teamId: 'net' })]), 'incident.read')).toEqual([
    { customerId: 'acme', teamId: null }, { customerId: null, teamId: 'net' },
  ]);
});

test("ORG-03 a customer's own people never see past their customer, whatever the grant says", () => {
  expect(visibleScope(person([grant({})], 'acme'), 'incident.read')).toEqual([{ customerId: 'acme', teamId: null }]);
  expect(visibleScope(person([grant({ customerId: 'other' })], 'acme'), 'incident.read')).toEqual([]);
});
