import type { Actor } from '../../kernel/actor.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { calendarsFor } from '../calendar/calendar.service.ts';
import { recordEvent, type RecordContext } from '../ticket/ticket-record.rules.ts';
import { actOn, changeRecord, lockTicket, recordContext, type OpenRecord, type RecordCommand, type RecordKind } from '../ticket/ticket-record.service.ts';
import { TicketCiEntity, WorkLogEntryEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { CHANGE_PROCESS, type ChangeAction } from './change-actions.rules.ts';
import type { ChangeCalendars, ChangeCase } from './change-case.rules.ts';
import { alarmsOf, dueAlarms } from './change-clock.rules.ts';
import { reconcileConflicts } from './change-conflict-store.service.ts';
import type { ChangeDecided } from './change-decision.rules.ts';
import { debtName, isPaid } from './change-missing.rules.ts';
import { ChangeApprovalEntity, ChangeAssessmentEntity, ChangeDecisionEntity, ChangePlanEntity, ChangeStatementEntity } from './change-paper.entity.ts';
import { ChangeAttemptEntity, ChangeCiResultEntity, ChangeDebtEntity, ChangeOutageEntity, ChangeTaskEntity } from './change-work.entity.ts';
import { ChangeEntity, PreAuthorisedChangeEntity, type PreAuthorisedChange } from './change.entity.ts';
import type { ChangeMove, ChangeState } from './change-states.rules.ts';

export type OpenChangeCase = OpenRecord<ChangeCase>;
type Rule = (open: OpenChangeCase) => ChangeDecided | Promise<ChangeDecided>;

/** How a change is loaded, guarded and saved. */
export const CHANGE_KIND: RecordKind<ChangeCase, ChangeState, ChangeMove, ChangeAction> = {
  kind: 'change',
  process: CHANGE_PROCESS,
  tables: {
    assessment: ChangeAssessmentEntity, statement: ChangeStatementEntity, approval: ChangeApprovalEntity, decision: ChangeDecisionEntity, task: ChangeTaskEntity,
    attempt: ChangeAttemptEntity, outage: ChangeOutageEntity, debt: ChangeDebtEntity, ciResult: ChangeCiResultEntity, ci: TicketCiEntity, workLog: WorkLogEntryEntity,
  },
  load: loadChange,
  settle: settleChange,
};

/** A command on a change: what fell due before it is told first, so that a late answer cannot hide that it was late (D-08). */
export function commandChange(database: Database, actor: Actor, command: RecordCommand, action: ChangeAction, rule: Rule): Promise<string> {
  return changeRecord(database, actor, kindFor(action), command, action, judgedFirst(rule));
}

/** The same in a transaction that is open already, on the locked ticket: for what must be true together (CAB, incident, release). */
export function actOnChange(database: Database, change: Change, ticket: Ticket, action: ChangeAction, rule: Rule): Promise<void> {
  return actOn(database, change, kindFor(action), ticket, action, judgedFirst(rule));
}

/** What moves a window, a person or a CI of the plan, or ends the claim on them: conflicts are judged anew with it (CHG-11). */
const MOVES_THE_PLAN: ReadonlySet<ChangeAction> = new Set<ChangeAction>([
  'editChange', 'recategoriseChange', 'assignChange', 'submitChange', 'acceptChange', 'refuseChange', 'cancelChange', 'addChangeTask', 'editChangeTask', 'removeChangeTask', 'endChangeTask',
  'proposeWindow', 'scheduleChange', 'rescheduleChange', 'replanChange', 'completeChange', 'stopChange', 'closeChange',
]);

function kindFor(action: ChangeAction): typeof CHANGE_KIND {
  if (!MOVES_THE_PLAN.has(action)) return CHANGE_KIND;
  const settle: typeof CHANGE_KIND.settle = async (change, kase, context, database) => {
    await settleChange(change, kase, context, database);
    if (kase.record.windowStartAt !== null) await reconcileConflicts(change, kase.ticket.id);
  };
  return { ...CHANGE_KIND, settle };
}

function judgedFirst(rule: Rule): Rule {
  return async (open) => {
    const { marks, events } = dueAlarms(open.kase, open.context);
    Object.assign(open.kase.record, marks);
    const decided = await rule(open);
    return { ...decided, events: [...events, ...decided.events] };
  };
}

async function loadChange({ em }: Change, ticket: Ticket, context: RecordContext, database: Database): Promise<ChangeCase> {
  const of = { ticketId: ticket.id };
  const record = await em.findOneOrFail(ChangeEntity, of);
  return {
    ticket, record, now: context.now, policy: context.policies.change,
    plan: await em.findOneOrFail(ChangePlanEntity, of),
    assessments: await em.find(ChangeAssessmentEntity, of, { orderBy: { recordedAt: 'asc', id: 'asc' } }),
    statements: await em.find(ChangeStatementEntity, of, { orderBy: { requestedAt: 'asc', id: 'asc' } }),
    approvals: await em.find(ChangeApprovalEntity, of, { orderBy: { recordedAt: 'asc', id: 'asc' } }),
    decisions: await em.find(ChangeDecisionEntity, of, { orderBy: { decidedAt: 'asc', id: 'asc' } }),
    tasks: await em.find(ChangeTaskEntity, of, { orderBy: { seq: 'asc' } }),
    attempts: await em.find(ChangeAttemptEntity, of, { orderBy: { number: 'asc' } }),
    outages: await em.find(ChangeOutageEntity, of, { orderBy: { recordedAt: 'asc', id: 'asc' } }),
    debts: await em.find(ChangeDebtEntity, of, { orderBy: { incurredAt: 'asc', item: 'asc' } }),
    ciResults: await em.find(ChangeCiResultEntity, of, { orderBy: { recordedAt: 'asc', id: 'asc' } }),
    cis: await em.execute<{ id: string; name: string }[]>('select c.id, c.name from ticket_ci l join ci c on c.id = l.ci_id where l.ticket_id = ? order by c.name, c.id limit 500', [ticket.id]),
    papers: await papersOf(em, ticket.id),
    preAuthorised: await preAuthorisedOf(em, record.preAuthorisedId, { customerId: ticket.customerId, at: context.now }),
    carriers: await carriersOf(em, ticket.id),
    calendars: await calendarsOf(database, em, ticket.customerId),
  };
}

async function papersOf(em: Em, ticketId: string): Promise<ReadonlySet<string>> {
  const rows = await em.execute<{ paper: string }[]>('select distinct paper from attachment where ticket_id = ? and paper is not null limit 50', [ticketId]);
  return new Set(rows.map(({ paper }) => paper));
}

/** The agreed item, while it is in force and this customer's (CHG table). */
export async function preAuthorisedOf(em: Em, id: string | null, { customerId, at }: { readonly customerId: string; readonly at: Instant }): Promise<PreAuthorisedChange | null> {
  const item = id === null ? null : await em.findOne(PreAuthorisedChangeEntity, { id, customerId });
  return item !== null && (item.endsAt === null || item.endsAt > at) ? item : null;
}

async function carriersOf(em: Em, ticketId: string): Promise<number> {
  const rows = await em.execute<{ n: number }[]>(`select count(*)::int as n from ticket_link where to_id = ? and kind = 'carries'`, [ticketId]);
  return rows[0]!.n;
}

/** Calendars with the customer's own dates over them (CAL-05). */
async function calendarsOf(database: Database, em: Em, customerId: string): Promise<ChangeCalendars> {
  const book = await calendarsFor(database, em);
  return (key) => book.resolve(book.refFor(book.idByKey[key] ?? key, customerId));
}

/** Last of all: debts that are met are paid, and the timer stands at what comes next. */
async function settleChange(change: Change, kase: ChangeCase, context: RecordContext, database: Database): Promise<void> {
  await change.em.flush();
  if (kase.record.category === 'emergency') await payDebts(change, await loadChange(change, kase.ticket, context, database), context);
  await setTimer(change.em, kase);
}

/** CHG-06: a debt is paid by the thing itself being there, not by saying so. */
async function payDebts(change: Change, kase: ChangeCase, context: RecordContext): Promise<void> {
  const paid = kase.debts.filter(({ item, paidAt }) => paidAt === null && isPaid(kase, item));
  for (const debt of paid) {
    Object.assign(debt, { paidAt: context.now, paidBy: change.actor.name });
    change.emit(recordEvent(kase, context, 'change.debtPaid', { after: { item: debt.item, name: debtName(debt.item) } }));
  }
  const all = kase.debts.length > 0 && kase.debts.every(({ paidAt }) => paidAt !== null);
  if (!all || kase.record.debtPaidAt !== null) return;
  kase.record.debtPaidAt = context.now;
  change.emit(recordEvent(kase, context, 'change.debtsPaid'));
}

/** A paper was attached: that may have paid a debt. */
export async function settleDebts(database: Database, change: Change, ticketId: string): Promise<void> {
  const ticket = await lockTicket(change, 'change', ticketId);
  const { context, kase } = await openChange(database, change, ticket);
  if (kase.record.category !== 'emergency') return;
  await payDebts(change, kase, context);
  await setTimer(change.em, kase);
}

/** Loads a locked change outside a command. */
export async function openChange(database: Database, change: Change, ticket: Ticket): Promise<{ kase: ChangeCase; context: RecordContext }> {
  const context = await recordContext(database, change, ticket);
  return { context, kase: await loadChange(change, ticket, context, database) };
}

/** When the change needs looking at next. */
export async function setTimer(em: Em, kase: Pick<ChangeCase, 'record' | 'policy' | 'ticket'>): Promise<void> {
  const next = alarmsOf(kase)[0];
  if (!next) {
    await em.execute(`delete from timer where ticket_id = ? and purpose = 'change'`, [kase.ticket.id]);
    return;
  }
  await em.execute(
    `insert into timer (ticket_id, purpose, due_at) values (?, 'change', ?::timestamptz) on conflict (ticket_id, purpose) do update set due_at = excluded.due_at`,
    [kase.ticket.id, toIso(next.at)],
  );
}
