import type { Actor } from '../../kernel/actor.ts';
import { permissionsOfRole } from '../access/access.rules.ts';
import type { Ticket } from '../ticket/ticket.entity.ts';
import type { ProblemCase } from './problem-case.rules.ts';
import type { ProblemAction } from './problem-actions.rules.ts';
import { newProblem } from './problem-open.rules.ts';
import type { Problem } from './problem.entity.ts';

/** A problem of the customer "acme", owned by "owner", with everything at hand unless told otherwise. */
export function problemCase(facts: Partial<Problem> & { readonly articleState?: string }, ticket: Partial<Ticket> = {}): ProblemCase {
  const { articleState, ...record } = facts;
  const begun = newProblem({ ticketId: 'problem', class: 'software', severity: 'L2', source: 'incident', description: 'Again and again', symptom: 'stops', handedToId: null });
  return {
    ticket: {
      id: 'problem', kind: 'problem', number: 'PRB-0000001', title: 'Mail stops', customerId: 'acme', teamId: null, holderId: 'owner', openedAt: 0, closedAt: null, lastEventAt: 0,
      externalNumber: null, externalSource: null, externalRevision: null, major: false, urgeCount: 0, lastUrgedAt: null, version: 1, ...ticket,
    },
    record: { ...begun, scope: 'All', investigation: 'Looked', rootCause: 'Logs', solution: 'Rotate', solutionState: 'approved', solutionBy: 'third', ...record },
    charts: [{ id: 'chart', problemId: 'problem', method: 'five-whys', version: 1, body: {}, createdAt: 0, createdBy: 'owner' }],
    incidents: [{ id: 'incident', number: 'INC-0000001', customerId: 'acme', teamId: 'team' }],
    changes: [{ id: 'change', number: 'CHG-0000001', state: 'closed', outcome: 'successful', closed: true }],
    article: record.articleId == null ? null : { id: record.articleId, number: 'KNW-0000001', state: articleState ?? 'submitted' },
    management: ['executive'],
  };
}

export function actorWith(role: string, id: string): Actor {
  return { kind: 'person', id, name: id, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }], customerId: null, teamIds: [], origin: 'test' };
}

/** What must stand in the record for an action to be possible. */
export const READY: Readonly<Record<ProblemAction, Partial<Problem>>> = {
  assignProblem: {}, describeProblem: {}, startProblemInvestigation: {}, recordProblemInvestigation: {}, drawProblemCause: {}, recordKnownError: {}, proposeProblemSolution: {},
  decideProblemSolution: { solutionState: 'proposed' }, raiseProblemChange: { altersCi: true }, resolveProblem: {}, confirmProblem: {}, draftProblemArticle: { confirmedAt: 1 },
  nameProblemArticle: { confirmedAt: 1 }, closeProblem: { verifiedAt: 1, confirmedAt: 1, articleId: 'article' }, withdrawProblem: {}, linkProblemIncident: {}, addProblemCi: {}, markKeyProblem: {}, addProblemNote: {},
};
