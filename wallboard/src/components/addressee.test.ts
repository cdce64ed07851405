import { expect, test } from 'vitest';
import { addresseeText } from './addressee.ts';

const label = (role: string): string => (role === 'technical-manager' ? '技术经理' : role);

test('SLA-07 an addressee is a role with its person, or the role alone', () => {
  expect(addresseeText('technical-manager: 王伟', label)).toBe('技术经理 王伟');
  expect(addresseeText('technical-manager', label)).toBe('技术经理');
  expect(addresseeText('Acme Corp.', label)).toBe('Acme Corp.');
});
