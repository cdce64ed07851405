import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { PROBLEM_POLICY } from '../../seed/policy-problem.ts';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';
import { guardAction } from '../ticket/ticket-action.rules.ts';
import type { RecordContext } from '../ticket/ticket-record.rules.ts';
import { PROBLEM_PROCESS, type ProblemAction } from './problem-actions.rules.ts';
import type { ProblemCase, ProblemDecision } from './problem-case.rules.ts';
import { changeRaised, close, confirm, decideSolution, describe, isRecurrence, knowError, oweArticle, proposeSolution, recordInvestigation, recur, resolve, startInvestigation, verify, withdraw } from './problem-decide.rules.ts';
import { actorWith, problemCase } from './problem.fixture.ts';
import { newProblem } from './problem-open.rules.ts';
import { nextLook } from './problem-timer.rules.ts';

const STEPS = 10_000;
const PER_RUN = 50;

/** What a person, the timer or an incident may do to a problem, with what each brings. */
const RULES: Readonly<Record<string, { readonly action: ProblemAction | null; readonly decide: (kase: ProblemCase, context: RecordContext) => ProblemDecision }>> = {
  describe: { action: 'describeProblem', decide: (kase, context) => describe(kase, { title: null, class: null, severity: null, symptom: null, scope: 'All' }, context) },
  start: { action: 'startProblemInvestigation', decide: startInvestigation },
  investigate: { action: 'recordProblemInvestigation', decide: (kase, context) => recordInvestigation(kase, { investigation: 'Looked', rootCause: 'Logs' }, context) },
  know: { action: 'recordKnownError', decide: (kase, context) => knowError(kase, { symptom: 'stops', workaround: 'Restart', rootCause: null }, context) },
  propose: { action: 'proposeProblemSolution', decide: (kase, context) => proposeSolution(kase, { solution: 'Rotate', minutes: 10, effect: 'Good', prevention: null, altersCi: false }, context) },
  proposeCi: { action: 'proposeProblemSolution', decide: (kase, context) => proposeSolution(kase, { solution: 'New disk', minutes: 10, effect: 'Good', prevention: null, altersCi: true }, context) },
  approve: { action: 'decideProblemSolution', decide: (kase, context) => decideSolution(kase, { approve: true, reason: null }, context) },
  refuse: { action: 'decideProblemSolution', decide: (kase, context) => decideSolution(kase, { approve: false, reason: 'No' }, context) },
  change: { action: 'raiseProblemChange', decide: (kase, context) => changeRaised(kase, 'change', context) },
  resolve: { action: 'resolveProblem', decide: resolve },
  confirm: { action: 'confirmProblem', decide: confirm },
  article: { action: 'draftProblemArticle', decide: (kase, context) => oweArticle(kase, { id: 'article', known: false }, context) },
  close: { action: 'closeProblem', decide: close },
  withdraw: { action: 'withdrawProblem', decide: (kase, context) => withdraw(kase, 'Mistake', context) },
  incident: { action: null, decide: (kase, context) => (isRecurrence(kase, context.now) ? recur(kase, { id: 'i', number: 'INC-1' }, context) : { events: [] }) },
  timer: { action: null, decide: verify },
};

/** Drawn more often, or nearly every run would end in a withdrawal or begin anew. */
const OFTEN = Object.keys(RULES).filter((what) => !['withdraw', 'incident', 'refuse'].includes(what));

test('PRB-01 PRB-04 PRB-06 KNW-08 in 10,000 random steps no problem is ever in a state that the handbook does not know', () => {
  let steps = 0;
  const reached = new Set<string>();
  const step = fc.record({ what: fc.constantFrom(...OFTEN, ...OFTEN, ...OFTEN, ...Object.keys(RULES)), days: fc.constantFrom(0, 0, 1, 29, 30), who: fc.constantFrom('owner', 'somebody') });
  fc.assert(fc.property(fc.array(step, { minLength: PER_RUN, maxLength: PER_RUN }), (run) => {
    const kase = { ...problemCase({}), record: newProblem({ ticketId: 'problem', class: 'software', severity: 'L2', source: 'incident', description: 'x', symptom: 'stops', handedToId: null }), article: null as ProblemCase['article'] };
    let now = 0;
    for (const { what, days, who } of run) {
      steps += 1;
      now += days * DAY + 1;
      const actor = actorWith('project-manager', who);
      const context: RecordContext = { now, actor, newId: () => 'id', policies: SEEDED_POLICIES, versions: Object.fromEntries(Object.keys(SEEDED_POLICIES).map((key) => [key, 1])) as RecordContext['versions'] };
      const before = { ...kase.record };
      const { action, decide } = RULES[what]!;
      try {
        if (action !== null) guardAction(PROBLEM_PROCESS, action, kase, actor);
        const decision = decide(kase, context);
        Object.assign(kase.record, decision.record);
        Object.assign(kase.ticket, decision.ticket);
        if (kase.record.articleId !== null) kase.article = { id: 'article', number: 'KNW-0000001', state: 'submitted' };
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        // A refusal leaves everything as it was.
        expect(kase.record).toEqual(before);
      }
      mustHold(kase, before, { now, who, what });
      reached.add(kase.record.stage);
    }
  }), { numRuns: STEPS / PER_RUN, seed: 20260302 });
  expect(steps).toBe(STEPS);
  expect([...reached].toSorted()).toEqual(['change-raised', 'closed', 'investigating', 'known-error', 'logged', 'resolved']);
});

function mustHold({ record, ticket }: ProblemCase, before: ProblemCase['record'], { now, who, what }: { now: number; who: string; what: string }): void {
  const withdrawn = record.withdrawnReason !== null;
  expect(record.state).toBe(record.stage === 'resolved' || (record.stage === 'closed' && !withdrawn) ? 'resolved' : 'unresolved');
  expect(ticket.closedAt !== null).toBe(record.stage === 'closed');
  if (record.stage === 'resolved') expect([record.solutionState, record.scope, record.investigation]).toEqual(['approved', 'All', 'Looked']);
  if (record.stage === 'resolved' || (record.stage === 'closed' && !withdrawn)) expect(record.watchEndsAt).toBe(record.resolvedAt! + PROBLEM_POLICY.watchDays * DAY);
  if (record.verifiedAt !== null) expect([record.verifiedAt === record.watchEndsAt, record.verifiedAt <= now]).toEqual([true, true]);
  if (record.stage === 'closed' && !withdrawn) expect([record.verifiedAt !== null, record.confirmedAt !== null, record.articleId !== null]).toEqual([true, true, true]);
  if (before.stage === 'closed') expect(record).toEqual(before);
  if (what === 'approve' && record.solutionState === 'approved' && before.solutionState !== 'approved') expect(before.solutionBy).not.toBe(who);
  if (record.stage === 'closed') expect(nextLook(record, 0, SEEDED_POLICIES)).toBeNull();
}
