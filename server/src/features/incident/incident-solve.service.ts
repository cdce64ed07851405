import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { changeIncident, type IncidentCommand } from './incident-case.service.ts';
import { agreementCalendar } from './incident-remind.rules.ts';
import { closeChildren } from './incident-major.service.ts';
import { problemAfterClosing } from './incident-problem.service.ts';
import { acceptSolution, closeAsDuplicate, closeIncident, isNewWorkingDay, proposeSolution, recordConfirmationAttempt, refuseSolution } from './incident-solve.rules.ts';
import { otherTicket } from './incident-work.service.ts';

export async function propose(database: Database, actor: Actor, input: IncidentCommand & { solution: string; causeClass?: string | null }): Promise<string> {
  const solution = requiredText(input.solution, 'solution', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'proposeSolution', ({ kase, context }) =>
    proposeSolution(kase, { solution, causeClass: input.causeClass ?? null }, context));
}

export async function accept(database: Database, actor: Actor, input: IncidentCommand & { note?: string | null }): Promise<string> {
  return changeIncident(database, actor, input, 'acceptSolution', ({ kase, context }) =>
    acceptSolution(kase, optionalText(input.note, 'note', TEXT_LIMITS.text), context));
}

export async function refuse(database: Database, actor: Actor, input: IncidentCommand & { reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'refuseSolution', ({ kase, context }) =>
    refuseSolution(kase, reason, context, kase.spans.findLast((span) => span.state === 'awaiting-feedback')?.fromAt ?? context.at));
}

/** INC-17: attempts count once a working day of the agreement's calendar. */
export async function attemptConfirmation(database: Database, actor: Actor, input: IncidentCommand & { text: string }): Promise<string> {
  const note = requiredText(input.text, 'text', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'recordConfirmationAttempt', ({ kase, context, calendars }) => {
    const newDay = isNewWorkingDay(agreementCalendar(kase, calendars), kase.incident.lastConfirmationAttemptAt, context.at);
    return recordConfirmationAttempt(kase, note, newDay, context);
  });
}

export interface CloseCommand extends IncidentCommand {
  readonly closureCode: string;
  readonly solution?: string | null;
  readonly causeClass?: string | null;
  readonly reason?: string | null;
  readonly linkedTicketId?: string | null;
}

/** INC-09, INC-13, D-41; what must be true together with it, a problem and the children, is done in its transaction (INC-11, INC-16). */
export async function close(database: Database, actor: Actor, input: CloseCommand): Promise<string> {
  return changeIncident(database, actor, input, 'closeIncident', async ({ kase, context, change }) => {
    const linked = input.linkedTicketId ? await otherTicket(change, kase.ticket, input.linkedTicketId, 'linkedTicketId') : null;
    const decision = closeIncident(kase, {
      closureCode: input.closureCode, solution: optionalText(input.solution, 'solution', TEXT_LIMITS.text), causeClass: input.causeClass ?? null,
      reason: optionalText(input.reason, 'reason', TEXT_LIMITS.text), linked: linked !== null,
    }, context);
    const kind = input.closureCode === 'with-major' ? 'child-of' as const : 'duplicate-of' as const;
    const row = { id: context.newId(), fromId: kase.ticket.id, toId: linked ?? '', kind, createdAt: context.now, createdBy: actor.name };
    const afterwards = async (): Promise<void> => {
      await problemAfterClosing(database, change, kase, input.closureCode);
      if (kase.ticket.major) await closeChildren(database, change, kase);
    };
    return { ...decision, add: linked ? [{ table: 'link', row }] : [], afterwards };
  });
}

/** INC-15: the new report attaches to the one that is open already, with its caller, and closes as its duplicate. */
export async function attachDuplicate(database: Database, actor: Actor, input: IncidentCommand & { duplicateOfId: string }): Promise<string> {
  return changeIncident(database, actor, input, 'attachDuplicate', async ({ kase, context, change }) => {
    const toId = await otherTicket(change, kase.ticket, input.duplicateOfId, 'duplicateOfId');
    const open = await change.em.count(TicketEntity, { id: toId, closedAt: null });
    if (open === 0) throw new Refusal('MOVE_NOT_ALLOWED', 'That incident is closed: record this one as its recurrence instead.', 'duplicateOfId', { use: 'linkTicket' });
    const row = { id: context.newId(), fromId: kase.ticket.id, toId, kind: 'duplicate-of' as const, createdAt: context.now, createdBy: actor.name };
    return { ...closeAsDuplicate(kase, toId, context), add: [{ table: 'link', row }] };
  });
}
