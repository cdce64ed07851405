import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { RecordContext } from '../ticket/ticket-record.rules.ts';
import { openSteps, type ChangeCase } from './change-case.rules.ts';
import { decisionRow, move, note, type ChangeDecided } from './change-decision.rules.ts';
import { PLAN_FIELD_NAMES, type PlanField } from './change-missing.rules.ts';
import type { ChangeApproval } from './change-paper.entity.ts';
import type { ApprovalStep } from './change-states.rules.ts';

/** CHG-03: everything is planned; the approvers are asked. A new round: what was said of an earlier plan does not count. */
export function requestApproval(kase: ChangeCase, context: RecordContext): ChangeDecided {
  const round = kase.record.approvalRound + 1;
  const asked = { ...kase, record: { ...kase.record, approvalRound: round } };
  return move(kase, context, 'requestApproval', { event: 'change.approvalRequested', fields: { approvalRound: round, approvedAt: null }, after: { round, steps: openSteps(asked) } });
}

/** Back to planning, by a rejection or because the plan has to change. */
export function replanChange(kase: ChangeCase, reason: string, context: RecordContext): ChangeDecided {
  return move(kase, context, 'sendBack', { event: 'change.sentBack', reason, fields: { approvedAt: null } });
}

/** Somebody's word, as it was given. */
export interface Word {
  readonly step: ApprovalStep;
  readonly approved: boolean;
  readonly given: ChangeApproval['given'];
  readonly personId: string | null;
  readonly personName: string;
  readonly attachmentId: string | null;
  readonly note: string | null;
  readonly givenAt: Instant;
}

/** A yes counts in this round; a no sends the change back to planning, with its reason (CHG table). */
export function giveWord(kase: ChangeCase, word: Word, context: RecordContext): ChangeDecided {
  const rows = { add: [approvalRow(kase, word, context)] };
  if (!word.approved && word.note === null) throw new Refusal('MISSING_FIELD', 'A rejection needs its reason in "note".', 'note');
  const after = { step: word.step, by: word.personName, given: word.given, round: kase.record.approvalRound, attachmentId: word.attachmentId };
  if (!word.approved) {
    if (kase.record.state !== 'approval') return note(kase, context, { event: 'change.rejected', reason: word.note, after, rows });
    return move(kase, context, 'sendBack', { event: 'change.rejected', reason: word.note, after, rows, fields: { approvedAt: null } });
  }
  const left = openSteps(kase).filter((step) => step !== word.step);
  const complete = left.length === 0 && kase.record.approvedAt === null;
  return note(kase, context, { event: 'change.approved', reason: word.note, after: { ...after, left }, rows, ...(complete ? { fields: { approvedAt: context.now } } : {}) });
}

function approvalRow(kase: ChangeCase, { step, approved, ...word }: Word, { newId, now, actor }: RecordContext) {
  const row: ChangeApproval = {
    id: newId(), ticketId: kase.ticket.id, round: kase.record.approvalRound, step, decision: approved ? 'approved' : 'rejected', ...word, recordedAt: now, recordedBy: actor.name,
  };
  return { table: 'approval', row } as const;
}

/** A word is not given in the future, nor before the change was there. */
export function requireGivenAt(kase: ChangeCase, givenAt: Instant | null, now: Instant): Instant {
  const at = givenAt ?? now;
  if (at > now) throw new Refusal('OUT_OF_RANGE', '"givenAt" must not be in the future.', 'givenAt');
  if (at < kase.ticket.openedAt && !kase.record.recordedAfterwards) throw new Refusal('OUT_OF_RANGE', '"givenAt" must not be before the change was raised.', 'givenAt');
  return at;
}

/** CHG-03: a field of the plan that need not be written, by the change manager's recorded decision. */
export function trimPlan(kase: ChangeCase, { field, reason }: { readonly field: PlanField; readonly reason: string }, context: RecordContext): ChangeDecided {
  if (!kase.policy.requiredPlan.some((required) => required === field)) {
    throw new Refusal('INVALID_INPUT', `"field" must be one that the plan needs: ${kase.policy.requiredPlan.join(', ')}; got "${field}".`, 'field');
  }
  const rows = { add: [decisionRow(kase, context, { kind: 'plan-trimmed', subject: field, reason })] };
  return note(kase, context, { event: 'change.planTrimmed', reason, after: { field, name: PLAN_FIELD_NAMES[field] }, rows });
}

/** REL-09: closes without a release although software is altered. */
export function excuseRelease(kase: ChangeCase, reason: string, context: RecordContext): ChangeDecided {
  return note(kase, context, { event: 'change.releaseExcused', reason, rows: { add: [decisionRow(kase, context, { kind: 'no-release', subject: null, reason })] } });
}
