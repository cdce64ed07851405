import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant, type Interval } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import type { Ticket } from '../ticket/ticket.entity.ts';
import { lockTicket, type RecordCommand } from '../ticket/ticket-record.service.ts';
import { isOwnPerson } from './change-cab.rules.ts';
import { reconcileConflicts } from './change-conflict-store.service.ts';
import { freezesDuring } from './change-freeze.service.ts';
import { ChangeDecisionEntity } from './change-paper.entity.ts';
import { FreezeOverrideEntity, FreezeWindowEntity, type FreezeWindow } from './change-planning.entity.ts';
import { ChangeEntity, type ChangeRow } from './change.entity.ts';
import { isEnded } from './change-states.rules.ts';

export interface OverrideInput extends RecordCommand {
  readonly freezeId: string;
  readonly reason: string;
  /** The window that is let in; left out: the change's own. */
  readonly windowStartAt?: Instant | null;
  readonly windowEndAt?: Instant | null;
}

/**
 * FRZ-01: lets one change into one freeze, for one window, as a decision on record. Needs `freeze.override` for the customer; whoever
 * asked for the change, owns it or carries it out cannot decide it.
 */
export async function overrideFreeze(database: Database, actor: Actor, input: OverrideInput): Promise<string> {
  requirePermission(actor, 'freeze.override');
  return database.change(actor, (change) => idempotent(change, 'overrideFreeze', input, async () => {
    const ticket = await lockTicket(change, 'change', input.id);
    requireVersion(ticket, input.expectedVersion, 'change');
    requirePermission(actor, 'freeze.override', { customerId: ticket.customerId });
    const record = await change.em.findOneOrFail(ChangeEntity, { ticketId: ticket.id });
    requireOther(actor, ticket, record);
    const window = windowOf(record, input);
    const freeze = await stoppingFreeze(change, { ticket, record, window, freezeId: input.freezeId });
    await decide(change, { ticket, freeze, window, reason: requiredText(input.reason, 'reason', 2000) });
    await reconcileConflicts(change, ticket.id);
    return ticket.id;
  }));
}

function requireOther(actor: Actor, { number }: Ticket, record: ChangeRow): void {
  if (isEnded(record.state)) throw new Refusal('MOVE_NOT_ALLOWED', `${number} is ${record.state}.`, 'id');
  if (isOwnPerson({ number, ...record }, actor.id)) throw new Refusal('FORBIDDEN', `Nobody lets their own change into a freeze: you asked for ${number}, own it or carry it out.`);
}

function windowOf(record: ChangeRow, { windowStartAt, windowEndAt }: OverrideInput): Interval {
  const from = windowStartAt ?? record.windowStartAt;
  const to = windowEndAt ?? record.windowEndAt;
  if (from === null || to === null) throw new Refusal('MISSING_FIELD', 'Say which window is let in: the change has none yet.', 'windowStartAt');
  if (to <= from) throw new Refusal('OUT_OF_RANGE', `The window must end after it begins, got ${toIso(from)} to ${toIso(to)}.`, 'windowEndAt');
  return { from, to };
}

interface Asked {
  readonly ticket: Ticket;
  readonly record: ChangeRow;
  readonly window: Interval;
  readonly freezeId: string;
}

/** Only a freeze that does stop this window can be overridden: a decision about nothing would be found valid later on. */
async function stoppingFreeze({ em }: Change, { ticket, record, window, freezeId }: Asked): Promise<FreezeWindow> {
  if (!(await em.findOne(FreezeWindowEntity, { id: freezeId }))) throw new Refusal('NOT_FOUND', `There is no freeze window "${freezeId}".`, 'freezeId');
  const cis = await em.execute<{ ciId: string }[]>('select ci_id as "ciId" from ticket_ci where ticket_id = ?', [ticket.id]);
  const freezes = await freezesDuring(em, { ...window, customerId: ticket.customerId, ciIds: cis.map(({ ciId }) => ciId), category: record.category });
  const freeze = freezes.find(({ id }) => id === freezeId);
  if (!freeze) throw new Refusal('INVALID_INPUT', `That freeze does not stop ${ticket.number} from ${toIso(window.from)} to ${toIso(window.to)}; nothing is to be overridden.`, 'freezeId');
  return freeze;
}

async function decide(change: Change, { ticket, freeze, window, reason }: { ticket: Ticket; freeze: FreezeWindow; window: Interval; reason: string }): Promise<void> {
  const { em, actor } = change;
  const now = await change.now();
  const decisionId = newId();
  persistRow(em, ChangeDecisionEntity, {
    id: decisionId, ticketId: ticket.id, kind: 'freeze-override', subject: freeze.name, reason, decidedAt: now, decidedBy: actor.name, deciderId: actor.kind === 'person' ? actor.id : null,
  });
  await em.flush();
  persistRow(em, FreezeOverrideEntity, { id: newId(), changeId: ticket.id, freezeId: freeze.id, decisionId, windowStartAt: window.from, windowEndAt: window.to });
  ticket.version += 1;
  ticket.lastEventAt = Math.max(ticket.lastEventAt, now);
  change.emit({
    type: 'change.freezeOverridden', subjectKind: 'change', subjectId: ticket.id, ticketId: ticket.id, customerId: ticket.customerId, teamIds: ticket.teamId === null ? [] : [ticket.teamId],
    occurredAt: now, reason, after: { freezeId: freeze.id, freeze: freeze.name, windowStartAt: toIso(window.from), windowEndAt: toIso(window.to) },
  });
}
