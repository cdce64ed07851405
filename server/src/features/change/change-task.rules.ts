import type { Instant } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { ChangeCase } from './change-case.rules.ts';
import type { ChangeTask } from './change-work.entity.ts';

/** A task's plan is half-open and, once a window is fixed, lies inside it (CHG-07). */
export function requirePlanned({ record }: ChangeCase, { plannedStartAt, plannedEndAt }: Pick<ChangeTask, 'plannedStartAt' | 'plannedEndAt'>): void {
  if (plannedStartAt >= plannedEndAt) throw new Refusal('OUT_OF_RANGE', `A task must end after it begins, got ${toIso(plannedStartAt)} to ${toIso(plannedEndAt)}.`, 'plannedEndAt');
  const { windowStartAt, windowEndAt, state } = record;
  if (windowStartAt === null || windowEndAt === null || state !== 'scheduled') return;
  if (plannedStartAt < windowStartAt || plannedEndAt > windowEndAt) {
    throw new Refusal('OUT_OF_RANGE', `A task lies inside the window ${toIso(windowStartAt)} to ${toIso(windowEndAt)}.`, 'plannedStartAt');
  }
}

/** CHG-07: tasks are sent out before the window; those sent already stay as they are. */
export function tasksToSend({ tasks, record }: ChangeCase, now: Instant): ChangeTask[] {
  const waiting = tasks.filter(({ sentAt }) => sentAt === null);
  if (waiting.length === 0) throw new Refusal('ALREADY_DONE', 'Every task has been sent.', 'tasks');
  if (record.windowStartAt !== null && now >= record.windowStartAt && record.state === 'scheduled') {
    throw new Refusal('MOVE_NOT_ALLOWED', `Tasks go out before the window, which began ${toIso(record.windowStartAt)}; move the window first.`, 'windowStartAt');
  }
  return waiting;
}

/** The task of that id, in a state in which it may still be started or ended. */
export function requireTask({ tasks }: ChangeCase, id: string): ChangeTask {
  const task = tasks.find((row) => row.id === id);
  if (!task) throw new Refusal('NOT_FOUND', 'This change has no such task.', 'taskId');
  if (task.endedAt !== null) throw new Refusal('ALREADY_DONE', `The task "${task.title}" ended at ${toIso(task.endedAt)}.`, 'taskId');
  return task;
}
