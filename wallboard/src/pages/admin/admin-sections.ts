import type { AdminMessageKey } from '../../lib/messages/admin/zh-CN.ts';

/** A section of the admin pages. `see` shows it in the navigation; `edit` shows its forms. */
export interface AdminSection {
  readonly path: string;
  readonly label: AdminMessageKey;
  readonly see: string;
  readonly edit: string;
  /** Has its page elsewhere. */
  readonly elsewhere?: boolean;
}

export const ADMIN_SECTIONS = [
  { path: '/admin/people', label: 'people.title', see: 'person.edit', edit: 'person.edit' },
  { path: '/admin/teams', label: 'teams.title', see: 'team.edit', edit: 'team.edit' },
  { path: '/on-call', label: 'nav.roster', see: 'roster.edit', edit: 'roster.edit', elsewhere: true },
  { path: '/admin/customers', label: 'customers.title', see: 'customer.edit', edit: 'customer.edit' },
  { path: '/admin/agreements', label: 'agreements.title', see: 'agreement.edit', edit: 'agreement.edit' },
  { path: '/admin/services', label: 'services.title', see: 'agreement.edit', edit: 'agreement.edit' },
  { path: '/admin/policies', label: 'policies.title', see: 'policy.edit', edit: 'policy.edit' },
  { path: '/admin/calendars', label: 'calendars.title', see: 'calendar.edit', edit: 'calendar.edit' },
  { path: '/admin/tokens', label: 'tokens.title', see: 'token.edit', edit: 'token.edit' },
  { path: '/screens', label: 'nav.screens', see: 'screen.edit', edit: 'screen.edit', elsewhere: true },
  { path: '/admin/audit', label: 'audit.title', see: 'audit.read', edit: 'audit.redact' },
] as const satisfies readonly AdminSection[];

/** Whoever may see one section finds the way to the admin pages. */
export function sectionsFor(permissions: readonly string[]): readonly AdminSection[] {
  return ADMIN_SECTIONS.filter(({ see }) => permissions.includes(see));
}
