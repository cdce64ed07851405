import type { DeskMessageKey } from '../lib/messages/desk/zh-CN.ts';

/** A place of the desk, shown to those who hold `permission`, or one of them; to everybody without one. */
export interface DeskArea {
  readonly path: string;
  readonly permission: string | readonly string[] | null;
  readonly label: DeskMessageKey;
  /** Not a page of the desk itself: the browser goes there. */
  readonly outside?: boolean;
}

export interface DeskGroup {
  readonly label: DeskMessageKey;
  readonly areas: readonly DeskArea[];
}

/** Whoever holds records, tasks or votes has work of their own (WBD-13). */
const WORK = ['incident.work', 'problem.work', 'change.own', 'change.implement', 'change.vote', 'release.own', 'release.test'] as const;

/** Where one can go, in the order of the navigation. A new page gets a line here. */
export const DESK_GROUPS: readonly DeskGroup[] = [
  {
    label: 'nav.group.desk', areas: [
      { path: '/my-work', permission: WORK, label: 'nav.myWork' },
      { path: '/queue', permission: 'incident.read', label: 'nav.queue' },
      { path: '/record', permission: 'incident.record', label: 'nav.record' },
      { path: '/handoffs', permission: 'incident.read', label: 'nav.handoffs' },
      { path: '/on-call', permission: 'team.read', label: 'nav.onCall' },
      { path: '/board', permission: 'board.read', label: 'nav.board', outside: true },
    ],
  },
  {
    label: 'nav.group.change', areas: [
      { path: '/changes', permission: 'change.read', label: 'nav.changes' },
      { path: '/planning', permission: 'change.read', label: 'nav.planning' },
      { path: '/releases', permission: 'release.read', label: 'nav.releases' },
    ],
  },
  {
    label: 'nav.group.improve', areas: [
      { path: '/problems', permission: 'problem.read', label: 'nav.problems' },
      { path: '/knowledge', permission: 'knowledge.read', label: 'nav.knowledge' },
      { path: '/reviews', permission: 'review.edit', label: 'nav.reviews' },
      { path: '/metrics', permission: 'metrics.read', label: 'nav.metrics' },
    ],
  },
  {
    label: 'nav.group.estate', areas: [
      { path: '/cmdb', permission: 'cmdb.read', label: 'nav.cmdb' },
      { path: '/vendor-cases', permission: 'vendor.edit', label: 'nav.vendorCases' },
      { path: '/screens', permission: 'screen.edit', label: 'nav.screens' },
      { path: '/admin', permission: ['person.edit', 'team.edit', 'customer.edit', 'agreement.edit', 'policy.edit', 'calendar.edit', 'token.edit', 'audit.read'], label: 'nav.admin' },
    ],
  },
];

/** The groups that somebody with these permissions sees; none that is empty. */
export function groupsFor(permissions: readonly string[]): readonly DeskGroup[] {
  return DESK_GROUPS
    .map((group) => ({ ...group, areas: group.areas.filter(({ permission }) => permission === null || [permission].flat().some((one) => permissions.includes(one))) }))
    .filter(({ areas }) => areas.length > 0);
}

/** WBD-13: whoever handles incidents begins with what waits for them; whoever leads or looks on begins with the queue; who may not see it, where they may. */
export function firstPage(permissions: readonly string[]): string {
  if (!permissions.includes('incident.read')) return groupsFor(permissions)[0]?.areas[0]?.path ?? '/notices';
  return permissions.includes('incident.work') && !permissions.includes('incident.lead') ? '/my-work' : '/queue';
}
