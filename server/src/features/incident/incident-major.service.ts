import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { blockersOf } from './incident-actions.rules.ts';
import { carryOut, catchUp, changeIncident, type IncidentCommand } from './incident-case.service.ts';
import { lockIncidents } from './incident-load.queries.ts';
import { openCase, saveCase } from './incident-open.service.ts';
import { incidentEvent, waitingHandoff, type IncidentCase } from './incident-case.rules.ts';
import { attachToMajor, changeBridge, declareMajor } from './incident-major.rules.ts';
import { closeIncident } from './incident-solve.rules.ts';

export async function declare(database: Database, actor: Actor, input: IncidentCommand & { bridge?: string | null }): Promise<string> {
  const bridge = optionalText(input.bridge, 'bridge', TEXT_LIMITS.title);
  return changeIncident(database, actor, input, 'declareMajorIncident', ({ kase, context }) => declareMajor(kase, bridge, context));
}

export async function moveBridge(database: Database, actor: Actor, input: IncidentCommand & { bridge: string }): Promise<string> {
  const bridge = requiredText(input.bridge, 'bridge', TEXT_LIMITS.title);
  return changeIncident(database, actor, input, 'changeBridge', ({ kase, context }) => changeBridge(kase, bridge, context));
}

/** INC-16: one outage may be reported by many customers, so a child may be another customer's incident. */
export async function attachChild(database: Database, actor: Actor, input: IncidentCommand & { majorId: string }): Promise<string> {
  return changeIncident(database, actor, input, 'attachToMajorIncident', async ({ kase, context, change }) => {
    const major = await change.em.findOne(TicketEntity, { id: input.majorId, kind: 'incident' });
    if (!major || !may(actor, 'incident.read', { customerId: major.customerId })) throw new Refusal('NOT_FOUND', 'There is no such incident.', 'majorId');
    if (!major.major || major.closedAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', `${major.number} is not an open major incident.`, 'majorId');
    return attachToMajor(kase, major, context);
  });
}

/** Children closed with one command; what is over waits for the desk. */
const MOST_CHILDREN = 500;

/**
 * INC-16: the children close with their major incident, in its transaction, locked in ascending order. One that is suspended, has a
 * solution proposed or waits for a receiver is not closed over their heads (D-41), nor one whose emergency change is owed (CHG-06): it stays,
 * and its boards hear that its major one is closed.
 */
export async function closeChildren(database: Database, change: Change, major: IncidentCase): Promise<void> {
  const children = await change.em.execute<{ id: string }[]>(
    `select t.id from ticket_link l join ticket t on t.id = l.from_id
     where l.to_id = ? and l.kind = 'child-of' and t.kind = 'incident' and t.closed_at is null order by t.id limit ?`, [major.ticket.id, MOST_CHILDREN],
  );
  for (const { id } of children) await closeChild(database, change, id, major);
}

async function closeChild(database: Database, change: Change, id: string, major: IncidentCase): Promise<void> {
  const [ticket] = await lockIncidents(change.em, [id], 'wait');
  const open = ticket && !ticket.closed ? await openCase(database, change, id) : null;
  if (!open) return;
  catchUp(open);
  const { kase, context } = open;
  const closable = (kase.incident.state === 'awaiting-assignment' || kase.incident.state === 'in-progress') && waitingHandoff(kase) === null && blockersOf(kase).length === 0;
  const after = { majorId: major.ticket.id, majorNumber: major.ticket.number, solution: major.incident.solution };
  carryOut(open, closable
    ? closeIncident(kase, { closureCode: 'with-major', solution: major.incident.solution, causeClass: null, reason: null, linked: true }, context)
    : { events: [incidentEvent(kase, context, 'incident.majorClosed', { after })] });
  kase.ticket.version += 1;
  await saveCase(open);
}
