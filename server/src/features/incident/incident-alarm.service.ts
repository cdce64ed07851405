import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { EscalationEntity } from '../clock/clock.entity.ts';
import { HandoffEntity } from '../handoff/handoff.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { acknowledgeAlarms } from './incident-alarm.rules.ts';
import { AlarmEntity } from './incident.entity.ts';

/** An alarm after it was acknowledged: by whom first, and whether that was this call. */
export interface AcknowledgedAlarm {
  readonly id: string;
  readonly incidentId: string;
  readonly acknowledgedBy: string;
  readonly acknowledgedAt: Instant;
  readonly now: boolean;
}

/** Which: the alarms of these incidents, or one of them. */
export interface RingingQuestion {
  readonly ticketIds: readonly string[];
  readonly alarmId: string | null;
}

/**
 * Whoever works on incidents acknowledges for the whole room; whose incident it is they must be allowed to see. A customer's own people
 * cannot: it would silence the provider's boards (ORG-03).
 * @throws Refusal FORBIDDEN
 */
export function requireAcknowledger(actor: Actor): void {
  requirePermission(actor, 'escalation.acknowledge');
  if (!mayAcknowledge(actor)) throw new Refusal('FORBIDDEN', 'Alarms are acknowledged by the provider\'s own people.');
}

export function mayAcknowledge(actor: Actor): boolean {
  return may(actor, 'escalation.acknowledge') && actor.customerId === null && actor.boardIds === undefined;
}

/** WBD-03: silences alarms at once and for everybody, without making anybody's form stale. Acknowledged before, it stays with who was first. */
export async function acknowledgeRinging(database: Database, actor: Actor, { ticketIds, alarmId }: RingingQuestion): Promise<AcknowledgedAlarm[]> {
  requireAcknowledger(actor);
  return database.change(actor, async (change) => {
    const { em } = change;
    const tickets = await em.find(TicketEntity, { id: { $in: [...ticketIds] }, kind: 'incident' }, { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } });
    const mine = tickets.filter(({ customerId, teamId }) => may(actor, 'incident.read', { customerId, teamId }) && may(actor, 'escalation.acknowledge', { customerId, teamId }));
    const of = { ticketId: { $in: mine.map(({ id }) => id) } };
    const oldestFirst = { orderBy: { ticketId: 'asc', id: 'asc' } } as const;
    const alarms = await em.find(AlarmEntity, { ...of, endedAt: null }, oldestFirst);
    const escalations = await em.find(EscalationEntity, of, oldestFirst);
    const handoffs = await em.find(HandoffEntity, { ...of, state: 'waiting' }, oldestFirst);
    const before = new Set([...alarms, ...escalations].filter(({ acknowledgedAt }) => acknowledgedAt !== null).map(({ id }) => id));
    const now = await change.now();
    const parts = { alarms: byTicket(alarms), escalations: byTicket(escalations), handoffs: byTicket(handoffs) };
    for (const ticket of mine) acknowledgeOf(change, { ticket, now, alarmId, parts });
    return [...alarms, ...escalations].flatMap(({ id, ticketId, acknowledgedBy, acknowledgedAt }) =>
      acknowledgedBy === null || acknowledgedAt === null || (alarmId !== null && alarmId !== id)
        ? [] : [{ id, incidentId: ticketId, acknowledgedBy, acknowledgedAt, now: !before.has(id) }]);
  });
}

interface Ringing {
  readonly ticket: Parameters<typeof acknowledgeAlarms>[0]['ticket'];
  readonly now: Instant;
  readonly alarmId: string | null;
  readonly parts: { readonly [Part in 'alarms' | 'escalations' | 'handoffs']: ReadonlyMap<string, Parameters<typeof acknowledgeAlarms>[0][Part]> };
}

function acknowledgeOf(change: Change, { ticket, now, alarmId, parts }: Ringing): void {
  const kase = {
    ticket, alarms: parts.alarms.get(ticket.id) ?? [], escalations: parts.escalations.get(ticket.id) ?? [], handoffs: parts.handoffs.get(ticket.id) ?? [],
  };
  change.emit(...acknowledgeAlarms(kase, alarmId, { now, at: now, actor: change.actor, mark: null, lateReason: null }));
}

function byTicket<Row extends { readonly ticketId: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  return Map.groupBy(rows, ({ ticketId }) => ticketId);
}
