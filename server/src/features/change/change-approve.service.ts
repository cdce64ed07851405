import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { excuseRelease, giveWord, requireGivenAt } from './change-approve.rules.ts';
import { isOwn, nameOf, type ChangeCase } from './change-case.rules.ts';
import { commandChange, type OpenChangeCase } from './change-case.service.ts';
import { reasonText, requireWord } from './change-checks.service.ts';
import { peopleWith } from './change-people.queries.ts';
import type { ChangeDecided } from './change-decision.rules.ts';
import type { ApprovalStep } from './change-states.rules.ts';

export interface WordInput extends RecordCommand {
  readonly approved: boolean;
  readonly note?: string | null;
}

const noteOf = (input: { readonly note?: string | null }): string | null => optionalText(input.note, 'note', 2000);

/** The actor's own word, given here and now. */
function ownWord({ kase, context }: OpenChangeCase, step: ApprovalStep, input: WordInput): ChangeDecided {
  return giveWord(kase, { step, approved: input.approved, given: 'system', ...nameOf(context.actor), attachmentId: null, note: noteOf(input), givenAt: context.now }, context);
}

/** Steering authorisation of a major change (CHG table). */
export function steer(database: Database, actor: Actor, input: WordInput): Promise<string> {
  return commandChange(database, actor, input, 'steerChange', (open) => ownWord(open, 'steering', input));
}

/** The change manager approves a general change, or an emergency afterwards (CHG-06). */
export function approve(database: Database, actor: Actor, input: WordInput): Promise<string> {
  return commandChange(database, actor, input, 'approveChange', (open) => ownWord(open, 'manager', input));
}

export interface CabInput extends WordInput {
  /** When and where the CAB decided. */
  readonly givenAt?: Instant | null;
}

/** What the CAB decided, entered by the change manager; a meeting held here writes it by itself (CHG-05). */
export function recordCab(database: Database, actor: Actor, input: CabInput): Promise<string> {
  return commandChange(database, actor, input, 'recordCabDecision', ({ kase, context }) => cabWord(kase, input, context));
}

/** For a meeting that closes: within its transaction. */
export function cabWord(kase: ChangeCase, { approved, note, givenAt }: { readonly approved: boolean; readonly note?: string | null; readonly givenAt?: Instant | null }, context: OpenChangeCase['context']): ChangeDecided {
  const at = requireGivenAt(kase, givenAt ?? null, context.now);
  return giveWord(kase, { step: 'cab', approved, given: 'meeting', ...nameOf(context.actor), attachmentId: null, note: noteOf({ note: note ?? null }), givenAt: at }, context);
}

export interface ConfirmInput extends WordInput {
  /** "signature" or "mail" when the owner enters the customer's written word; the customer's own click needs neither. */
  readonly given?: string | null;
  /** Who confirmed, when entered for them. */
  readonly personName?: string | null;
  /** The signed paper or mail, attached to this change (CHG-10). */
  readonly attachmentId?: string | null;
  readonly givenAt?: Instant | null;
}

/** CHG-10: the customer's written confirmation, by their approver here, or by signature or mail that is attached. */
export function confirm(database: Database, actor: Actor, input: ConfirmInput): Promise<string> {
  return commandChange(database, actor, input, 'confirmChange', async (open) => {
    const { kase, context, change } = open;
    if (actor.customerId !== null) return ownWord(open, 'customer', input);
    const given = requireWord(input.given ?? '', 'given', ['signature', 'mail'] as const);
    const word = { step: 'customer', approved: input.approved, given, personId: null, personName: reasonText(input.personName, 'personName'), note: noteOf(input) } as const;
    return giveWord(kase, { ...word, attachmentId: await requireAttachment(change, kase, input.attachmentId ?? null), givenAt: requireGivenAt(kase, input.givenAt ?? null, context.now) }, context);
  });
}

/** The written word must be there to be seen. */
async function requireAttachment({ em }: Change, { ticket }: ChangeCase, attachmentId: string | null): Promise<string> {
  if (attachmentId === null) throw new Refusal('MISSING_FIELD', 'Attach the signed paper or the mail, and name it here.', 'attachmentId');
  const rows = await em.execute<{ id: string }[]>('select id from attachment where id = ? and ticket_id = ?', [attachmentId, ticket.id]);
  if (rows.length === 0) throw new Refusal('NOT_FOUND', 'This change has no such file.', 'attachmentId');
  return attachmentId;
}

export interface ConsentInput extends WordInput {
  /** Who gave it, when somebody else enters it. */
  readonly personId?: string | null;
  readonly givenAt?: Instant | null;
}

/** CHG-06: the oral consent of a department manager or above, entered by themselves or by whoever heard it. */
export function consent(database: Database, actor: Actor, input: ConsentInput): Promise<string> {
  return commandChange(database, actor, input, 'recordConsent', async ({ kase, context, change }) => {
    const person = await consenter(change, kase, input.personId ?? null);
    const givenAt = requireGivenAt(kase, input.givenAt ?? null, context.now);
    return giveWord(kase, { step: 'consent', approved: input.approved, given: 'oral', ...person, attachmentId: null, note: noteOf(input), givenAt }, context);
  });
}

async function consenter({ em, actor }: Change, kase: ChangeCase, personId: string | null): Promise<{ personId: string; personName: string }> {
  const { customerId } = kase.ticket;
  if (personId === null || personId === actor.id) {
    if (actor.kind === 'person' && may(actor, 'change.consent', { customerId }) && !isOwn(kase, actor)) return { personId: actor.id, personName: actor.name };
    throw new Refusal('MISSING_FIELD', 'Say who gave the consent: a department manager or above.', 'personId');
  }
  const person = await em.findOne(PersonEntity, { id: personId, active: true, customerId: null });
  const entitled = person !== null && (await peopleWith(em, 'change.consent', customerId)).includes(person.id);
  if (!person || !entitled) throw new Refusal('APPROVAL_NEEDED', 'Consent is given by a department manager or above ("change.consent").', 'personId');
  const { requesterId, ownerId, implementerId } = kase.record;
  if ([requesterId, ownerId, implementerId].includes(person.id)) throw new Refusal('APPROVAL_NEEDED', 'Nobody consents to their own change.', 'personId');
  return { personId: person.id, personName: person.name };
}

/** REL-09: the change manager's recorded exception. */
export function excuse(database: Database, actor: Actor, input: RecordCommand & { readonly reason: string }): Promise<string> {
  return commandChange(database, actor, input, 'excuseRelease', ({ kase, context }) => excuseRelease(kase, reasonText(input.reason), context));
}
