import { assert } from '../../kernel/assert.ts';
import type { Instant, Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { patch, type RecordContext } from '../ticket/ticket-record.rules.ts';
import { isEmergency, lastAttempt, runningAttempt, type ChangeCase } from './change-case.rules.ts';
import { debtDue } from './change-clock.rules.ts';
import { decisionRow, move, note, type ChangeDecided } from './change-decision.rules.ts';
import { isPaid } from './change-missing.rules.ts';
import type { ChangeAttempt, ChangeDebt } from './change-work.entity.ts';
import { DEBT_ITEMS } from './change-states.rules.ts';

/** A window is half-open, lies ahead and lasts at most 30 days. */
export function requireWindow({ from, to }: Interval, now: Instant): Interval {
  if (from >= to) throw new Refusal('OUT_OF_RANGE', `The window must end after it begins, got ${toIso(from)} to ${toIso(to)}.`, 'windowEndAt');
  if (to - from > 30 * 24 * 3_600_000) throw new Refusal('OUT_OF_RANGE', 'A window lasts at most 30 days.', 'windowEndAt');
  if (to <= now) throw new Refusal('OUT_OF_RANGE', `The window must not be over, it ended ${toIso(to)}.`, 'windowEndAt');
  return { from, to };
}

/** CHG-15: its window is fixed; everybody concerned may be told. */
export function scheduleChange(kase: ChangeCase, window: Interval, context: RecordContext): ChangeDecided {
  const fields = { windowStartAt: window.from, windowEndAt: window.to };
  return move(kase, context, 'schedule', { event: 'change.scheduled', after: fields, fields });
}

/** The window is moved before the start; what was told is told anew. While it is being planned: the window that is asked for. */
export function rescheduleChange(kase: ChangeCase, window: Interval, reason: string | null, context: RecordContext): ChangeDecided {
  const { windowStartAt, windowEndAt, state } = kase.record;
  const fields = { windowStartAt: window.from, windowEndAt: window.to };
  return note(kase, context, { event: state === 'scheduled' ? 'change.rescheduled' : 'change.windowProposed', reason, after: { ...fields, earlier: { windowStartAt, windowEndAt } }, fields });
}

/** When something was done: now, or for a change that is written down afterwards the instant that is given (INC-14). */
export function doneAt(kase: ChangeCase, occurredAt: Instant | null, now: Instant): Instant {
  if (occurredAt === null || occurredAt === now) return now;
  if (!kase.record.recordedAfterwards) throw new Refusal('INVALID_INPUT', '"occurredAt" is for changes that are recorded afterwards.', 'occurredAt');
  const notBefore = lastAttempt(kase)?.startedAt ?? now - 30 * 24 * 3_600_000;
  if (occurredAt > now || occurredAt < notBefore) throw new Refusal('OUT_OF_RANGE', `"occurredAt" must be between ${toIso(notBefore)} and now.`, 'occurredAt');
  return occurredAt;
}

/** CHG-07, CHG-08: carrying out begins. An emergency runs up the steps that it left out as debts (CHG-06). */
export function startChange(kase: ChangeCase, occurredAt: Instant | null, context: RecordContext): ChangeDecided {
  const at = doneAt(kase, occurredAt, context.now);
  const debts = isEmergency(kase) ? debtsOf(kase, context) : [];
  // Where nobody was named, whoever begins is the implementer, and closes it (CHG-18).
  const starter = context.actor.kind === 'person' ? context.actor.id : null;
  return move(kase, context, 'start', {
    event: 'change.started', at, after: { attempt: kase.attempts.length + 1, owes: debts.map(({ row }) => row.item) },
    fields: { implementationStartedAt: kase.record.implementationStartedAt ?? at, implementationEndedAt: null, implementerId: kase.record.implementerId ?? starter },
    rows: { add: [attemptRow(kase, at, context), ...debts] },
  });
}

function debtsOf(kase: ChangeCase, { newId, now }: RecordContext): { table: 'debt'; row: ChangeDebt }[] {
  return DEBT_ITEMS.filter((item) => !isPaid(kase, item) && !kase.debts.some((debt) => debt.item === item))
    .map((item) => ({ table: 'debt', row: { id: newId(), ticketId: kase.ticket.id, item, incurredAt: now, paidAt: null, paidBy: null } }));
}

function attemptRow(kase: ChangeCase, startedAt: Instant, { newId, actor }: RecordContext): { table: 'attempt'; row: ChangeAttempt } {
  return {
    table: 'attempt',
    row: {
      id: newId(), ticketId: kase.ticket.id, number: kase.attempts.length + 1, startedAt, startedBy: actor.name, endedAt: null, result: null, remark: null, rolledBackAt: null,
      rollbackRemark: null, verification: null, verifiedAt: null, verifiedBy: null, followedBy: null,
    },
  };
}

/** End of implementation: the debts of an emergency fall due two working days from here (D-44). */
function ended(kase: ChangeCase, at: Instant) {
  return { implementationEndedAt: at, ...(isEmergency(kase) ? { debtDueAt: debtDue(kase.policy, kase.calendars, at) } : {}) };
}

/** The attempt succeeded; the review follows. */
export function completeChange(kase: ChangeCase, { occurredAt, remark }: { readonly occurredAt: Instant | null; readonly remark: string }, context: RecordContext): ChangeDecided {
  const attempt = runningAttempt(kase);
  assert(attempt, 'an attempt runs');
  const at = doneAt(kase, occurredAt, context.now);
  return move(kase, context, 'conclude', {
    event: 'change.implemented', at, reason: remark, after: { attempt: attempt.number, insideWindow: insideWindow(kase, at) },
    fields: ended(kase, at), rows: { patches: [patch(attempt, { endedAt: at, result: 'succeeded', remark })] },
  });
}

/** Whether it was over inside the planned window: an end exactly at the window's end counts as inside. */
function insideWindow({ record }: ChangeCase, at: Instant): boolean | null {
  const { windowStartAt, windowEndAt, implementationStartedAt } = record;
  return windowStartAt === null || windowEndAt === null ? null : (implementationStartedAt ?? at) >= windowStartAt && at <= windowEndAt;
}

/** CHG-08: the attempt failed; it is rolled back next, unless there is nothing to roll back. */
export function failChange(kase: ChangeCase, remark: string, context: RecordContext): ChangeDecided {
  const attempt = runningAttempt(kase);
  assert(attempt, 'an attempt runs');
  return note(kase, context, {
    event: 'change.failed', reason: remark, after: { attempt: attempt.number }, fields: { implementationEndedAt: context.now },
    rows: { patches: [patch(attempt, { endedAt: context.now, result: 'failed', remark })] },
  });
}

/** CHG-08: rolled back by the plan; a running attempt has failed by that. */
export function rollBackChange(kase: ChangeCase, remark: string, context: RecordContext): ChangeDecided {
  const attempt = lastAttempt(kase);
  assert(attempt, 'a started change has an attempt');
  const failure = attempt.endedAt === null ? { endedAt: context.now, result: 'failed' as const, remark } : {};
  return move(kase, context, 'rollBack', {
    event: 'change.rolledBack', reason: remark, after: { attempt: attempt.number }, fields: ended(kase, context.now),
    rows: { patches: [patch(attempt, { ...failure, rolledBackAt: context.now, rollbackRemark: remark })] },
  });
}

/** CHG-08: tests say whether the rollback worked. If they do not pass, it is still rolled back and not verified. */
export function verifyRollback(kase: ChangeCase, { passed, tests }: { readonly passed: boolean; readonly tests: string }, context: RecordContext): ChangeDecided {
  const attempt = lastAttempt(kase);
  assert(attempt, 'a rolled-back change has an attempt');
  if (!passed) return note(kase, context, { event: 'change.rollbackDoubted', reason: tests, after: { attempt: attempt.number }, rows: { patches: [patch(attempt, { verification: tests })] } });
  return move(kase, context, 'verify', {
    event: 'change.rollbackVerified', reason: tests, after: { attempt: attempt.number },
    rows: { patches: [patch(attempt, { verification: tests, verifiedAt: context.now, verifiedBy: context.actor.name })] },
  });
}

/** CHG-08: once more, as a new attempt. */
export function retryChange(kase: ChangeCase, context: RecordContext): ChangeDecided {
  const attempt = lastAttempt(kase);
  assert(attempt, 'a verified change has an attempt');
  return move(kase, context, 'retry', {
    event: 'change.retried', after: { attempt: attempt.number + 1 }, fields: { implementationEndedAt: null },
    rows: { patches: [patch(attempt, { followedBy: 'retry' })], add: [attemptRow(kase, context.now, context)] },
  });
}

/** CHG-08: no further attempt; a new change follows, or it is terminated. The review says what came of it. */
export function stopChange(kase: ChangeCase, { by, reason }: { readonly by: 'new-change' | 'terminate'; readonly reason: string }, context: RecordContext): ChangeDecided {
  const attempt = lastAttempt(kase);
  assert(attempt, 'a started change has an attempt');
  const kept = attempt.rolledBackAt === null ? [decisionRow(kase, context, { kind: 'no-rollback', subject: attempt.id, reason })] : [];
  return move(kase, context, 'conclude', {
    event: 'change.stopped', reason, after: { attempt: attempt.number, followedBy: by },
    fields: { ...(attempt.rolledBackAt === null ? ended(kase, attempt.endedAt ?? context.now) : {}), outcome: by === 'terminate' ? 'terminated' : null },
    rows: { patches: [patch(attempt, { followedBy: by })], add: kept },
  });
}
