import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { acknowledgeRinging, requireAcknowledger, type AcknowledgedAlarm } from '../incident/incident-alarm.service.ts';
import { alarmIncident, ringingIncidents, ringingList } from './board-alarm.queries.ts';
import type { AlarmLine } from './board.queries.ts';
import { findBoard } from './board.service.ts';
import { visibleScope } from './visible-scope.rules.ts';

export interface AcknowledgeQuestion {
  readonly alarmId?: string | null;
  readonly incidentId?: string | null;
  readonly boardId?: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One alarm, all of an incident, or all that a board shows to this actor (WBD-03). @throws Refusal NOT_FOUND for what the actor may not see */
export async function acknowledgeAlarm(database: Database, actor: Actor, question: AcknowledgeQuestion): Promise<AcknowledgedAlarm[]> {
  requireAcknowledger(actor);
  const { alarmId = null, incidentId = null, boardId = null } = question;
  const named = [alarmId, incidentId, boardId].filter((id) => id !== null);
  if (named.length !== 1) throw new Refusal('INVALID_INPUT', `Name exactly one of "alarmId", "incidentId" and "boardId", got ${named.length}.`, 'alarmId');
  if (boardId !== null) {
    const board = await findBoard(database, actor, boardId);
    return acknowledgeRinging(database, actor, { ticketIds: await ringingIncidents(database.em, board, visibleScope(actor, 'board.read')), alarmId: null });
  }
  const field = alarmId === null ? 'incidentId' : 'alarmId';
  const id = named[0]!;
  const incident = UUID.test(id) ? await alarmIncident(database.em, visibleScope(actor, 'incident.read'), { alarmId, incidentId }) : null;
  if (incident === null) throw new Refusal('NOT_FOUND', `There is no ${field === 'alarmId' ? 'alarm' : 'incident'} "${id.slice(0, 60)}" that you may see.`, field);
  return acknowledgeRinging(database, actor, { ticketIds: [incident], alarmId });
}

/** What rings, of all that the actor may see: for the desk, which has no board. Nothing for who cannot silence it. */
export async function ringingAlarms(database: Database, actor: Actor): Promise<{ count: number; alarms: AlarmLine[] }> {
  requirePermission(actor, 'incident.read');
  return ringingList(database.em, visibleScope(actor, 'incident.read'));
}
