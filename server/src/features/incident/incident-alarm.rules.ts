import type { DomainEvent } from '../../kernel/event.ts';
import { addRow, incidentEvent, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { acknowledgeEscalation } from './incident-escalate.rules.ts';
import type { Alarm } from './incident.entity.ts';

/** The facts of an event that tell whether the incident has just become LV1. */
export interface LevelEvent {
  readonly type: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Recorded as LV1, confirmed as it, or re-graded to it. */
export function becameLv1({ type, before, after }: LevelEvent): boolean {
  const raised = type === 'incident.recorded' || type === 'incident.levelConfirmed' || type === 'incident.regraded';
  return raised && valueOf(after, 'level') === 'LV1' && valueOf(before, 'level') !== 'LV1';
}

/** WBD-03: what happened begins to ring, and what is no longer so ends by itself. History rings nowhere (D-25). */
export function followAlarms(kase: IncidentCase, events: readonly DomainEvent[], context: RuleContext): void {
  for (const event of context.mark === null ? events : []) {
    const kind = event.type === 'clock.breached' ? 'breached' : becameLv1(event) ? 'new-lv1' : null;
    if (kind !== null) addRow(kase, { table: 'alarm', row: newAlarm(kase, context, { kind, clock: valueOf(event.after, 'clock') }) });
  }
  for (const alarm of kase.alarms) if (rings(alarm) && !holds(kase, alarm)) alarm.endedAt = context.now;
}

function newAlarm(kase: IncidentCase, context: RuleContext, facts: Pick<Alarm, 'kind' | 'clock'>): Alarm {
  return { id: context.newId(), ticketId: kase.ticket.id, raisedAt: context.now, acknowledgedBy: null, acknowledgedAt: null, endedAt: null, ...facts };
}

function rings({ acknowledgedAt, endedAt }: Alarm): boolean {
  return acknowledgedAt === null && endedAt === null;
}

/** Is it still so? */
function holds({ ticket, incident, book }: IncidentCase, { kind, clock }: Alarm): boolean {
  if (ticket.closedAt !== null) return false;
  return kind === 'new-lv1' ? incident.level === 'LV1' : book.clocks.some((one) => one.kind === clock && one.breachedAt !== null);
}

/** An incident as far as acknowledging needs it. */
export type RingingCase = Pick<IncidentCase, 'ticket' | 'handoffs' | 'escalations' | 'alarms'>;

/** Acknowledges what rings of an incident, or one alarm of it; an escalation by the rule of its own command (SLA-07). Nothing to do is no mistake. */
export function acknowledgeAlarms(kase: RingingCase, only: string | null, context: Pick<RuleContext, 'now' | 'at' | 'actor' | 'mark' | 'lateReason'>): DomainEvent[] {
  const wanted = (id: string): boolean => only === null || only === id;
  const taken = kase.alarms.filter((alarm) => rings(alarm) && wanted(alarm.id));
  const by = context.actor.name;
  for (const alarm of taken) Object.assign(alarm, { acknowledgedAt: context.now, acknowledgedBy: by });
  const escalations = kase.escalations.filter(({ id, acknowledgedAt }) => acknowledgedAt === null && wanted(id));
  const after = { alarmIds: taken.map(({ id }) => id), kinds: taken.map(({ kind }) => kind), by };
  return [
    ...(taken.length === 0 ? [] : [incidentEvent(kase, context, 'alarm.acknowledged', { after })]),
    ...escalations.flatMap(({ id }) => acknowledgeEscalation(kase, id, context).events),
  ];
}

function valueOf(facts: unknown, name: string): string | null {
  const value: unknown = typeof facts === 'object' && facts !== null ? Reflect.get(facts, name) : null;
  return typeof value === 'string' ? value : null;
}
