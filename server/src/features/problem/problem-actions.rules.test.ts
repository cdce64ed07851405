import { describe, expect, test } from 'vitest';
import { ROLES } from '../access/access.rules.ts';
import { lacksOf } from '../ticket/ticket-action.rules.ts';
import { PROBLEM_ACTIONS, PROBLEM_PROCESS, type ProblemAction } from './problem-actions.rules.ts';
import { actorWith, problemCase, READY } from './problem.fixture.ts';
import { PROBLEM_STAGES, type ProblemStage } from './problem-states.rules.ts';

const WORK = ['investigating', 'known-error', 'change-raised'] as const;
const OPEN = ['logged', ...WORK, 'resolved'] as const;

/** The handbook's table, written out again by hand: in which stages each action is possible when nothing is missing. */
const STAGES: Readonly<Record<ProblemAction, readonly ProblemStage[]>> = {
  assignProblem: OPEN, describeProblem: OPEN, startProblemInvestigation: ['logged'], recordProblemInvestigation: WORK, drawProblemCause: WORK, recordKnownError: WORK,
  proposeProblemSolution: WORK, decideProblemSolution: WORK, raiseProblemChange: WORK, resolveProblem: WORK, confirmProblem: ['resolved'], draftProblemArticle: ['resolved'],
  nameProblemArticle: ['resolved'], closeProblem: ['resolved'], withdrawProblem: ['logged', 'investigating'], linkProblemIncident: OPEN, addProblemCi: OPEN, markKeyProblem: OPEN, addProblemNote: OPEN,
};

const HANDLERS = ['service-desk', 'engineer', 'senior-engineer', 'technical-manager', 'service-manager', 'service-delivery-manager', 'project-manager', 'department-manager', 'incident-manager'];
const MANAGERS = ['technical-manager', 'service-manager', 'service-delivery-manager', 'project-manager', 'incident-manager'];
/** Who may, when they neither own it nor had it handed to them; and who may besides when they own it. */
const WHO: Readonly<Record<ProblemAction, { readonly anybody: readonly string[]; readonly owner: readonly string[] }>> = {
  assignProblem: { anybody: MANAGERS, owner: MANAGERS }, describeProblem: { anybody: MANAGERS, owner: HANDLERS }, startProblemInvestigation: { anybody: MANAGERS, owner: HANDLERS },
  recordProblemInvestigation: { anybody: MANAGERS, owner: HANDLERS }, drawProblemCause: { anybody: MANAGERS, owner: HANDLERS }, recordKnownError: { anybody: MANAGERS, owner: HANDLERS },
  proposeProblemSolution: { anybody: MANAGERS, owner: HANDLERS }, decideProblemSolution: { anybody: MANAGERS, owner: MANAGERS },
  raiseProblemChange: { anybody: MANAGERS, owner: HANDLERS }, resolveProblem: { anybody: MANAGERS, owner: HANDLERS },
  confirmProblem: { anybody: ['project-manager'], owner: ['project-manager'] },
  draftProblemArticle: { anybody: [], owner: [...HANDLERS, 'change-manager', 'change-owner', 'change-implementer', 'release-manager', 'release-owner', 'configuration-manager', 'knowledge-reviewer'] },
  nameProblemArticle: { anybody: MANAGERS, owner: HANDLERS }, closeProblem: { anybody: MANAGERS, owner: HANDLERS }, withdrawProblem: { anybody: MANAGERS, owner: MANAGERS },
  linkProblemIncident: { anybody: HANDLERS, owner: HANDLERS }, addProblemCi: { anybody: HANDLERS, owner: HANDLERS }, markKeyProblem: { anybody: MANAGERS, owner: MANAGERS }, addProblemNote: { anybody: HANDLERS, owner: HANDLERS },
};

describe('PRB-01 the table', () => {
  test.each(PROBLEM_ACTIONS)('PRB-01 %s is possible in exactly its stages', (action) => {
    const system = actorWith('project-manager', 'owner');
    const possible = PROBLEM_STAGES.filter((stage) => lacksOf(PROBLEM_PROCESS, action, problemCase({ ...READY[action], stage }), system).every(({ code }) => code !== 'MOVE_NOT_ALLOWED'));
    expect(possible).toEqual(STAGES[action]);
  });

  test.each(PROBLEM_ACTIONS)('PRB-01 %s by exactly its roles, in each stage', (action) => {
    for (const stage of PROBLEM_STAGES) {
      for (const [as, whose] of [['somebody', 'anybody'], ['owner', 'owner']] as const) {
        const allowed = ROLES.map(({ key }) => key).filter((role) => lacksOf(PROBLEM_PROCESS, action, problemCase({ ...READY[action], stage }), actorWith(role, as)).every(({ code }) => code !== 'FORBIDDEN'));
        expect([stage, as, allowed.toSorted()]).toEqual([stage, as, WHO[action][whose].toSorted()]);
      }
    }
  });

  test('PRB-01 with everything there, each action is possible in each of its stages for whoever may', () => {
    for (const action of PROBLEM_ACTIONS) {
      for (const stage of STAGES[action]) expect([action, stage, lacksOf(PROBLEM_PROCESS, action, problemCase({ ...READY[action], stage }), actorWith('project-manager', 'owner'))]).toEqual([action, stage, []]);
    }
  });

  test('INC-11 whom it was handed to may assign it without managing problems', () => {
    const handed = problemCase({ stage: 'logged', handedToId: 'somebody' });
    expect(lacksOf(PROBLEM_PROCESS, 'assignProblem', handed, actorWith('department-manager', 'somebody'))).toEqual([]);
    expect(lacksOf(PROBLEM_PROCESS, 'assignProblem', handed, actorWith('department-manager', 'owner'))).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  test('PRB-04 who proposed the solution does not decide on it, whatever their role', () => {
    const proposed = problemCase({ stage: 'investigating', solutionState: 'proposed', solutionBy: 'owner' });
    expect(lacksOf(PROBLEM_PROCESS, 'decideProblemSolution', proposed, actorWith('project-manager', 'owner'))).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(lacksOf(PROBLEM_PROCESS, 'decideProblemSolution', proposed, actorWith('project-manager', 'somebody'))).toEqual([]);
  });

  test('INC-11 without an owner no investigation begins', () => {
    const waiting = problemCase({ stage: 'logged' }, { holderId: null });
    expect(lacksOf(PROBLEM_PROCESS, 'startProblemInvestigation', waiting, actorWith('project-manager', 'owner'))).toMatchObject([{ code: 'MISSING_FIELD', field: 'ownerId' }]);
  });

  test('ORG-03 PRB-01 a role for another customer is none', () => {
    const actor = actorWith('project-manager', 'owner');
    const elsewhere = { ...actor, grants: actor.grants.map((grant) => ({ ...grant, customerId: 'other' })) };
    for (const action of PROBLEM_ACTIONS.filter((one) => one !== 'draftProblemArticle')) {
      expect([action, lacksOf(PROBLEM_PROCESS, action, problemCase({ ...READY[action], stage: STAGES[action][0]! }), elsewhere).map(({ code }) => code)]).toEqual([action, ['FORBIDDEN']]);
    }
  });
});
