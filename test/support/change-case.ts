import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import type { ChangeCase } from '../../server/src/features/change/change-case.rules.ts';
import type { ChangeDecided } from '../../server/src/features/change/change-decision.rules.ts';
import type { ChangeRow } from '../../server/src/features/change/change.entity.ts';
import type { RecordContext } from '../../server/src/features/ticket/ticket-record.rules.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import type { Instant } from '../../server/src/kernel/instant.ts';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';
import { makeCalendars, shanghai } from './story-world.ts';

const person = (id: string, role: string, customerId: string | null = null): Actor =>
  ({ kind: 'person', id, name: id, grants: [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }], customerId, teamIds: [], origin: 'test' });

/** Everybody who may or may not act on a change. `owner`, `implementer` and `requester` are those of the case. */
export const ACTORS = {
  requester: person('requester', 'engineer'), owner: person('owner', 'change-owner'), implementer: person('implementer', 'change-implementer'),
  otherEngineer: person('other-engineer', 'engineer'), otherOwner: person('other-owner', 'change-owner'), manager: person('manager', 'change-manager'),
  departmentManager: person('department-manager', 'department-manager'), cabMember: person('cab-member', 'cab-member'), configurationManager: person('configuration-manager', 'configuration-manager'),
  customer: person('customer', 'customer-contact', 'acme'), stranger: person('stranger', 'customer-contact', 'globex'), auditor: person('auditor', 'auditor'),
} as const satisfies Record<string, Actor>;
export type ActorKey = keyof typeof ACTORS;

export const NOW = shanghai('2026-03-02 10:00');
const PLAN_TEXT = 'written';

/** A change in which everything is there: plan, papers, people. Tests take away what they are about. */
export function changeCase(facts: Partial<ChangeRow> = {}, more: Partial<Omit<ChangeCase, 'ticket' | 'record'>> = {}): ChangeCase {
  const book = makeCalendars();
  return {
    ticket: {
      id: 'change', kind: 'change', number: 'CHG-0000001', title: '【一般变更】Patch', customerId: 'acme', teamId: null, holderId: 'owner', openedAt: NOW, closedAt: null, lastEventAt: NOW,
      externalNumber: null, externalSource: null, externalRevision: null, major: false, urgeCount: 0, lastUrgedAt: null, version: 1,
    },
    record: {
      ticketId: 'change', state: 'draft', category: 'general', type: 'system', risk: 'medium', priority: 'normal', source: 'own', subject: 'Patch', description: 'Patch it.', expectedResult: null,
      businessSystems: ['Mail'], departments: ['Sales'], impact: null, askedBy: null, requesterId: 'requester', requesterName: 'requester', ownerId: 'owner', implementerId: 'implementer',
      preAuthorisedId: null, software: false, recordedAfterwards: false, submittedAt: null, responseDueAt: null, responseWarnedAt: null, responseMissedAt: null, respondedAt: null, response: null,
      responseReason: null, approvalRound: 1, approvedAt: null, windowStartAt: null, windowEndAt: null, implementationDueAt: null, implementationMissedAt: null, implementationStartedAt: null,
      implementationEndedAt: null, outcome: null, expectedResultMet: null, outageMinutes: 0, reviewedAt: null, reviewText: null, stability: null, businessSatisfaction: null, businessRemark: null,
      debtDueAt: null, debtMissedAt: null, debtPaidAt: null, endReason: null, ...facts,
    },
    now: NOW, policy: SEEDED_POLICIES.change,
    plan: {
      ticketId: 'change', planType: PLAN_TEXT, background: PLAN_TEXT, presentEnvironment: PLAN_TEXT, dataBackup: PLAN_TEXT, steps: PLAN_TEXT, schedule: PLAN_TEXT, riskAndRollback: PLAN_TEXT,
      testSteps: PLAN_TEXT, implementationPlan: PLAN_TEXT, testPlan: PLAN_TEXT, rollbackPlan: PLAN_TEXT, servicePlan: '', editedBy: null, editedAt: null,
    },
    assessments: (['before', 'after'] as const).flatMap((phase) => (['capacity', 'availability', 'continuity', 'sla', 'cost'] as const).map((section) =>
      ({ id: `${phase} ${section}`, ticketId: 'change', phase, section, text: 'none', recordedAt: NOW, author: 'owner' }))),
    statements: [{ id: 'statement', ticketId: 'change', ciId: 'ci', ownerName: null, requestedAt: NOW, requestedBy: 'owner', agrees: null, text: null, statedAt: null, statedBy: null }],
    approvals: [], decisions: [], outages: [], debts: [], attempts: [],
    tasks: [{ id: 'task', ticketId: 'change', seq: 1, title: 'Patch', implementerId: 'implementer', plannedStartAt: NOW, plannedEndAt: NOW + 3_600_000, sentAt: NOW, startedAt: NOW, endedAt: NOW, done: true, remark: null }],
    ciResults: [{ id: 'result', ticketId: 'change', ciId: 'ci', result: 'unchanged', remark: 'same', recordedAt: NOW, recordedBy: 'implementer' }],
    cis: [{ id: 'ci', name: 'srv-01' }], papers: new Set(['change-plan', 'implementation-application', 'completion-report']), preAuthorised: null, carriers: 0,
    calendars: (key) => book.resolve(book.idByKey[key] ?? key),
    ...more,
  };
}

export function approved(step: ChangeCase['approvals'][number]['step'], decision: 'approved' | 'rejected' = 'approved', round = 1): ChangeCase['approvals'][number] {
  return { id: `${step} ${round}`, ticketId: 'change', round, step, decision, given: 'system', personId: null, personName: step, attachmentId: null, note: null, givenAt: NOW, recordedAt: NOW, recordedBy: step };
}

export function attempt(facts: Partial<ChangeCase['attempts'][number]> = {}): ChangeCase['attempts'][number] {
  return {
    id: 'attempt', ticketId: 'change', number: 1, startedAt: NOW, startedBy: 'implementer', endedAt: null, result: null, remark: null, rolledBackAt: null, rollbackRemark: null, verification: null,
    verifiedAt: null, verifiedBy: null, followedBy: null, ...facts,
  };
}

export function debt(item: ChangeCase['debts'][number]['item'], paidAt: Instant | null = null): ChangeCase['debts'][number] {
  return { id: item, ticketId: 'change', item, incurredAt: NOW, paidAt, paidBy: null };
}

let ids = 0;
export function contextOf(actor: Actor, now: Instant = NOW): RecordContext {
  return { now, actor, newId: () => `id-${(ids += 1)}`, policies: SEEDED_POLICIES, versions: VERSIONS };
}
const VERSIONS = Object.fromEntries(Object.keys(SEEDED_POLICIES).map((key) => [key, 1])) as RecordContext['versions'];

const LISTS = { approval: 'approvals', decision: 'decisions', task: 'tasks', attempt: 'attempts', outage: 'outages', debt: 'debts', assessment: 'assessments', statement: 'statements', ciResult: 'ciResults' } as const;

/** The case as it is after a decision, without a database. */
export function applied(kase: ChangeCase, decided: ChangeDecided): ChangeCase {
  for (const { row, values } of decided.patches ?? []) Object.assign(row, values);
  const next: Record<string, unknown> = { ...kase, ticket: { ...kase.ticket, ...decided.ticket }, record: { ...kase.record, ...decided.record } };
  for (const { table, row } of decided.add ?? []) {
    const list = LISTS[table as keyof typeof LISTS];
    next[list] = [...(next[list] as object[]), row];
  }
  return next as unknown as ChangeCase;
}
