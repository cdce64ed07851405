import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { newId } from '../../platform/time/new-id.ts';
import { raiseChange } from '../change/change-raise.service.ts';
import { openProblemForAll } from '../problem/problem-open.service.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { figuresOf, incidentsOfEntries, repeatedFacts, workaroundsIn } from './review.queries.ts';
import { agendaOf, monthSpan, requireDecided, requireOver, requirePreparing, type AgendaPoint, type ReviewDecision } from './review.rules.ts';
import { ReviewEntryEntity, ReviewMeetingEntity, type ReviewEntry, type ReviewMeeting } from './review.entity.ts';

/** INC-25: makes the meeting of a month that is over, or brings its agenda up to date while it is being prepared. Returns its id. */
export async function prepareReview(database: Database, actor: Actor, input: { readonly month: string; readonly idempotencyKey?: string | null }): Promise<string> {
  requirePermission(actor, 'review.edit');
  return database.change(actor, (change) => idempotent(change, 'prepareReview', input, async () => {
    const { em } = change;
    const now = await change.now();
    const { policies } = await policiesAt(database, em, now);
    const { from, to } = monthSpan(input.month, policies.metrics.timeZone);
    requireOver(input.month, to, now);
    // Two who prepare the same month come one after the other.
    await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`review ${input.month}`]);
    const notCounted = policies.intake.closureCodes.filter(({ countsForAttainment }) => !countsForAttainment).map(({ key }) => key);
    const agenda = agendaOf(await repeatedFacts(em, { from, to, notCounted }), await workaroundsIn(em, from, to), policies.problem.repeatedFrom);
    const figures = await figuresOf(em, { from, to, notCounted });
    const found = await em.findOne(ReviewMeetingEntity, { month: input.month }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (found) requirePreparing(found);
    const facts = { figures, preparedAt: now, preparedBy: actor.name };
    const meeting = found ? Object.assign(found, facts, { version: found.version + 1 }) : em.create(ReviewMeetingEntity, {
      id: newId(), month: input.month, state: 'preparing', fromAt: from, toAt: to, ...facts, heldAt: null, heldBy: null, attendees: [], minutes: null, version: 1,
    }, { persist: true });
    await em.flush();
    await keepAgenda(change, meeting, agenda);
    change.emit({ type: 'review.prepared', subjectKind: 'review', subjectId: meeting.id, occurredAt: now, after: { month: input.month, points: agenda.length, figures } });
    return meeting.id;
  }));
}

/** Points that are decided stay as they were decided; of the others the newest agenda holds. */
async function keepAgenda({ em }: Change, meeting: ReviewMeeting, agenda: readonly AgendaPoint[]): Promise<void> {
  const keyOf = ({ list, customerId, value }: Pick<AgendaPoint, 'list' | 'customerId' | 'value'>): string => `${list} ${customerId} ${value}`;
  const kept = new Map((await em.find(ReviewEntryEntity, { meetingId: meeting.id })).map((entry) => [keyOf(entry), entry]));
  const wanted = new Set(agenda.map(keyOf));
  for (const [key, entry] of kept) if (entry.decision === null && !wanted.has(key)) em.remove(entry);
  for (const point of agenda) {
    const entry = kept.get(keyOf(point));
    if (entry && entry.decision === null) Object.assign(entry, { label: point.label, incidentIds: [...point.incidentIds] });
    if (!entry) em.create(ReviewEntryEntity, { id: newId(), meetingId: meeting.id, ...point, incidentIds: [...point.incidentIds], decision: null, reason: null, decidedAt: null, decidedBy: null, resultId: null }, { persist: true });
  }
}

interface MeetingCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey?: string | null;
}

export interface EntryDecision extends MeetingCommand {
  readonly entryId: string;
  readonly decision: ReviewDecision;
  readonly reason?: string | null;
  /** For a change: its title, and the words of the change policy. */
  readonly title?: string | null;
  readonly category?: string | null;
  readonly type?: string | null;
  readonly risk?: string | null;
}

