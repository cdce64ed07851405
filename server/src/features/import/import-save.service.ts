import type { Change } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/insert-rows.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ClockEntity, ClockFactEntity, ClockFiringEntity, EscalationEntity, TimerEntity } from '../clock/clock.entity.ts';
import { HandoffEntity } from '../handoff/handoff.entity.ts';
import type { AddedRow, IncidentCase } from '../incident/incident-case.rules.ts';
import { nextLook } from '../incident/incident-open.service.ts';
import { IncidentEntity, SuspensionEntity } from '../incident/incident.entity.ts';
import { TicketCiEntity, TicketEntity, TicketSpanEntity, WorkLogEntryEntity } from '../ticket/ticket.entity.ts';

/** Writes whole cases with few statements, the referenced before the referring. */
export async function insertCases({ em }: Change, cases: readonly IncidentCase[], now: Instant): Promise<void> {
  await insertRows(em, TicketEntity, cases.map(({ ticket }) => ticket));
  await insertRows(em, IncidentEntity, cases.map(({ incident }) => incident));
  await insertRows(em, TicketSpanEntity, cases.flatMap(({ spans }) => spans));
  await insertRows(em, ClockFactEntity, cases.flatMap(({ book }) => book.facts));
  await insertRows(em, ClockEntity, cases.flatMap(({ book }) => book.clocks));
  await insertRows(em, ClockFiringEntity, cases.flatMap(({ book }) => book.firings));
  const added = cases.flatMap((kase) => kase.added);
  await insertRows(em, SuspensionEntity, rowsOf(added, 'suspension'));
  await insertRows(em, HandoffEntity, rowsOf(added, 'handoff'));
  await insertRows(em, EscalationEntity, rowsOf(added, 'escalation'));
  await insertRows(em, WorkLogEntryEntity, rowsOf(added, 'workLog'));
  await insertRows(em, TicketCiEntity, rowsOf(added, 'ci'));
  await insertRows(em, TimerEntity, cases.flatMap((kase) => timerOf(kase, now)));
}

function rowsOf(added: readonly AddedRow[], table: AddedRow['table']): AddedRow['row'][] {
  return added.filter((entry) => entry.table === table).map(({ row }) => row);
}

/** Only what lies ahead is armed (D-25). */
function timerOf(kase: IncidentCase, now: Instant): { ticketId: string; purpose: string; dueAt: Instant }[] {
  const dueAt = kase.ticket.closedAt === null ? nextLook(kase) : null;
  return dueAt === null ? [] : [{ ticketId: kase.ticket.id, purpose: 'clocks', dueAt: Math.max(dueAt, now) }];
}
