import type { Actor } from '../../kernel/actor.ts';
import { unless, type ActionRule, type Process } from '../ticket/ticket-action.rules.ts';
import {
  approvalPath, implementsChange, isEmergency, isOwn, isPreAuthorised, isRequester, lastAttempt, mayHere, ownsChange, runningAttempt, wordOn, type ChangeCase,
} from './change-case.rules.ts';
import { missingApprovals, missingBefore, missingForApproval, missingForClosing, missingForStart, missingScope } from './change-missing.rules.ts';
import { APPROVAL_STEPS, CHANGE_MOVES, isEnded, type ApprovalStep, type ChangeMove, type ChangeState } from './change-states.rules.ts';

/** Everything a person may do with a change, by the name of its mutation. */
export const CHANGE_ACTIONS = [
  'editChange', 'recategoriseChange', 'assignChange', 'submitChange', 'acceptChange', 'refuseChange', 'planChange', 'editChangePlan', 'trimChangePlan', 'assessChange',
  'askCiOwners', 'stateOnChange', 'addChangeTask', 'editChangeTask', 'removeChangeTask', 'sendChangeTasks', 'startChangeTask', 'endChangeTask', 'requestApproval', 'replanChange', 'steerChange',
  'recordCabDecision', 'confirmChange', 'approveChange', 'recordConsent', 'proposeWindow', 'scheduleChange', 'rescheduleChange', 'startChange', 'completeChange', 'failChange', 'rollBackChange',
  'verifyRollback', 'retryChange', 'stopChange', 'recordOutage', 'recordCiResult', 'alterCiByChange', 'excuseRelease', 'reviewChange', 'linkCausedIncident', 'closeChange',
  'cancelChange', 'noteOnChange',
] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

type Rule = ActionRule<ChangeCase, ChangeMove>;

const owner: Rule['who'] = (kase, actor) => unless(ownsChange(kase, actor), 'the change owner or the change manager');
const implementer: Rule['who'] = (kase, actor) => unless(implementsChange(kase, actor), 'the implementer');
const raiser: Rule['who'] = (kase, actor) => unless(ownsChange(kase, actor) || (isRequester(kase, actor) && mayHere(kase, actor, 'change.raise')), 'whoever raised it, or the change owner');
const hands: Rule['who'] = (kase, actor) => unless(ownsChange(kase, actor) || implementsChange(kase, actor), 'the change owner or the implementer');
const speaker: Rule['who'] = (kase, actor) => unless(mayHere(kase, actor, 'change.comment'), 'a person with "change.comment"');
const doer: Rule['who'] = (kase, actor) => unless(actor.kind === 'system' || mayHere(kase, actor, 'change.implement'), 'a person with "change.implement"');

/** CHG-05: nobody approves what is their own. */
const other = (permission: 'change.steer' | 'change.approve', who: string): Rule['who'] => (kase, actor) =>
  unless(mayHere(kase, actor, permission) && !isOwn(kase, actor), `${who} who neither asked for the change, owns it nor carries it out`);

const inState = (...states: readonly ChangeState[]): Rule['when'] => ({ record }) => (states.includes(record.state) ? null : `Not possible while the change is ${record.state}.`);

/** A step of the approval path that waits for somebody's word. */
function waiting(step: ApprovalStep): Pick<Rule, 'when' | 'needs'> {
  return {
    when: (kase) => {
      if (!approvalPath(kase).includes(step)) return `This change does not ask for it: its category is ${kase.record.category}${isPreAuthorised(kase) ? ', pre-authorised' : ''}.`;
      if (kase.record.state !== 'approval') return `Not possible while the change is ${kase.record.state}.`;
      return wordOn(kase, step)?.decision === 'approved' ? 'It has been approved in this round already.' : null;
    },
    needs: (kase) => missingBefore(kase, step),
  };
}