/** INC-25: records the decision on a point and carries it out in the same transaction. */
export async function decideEntry(database: Database, actor: Actor, input: EntryDecision): Promise<string> {
  const reason = optionalText(input.reason, 'reason', TEXT_LIMITS.text);
  if (input.decision === 'none' && reason === null) throw new Refusal('MISSING_FIELD', 'Deciding on nothing needs "reason".', 'reason');
  return changeMeeting(database, actor, input, 'decideReviewEntry', async (meeting, change) => {
    const entry = await change.em.findOne(ReviewEntryEntity, { id: input.entryId, meetingId: meeting.id });
    if (!entry || !may(actor, 'review.edit', { customerId: entry.customerId })) throw new Refusal('NOT_FOUND', 'The agenda has no such point.', 'entryId');
    if (entry.decision !== null) throw new Refusal('ALREADY_DONE', `${entry.decidedBy ?? 'Somebody'} has decided it: ${entry.decision}.`, 'entryId');
    const resultId = await carryOut(database, change, entry, { ...input, reason });
    const now = await change.now();
    Object.assign(entry, { decision: input.decision, reason, decidedAt: now, decidedBy: actor.name, resultId });
    change.emit({
      type: 'review.decided', subjectKind: 'review', subjectId: meeting.id, customerId: entry.customerId, occurredAt: now, reason,
      after: { month: meeting.month, point: entry.label, decision: input.decision, resultId },
    });
  });
}

async function carryOut(database: Database, change: Change, entry: ReviewEntry, input: EntryDecision & { readonly reason: string | null }): Promise<string | null> {
  const { decision, reason } = input;
  const why = `Incident review: ${entry.label}${reason === null ? '' : ` – ${reason}`}`;
  switch (decision) {
    case 'none': return null;
    case 'problem': {
      requirePermission(change.actor, 'problem.work', { customerId: entry.customerId });
      return openProblemForAll(database, change, { incidentIds: entry.incidentIds, title: optionalText(input.title, 'title', TEXT_LIMITS.title) ?? entry.label, reason: why });
    }
    case 'change': {
      const incidents = await incidentsOfEntries(change.em, entry.incidentIds);
      return raiseChange(database, change, {
        customerId: entry.customerId, title: requiredText(input.title ?? entry.label, 'title', 280), description: `${why}\n${incidents.map(({ number, title }) => `${number} ${title}`).join('\n')}`,
        category: requiredText(input.category, 'category'), type: requiredText(input.type, 'type'), risk: input.risk ?? null, source: 'incident', forTicketId: incidents.at(-1)?.id ?? null,
      });
    }
  }
}

/** INC-25: the meeting was held; from now on agenda, figures and decisions stay as they are. */
export async function holdReview(database: Database, actor: Actor, input: MeetingCommand & { readonly attendees: readonly string[]; readonly minutes?: string | null }): Promise<string> {
  if (input.attendees.length > 50) throw new Refusal('TOO_LARGE', `"attendees" may name 50, got ${input.attendees.length}.`, 'attendees');
  const attendees = input.attendees.map((name) => requiredText(name, 'attendees'));
  if (attendees.length === 0) throw new Refusal('MISSING_FIELD', '"attendees" must name who was there.', 'attendees');
  const minutes = optionalText(input.minutes, 'minutes', TEXT_LIMITS.text);
  return changeMeeting(database, actor, input, 'holdReview', async (meeting, change) => {
    requireDecided(await change.em.find(ReviewEntryEntity, { meetingId: meeting.id }, { orderBy: { label: 'asc', id: 'asc' } }));
    const now = await change.now();
    Object.assign(meeting, { state: 'held', heldAt: now, heldBy: actor.name, attendees, minutes });
    change.emit({ type: 'review.held', subjectKind: 'review', subjectId: meeting.id, occurredAt: now, after: { month: meeting.month, attendees } });
  });
}

async function changeMeeting(database: Database, actor: Actor, input: MeetingCommand, operation: string, act: (meeting: ReviewMeeting, change: Change) => Promise<void>): Promise<string> {
  requirePermission(actor, 'review.edit');
  return database.change(actor, (change) => idempotent(change, operation, input, async () => {
    const meeting = await change.em.findOne(ReviewMeetingEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!meeting) throw new Refusal('NOT_FOUND', `There is no review ${input.id}.`, 'id');
    requireVersion(meeting, input.expectedVersion, 'review');
    requirePreparing(meeting);
    await act(meeting, change);
    meeting.version += 1;
    return meeting.id;
  }));
}
