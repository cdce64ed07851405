import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import type { ReleaseCase } from '../../server/src/features/release/release-case.rules.ts';
import { CHECKLIST, GO_LIVE_FIELDS, PLAN_FIELDS, RELEASE_PAPERS } from '../../server/src/features/release/release-plan.rules.ts';
import type { ReleaseState } from '../../server/src/features/release/release-states.rules.ts';
import type { Release } from '../../server/src/features/release/release.entity.ts';
import { RELEASE_STATES } from '../../server/src/features/release/release-states.rules.ts';
import type { RecordContext } from '../../server/src/features/ticket/ticket-record.rules.ts';
import type { Actor, Grant } from '../../server/src/kernel/actor.ts';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';
import { shanghai } from './story-world.ts';

const person = (id: string, role: string, customerId: string | null = null): Actor => {
  const grants: Grant[] = [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }];
  return { kind: 'person', id, name: id, grants, customerId, teamIds: [], origin: 'test' };
};

/** Everybody who might do something with the release of "acme" that "owner" owns. */
export const RELEASE_CAST = {
  owner: person('owner', 'release-owner'),
  otherOwner: person('other-owner', 'release-owner'),
  manager: person('manager', 'release-manager'),
  tester: person('tester', 'release-tester'),
  head: person('head', 'department-manager'),
  unnamedHead: person('unnamed-head', 'service-manager'),
  engineer: person('engineer', 'engineer'),
  configurationManager: person('configuration-manager', 'configuration-manager'),
  contact: person('contact', 'customer-contact', 'acme'),
  stranger: person('stranger', 'customer-contact', 'globex'),
  auditor: person('auditor', 'auditor'),
} as const satisfies Record<string, Actor>;
export type ReleaseRole = keyof typeof RELEASE_CAST;

export const NOW = shanghai('2026-03-02 10:00');
export const ACCEPTED = 'a'.repeat(64);
export const OTHER = 'b'.repeat(64);

let ids = 0;
export const releaseContext = (actor: Actor, now = NOW): RecordContext => ({
  now, actor, newId: () => `id-${(ids += 1)}`, policies: SEEDED_POLICIES, versions: Object.fromEntries(Object.keys(SEEDED_POLICIES).map((key) => [key, 1])) as RecordContext['versions'],
});

const textsFor = <Field extends string>(fields: readonly Field[]): Record<Field, string> => Object.fromEntries(fields.map((field) => [field, `About ${field}.`])) as Record<Field, string>;

const BLANK: Release = {
  ticketId: 'release', state: 'planning', version: '4.2', plannedMonth: null, windowStartAt: null, windowEndAt: null, packageName: null, packageSha256: null, packageLocation: null,
  acceptedSha256: null, acceptedAt: null, acceptedBy: null, plan: {}, goLivePlan: {}, reviewedGoLivePlan: null, contentApprovedAt: null, contentApprovedBy: null,
  goLiveApprovedAt: null, goLiveApprovedBy: null, testEnvironment: null, trialExpectations: null, trialFindings: null, notice: null, noticeSentAt: null, training: null,
  deploymentChangeId: null, baselineId: null, baselineName: null, deploymentStartedAt: null, deployedAt: null, deployedSha256: null, rolledBackAt: null, rollbackReason: null,
  rollbackVerification: null, rollbackVerifiedAt: null, businessConfirmedAt: null, businessConfirmedBy: null, businessConfirmation: null, papersHandedAt: null,
  papersHandedToId: null, report: null, reportedAt: null,
};

/** A release on which nothing has been done. */
export function blankRelease(record: Partial<Release> = {}): ReleaseCase {
  const ticket: ReleaseCase['ticket'] = {
    id: 'release', kind: 'release', number: 'REL-0000001', title: 'ERP 4.2', customerId: 'acme', teamId: null, holderId: 'owner', openedAt: NOW, closedAt: null, lastEventAt: NOW,
    externalNumber: null, externalSource: null, externalRevision: null, major: false, urgeCount: 0, lastUrgedAt: null, version: 1,
  };
  return { ticket, record: { ...BLANK, ...record }, reviews: [], tests: [], checks: [], decisions: [], causes: [], changes: [], cis: [], papers: [] };
}

/** A release in that state of which nothing is missing that its next step asks for. `started`: its deployment has begun. */
export function readyRelease(state: ReleaseState, { started = RELEASE_STATES.indexOf(state) > RELEASE_STATES.indexOf('deployment') && state !== 'cancelled' } = {}): ReleaseCase {
  const tested = RELEASE_STATES.indexOf(state) > RELEASE_STATES.indexOf('acceptance');
  const deployed = state === 'cmdb-update' || state === 'closed' || state === 'reported';
  const ended = state === 'closed' || state === 'reported' || state === 'cancelled';
  const kase = blankRelease({
    state, plan: textsFor(PLAN_FIELDS), goLivePlan: textsFor(GO_LIVE_FIELDS), packageName: 'erp-4.2.zip', packageSha256: ACCEPTED, packageLocation: 'library/erp/4.2',
    acceptedSha256: tested ? ACCEPTED : null, acceptedAt: tested ? NOW - 1 : null, acceptedBy: tested ? 'tester' : null, trialExpectations: 'Faster posting.', trialFindings: 'It is faster.',
    notice: 'The menu moved.', noticeSentAt: NOW - 1, training: 'Accounting, Monday.', windowStartAt: NOW, windowEndAt: NOW + 3_600_000, baselineId: 'baseline', baselineName: 'Before 4.2',
    deploymentStartedAt: started ? NOW : null, deployedAt: deployed ? NOW : null, deployedSha256: deployed ? ACCEPTED : null, rolledBackAt: state === 'rolled-back' ? NOW : null,
    papersHandedAt: NOW, papersHandedToId: 'configuration-manager',
  });
  return {
    ...kase, ticket: { ...kase.ticket, closedAt: ended ? NOW : null },
    reviews: [{ id: 'review', releaseId: 'release', personId: 'head', personName: 'Head', department: 'Finance', verdict: 'agreed', note: null, decidedAt: NOW }],
    tests: [{ id: 'test', releaseId: 'release', name: 'Posting', expected: 'Posted', actual: 'Posted', passed: true, packageSha256: ACCEPTED, testedAt: NOW, testedBy: 'tester' }],
    checks: [
      ...CHECKLIST.map((subject) => ({ id: subject, releaseId: 'release', phase: 'before' as const, subject, ok: true, note: null, at: NOW, byName: 'owner' })),
      { id: 'watch', releaseId: 'release', phase: 'watch', subject: 'ERP', ok: true, note: null, at: NOW, byName: 'owner' },
    ],
    decisions: [{ id: 'waived', releaseId: 'release', kind: 'waive', subject: 'business-confirmation', freezeId: null, windowStartAt: null, windowEndAt: null, reason: 'Closed for holidays.', decidedAt: NOW, decidedBy: 'manager' }],
    causes: [{ id: 'cause', releaseId: 'release', ticketId: 'incident', state: 'suggested', evidence: null, suggestedAt: NOW, decidedAt: null, decidedBy: null, reason: null }],
    changes: [{ id: 'change', number: 'CHG-0000001', state: 'implementing', category: 'important', customerId: 'acme' }], cis: [{ id: 'ci', name: 'erp-db', customerId: 'acme', updated: true }], papers: [...RELEASE_PAPERS],
  };
}
