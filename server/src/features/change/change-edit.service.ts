import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { TicketCiEntity } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import type { ChangeCase } from './change-case.rules.ts';
import { commandChange } from './change-case.service.ts';
import { longText, reasonText, requireCis, requireItem, requirePerson, requireWord, textList } from './change-checks.service.ts';
import { note, type ChangeDecided } from './change-decision.rules.ts';
import { impactSet } from './change-impact.service.ts';
import { rescheduleChange, requireWindow } from './change-implement.rules.ts';
import { requireMayRaise } from './change-raise.service.ts';
import { recategorise, titleOf } from './change-respond.rules.ts';
import { CHANGE_CATEGORIES } from './change-states.rules.ts';
import { ChangeStatementEntity } from './change-paper.entity.ts';
import { ChangeCiResultEntity } from './change-work.entity.ts';
import type { ChangeRow } from './change.entity.ts';

/** Fields that are left out stay as they are. */
export interface EditInput extends RecordCommand {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly type?: string | null;
  readonly risk?: string | null;
  readonly priority?: string | null;
  readonly expectedResult?: string | null;
  readonly askedBy?: string | null;
  readonly ciIds?: readonly string[] | null;
  readonly businessSystems?: readonly string[] | null;
  readonly departments?: readonly string[] | null;
  readonly software?: boolean | null;
}

/** CHG-02: what it is and what it affects; the impact set follows the CIs. */
export function edit(database: Database, actor: Actor, input: EditInput): Promise<string> {
  return commandChange(database, actor, input, 'editChange', async ({ change, kase, context }) => {
    const fields = editedFields(kase, input);
    const impact = input.ciIds ? { impact: await changeCis(change, kase, { ciIds: input.ciIds, now: context.now, newCiId: newId }) } : {};
    const decided = note(kase, context, { event: 'change.edited', fields: { ...fields, ...impact }, after: { ...fields, ...(input.ciIds ? { ciIds: input.ciIds } : {}) } });
    return fields.subject === undefined ? decided : { ...decided, ticket: { title: titleOf(kase.policy, kase.record.category, fields.subject) } };
  });
}

function editedFields({ policy }: ChangeCase, input: EditInput): Partial<ChangeRow> {
  const words = (value: string, field: string, terms: readonly { readonly key: string }[]): string => requireWord(value, field, terms.map(({ key }) => key));
  const given = <T, R>(value: T | null | undefined, read: (present: T) => R): R | undefined => (value === null || value === undefined ? undefined : read(value));
  const fields: { -readonly [Key in keyof ChangeRow]?: ChangeRow[Key] | undefined } = {
    subject: given(input.title, (text) => requiredText(text, 'title', TEXT_LIMITS.title - 20)),
    description: given(input.description, (text) => longText(text, 'description')),
    type: given(input.type, (word) => words(word, 'type', policy.types)),
    risk: given(input.risk, (word) => words(word, 'risk', policy.risks)),
    priority: given(input.priority, (word) => words(word, 'priority', policy.priorities)),
    expectedResult: given(input.expectedResult, (text) => optionalText(text, 'expectedResult', TEXT_LIMITS.text)),
    askedBy: given(input.askedBy, (text) => optionalText(text, 'askedBy')),
    businessSystems: given(input.businessSystems, (names) => textList(names, 'businessSystems')),
    departments: given(input.departments, (names) => textList(names, 'departments')),
    software: given(input.software, (flag) => flag),
  };
  return present(fields);
}

/** Without what was left out. */
function present<Row extends object>(fields: { [Key in keyof Row]?: Row[Key] | undefined }): Partial<Row> {
  const kept: Partial<Row> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept;
}

/** Statements and results of a CI that is no longer changed go with it. */
async function changeCis({ em }: Change, { ticket, cis }: ChangeCase, { ciIds, now, newCiId }: { readonly ciIds: readonly string[]; readonly now: Instant; readonly newCiId: () => string }): Promise<ChangeRow['impact']> {
  const wanted = await requireCis(em, ciIds, ticket.customerId);
  const gone = cis.map(({ id }) => id).filter((id) => !wanted.includes(id));
  const of = { ticketId: ticket.id, ciId: { $in: gone } };
  await em.nativeDelete(ChangeStatementEntity, of);
  await em.nativeDelete(ChangeCiResultEntity, of);
  await em.nativeDelete(TicketCiEntity, of);
  for (const ciId of wanted.filter((id) => !cis.some((ci) => ci.id === id))) persistRow(em, TicketCiEntity, { id: newCiId(), ticketId: ticket.id, ciId, cause: false });
  return impactSet(em, wanted, now);
}

export interface RecategoriseInput extends RecordCommand {
  readonly category: string;
  readonly reason: string;
  readonly preAuthorisedId?: string | null;
}

export function changeCategory(database: Database, actor: Actor, input: RecategoriseInput): Promise<string> {
  return commandChange(database, actor, input, 'recategoriseChange', async ({ change: { em }, kase, context }) => {
    const category = requireWord(input.category, 'category', CHANGE_CATEGORIES);
    const { customerId } = kase.ticket;
    requireMayRaise(actor, customerId, category);
    const preAuthorisedId = await requireItem(em, input.preAuthorisedId ?? null, { customerId, category, at: context.now });
    return recategorise(kase, { category, reason: reasonText(input.reason), preAuthorisedId }, context);
  });
}

export interface AssignInput extends RecordCommand {
  readonly ownerId?: string | null;
  readonly implementerId?: string | null;
}

export function assignPeople(database: Database, actor: Actor, input: AssignInput): Promise<string> {
  return commandChange(database, actor, input, 'assignChange', async ({ change: { em }, kase, context }): Promise<ChangeDecided> => {
    const ownerId = (await requirePerson(em, input.ownerId ?? null, 'ownerId')) ?? kase.record.ownerId;
    const implementerId = (await requirePerson(em, input.implementerId ?? null, 'implementerId')) ?? kase.record.implementerId;
    return { ...note(kase, context, { event: 'change.assigned', fields: { ownerId, implementerId }, after: { ownerId, implementerId } }), ticket: { holderId: ownerId } };
  });
}

export interface WindowInput extends RecordCommand {
  readonly windowStartAt: Instant;
  readonly windowEndAt: Instant;
  readonly reason?: string | null;
}

/** The window that is asked for, so that calendar and conflicts show it before it is approved. */
export function proposeWindow(database: Database, actor: Actor, input: WindowInput): Promise<string> {
  return commandChange(database, actor, input, 'proposeWindow', ({ kase, context }) =>
    rescheduleChange(kase, requireWindow({ from: input.windowStartAt, to: input.windowEndAt }, context.now), optionalText(input.reason, 'reason', 2000), context));
}
