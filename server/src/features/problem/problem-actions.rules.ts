import { holdsRole, may, type Actor } from '../../kernel/actor.ts';
import { lack, unless, type ActionRule, type Lack, type Process } from '../ticket/ticket-action.rules.ts';
import type { ProblemCase } from './problem-case.rules.ts';
import { PROBLEM_MOVES, type ProblemMove, type ProblemStage } from './problem-states.rules.ts';

/** What can be done with a problem; names of the mutations. */
export const PROBLEM_ACTIONS = [
  'assignProblem', 'describeProblem', 'startProblemInvestigation', 'recordProblemInvestigation', 'drawProblemCause', 'recordKnownError', 'proposeProblemSolution',
  'decideProblemSolution', 'raiseProblemChange', 'resolveProblem', 'confirmProblem', 'draftProblemArticle', 'nameProblemArticle', 'closeProblem', 'withdrawProblem',
  'linkProblemIncident', 'addProblemCi', 'markKeyProblem', 'addProblemNote',
] as const;
export type ProblemAction = (typeof PROBLEM_ACTIONS)[number];

type Rule = ActionRule<ProblemCase, ProblemMove>;

const scopeOf = ({ ticket }: ProblemCase) => ({ customerId: ticket.customerId });
const manages = (kase: ProblemCase, actor: Actor): boolean => may(actor, 'problem.manage', scopeOf(kase));
const works = (kase: ProblemCase, actor: Actor): boolean => may(actor, 'problem.work', scopeOf(kase));
const owns = ({ ticket }: ProblemCase, actor: Actor): boolean => ticket.holderId !== null && ticket.holderId === actor.id;

const byWorker = (kase: ProblemCase, actor: Actor): string | null => unless(works(kase, actor), 'somebody who works on problems');
const byManager = (kase: ProblemCase, actor: Actor): string | null => unless(manages(kase, actor), 'somebody who manages problems');
const byOwner = (kase: ProblemCase, actor: Actor): string | null =>
  unless(manages(kase, actor) || (owns(kase, actor) && works(kase, actor)), `the owner of the problem or somebody who manages problems`);
/** INC-11: it was handed to the incident's service delivery manager for that. */
const byAssigner = (kase: ProblemCase, actor: Actor): string | null =>
  unless(manages(kase, actor) || (kase.record.handedToId !== null && kase.record.handedToId === actor.id), 'the one whom it was handed to, or somebody who manages problems');
/** KNW-08. */
const byProjectManager = (kase: ProblemCase, actor: Actor): string | null => unless(holdsRole(actor, 'project-manager') && manages(kase, actor), 'a project manager');

const inWork = ({ record }: ProblemCase): string | null => (['investigating', 'known-error', 'change-raised'].includes(record.stage) ? null : `Not possible while the problem is ${record.stage}.`);
const owesArticle = ({ record }: ProblemCase): string | null => (record.stage === 'resolved' && record.confirmedAt !== null ? null : 'It owes an article once it is resolved and the project manager has confirmed it.');

const RULES: Readonly<Record<ProblemAction, Rule>> = {
  assignProblem: { needsOpen: true, who: byAssigner },
  describeProblem: { needsOpen: true, who: byOwner },
  startProblemInvestigation: { move: 'investigate', who: byOwner, needs: ({ ticket }) => (ticket.holderId === null ? [lack('MISSING_FIELD', 'It has no owner yet: assign it first.', 'ownerId')] : []) },
  recordProblemInvestigation: { when: inWork, who: byOwner },
  drawProblemCause: { when: inWork, who: byOwner },
  recordKnownError: { move: 'know-error', who: byOwner },
  proposeProblemSolution: { when: inWork, who: byOwner, needs: causeFound },
  decideProblemSolution: {
    when: (kase) => inWork(kase) ?? (kase.record.solutionState === 'proposed' ? null : 'No solution waits for a decision.'),
    // PRB-04: nobody approves what they proposed.
    who: (kase, actor) => byManager(kase, actor) ?? unless(kase.record.solutionBy !== actor.id, 'somebody else than who proposed the solution'),
  },
  raiseProblemChange: {
    move: 'raise-change', who: (kase, actor) => byOwner(kase, actor) ?? unless(may(actor, 'change.raise', scopeOf(kase)), 'somebody who may raise changes'),
    when: ({ record }) => (record.solutionState === 'approved' && !record.altersCi ? 'The approved solution alters no CI.' : null), needs: approved,
  },
  resolveProblem: { move: 'resolve', who: byOwner, needs: (kase) => [...approved(kase), ...described(kase), ...changeDone(kase)] },
  confirmProblem: {
    when: ({ record }) => (record.stage === 'resolved' && record.confirmedAt === null ? null : record.confirmedAt === null ? 'The problem is not resolved yet.' : 'It has been confirmed already.'),
    who: byProjectManager,
  },
  draftProblemArticle: {
    when: (kase) => owesArticle(kase) ?? (kase.record.articleId === null ? null : 'Its article has been drafted or named already.'),
    who: (kase, actor) => unless(owns(kase, actor) && may(actor, 'knowledge.write'), 'the owner of the problem'),
  },
  nameProblemArticle: { when: owesArticle, who: byOwner },
  closeProblem: { move: 'close', who: byOwner, needs: closingLacks },
  withdrawProblem: { move: 'withdraw', who: byManager },
  linkProblemIncident: { needsOpen: true, who: byWorker },
  addProblemCi: { needsOpen: true, who: byWorker },
  markKeyProblem: { needsOpen: true, who: byManager },
  addProblemNote: { needsOpen: true, who: byWorker },
};

