import { describe, expect, test } from 'vitest';
import { may, type Actor } from '../../kernel/actor.ts';
import { visibleCustomers } from '../../kernel/actor-guard.ts';
import { nextAttemptAt, permissionsOfRole, ROLES, sessionExpiry } from './access.rules.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('ORG-01 roles', () => {
  test('ORG-01 every role of the handbook and of D-50 is there once, with a Chinese and an English name', () => {
    expect(ROLES.map(({ key }) => key)).toEqual([
      'service-desk', 'engineer', 'senior-engineer', 'technical-manager', 'service-manager', 'service-delivery-manager', 'project-manager', 'department-manager',
      'sla-owner', 'incident-manager', 'change-manager', 'change-owner', 'change-implementer', 'cab-member', 'release-manager', 'release-owner', 'release-tester',
      'configuration-manager', 'knowledge-reviewer', 'pre-sales', 'sales', 'quality-manager', 'customer-contact', 'auditor', 'administrator',
      'project-management-office', 'project-director', 'executive',
    ]);
    expect(ROLES.every(({ zh, en }) => zh !== '' && en !== '')).toBe(true);
  });

  test('INC-09 of all roles only the desk closes', () => {
    expect(ROLES.filter(({ permissions }) => permissions.includes('incident.close')).map(({ key }) => key)).toEqual(['service-desk']);
  });

  test('ORG-01 an auditor only reads', () => {
    expect([...permissionsOfRole('auditor')].filter((permission) => !permission.endsWith('.read'))).toEqual([]);
    expect(permissionsOfRole('auditor').has('audit.read')).toBe(true);
  });

  test('ORG-01 only the administrator gives rights away', () => {
    for (const permission of ['person.edit', 'token.edit', 'policy.edit', 'audit.redact'] as const) {
      expect(ROLES.filter(({ permissions }) => permissions.includes(permission)).map(({ key }) => key)).toEqual(['administrator']);
    }
  });

  test('ORG-01 a role that is not known any more allows nothing', () => {
    expect(permissionsOfRole('king').size).toBe(0);
  });
});

describe('ORG-03 scope of a grant', () => {
  const actor = (grants: { role: string; customerId?: string; teamId?: string }[], customerId: string | null = null): Actor => ({
    kind: 'person', id: 'p', name: 'p', origin: 'test', teamIds: [], customerId,
    grants: grants.map(({ role, customerId: customer, teamId }) => ({ role, permissions: permissionsOfRole(role), customerId: customer ?? null, teamId: teamId ?? null })),
  });

  test('ORG-03 a grant for one customer says nothing about another', () => {
    const engineer = actor([{ role: 'engineer', customerId: 'A' }]);
    expect([may(engineer, 'incident.work', { customerId: 'A' }), may(engineer, 'incident.work', { customerId: 'B' }), may(engineer, 'incident.work', { customerId: null })]).toEqual([true, false, false]);
    expect(visibleCustomers(engineer, 'incident.read')).toEqual(['A']);
    expect(visibleCustomers(engineer, 'policy.edit')).toEqual([]);
    expect(visibleCustomers(actor([{ role: 'engineer', customerId: 'A' }, { role: 'auditor' }]), 'incident.read')).toBe('all');
  });

  test('ORG-03 a contact stays within the own organisation, whatever the grant says', () => {
    const contact = actor([{ role: 'customer-contact' }], 'A');
    expect([may(contact, 'incident.read', { customerId: 'A' }), may(contact, 'incident.read', { customerId: 'B' })]).toEqual([true, false]);
    expect(visibleCustomers(contact, 'customer.read')).toEqual(['A']);
    expect(visibleCustomers(contact, 'team.read')).toEqual([]);
    expect(visibleCustomers(actor([{ role: 'customer-contact', customerId: 'B' }], 'A'), 'customer.read')).toEqual([]);
  });
});

describe('ORG-04 times', () => {
  test('ORG-04 a session slides by 12 hours up to 30 days after sign-in', () => {
    expect(sessionExpiry(0, 0)).toBe(12 * HOUR);
    expect(sessionExpiry(0, 29 * 24 * HOUR + 12 * HOUR)).toBe(30 * 24 * HOUR);
    expect(sessionExpiry(0, 29 * 24 * HOUR + 13 * HOUR)).toBe(30 * 24 * HOUR);
    expect(sessionExpiry(0, 29 * 24 * HOUR + 11 * HOUR)).toBe(29 * 24 * HOUR + 23 * HOUR);
  });

  test('ORG-04 five failures of an e-mail, twenty of an address, until 15 minutes after the one that fills the limit', () => {
    const at = (count: number) => Array.from({ length: count }, (_, index) => index * MINUTE);
    const now = 14 * MINUTE;
    expect(nextAttemptAt({ ofEmail: at(4), ofOrigin: [] }, now)).toBeNull();
    expect(nextAttemptAt({ ofEmail: at(5), ofOrigin: [] }, now)).toBe(15 * MINUTE);
    expect(nextAttemptAt({ ofEmail: at(6), ofOrigin: [] }, now)).toBe(16 * MINUTE);
    expect(nextAttemptAt({ ofEmail: at(5), ofOrigin: [] }, 15 * MINUTE)).toBeNull();
    const burst = (count: number) => Array.from({ length: count }, () => 0);
    expect(nextAttemptAt({ ofEmail: [], ofOrigin: burst(19) }, now)).toBeNull();
    expect(nextAttemptAt({ ofEmail: at(5), ofOrigin: burst(20) }, now)).toBe(15 * MINUTE);
  });
});
