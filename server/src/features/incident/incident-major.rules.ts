import { Refusal } from '../../kernel/refusal.ts';
import { incidentEvent, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';

/** INC-16: an open LV1 becomes a major incident; where its bridge call is may be said now or later. */
export function declareMajor(kase: IncidentCase, bridge: string | null, context: RuleContext): Decision {
  return {
    ticket: { major: true },
    incident: { majorAt: context.at, bridge },
    events: [incidentEvent(kase, context, 'incident.majorDeclared', { after: { bridge } })],
  };
}

/** INC-16: where the bridge call is now. */
export function changeBridge(kase: IncidentCase, bridge: string, context: RuleContext): Decision {
  return { incident: { bridge }, events: [incidentEvent(kase, context, 'incident.bridgeChanged', { before: { bridge: kase.incident.bridge }, after: { bridge } })] };
}

/** INC-16: stays an incident of its own with its own clocks, but closes with the major one. */
export function attachToMajor(kase: IncidentCase, major: { readonly id: string; readonly number: string }, context: RuleContext): Decision {
  if (kase.links.some(({ kind, toId }) => kind === 'child-of' && toId === major.id)) throw new Refusal('ALREADY_DONE', `It belongs to ${major.number} already.`, 'majorId');
  if (kase.links.some(({ kind }) => kind === 'child-of')) throw new Refusal('MOVE_NOT_ALLOWED', 'It belongs to another major incident already.', 'majorId');
  const row = { id: context.newId(), fromId: kase.ticket.id, toId: major.id, kind: 'child-of' as const, createdAt: context.now, createdBy: context.actor.name };
  const after = { majorId: major.id, majorNumber: major.number };
  const own = incidentEvent(kase, context, 'incident.attachedToMajor', { after });
  const childAttached = incidentEvent(kase, context, 'incident.childAttached', { subjectId: major.id, after: { childId: kase.ticket.id, number: kase.ticket.number } });
  return { add: [{ table: 'link', row }], events: [own, { ...childAttached, ticketId: major.id }] };
}
