import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { AvailableAction, Lack } from '../ticket/ticket-action.rules.ts';
import { availableActions } from './incident-actions.rules.ts';
import { openCase, type OpenCase } from './incident-open.service.ts';

/** An incident with everything its rules look at, for reading: nothing is locked, nothing saved. Null when there is none. */
export async function readCase(database: Database, actor: Actor, ticketId: string): Promise<OpenCase | null> {
  const { em } = database;
  return openCase(database, { em, actor, now: () => database.time.read(em), emit: () => undefined }, ticketId);
}

/** API-03: the same function that guards the commands. */
export async function availableActionsOf(database: Database, actor: Actor, ticketId: string): Promise<(Omit<AvailableAction, 'lacks'> & { lacks: Lack[] })[]> {
  const open = await readCase(database, actor, ticketId);
  return open ? availableActions(open.kase, actor).map((action) => ({ ...action, lacks: [...action.lacks] })) : [];
}
