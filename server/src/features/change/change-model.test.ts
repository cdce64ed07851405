import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTORS, applied, changeCase, contextOf, NOW } from '../../../../test/support/change-case.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { guardAction, lacksOf } from '../ticket/ticket-action.rules.ts';
import { CHANGE_ACTIONS, CHANGE_PROCESS, type ChangeAction } from './change-actions.rules.ts';
import { excuseRelease, giveWord, replanChange, requestApproval, type Word } from './change-approve.rules.ts';
import type { ChangeCase } from './change-case.rules.ts';
import { note, type ChangeDecided } from './change-decision.rules.ts';
import { completeChange, failChange, rescheduleChange, retryChange, rollBackChange, scheduleChange, startChange, stopChange, verifyRollback } from './change-implement.rules.ts';
import { acceptChange, cancelChange, planChange, recategorise, refuseChange, submitChange } from './change-respond.rules.ts';
import { closeChange, possibleOutcomes, reviewChange } from './change-review.rules.ts';
import type { ApprovalStep, ChangeCategory, ChangeState } from './change-states.rules.ts';

/** CHG-04 once more, written down from the text: every way that a change may take from one state to another. */
const WAYS: ReadonlySet<string> = new Set([
  'draft>submitted', 'submitted>accepted', 'submitted>refused', 'accepted>planning', 'planning>approval', 'approval>scheduled', 'approval>planning', 'scheduled>planning', 'scheduled>implementing',
  'implementing>review', 'implementing>rolled-back', 'rolled-back>verified', 'verified>implementing', 'verified>review', 'review>closed', 'review>terminated',
  'draft>cancelled', 'submitted>cancelled', 'accepted>cancelled', 'planning>cancelled', 'approval>cancelled', 'scheduled>cancelled',
  // Emergencies and pre-authorised changes.
  'accepted>implementing', 'accepted>scheduled',
]);
const NEEDED: Readonly<Record<ChangeCategory, readonly ApprovalStep[]>> = { major: ['steering', 'cab', 'customer'], important: ['cab'], general: ['manager'], emergency: ['consent'] };

interface Step {
  /** Anything by anybody, possible or not; else one of what is possible. */
  readonly wild: boolean;
  readonly pick: number;
  readonly yes: boolean;
  readonly hours: number;
}

const step = fc.record({ wild: fc.boolean(), pick: fc.nat(1_000_000), yes: fc.boolean(), hours: fc.integer({ min: 0, max: 30 }) });
const life = fc.record({
  category: fc.constantFrom<ChangeCategory>('major', 'important', 'general', 'emergency'), listed: fc.boolean(), software: fc.boolean(), papers: fc.boolean(), steps: fc.array(step, { minLength: 40, maxLength: 120 }),
});

let steps = 0;
let ended = 0;

test('CHG-04 CHG-06 CHG-10 no sequence of actions brings a change where it may not be', () => {
  fc.assert(fc.property(life, ({ category, listed, software, papers, steps: planned }) => {
    const item = { id: 'item', customerId: 'acme', title: 'Patch', servicePlan: 'Monthly', agreedBy: 'Li', agreedAt: NOW, endsAt: null, createdBy: 'manager', createdAt: NOW, version: 1 };
    let kase = changeCase({ category, software, approvalRound: 0, ...(category === 'general' && listed ? { preAuthorisedId: 'item' } : {}) }, {
      preAuthorised: listed && category === 'general' ? item : null, ...(papers ? {} : { papers: new Set() }), plan: { ...changeCase().plan, servicePlan: 'Monthly' },
    });
    let now = NOW;
    for (const one of planned) {
      now += one.hours * 3_600_000;
      steps += 1;
      kase = take({ ...kase, now }, one);
      if (CHANGE_PROCESS.isClosed(kase)) break;
    }
    if (kase.ticket.closedAt !== null) ended += 1;
  }), { numRuns: 350, seed: 4711 });
  // Else the drawn lives were too short to say anything.
  expect(steps).toBeGreaterThanOrEqual(10_000);
  expect(ended).toBeGreaterThan(20);
}, 60_000);

/** One step; a refused one changes nothing, a possible one is checked. */
function take(kase: ChangeCase, one: Step): ChangeCase {
  const [action, actor] = one.wild ? anything(one.pick) : possible(kase, one.pick);
  const lacks = lacksOf(CHANGE_PROCESS, action, kase, actor);
  if (lacks.length > 0) {
    expect(() => guardAction(CHANGE_PROCESS, action, kase, actor)).toThrow(Refusal);
    return kase;
  }
  guardAction(CHANGE_PROCESS, action, kase, actor);
  const next = applied(kase, decide(action, { kase, actor, one }));
  const from = kase.record.state;
  const to = next.record.state;
  if (from !== to) expect(WAYS.has(`${from}>${to}`), `${action}: ${from}>${to}`).toBe(true);
  holds(kase, next, action);
  return next;
}

const EVERYBODY: readonly Actor[] = Object.values(ACTORS);

function anything(pick: number): readonly [ChangeAction, Actor] {
  return [CHANGE_ACTIONS[pick % CHANGE_ACTIONS.length]!, EVERYBODY[Math.floor(pick / CHANGE_ACTIONS.length) % EVERYBODY.length]!];
}

