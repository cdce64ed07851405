import { assert } from '../../kernel/assert.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { patch, type RecordContext } from '../ticket/ticket-record.rules.ts';
import { lastAttempt, type ChangeCase } from './change-case.rules.ts';
import { move, note, type ChangeDecided } from './change-decision.rules.ts';
import { isPaid } from './change-missing.rules.ts';
import type { ChangeOutcome } from './change-states.rules.ts';

export interface Review {
  readonly outcome: ChangeOutcome;
  readonly expectedResultMet: boolean;
  readonly text: string;
  /** CHG-20: how stable it has been since, and what the business side says: 1 (very dissatisfied) – 5. */
  readonly stability: string;
  readonly businessSatisfaction: number;
  readonly businessRemark: string | null;
}

/** CHG-13, CHG-20: what came of it; the outcome must fit the last attempt. May be corrected until it closes. */
export function reviewChange(kase: ChangeCase, review: Review, context: RecordContext): ChangeDecided {
  const possible = possibleOutcomes(kase);
  if (!possible.includes(review.outcome)) {
    throw new Refusal('INVALID_INPUT', `"outcome" must be one of ${possible.join(', ')}: that is what the attempts on record say; got "${review.outcome}".`, 'outcome');
  }
  if (review.expectedResultMet && !review.outcome.startsWith('successful')) {
    throw new Refusal('INVALID_INPUT', `A change that ended "${review.outcome}" has not met its expected result.`, 'expectedResultMet');
  }
  const { businessSatisfaction } = review;
  if (!Number.isInteger(businessSatisfaction) || businessSatisfaction < 1 || businessSatisfaction > 5) {
    throw new Refusal('OUT_OF_RANGE', `"businessSatisfaction" must be 1–5, got ${businessSatisfaction}.`, 'businessSatisfaction');
  }
  const { text, ...fields } = review;
  return note(kase, context, { event: 'change.reviewed', reason: text, after: { ...fields }, fields: { ...fields, reviewText: text, reviewedAt: context.now } });
}

/** What the record allows: a success needs an attempt that succeeded. */
export function possibleOutcomes(kase: ChangeCase): readonly ChangeOutcome[] {
  const last = lastAttempt(kase);
  assert(last, 'a change in review has been tried');
  // "failed" stays open to a change that was carried out and turned out not to work.
  if (last.result === 'succeeded') return ['successful', 'successful-with-issues', 'failed'];
  if (last.followedBy === 'terminate') return ['terminated'];
  return last.rolledBackAt === null ? ['failed'] : ['rolled-back'];
}

/** CHG-10, CHG-12, CHG-06: nothing is missing (the guard says so); debts that are met are paid by that. */
export function closeChange(kase: ChangeCase, remark: string | null, context: RecordContext): ChangeDecided {
  const paid = kase.debts.filter(({ item, paidAt }) => paidAt === null && isPaid(kase, item));
  const { outcome, outageMinutes, expectedResultMet } = kase.record;
  return move(kase, context, outcome === 'terminated' ? 'terminate' : 'close', {
    event: outcome === 'terminated' ? 'change.terminated' : 'change.closed', reason: remark, after: { outcome, outageMinutes, expectedResultMet },
    fields: { endReason: remark, ...(kase.debts.length > 0 ? { debtPaidAt: kase.record.debtPaidAt ?? context.now } : {}) },
    rows: { patches: paid.map((debt) => patch(debt, { paidAt: context.now, paidBy: context.actor.name })) },
  });
}
