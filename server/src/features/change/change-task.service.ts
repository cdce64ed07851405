import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { patch } from '../ticket/ticket-record.rules.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { ownsChange, type ChangeCase } from './change-case.rules.ts';
import { commandChange } from './change-case.service.ts';
import { requirePerson } from './change-checks.service.ts';
import { note } from './change-decision.rules.ts';
import { requirePlanned, requireTask, tasksToSend } from './change-task.rules.ts';
import { ChangeTaskEntity, type ChangeTask } from './change-work.entity.ts';

export interface TaskInput extends RecordCommand {
  readonly title: string;
  readonly implementerId: string;
  readonly plannedStartAt: Instant;
  readonly plannedEndAt: Instant;
}

const MOST_TASKS = 100;

/** CHG-07: a step for an implementer, with its planned times. */
export function addTask(database: Database, actor: Actor, input: TaskInput): Promise<string> {
  return commandChange(database, actor, input, 'addChangeTask', async ({ change: { em }, kase, context }) => {
    if (kase.tasks.length >= MOST_TASKS) throw new Refusal('TOO_LARGE', `A change may have ${MOST_TASKS} tasks.`, 'tasks');
    const { plannedStartAt, plannedEndAt } = input;
    requirePlanned(kase, input);
    const implementerId = (await requirePerson(em, input.implementerId, 'implementerId')) ?? input.implementerId;
    const seq = Math.max(0, ...kase.tasks.map((task) => task.seq)) + 1;
    const plan = { title: requiredText(input.title, 'title'), implementerId, plannedStartAt, plannedEndAt };
    const row: ChangeTask = { id: context.newId(), ticketId: kase.ticket.id, seq, ...plan, sentAt: null, startedAt: null, endedAt: null, done: null, remark: null };
    return note(kase, context, { event: 'change.taskPlanned', after: { taskId: row.id, ...plan }, rows: { add: [{ table: 'task', row }] } });
  });
}

export interface TaskEdit extends RecordCommand {
  readonly taskId: string;
  readonly title?: string | null;
  readonly implementerId?: string | null;
  readonly plannedStartAt?: Instant | null;
  readonly plannedEndAt?: Instant | null;
}

/** A task that was changed must be sent again. */
export function editTask(database: Database, actor: Actor, input: TaskEdit): Promise<string> {
  return commandChange(database, actor, input, 'editChangeTask', async ({ change: { em }, kase, context }) => {
    const task = requireTask(kase, input.taskId);
    if (task.startedAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', 'It has been started; end it and plan another.', 'taskId');
    const plan = {
      title: input.title ? requiredText(input.title, 'title') : task.title, plannedStartAt: input.plannedStartAt ?? task.plannedStartAt, plannedEndAt: input.plannedEndAt ?? task.plannedEndAt,
      implementerId: (await requirePerson(em, input.implementerId ?? null, 'implementerId')) ?? task.implementerId,
    };
    requirePlanned(kase, plan);
    return note(kase, context, { event: 'change.taskReplanned', after: { taskId: task.id, ...plan }, rows: { patches: [patch(task, { ...plan, sentAt: null })] } });
  });
}

export interface TaskCommand extends RecordCommand {
  readonly taskId: string;
}

export function removeTask(database: Database, actor: Actor, input: TaskCommand): Promise<string> {
  return commandChange(database, actor, input, 'removeChangeTask', async ({ change: { em }, kase, context }) => {
    const task = requireTask(kase, input.taskId);
    if (task.startedAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', 'It has been started; end it instead.', 'taskId');
    await em.nativeDelete(ChangeTaskEntity, { id: task.id });
    return note(kase, context, { event: 'change.taskRemoved', after: { taskId: task.id, title: task.title } });
  });
}

/** CHG-07: sends the tasks to those who do them, before the window. */
export function sendTasks(database: Database, actor: Actor, command: RecordCommand): Promise<string> {
  return commandChange(database, actor, command, 'sendChangeTasks', ({ kase, context }) => {
    const sent = tasksToSend(kase, context.now);
    return note(kase, context, {
      event: 'change.tasksSent', after: { tasks: sent.map(({ id, title, implementerId }) => ({ id, title, implementerId })) }, rows: { patches: sent.map((task) => patch(task, { sentAt: context.now })) },
    });
  });
}

export function startTask(database: Database, actor: Actor, input: TaskCommand): Promise<string> {
  return commandChange(database, actor, input, 'startChangeTask', ({ kase, context }) => {
    const task = requireDoer(kase, requireTask(kase, input.taskId), actor);
    if (task.startedAt !== null) throw new Refusal('ALREADY_DONE', 'It has been started already.', 'taskId');
    return note(kase, context, { event: 'change.taskStarted', after: { taskId: task.id }, rows: { patches: [patch(task, { startedAt: context.now })] } });
  });
}

export interface TaskEnd extends TaskCommand {
  readonly done: boolean;
  readonly remark?: string | null;
}

/** Its actual end; not done needs the reason. */
export function endTask(database: Database, actor: Actor, input: TaskEnd): Promise<string> {
  return commandChange(database, actor, input, 'endChangeTask', ({ kase, context }) => {
    const task = requireDoer(kase, requireTask(kase, input.taskId), actor);
    const remark = input.done ? optionalText(input.remark, 'remark', 2000) : requiredText(input.remark, 'remark', 2000);
    const end = { startedAt: task.startedAt ?? context.now, endedAt: context.now, done: input.done, remark };
    return note(kase, context, { event: 'change.taskEnded', after: { taskId: task.id, done: input.done }, reason: remark, rows: { patches: [patch(task, end)] } });
  });
}

/** Those who do it, the change's implementer, or its owner for them. */
function requireDoer(kase: ChangeCase, task: ChangeTask, actor: Actor): ChangeTask {
  if (actor.kind === 'system' || actor.id === task.implementerId || actor.id === kase.record.implementerId || ownsChange(kase, actor)) return task;
  throw new Refusal('FORBIDDEN', 'Only its implementer, the implementer or the owner of the change may do this.');
}