function possible(kase: ChangeCase, pick: number): readonly [ChangeAction, Actor] {
  const all = CHANGE_ACTIONS.flatMap((action) => EVERYBODY.filter((actor) => lacksOf(CHANGE_PROCESS, action, kase, actor).length === 0).map((actor) => [action, actor] as const));
  // Moves are few among what is possible; half of the time one of them is taken.
  const moves = all.filter(([action]) => CHANGE_PROCESS.actions[action].move !== undefined && action !== 'cancelChange' && action !== 'refuseChange');
  const from = pick % 2 === 0 && moves.length > 0 ? moves : all;
  return from[Math.floor(pick / 2) % from.length] ?? anything(pick);
}

/** What must be true of every change, whatever was done. */
function holds(before: ChangeCase, after: ChangeCase, action: ChangeAction): void {
  const { record, ticket, attempts, approvals, debts } = after;
  const began = before.record.state !== 'implementing' && record.state === 'implementing';
  if (began && before.preAuthorised === null) {
    for (const needed of NEEDED[record.category]) {
      expect(approvals.findLast((word) => word.step === needed && word.round === record.approvalRound)?.decision, `${action} without ${needed}`).toBe('approved');
    }
  }
  for (const word of approvals) expect(['requester', 'owner', 'implementer'].includes(word.personId ?? ''), `${word.step} by ${word.personId}`).toBe(false);
  expect(attempts.filter(({ endedAt }) => endedAt === null).length).toBe(record.state === 'implementing' && attempts.at(-1)?.endedAt === null ? 1 : 0);
  expect(ticket.closedAt !== null).toBe((['closed', 'refused', 'cancelled', 'terminated'] as ChangeState[]).includes(record.state));
  if (record.state === 'closed' || record.state === 'terminated') {
    expect(record.reviewedAt).not.toBeNull();
    expect(record.outcome === 'terminated').toBe(record.state === 'terminated');
    expect(debts.every(({ paidAt }) => paidAt !== null)).toBe(true);
    if (record.category === 'major' || record.category === 'important') expect(after.papers.size).toBe(3);
    if (record.software) expect(after.decisions.some(({ kind }) => kind === 'no-release')).toBe(true);
    expect(record.outcome?.startsWith('successful') ?? false).toBe(attempts.at(-1)?.result === 'succeeded' && record.outcome !== 'failed');
  }
  if (record.state === 'refused' || record.state === 'cancelled') expect(record.outcome).toBeNull();
}

function decide(action: ChangeAction, { kase, actor, one }: { kase: ChangeCase; actor: Actor; one: Step }): ChangeDecided {
  const context = contextOf(actor, kase.now);
  const reason = 'as drawn';
  const word = (approvalStep: ApprovalStep): Word =>
    ({ step: approvalStep, approved: one.yes, given: 'system', personId: approvalStep === 'consent' || actor.customerId === null && approvalStep === 'customer' ? null : actor.id, personName: actor.name, attachmentId: null, note: reason, givenAt: kase.now });
  const window = { from: kase.now, to: kase.now + 4 * 3_600_000 };
  switch (action) {
    case 'submitChange': return submitChange(kase, context);
    case 'acceptChange': return acceptChange(kase, { ownerId: kase.record.ownerId, implementerId: kase.record.implementerId }, context);
    case 'refuseChange': return refuseChange(kase, reason, context);
    case 'planChange': return planChange(kase, context);
    case 'cancelChange': return cancelChange(kase, reason, context);
    case 'recategoriseChange': return recategorise(kase, { category: kase.record.category, reason, preAuthorisedId: kase.record.preAuthorisedId }, context);
    case 'requestApproval': return requestApproval(kase, context);
    case 'replanChange': return replanChange(kase, reason, context);
    case 'steerChange': return giveWord(kase, word('steering'), context);
    case 'recordCabDecision': return giveWord(kase, word('cab'), context);
    case 'confirmChange': return giveWord(kase, word('customer'), context);
    case 'approveChange': return giveWord(kase, word('manager'), context);
    case 'recordConsent': return giveWord(kase, word('consent'), context);
    case 'scheduleChange': return scheduleChange(kase, window, context);
    case 'rescheduleChange':
    case 'proposeWindow': return rescheduleChange(kase, window, reason, context);
    case 'startChange': return startChange(kase, null, context);
    case 'completeChange': return completeChange(kase, { occurredAt: null, remark: reason }, context);
    case 'failChange': return failChange(kase, reason, context);
    case 'rollBackChange': return rollBackChange(kase, reason, context);
    case 'verifyRollback': return verifyRollback(kase, { passed: one.yes, tests: reason }, context);
    case 'retryChange': return retryChange(kase, context);
    case 'stopChange': return stopChange(kase, { by: one.yes ? 'terminate' : 'new-change', reason }, context);
    case 'excuseRelease': return excuseRelease(kase, reason, context);
    case 'reviewChange': {
      const outcomes = possibleOutcomes(kase);
      return reviewChange(kase, { outcome: outcomes[one.pick % outcomes.length]!, expectedResultMet: false, text: reason, stability: 'stable', businessSatisfaction: 4, businessRemark: null }, context);
    }
    case 'closeChange': return closeChange(kase, null, context);
    // The rest adds rows and moves nothing.
    case 'editChange': case 'assignChange': case 'editChangePlan': case 'trimChangePlan': case 'assessChange': case 'askCiOwners': case 'stateOnChange': case 'addChangeTask': case 'editChangeTask':
    case 'removeChangeTask': case 'sendChangeTasks': case 'startChangeTask': case 'endChangeTask': case 'recordOutage': case 'recordCiResult': case 'alterCiByChange': case 'linkCausedIncident':
    case 'noteOnChange': return note(kase, context, { event: 'change.noted' });
  }
}
