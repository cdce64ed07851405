import type { Actor } from '../../kernel/actor.ts';
import type { Interval } from '../../kernel/instant.ts';
import { optionalText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { commandChange, type OpenChangeCase } from './change-case.service.ts';
import type { WindowInput } from './change-edit.service.ts';
import { requireUnfrozen } from './change-freeze.service.ts';
import { requireWindow, rescheduleChange, scheduleChange } from './change-implement.rules.ts';

/** Fixes the window. A freeze that stops it refuses, and says who may override it (FRZ-01). */
export function schedule(database: Database, actor: Actor, input: WindowInput): Promise<string> {
  return commandChange(database, actor, input, 'scheduleChange', async (open) => scheduleChange(open.kase, await freeWindow(open, input), open.context));
}

/** Moves the window of a scheduled change, under the same conditions. */
export function reschedule(database: Database, actor: Actor, input: WindowInput): Promise<string> {
  return commandChange(database, actor, input, 'rescheduleChange', async (open) =>
    rescheduleChange(open.kase, await freeWindow(open, input), optionalText(input.reason, 'reason', 2000), open.context));
}

async function freeWindow({ change, kase, context }: OpenChangeCase, { windowStartAt, windowEndAt }: WindowInput): Promise<Interval> {
  const window = requireWindow({ from: windowStartAt, to: windowEndAt }, context.now);
  const { ticket, record, cis } = kase;
  await requireUnfrozen(change.em, { ...window, changeId: ticket.id, customerId: ticket.customerId, ciIds: cis.map(({ id }) => id), category: record.category });
  return window;
}
