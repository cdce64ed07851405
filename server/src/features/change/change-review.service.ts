import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { patch } from '../ticket/ticket-record.rules.ts';
import { READ_PERMISSION, type RecordCommand } from '../ticket/ticket-record.service.ts';
import { linkTickets } from '../ticket/ticket-link.service.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import type { ChangeCase } from './change-case.rules.ts';
import { commandChange } from './change-case.service.ts';
import { longText, reasonText, requireWord } from './change-checks.service.ts';
import { note } from './change-decision.rules.ts';
import { closeChange, reviewChange } from './change-review.rules.ts';
import { CHANGE_OUTCOMES } from './change-states.rules.ts';

export interface ReviewInput extends RecordCommand {
  readonly outcome: string;
  readonly expectedResultMet: boolean;
  readonly text: string;
  readonly stability: string;
  readonly businessSatisfaction: number;
  readonly businessRemark?: string | null;
}

/** CHG-13, CHG-20. */
export function review(database: Database, actor: Actor, input: ReviewInput): Promise<string> {
  return commandChange(database, actor, input, 'reviewChange', ({ kase, context }) => reviewChange(kase, {
    outcome: requireWord(input.outcome, 'outcome', CHANGE_OUTCOMES), expectedResultMet: input.expectedResultMet, text: longText(input.text, 'text'), stability: reasonText(input.stability, 'stability'),
    businessSatisfaction: input.businessSatisfaction, businessRemark: optionalText(input.businessRemark, 'businessRemark', 2000),
  }, context));
}

export interface CiResultInput extends RecordCommand {
  readonly ciId: string;
  readonly remark: string;
}

/** CHG-12: the CI was looked at, and its entry in the CMDB stays as it is; says why. */
export function keepCi(database: Database, actor: Actor, input: CiResultInput): Promise<string> {
  return commandChange(database, actor, input, 'recordCiResult', ({ kase, context }) => {
    requireOwnCi(kase, input.ciId);
    const known = kase.ciResults.find(({ ciId }) => ciId === input.ciId);
    if (known?.result === 'altered') throw new Refusal('ALREADY_DONE', 'The CI was altered through this change.', 'ciId');
    const said = { result: 'unchanged', remark: reasonText(input.remark, 'remark'), recordedAt: context.now, recordedBy: actor.name } as const;
    const rows = known ? { patches: [patch(known, said)] } : { add: [{ table: 'ciResult', row: { id: context.newId(), ticketId: kase.ticket.id, ciId: input.ciId, ...said } }] };
    return note(kase, context, { event: 'change.ciKept', after: { ciId: input.ciId, remark: said.remark }, rows });
  });
}

export function requireOwnCi({ cis }: ChangeCase, ciId: string): void {
  if (!cis.some(({ id }) => id === ciId)) throw new Refusal('NOT_FOUND', 'This change does not name that CI.', 'ciId');
}

export interface CausedInput extends RecordCommand {
  /** The incident or problem that the change brought about. */
  readonly ticketId: string;
}

/** CHG-13: a person says that the change caused it. */
export function linkCaused(database: Database, actor: Actor, input: CausedInput): Promise<string> {
  return commandChange(database, actor, input, 'linkCausedIncident', async ({ change, kase, context }) => {
    const { customerId } = kase.ticket;
    const other = await change.em.findOne(TicketEntity, { id: input.ticketId, customerId, kind: { $in: ['incident', 'problem'] } });
    if (!other || !may(actor, READ_PERMISSION[other.kind], { customerId })) throw new Refusal('NOT_FOUND', 'This customer has no such incident or problem.', 'ticketId');
    if (!(await linkTickets(change, { fromId: other.id, toId: kase.ticket.id, kind: 'caused-by' }))) throw new Refusal('ALREADY_DONE', `${other.number} is linked already.`, 'ticketId');
    return note(kase, context, { event: 'change.causeLinked', after: { ticketId: other.id, number: other.number } });
  });
}

export interface CloseInput extends RecordCommand {
  readonly remark?: string | null;
}

/** CHG-18: by its implementer, when nothing is missing any more. */
export function close(database: Database, actor: Actor, input: CloseInput): Promise<string> {
  return commandChange(database, actor, input, 'closeChange', ({ kase, context }) => closeChange(kase, optionalText(input.remark, 'remark', 2000), context));
}

export interface NoteInput extends RecordCommand {
  readonly text: string;
  readonly customerVisible?: boolean | null;
}

/** An entry of the work log; a customer's own is visible to them. */
export function addNote(database: Database, actor: Actor, input: NoteInput): Promise<string> {
  return commandChange(database, actor, input, 'noteOnChange', ({ kase, context }) => {
    const text = longText(input.text, 'text');
    const customerVisible = actor.customerId !== null || (input.customerVisible ?? false);
    const row = {
      id: context.newId(), ticketId: kase.ticket.id, kind: 'note', text, customerVisible, occurredAt: context.now, recordedAt: context.now, authorId: actor.kind === 'person' ? actor.id : null,
      authorName: actor.name, minutes: null, lateReason: null,
    };
    return note(kase, context, { event: 'change.noted', after: { text, customerVisible }, rows: { add: [{ table: 'workLog', row }] } });
  });
}