/** CHG-06: an emergency is approved by the change manager afterwards, before it closes. */
function approvable(kase: ChangeCase): string | null {
  if (isEmergency(kase)) {
    if (wordOn(kase, 'manager')?.decision === 'approved') return 'It has been approved already.';
    return ['implementing', 'rolled-back', 'verified', 'review'].includes(kase.record.state) ? null : 'An emergency is approved afterwards; it starts on recorded oral consent.';
  }
  return waiting('manager').when?.(kase) ?? null;
}

/** From accepted only what the CHG table sends straight to execution; the others through their approvals. */
function straight(kase: ChangeCase): string | null {
  return kase.record.state === 'accepted' && !isEmergency(kase) && !isPreAuthorised(kase) ? 'It must be planned and approved first.' : null;
}

function mayStart(kase: ChangeCase): string | null {
  const { record, now } = kase;
  if (straight(kase) !== null) return straight(kase);
  if (record.recordedAfterwards || record.state !== 'scheduled') return null;
  if (record.windowStartAt !== null && now < record.windowStartAt) return 'Its window has not begun; move the window first.';
  return record.windowEndAt !== null && now >= record.windowEndAt ? 'Its window is over; schedule it anew.' : null;
}

const attemptRuns = (kase: ChangeCase): string | null => (runningAttempt(kase) ? null : 'No attempt is running.');

/** CHG-08: an attempt that failed may only be left when it was rolled back and verified, or nothing could be rolled back. */
function mayStop(kase: ChangeCase): string | null {
  if (kase.record.state === 'verified') return null;
  const last = lastAttempt(kase);
  return last !== null && last.result === 'failed' ? null : 'Record the failure of the attempt first.';
}

const OPEN_FACTS = ['draft', 'submitted', 'accepted', 'planning'] as const;
/** From its start until its end. */
const ACTIVE = ['implementing', 'rolled-back', 'verified', 'review'] as const;

/** An emergency brings facts and papers while and after it is carried out. */
const whileWritten: Rule['when'] = (kase) => (isEmergency(kase) ? null : inState(...OPEN_FACTS)?.(kase) ?? null);

