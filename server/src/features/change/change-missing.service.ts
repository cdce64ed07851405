import type { Actor } from '../../kernel/actor.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Lack } from '../ticket/ticket-action.rules.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { approvalPath, isEmergency, isPreAuthorised, wordOn, type ChangeCase } from './change-case.rules.ts';
import { openChange } from './change-case.service.ts';
import { missingForApproval, missingForClosing, missingForStart, missingScope } from './change-missing.rules.ts';
import type { ChangeStepView } from './change-parts.types.ts';

/** What stands between a change and its next gate, as its guard would say it. */
export async function missingOfChange(database: Database, actor: Actor, id: string): Promise<Lack[]> {
  const kase = await readCase(database, actor, id);
  return kase === null ? [] : [...nextGate(kase)];
}

function nextGate(kase: ChangeCase): readonly Lack[] {
  switch (kase.record.state) {
    case 'draft': return isEmergency(kase) ? [] : missingScope(kase);
    case 'submitted': return [];
    case 'accepted': return isEmergency(kase) || isPreAuthorised(kase) ? missingForStart(kase) : [];
    case 'planning': return missingForApproval(kase);
    case 'approval':
    case 'scheduled': return missingForStart(kase);
    case 'implementing':
    case 'rolled-back':
    case 'verified':
    case 'review': return missingForClosing(kase);
    case 'closed':
    case 'refused':
    case 'cancelled':
    case 'terminated': return [];
  }
}

/** Whose yes the change needs, in order, and what each has said in this round. */
export async function stepsOfChange(database: Database, actor: Actor, id: string): Promise<ChangeStepView[]> {
  const kase = await readCase(database, actor, id);
  if (kase === null) return [];
  const path = approvalPath(kase);
  return (isEmergency(kase) ? [...path, 'manager' as const] : path).map((step) => {
    const word = wordOn(kase, step);
    return { step, approved: word === null ? null : word.decision === 'approved', by: word?.personName ?? null, at: word?.givenAt ?? null };
  });
}

/** Nothing is locked or saved; the caller has found the change as one that the actor may read. */
async function readCase(database: Database, actor: Actor, id: string): Promise<ChangeCase | null> {
  const em = database.em;
  const ticket = await em.findOne(TicketEntity, { id, kind: 'change' });
  if (!ticket) return null;
  const change: Change = { em, actor, now: () => database.time.read(em), emit: () => undefined };
  return (await openChange(database, change, ticket)).kase;
}
