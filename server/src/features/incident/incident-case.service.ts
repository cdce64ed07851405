import { LockMode } from '@mikro-orm/core';
import { idempotent } from '../../platform/db/idempotency.ts';
import { referenceRevision, type Change, type Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { may, type Actor } from '../../kernel/actor.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, EscalationEntity } from '../clock/clock.entity.ts';
import type { CalendarBook } from '../calendar/calendar.service.ts';
import { HandoffEntity } from '../handoff/handoff.entity.ts';
import { nextPolicyChange, policiesAt } from '../service-level/service-level.service.ts';
import { entryInstant } from '../ticket/ticket.rules.ts';
import { TicketCiEntity, TicketEntity, TicketLinkEntity, TicketSpanEntity, WorkLogEntryEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { guard, notBefore, type IncidentAction } from './incident-actions.rules.ts';
import { incidentEvent, isLead, openSuspension, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { carryOutDecision, judgeCase } from './incident-judge.rules.ts';
import { followPolicy, plannedSince } from './incident-plan.rules.ts';
import { relatedRecords } from './incident-related.service.ts';
import { nextReminder } from './incident-remind.rules.ts';
import { loadTerms } from './incident-terms.service.ts';
import { AlarmEntity, IncidentEntity, RegradeRequestEntity, SuspensionEntity } from './incident.entity.ts';

/** What every command on an incident carries (API-03, INC-19). */
export interface IncidentCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly occurredAt?: Instant | null;
  readonly lateReason?: string | null;
  readonly idempotencyKey?: string | null;
}

/** An incident loaded under its lock, ready for a rule. */
export interface OpenCase {
  readonly change: Change;
  readonly kase: IncidentCase;
  readonly context: RuleContext;
  readonly calendars: CalendarBook;
  /** The rows that were in the database already. */
  readonly loaded: ReadonlySet<object>;
  /** When a policy that is decided already comes into force (D-22). */
  readonly policyChangesAt?: Instant | null;
  /** Edits of policies and calendars that it has seen. */
  readonly revision?: string;
}

/** A decision, and what must be true together with it for other records: done in the same transaction, after it was carried out. */
export interface CommandDecision extends Decision {
  readonly afterwards?: () => Promise<void>;
}

/**
 * What every command repeats: lock the ticket, check scope and version, read the clock once, judge what fell due before,
 * guard the action, ask the rule, carry it out, judge the clocks, save. Returns the incident's id.
 */
export async function changeIncident(
  database: Database, actor: Actor, command: IncidentCommand, action: IncidentAction, rule: (open: OpenCase) => CommandDecision | Promise<CommandDecision>,
): Promise<string> {
  return database.change(actor, (change) => idempotent(change, action, command, async () => {
    const ticket = await lockTicket(change, command.id);
    if (ticket.version !== command.expectedVersion) {
      throw new Refusal('STALE_VERSION', `The incident is at version ${ticket.version}, the command was based on ${command.expectedVersion}. Read it again.`, 'expectedVersion', { version: ticket.version });
    }
    const open = await openCase(database, change, ticket);
    catchUp(open);
    const { kase } = open;
    guard(action, kase, actor);
    const context = { ...open.context, ...entryTime(kase, open.context, command, action) };
    const decision = await rule({ ...open, context });
    carryOut({ ...open, context }, decision);
    await decision.afterwards?.();
    // Only people's commands count: a warning that fires meanwhile must not make their form stale.
    ticket.version += 1;
    await saveCase(open);
    return ticket.id;
  }));
}

/** Locks the record first of all (locks go ticket, clock, timer); a foreign customer's record does not exist for the actor. */
async function lockTicket(change: Change, id: string): Promise<Ticket> {
  const ticket = await change.em.findOne(TicketEntity, { id, kind: 'incident' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!ticket || !may(change.actor, 'incident.read', { customerId: ticket.customerId })) {
    throw new Refusal('NOT_FOUND', `There is no incident ${id}.`, 'id');
  }
  return ticket;
}

/** Loads everything the rules look at. */
export async function openCase(database: Database, change: Change, ticket: Ticket): Promise<OpenCase> {
  const { em, actor } = change;
  const now = Math.max(await change.now(), ticket.lastEventAt);
  const revision = await referenceRevision(em);
  const { policies, versions, since } = await policiesAt(database, em, now);
  const incident = await em.findOneOrFail(IncidentEntity, { ticketId: ticket.id });
  const of = { ticketId: ticket.id };
  const { terms, calendars } = await loadTerms(database, em, { ...incident, customerId: ticket.customerId, teamId: ticket.teamId }, { actor, now, policies });
  const kase: IncidentCase = {
    ticket, incident, terms, added: [],
    spans: await em.find(TicketSpanEntity, of, { orderBy: { seq: 'asc' } }),
    suspensions: await em.find(SuspensionEntity, of, { orderBy: { fromAt: 'asc', id: 'asc' } }),
    handoffs: await em.find(HandoffEntity, of, { orderBy: { requestedAt: 'asc', id: 'asc' } }),
    requests: await em.find(RegradeRequestEntity, of, { orderBy: { requestedAt: 'asc' } }),
    escalations: await em.find(EscalationEntity, of, { orderBy: { firedAt: 'asc', id: 'asc' } }),
    alarms: await em.find(AlarmEntity, { ...of, acknowledgedAt: null, endedAt: null }, { orderBy: { raisedAt: 'asc', id: 'asc' } }),
    workLog: [],
    cis: await em.find(TicketCiEntity, of),
    links: await em.find(TicketLinkEntity, { fromId: ticket.id }),
    related: await relatedRecords(em, ticket.id),
    book: {
      ticketId: ticket.id,
      facts: await em.find(ClockFactEntity, of, { orderBy: { seq: 'asc' } }),
      clocks: await em.find(ClockEntity, of),
      firings: await em.find(ClockFiringEntity, of),
    },
  };
  const loaded = new Set<object>([...kase.spans, ...kase.book.facts, ...kase.book.clocks, ...kase.book.firings]);
  const policySince = plannedSince(since, terms.agreementSince ?? null);
  const policyChangesAt = await nextPolicyChange(database, em, now);
  return { change, kase, calendars, loaded, policyChangesAt, revision, context: { now, at: now, lateReason: null, actor, newId, policies, versions, policySince, mark: null } };
}

/** INC-19: when it happened. */
function entryTime(kase: IncidentCase, context: RuleContext, command: IncidentCommand, action: IncidentAction): Pick<RuleContext, 'at' | 'lateReason'> {
  const occurredAt = command.occurredAt ?? null;
  const at = entryInstant({
    now: context.now, occurredAt, lateReason: command.lateReason ?? null, byLead: isLead(kase, context.actor),
    limitMinutes: context.policies.intake.lateEntryMinutes, notBefore: notBefore(action, kase),
  });
  return { at, lateReason: occurredAt === null || at === context.now ? null : command.lateReason ?? null };
}

/** Carries a decision out, then judges the clocks and carries out what fired because of it. */
export function carryOut({ kase, context, calendars, change }: OpenCase, decision: Decision): void {
  change.emit(...carryOutDecision(kase, decision, context, calendars));
}

/** Before a command and at a timer: what came into force or fell due since the last look takes effect, in order (SLA-02, SLA-13). */
export function catchUp(open: OpenCase): void {
  const { kase, context, calendars, change } = open;
  if (kase.ticket.closedAt === null && followPolicy(kase, context)) {
    const { versions } = context;
    const after = { levelTable: versions['level-table'], tierTable: versions['tier-table'], handoff: versions.handoff };
    change.emit(incidentEvent(kase, context, 'incident.replanned', { after }));
    kase.ticket.lastEventAt = Math.max(kase.ticket.lastEventAt, context.now);
  }
  change.emit(...judgeCase(kase, context, calendars, { keepFirings: true }));
}

/** New rows are registered, changed ones are managed already; the timer says when to look again. */
export async function saveCase(open: OpenCase): Promise<void> {
  const { kase, change: { em } } = open;
  for (const { table, row } of kase.added) persistRow(em, ADDED_ENTITIES[table], row);
  const fresh = <T extends object>(rows: readonly T[]): T[] => rows.filter((row) => !open.loaded.has(row));
  for (const row of fresh(kase.spans)) persistRow(em, TicketSpanEntity, row);
  for (const row of fresh(kase.book.facts)) persistRow(em, ClockFactEntity, row);
  for (const row of fresh(kase.book.clocks)) persistRow(em, ClockEntity, row);
  for (const row of fresh(kase.book.firings)) persistRow(em, ClockFiringEntity, row);
  await setTimer(em, kase.ticket.id, lookAgainAt(open));
  // An edit that was committed meanwhile had made this ticket due: that must not be put off. Read after the timer is written,
  // whose row an edit that comes later waits for.
  if (kase.ticket.closedAt === null && (await editedMeanwhile(open))) await setTimer(em, kase.ticket.id, open.context.now);
}

async function editedMeanwhile({ change: { em }, kase, revision }: OpenCase): Promise<boolean> {
  if (revision === undefined) return false;
  const rows = await em.execute<{ revision: string; agreement: number | null }[]>(
    'select revision, (select version from agreement where id = ?) as agreement from reference_revision where id = 1', [kase.incident.agreementId],
  );
  return rows[0]?.revision !== revision || rows[0].agreement !== (kase.terms.agreementVersion ?? null);
}

/** The earliest instant at which a clock fires or a suspension's expected end passes. */
export function nextLook(kase: IncidentCase): Instant | null {
  const suspension = openSuspension(kase);
  const reminder = suspension && suspension.remindedAt === null ? suspension.expectedEndAt : null;
  const all = [...kase.book.clocks.map((clock) => clock.nextAt), reminder].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}

/** Besides: when somebody is to be reminded, and when a policy that is decided already comes into force. */
function lookAgainAt({ kase, context, calendars, policyChangesAt = null }: OpenCase): Instant | null {
  if (kase.ticket.closedAt !== null) return null;
  const all = [nextLook(kase), nextReminder(kase, context, calendars), policyChangesAt].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}

async function setTimer(em: Em, ticketId: string, dueAt: Instant | null): Promise<void> {
  if (dueAt === null) {
    await em.execute(`delete from timer where ticket_id = ? and purpose = 'clocks'`, [ticketId]);
    return;
  }
  await em.execute(
    `insert into timer (ticket_id, purpose, due_at) values (?, 'clocks', ?::timestamptz)
     on conflict (ticket_id, purpose) do update set due_at = excluded.due_at`,
    [ticketId, toIso(dueAt)],
  );
}

const ADDED_ENTITIES = {
  suspension: SuspensionEntity, handoff: HandoffEntity, request: RegradeRequestEntity, workLog: WorkLogEntryEntity, ci: TicketCiEntity,
  link: TicketLinkEntity, escalation: EscalationEntity, alarm: AlarmEntity,
} as const;