export const CHANGE_RULES: Readonly<Record<ChangeAction, Rule>> = {
  editChange: { needsOpen: true, when: whileWritten, who: raiser },
  recategoriseChange: { needsOpen: true, when: inState(...OPEN_FACTS), who: raiser },
  assignChange: { needsOpen: true, who: owner },
  submitChange: { move: 'submit', who: raiser, needs: (kase) => (isEmergency(kase) ? [] : missingScope(kase)) },
  acceptChange: { move: 'accept', who: owner },
  refuseChange: { move: 'refuse', who: owner },
  planChange: { move: 'plan', who: owner, when: (kase) => (isEmergency(kase) ? 'An emergency is not planned first; it starts on recorded oral consent.' : null) },
  editChangePlan: { needsOpen: true, when: (kase) => (isEmergency(kase) ? null : inState('draft', 'submitted', 'accepted', 'planning')?.(kase) ?? null), who: (kase, actor) => unless(hands(kase, actor) === null || raiser(kase, actor) === null, 'the change owner, the implementer or whoever raised it') },
  trimChangePlan: { needsOpen: true, when: inState('accepted', 'planning'), who: other('change.approve', 'the change manager') },
  assessChange: { needsOpen: true, who: hands },
  askCiOwners: { needsOpen: true, who: hands },
  stateOnChange: { needsOpen: true, who: speaker, when: ({ statements }) => (statements.length === 0 ? 'Nobody has been asked.' : null) },
  addChangeTask: { needsOpen: true, when: inState('accepted', 'planning', 'approval', 'scheduled', 'implementing'), who: hands },
  editChangeTask: { needsOpen: true, when: inState('accepted', 'planning', 'approval', 'scheduled', 'implementing'), who: hands },
  removeChangeTask: { needsOpen: true, when: inState('accepted', 'planning', 'approval', 'scheduled', 'implementing', 'review'), who: hands },
  sendChangeTasks: { needsOpen: true, when: inState('accepted', 'approval', 'scheduled', 'implementing'), who: hands },
  startChangeTask: { needsOpen: true, when: inState('implementing'), who: doer },
  endChangeTask: { needsOpen: true, when: inState(...ACTIVE), who: doer },
  requestApproval: { move: 'requestApproval', who: owner, needs: missingForApproval },
  replanChange: { move: 'sendBack', who: owner },
  steerChange: { ...waiting('steering'), who: other('change.steer', 'somebody with "change.steer"') },
  recordCabDecision: { ...waiting('cab'), who: other('change.approve', 'the change manager') },
  confirmChange: {
    ...waiting('customer'),
    who: (kase, actor) => unless((actor.customerId === kase.ticket.customerId && mayHere(kase, actor, 'change.confirm')) || (actor.customerId === null && ownsChange(kase, actor)), "the customer's approver, or the change owner with the signed paper or mail"),
  },
  approveChange: { when: approvable, who: other('change.approve', 'the change manager'), needs: (kase) => (isEmergency(kase) ? [] : missingBefore(kase, 'manager')) },
  recordConsent: {
    when: (kase) => {
      if (!isEmergency(kase)) return 'Only an emergency is carried out on oral consent.';
      return wordOn(kase, 'consent')?.decision === 'approved' ? 'Consent is on record already.' : inState('submitted', 'accepted')?.(kase) ?? null;
    },
    who: (kase, actor) => unless(hands(kase, actor) === null || (mayHere(kase, actor, 'change.consent') && !isOwn(kase, actor)), 'a department manager or above, or the owner or implementer who has their word'),
  },
  proposeWindow: { needsOpen: true, when: inState(...OPEN_FACTS, 'approval'), who: raiser },
  scheduleChange: { move: 'schedule', when: straight, who: owner, needs: (kase) => missingApprovals(kase) },
  rescheduleChange: { when: inState('scheduled'), who: owner },
  startChange: { move: 'start', when: mayStart, who: implementer, needs: missingForStart },
  completeChange: { move: 'conclude', when: attemptRuns, who: implementer },
  failChange: { when: (kase) => inState('implementing')?.(kase) ?? attemptRuns(kase), who: implementer },
  rollBackChange: { move: 'rollBack', who: implementer },
  verifyRollback: { move: 'verify', who: implementer },
  retryChange: { move: 'retry', who: implementer },
  stopChange: { move: 'conclude', when: mayStop, who: hands },
  recordOutage: { needsOpen: true, when: inState(...ACTIVE), who: hands },
  recordCiResult: { needsOpen: true, when: inState(...ACTIVE), who: hands },
  alterCiByChange: { needsOpen: true, when: inState(...ACTIVE), who: (kase, actor) => unless(hands(kase, actor) === null || mayHere(kase, actor, 'cmdb.edit'), 'the change owner, the implementer or the configuration manager') },
  excuseRelease: { needsOpen: true, when: ({ record }) => (record.software ? null : 'It alters no software.'), who: other('change.approve', 'the change manager') },
  reviewChange: { when: inState('review'), who: owner },
  linkCausedIncident: { when: ({ record }) => (record.implementationStartedAt === null ? 'It has not been carried out.' : null), who: speaker },
  closeChange: { when: inState('review'), who: implementer, needs: missingForClosing },
  cancelChange: { move: 'cancel', who: raiser },
  noteOnChange: { who: speaker },
};

export const CHANGE_PROCESS: Process<ChangeCase, ChangeState, ChangeMove, ChangeAction> = {
  noun: 'change', stateOf: ({ record }) => record.state, isClosed: ({ record }) => isEnded(record.state), moves: CHANGE_MOVES, actions: CHANGE_RULES,
};

export function isApprovalStep(word: string): word is ApprovalStep {
  return APPROVAL_STEPS.some((step) => step === word);
}

/** For sentences and tests: who may act at all, apart from the situation. */
export const whoMay = (action: ChangeAction, kase: ChangeCase, actor: Actor): string | null => CHANGE_RULES[action].who(kase, actor);