export const PROBLEM_PROCESS: Process<ProblemCase, ProblemStage, ProblemMove, ProblemAction> = {
  noun: 'problem', stateOf: ({ record }) => record.stage, isClosed: ({ record }) => record.stage === 'closed', moves: PROBLEM_MOVES, actions: RULES,
};

/** PRB-02: the cause is looked for by a method that is drawn, and then named. */
function causeFound({ record, charts }: ProblemCase): Lack[] {
  const lacks: Lack[] = [];
  if (charts.length === 0) lacks.push(lack('MISSING_FIELD', 'The root cause needs a drawn method: fishbone, five whys or Pareto.', 'method'));
  if (record.rootCause === null) lacks.push(lack('MISSING_FIELD', 'The root cause is not recorded.', 'rootCause'));
  return lacks;
}

function approved({ record }: ProblemCase): Lack[] {
  return record.solutionState === 'approved' ? [] : [lack('APPROVAL_NEEDED', 'The solution is not approved.', 'solution')];
}

/** PRB-07. */
function described({ record }: ProblemCase): Lack[] {
  const lacks: Lack[] = [];
  if (record.scope === null) lacks.push(lack('MISSING_FIELD', 'The scope of impact is not recorded.', 'scope'));
  if (record.investigation === null) lacks.push(lack('MISSING_FIELD', 'The investigation report is missing.', 'investigation'));
  return lacks;
}

const SUCCESSFUL = ['successful', 'successful-with-issues'];

/** PRB-04: what alters a CI goes through a change, and that change has been carried out. */
function changeDone({ record, changes }: ProblemCase): Lack[] {
  if (!record.altersCi) return [];
  if (changes.some(({ closed, outcome }) => closed && outcome !== null && SUCCESSFUL.includes(outcome))) return [];
  const open = changes.filter(({ closed }) => !closed).map(({ number }) => number);
  const which = open.length === 0 ? 'none is under way' : `${open.join(', ')} is not closed`;
  return [lack('MISSING_FIELD', `The solution alters a CI: a change must have been carried out successfully; ${which}.`, 'change')];
}

/** PRB-06, KNW-08. */
function closingLacks({ record, article }: ProblemCase): Lack[] {
  const lacks: Lack[] = [];
  if (record.verifiedAt === null) {
    const until = record.watchEndsAt === null ? '' : ` It is watched until ${new Date(record.watchEndsAt).toISOString()}.`;
    lacks.push(lack('MISSING_FIELD', `The solution is not verified: no recurrence in the watch window.${until}`, 'verifiedAt'));
  }
  if (record.confirmedAt === null) lacks.push(lack('APPROVAL_NEEDED', 'The project manager has not confirmed it.', 'confirmedAt'));
  if (article === null) lacks.push(lack('MISSING_FIELD', 'It owes a knowledge article: draft one, or name the one that says it already.', 'articleId'));
  else if (article.state === 'draft') lacks.push(lack('MISSING_FIELD', `Its article ${article.number} has not been submitted.`, 'articleId'));
  return lacks;
}
