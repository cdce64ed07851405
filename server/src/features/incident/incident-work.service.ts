import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import { CiEntity } from '../cmdb/cmdb.entity.ts';
import { TeamMemberEntity } from '../team/team.entity.ts';
import { TEXT_LIMITS, TICKET_KINDS, type TicketKind } from '../ticket/ticket.rules.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { confirmLevel } from './incident-record.rules.ts';
import { changeIncident, type IncidentCommand } from './incident-case.service.ts';
import type { OpenCase } from './incident-open.service.ts';
import { incidentEvent } from './incident-case.rules.ts';
import { takeFeedback } from './incident-pause.service.ts';
import {
  addWorkLog, answerUrge, assignIncident, decideOnSite, recordArrival, recordResponse, startWork, urgeIncident, type LogInput,
} from './incident-work.rules.ts';

const note = (text: string | null | undefined): string | null => optionalText(text, 'note', TEXT_LIMITS.text);

export async function confirm(database: Database, actor: Actor, input: IncidentCommand & { level: Level }): Promise<string> {
  return changeIncident(database, actor, input, 'confirmLevel', ({ kase, context }) => confirmLevel(kase, { level: input.level, route: true }, context));
}

export interface AssignCommand extends IncidentCommand {
  readonly teamId?: string | null;
  readonly holderId?: string | null;
  readonly reason?: string | null;
}

export async function assign(database: Database, actor: Actor, input: AssignCommand): Promise<string> {
  return changeIncident(database, actor, input, 'assignIncident', async ({ kase, context, change }) => {
    const teamId = input.teamId ?? kase.ticket.teamId;
    if (!teamId) throw new Refusal('MISSING_FIELD', 'Which team? Give "teamId".', 'teamId');
    if (input.holderId) await requireMember(change.em, teamId, input.holderId, 'holderId');
    return assignIncident(kase, { teamId, holderId: input.holderId ?? null, reason: optionalText(input.reason, 'reason', TEXT_LIMITS.text) }, context);
  });
}

/** A person gets a ticket only in a team of theirs. */
export async function requireMember(em: OpenCase['change']['em'], teamId: string, personId: string, field: string): Promise<void> {
  const member = await em.count(TeamMemberEntity, { teamId, personId });
  if (member === 0) throw new Refusal('INVALID_INPUT', 'This person is not a member of that team.', field);
}

export async function take(database: Database, actor: Actor, input: IncidentCommand): Promise<string> {
  return changeIncident(database, actor, input, 'takeIncident', ({ kase, context }) =>
    assignIncident(kase, { teamId: kase.ticket.teamId ?? actor.teamIds[0] ?? null, holderId: actor.id, reason: null }, context));
}

export async function start(database: Database, actor: Actor, input: IncidentCommand): Promise<string> {
  return changeIncident(database, actor, input, 'startWork', ({ kase, context }) => startWork(kase, context));
}

export interface ResponseCommand extends IncidentCommand {
  readonly channel: string;
  readonly reached: boolean;
  readonly phoneNumber?: string | null;
  readonly note?: string | null;
}

export async function respond(database: Database, actor: Actor, input: ResponseCommand): Promise<string> {
  return changeIncident(database, actor, input, 'recordResponse', ({ kase, context }) =>
    recordResponse(kase, { channel: input.channel, reached: input.reached, phoneNumber: input.phoneNumber ?? null, note: note(input.note) }, context));
}

export async function arrive(database: Database, actor: Actor, input: IncidentCommand & { note?: string | null }): Promise<string> {
  return changeIncident(database, actor, input, 'recordArrival', ({ kase, context }) => recordArrival(kase, note(input.note), context));
}

export async function settleOnSite(database: Database, actor: Actor, input: IncidentCommand & { needed: boolean; reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'decideOnSite', ({ kase, context }) => decideOnSite(kase, { needed: input.needed, reason }, context));
}

export interface LogCommand extends IncidentCommand {
  readonly kind: LogInput['kind'];
  readonly text: string;
  readonly customerVisible: boolean;
  readonly minutes?: number | null;
}

