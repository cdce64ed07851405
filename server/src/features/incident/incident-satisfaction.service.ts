import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { newSecret } from '../../platform/time/new-secret.ts';
import { TicketEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { optionalText } from '../../kernel/text.ts';
import { SatisfactionEntity, type Satisfaction } from './incident.entity.ts';

export interface Answer {
  readonly score: number;
  readonly text?: string | null;
}

/** A score up to this proposes a complaint; it never reopens the incident (INC-17). */
const LOW_SCORE = 2;

/**
 * INC-17: makes the one-time link by which the customer rates a closed incident without signing in. Answers the secret
 * this once, to be put into the mail or chat; a new link replaces one that was not used. Needs `incident.close`.
 */
export async function askSatisfaction(database: Database, actor: Actor, ticketId: string): Promise<string> {
  return database.change(actor, async (change) => {
    const { ticket, satisfaction } = await lockClosed(change, ticketId, (found) => may(actor, 'incident.read', { customerId: found.customerId }));
    requirePermission(actor, 'incident.close', { customerId: ticket.customerId });
    const secret = newSecret();
    const askedAt = await change.now();
    save(change, ticket, satisfaction, { tokenHash: tokenHash(secret), askedAt });
    change.emit(event(ticket, 'incident.satisfactionAsked', askedAt, { askedBy: actor.name }));
    return secret;
  });
}

/** INC-17: the customer's own people rate on their page, once. Answers the incident's id. */
export async function rateIncident(database: Database, actor: Actor, input: Answer & { readonly id: string }): Promise<string> {
  return database.change(actor, async (change) => {
    const { ticket, satisfaction } = await lockClosed(change, input.id, (found) => may(actor, 'incident.read', { customerId: found.customerId }));
    if (actor.customerId !== ticket.customerId || !may(actor, 'incident.confirm', { customerId: ticket.customerId })) {
      throw new Refusal('FORBIDDEN', "Only the customer's own people may rate it.");
    }
    return answer(change, ticket, satisfaction, input, actor.name);
  });
}

/** INC-17: whoever holds the one-time link rates; the link is used up by it. `visitor` is nobody who signed in. */
export async function answerSatisfaction(database: Database, visitor: Actor, input: Answer & { readonly secret: string }): Promise<string> {
  return database.change(visitor, async (change) => {
    const asked = await change.em.findOne(SatisfactionEntity, { tokenHash: tokenHash(input.secret) });
    if (!asked) throw new Refusal('NOT_FOUND', 'This link is not valid, or it has been used already.', 'secret');
    const { ticket, satisfaction } = await lockClosed(change, asked.ticketId, () => true);
    return answer(change, ticket, satisfaction, input, 'one-time link');
  });
}

async function answer(change: Change, ticket: Ticket, satisfaction: Satisfaction | null, input: Answer, answeredBy: string): Promise<string> {
  const { score } = input;
  if (!Number.isInteger(score) || score < 1 || score > 5) throw new Refusal('OUT_OF_RANGE', `"score" must be 1 (poor) to 5 (very good), got ${score}.`, 'score');
  const text = optionalText(input.text, 'text', TEXT_LIMITS.text);
  const answeredAt = await change.now();
  save(change, ticket, satisfaction, { score, text, answeredAt, answeredBy, tokenHash: null });
  change.emit(event(ticket, 'incident.rated', answeredAt, { score, text, complaintProposed: score <= LOW_SCORE }));
  return ticket.id;
}

/** The closed incident under its lock, with what was asked so far. Whoever may not see it is not told its state either (ORG-03). */
async function lockClosed({ em }: Change, id: string, visible: (ticket: Ticket) => boolean): Promise<{ ticket: Ticket; satisfaction: Satisfaction | null }> {
  const ticket = await em.findOne(TicketEntity, { id, kind: 'incident' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!ticket || !visible(ticket)) throw missing();
  if (ticket.closedAt === null) throw new Refusal('MOVE_NOT_ALLOWED', 'Satisfaction is asked when the incident is closed.', 'state');
  const satisfaction = await em.findOne(SatisfactionEntity, { ticketId: ticket.id });
  if (satisfaction?.answeredAt) throw new Refusal('ALREADY_DONE', 'It has been rated already.', 'id');
  return { ticket, satisfaction };
}

function save({ em }: Change, ticket: Ticket, kept: Satisfaction | null, facts: Partial<Satisfaction>): void {
  const row = kept ?? em.create(SatisfactionEntity, { ticketId: ticket.id, tokenHash: null, askedAt: null, score: null, text: null, answeredAt: null, answeredBy: null });
  Object.assign(row, facts);
  em.persist(row);
}

const missing = (): Refusal => new Refusal('NOT_FOUND', 'There is no such incident.', 'id');

function event(ticket: Ticket, type: string, occurredAt: Instant, after: object) {
  return {
    type, subjectKind: 'incident', subjectId: ticket.id, ticketId: ticket.id, customerId: ticket.customerId,
    teamIds: ticket.teamId === null ? [] : [ticket.teamId], occurredAt, after,
  };
}