export async function log(database: Database, actor: Actor, input: LogCommand): Promise<string> {
  const text = requiredText(input.text, 'text', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'addWorkLog', (open) => {
    // A customer writes what a customer may: their own, visible words. They are feedback whatever way they come in (D-37).
    if (actor.customerId !== null || input.kind === 'customer-reply') return takeFeedback(open, { text, channel: 'web' });
    return addWorkLog(open.kase, { kind: input.kind, customerVisible: input.customerVisible, text, minutes: input.minutes ?? null }, open.context);
  });
}

export async function urge(database: Database, actor: Actor, input: IncidentCommand & { text: string }): Promise<string> {
  const text = requiredText(input.text, 'text', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'urgeIncident', ({ kase, context }) => urgeIncident(kase, text, context));
}

export async function answer(database: Database, actor: Actor, input: IncidentCommand & { text: string }): Promise<string> {
  const text = requiredText(input.text, 'text', TEXT_LIMITS.text);
  return changeIncident(database, actor, input, 'answerUrge', ({ kase, context }) => answerUrge(kase, text, context));
}

/** INC-13: a CI that it concerns; `cause` once the fault is traced to it. */
export async function linkCi(database: Database, actor: Actor, input: IncidentCommand & { ciId: string; cause: boolean }): Promise<string> {
  return changeIncident(database, actor, input, 'linkCi', async ({ kase, context, change }) => {
    const ci = await change.em.findOne(CiEntity, { id: input.ciId });
    if (!ci || (ci.customerId !== null && ci.customerId !== kase.ticket.customerId)) throw new Refusal('NOT_FOUND', 'This customer has no such CI.', 'ciId');
    const linked = kase.cis.find((row) => row.ciId === ci.id);
    if (linked) linked.cause = input.cause;
    const row = { id: context.newId(), ticketId: kase.ticket.id, ciId: ci.id, cause: input.cause };
    return {
      add: linked ? [] : [{ table: 'ci', row }],
      events: [incidentEvent(kase, context, 'incident.ciLinked', { after: { ciId: ci.id, ci: ci.name, cause: input.cause } })],
    };
  });
}

/** What a person says of an incident and another record, and which kinds of record it may be said of; the other links are made by what a process does. */
const LINKS_BY_HAND: Readonly<Record<string, readonly TicketKind[]>> = { 'recurrence-of': ['incident'], related: TICKET_KINDS, 'caused-by': ['change'] };

export async function linkTicket(database: Database, actor: Actor, input: IncidentCommand & { otherId: string; kind: 'recurrence-of' | 'related' | 'caused-by' }): Promise<string> {
  const kinds = LINKS_BY_HAND[input.kind];
  if (!kinds) throw new Refusal('INVALID_INPUT', `"kind" must be one of ${Object.keys(LINKS_BY_HAND).join(', ')}, got "${input.kind}".`, 'kind');
  return changeIncident(database, actor, input, 'linkTicket', async ({ kase, context, change }) => {
    const other = await otherTicket(change, kase.ticket, input.otherId, 'otherId');
    const { kind } = await change.em.findOneOrFail(TicketEntity, { id: other });
    if (!kinds.includes(kind)) throw new Refusal('INVALID_INPUT', `"${input.kind}" leads to ${kinds.join(', ')}, not to a ${kind}.`, 'otherId');
    const row = { id: context.newId(), fromId: kase.ticket.id, toId: other, kind: input.kind, createdAt: context.now, createdBy: actor.name };
    if (kase.links.some((link) => link.toId === other && link.kind === input.kind)) throw new Refusal('ALREADY_DONE', 'They are linked already.', 'otherId');
    return { add: [{ table: 'link', row }], events: [incidentEvent(kase, context, 'incident.linked', { after: { otherId: other, kind: input.kind } })] };
  });
}

/** Another ticket of the same customer; anybody else's does not exist here (ORG-03). */
export async function otherTicket(change: OpenCase['change'], ticket: { id: string; customerId: string }, otherId: string, field: string): Promise<string> {
  const other = await change.em.findOne(TicketEntity, { id: otherId, customerId: ticket.customerId });
  if (!other || other.id === ticket.id) throw new Refusal('NOT_FOUND', 'This customer has no other such record.', field);
  return other.id;
}
