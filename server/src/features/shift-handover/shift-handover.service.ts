import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { ShiftHandoverEntity, ShiftHandoverLineEntity, type ShiftHandover, type ShiftHandoverLine } from './shift-handover.entity.ts';
import { drawnLines, lateHandovers, shiftsAround, sidesOf, teamsToDraw } from './shift-handover.queries.ts';
import { DRAWN_BEFORE, DRAWN_UNTIL, isHandedOver, MOVES, obstacle, shiftToHandOver, type ShiftHandoverAction, type Sides } from './shift-handover.rules.ts';

const NOTE = 2000;

/** Draws up the handover of the team's shift that ends now; by the system 45 minutes before, or earlier by its leader. Answers its id. */
export async function drawUpHandover(database: Database, actor: Actor, teamId: string): Promise<string> {
  requirePermission(actor, 'team.read', { teamId });
  return database.change(actor, async (change) => {
    const { em } = change;
    const now = await change.now();
    // Two processes, or the leader and the system, at the same moment: the second finds what the first has made.
    await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`shift-handover ${teamId}`]);
    const shift = shiftToHandOver(await shiftsAround(em, teamId, now - DRAWN_UNTIL, now), now);
    if (!shift && actor.kind !== 'system' && !actor.teamIds.includes(teamId)) throw notYours('leaving');
    if (!shift) throw new Refusal('MOVE_NOT_ALLOWED', 'Nobody of this team is on call now: there is no shift to hand over.', 'teamId');
    const sides = await sidesOf(em, { teamId, endsAt: shift.endsAt });
    const known = await em.findOne(ShiftHandoverEntity, { teamId, endsAt: shift.endsAt });
    if (actor.kind !== 'system' && !sides.leaving.includes(actor.id)) throw notYours('leaving');
    if (known) return known.id;
    if (!isHandedOver(sides)) throw new Refusal('MOVE_NOT_ALLOWED', 'The same leader goes on after this shift: there is nothing to hand over.', 'teamId');
    const handover: ShiftHandover = {
      id: newId(), teamId, ...shift, state: 'drafting', drawnAt: now, notes: null, question: null, questionBy: null, signedAt: null, signedById: null, signedBy: null,
      takenOverAt: null, takenOverById: null, takenOverBy: null, sha256: null, overdueAt: null, version: 1,
    };
    em.create(ShiftHandoverEntity, handover);
    await em.flush();
    const count = await drawLines(change, handover, sides);
    tell(change, handover, 'drawn', { told: sides.leaving, occurredAt: now, after: { lines: count } });
    return handover.id;
  });
}

export interface HandoverCommand {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Notes to its lines and to the whole; what is left out stays. */
export function completeHandover(database: Database, actor: Actor, input: HandoverCommand & { readonly notes?: string | null; readonly lines?: readonly { readonly id: string; readonly note?: string | null }[] | null }): Promise<string> {
  return command(database, actor, input, 'complete', async ({ em, now }, handover) => {
    if (input.notes !== undefined) handover.notes = optionalText(input.notes, 'notes', NOTE);
    const lines = new Map((await em.find(ShiftHandoverLineEntity, { handoverId: handover.id })).map((line) => [line.id, line]));
    for (const { id, note } of input.lines ?? []) {
      const line = lines.get(id);
      if (!line) throw new Refusal('NOT_FOUND', `This handover has no line "${id}".`, 'lines');
      line.note = optionalText(note, 'lines', NOTE);
    }
    return { type: 'edited', told: [], occurredAt: await now(), after: { notes: handover.notes, lines: input.lines?.length ?? 0 } };
  });
}

/** Looks again at what the team has on its hands; notes stay with what is still there. */
export function redrawHandover(database: Database, actor: Actor, input: HandoverCommand): Promise<string> {
  return command(database, actor, input, 'redraw', async (change, handover, sides) => {
    const lines = await drawLines(change, handover, sides);
    handover.drawnAt = await change.now();
    return { type: 'redrawn', told: [], occurredAt: handover.drawnAt, after: { lines } };
  });
}

/** ORG-06: the leaving leader stands for it; from here on it stays as it is. */
export function signHandover(database: Database, actor: Actor, input: HandoverCommand): Promise<string> {
  return command(database, actor, input, 'sign', async ({ em, now }, handover, sides) => {
    const at = await now();
    Object.assign(handover, { signedAt: at, signedById: actor.id, signedBy: actor.name });
    // Who signed is part of what was signed.
    handover.sha256 = digestOf(handover, await linesIn(em, handover.id));
    return { type: 'signed', told: sides.coming, occurredAt: at, after: { sha256: handover.sha256 } };
  });
}

/** The next leader does not understand something: back to the one who signed, with the question. */
export function sendHandoverBack(database: Database, actor: Actor, input: HandoverCommand & { readonly question: string }): Promise<string> {
  return command(database, actor, input, 'sendBack', async ({ now }, handover, sides) => {
    const question = requiredText(input.question, 'question', NOTE);
    const told = handover.signedById === null ? sides.leaving : [handover.signedById];
    Object.assign(handover, { question, questionBy: actor.name, signedAt: null, signedById: null, signedBy: null, sha256: null });
    return { type: 'sentBack', told, occurredAt: await now(), reason: question };
  });
}

/** The next leader has read it and signs: the shift is theirs. */
export function takeHandoverOver(database: Database, actor: Actor, input: HandoverCommand): Promise<string> {
  return command(database, actor, input, 'takeOver', async ({ em, now }, handover) => {
    if (handover.sha256 !== digestOf(handover, await linesIn(em, handover.id))) throw new Refusal('CHECKSUM_DIFFERS', 'This is not what was signed: ask the leaving leader, and tell an administrator.', 'id');
    const at = await now();
    Object.assign(handover, { takenOverAt: at, takenOverById: actor.id, takenOverBy: actor.name });
    return { type: 'takenOver', told: handover.signedById === null ? [] : [handover.signedById], occurredAt: at, after: { sha256: handover.sha256 } };
  });
}

/** Whether what is stored is still what was signed; true as long as nothing is signed. */
export async function isUnaltered(em: Em, id: string): Promise<boolean> {
  const handover = await em.findOneOrFail(ShiftHandoverEntity, { id });
  return handover.sha256 === null || handover.sha256 === digestOf(handover, await linesIn(em, id));
}

/** What the system does every minute: draws up what ends soon, and says once what is late. */
export async function lookAfterHandovers(database: Database): Promise<void> {
  const now = await database.now();
  for (const { teamId } of await teamsToDraw(database.em, now, now + DRAWN_BEFORE)) {
    await drawUpHandover(database, SYSTEM('shift-handover'), teamId).catch(ignoreRefusal);
  }
  for (const { id } of await lateHandovers(database.em, now)) await tellLate(database, id, now);
}

async function tellLate(database: Database, id: string, now: Instant): Promise<void> {
  await database.change(SYSTEM('shift-handover'), async (change) => {
    const handover = await change.em.findOneOrFail(ShiftHandoverEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (handover.overdueAt !== null || handover.state === 'taken-over') return;
    const { leaving, coming, leadId } = await sidesOf(change.em, handover);
    handover.overdueAt = now;
    tell(change, handover, 'overdue', { told: [...new Set([...leaving, ...coming, ...(leadId === null ? [] : [leadId])])], occurredAt: handover.endsAt });
  });
}

/** A shift that the same leader goes on with, or that nobody leads, is no fault. */
function ignoreRefusal(error: unknown): string {
  if (error instanceof Refusal) return '';
  throw error;
}

interface Outcome {
  readonly type: 'drawn' | 'edited' | 'redrawn' | 'signed' | 'sentBack' | 'takenOver' | 'overdue';
  readonly told: readonly string[];
  readonly occurredAt: Instant;
  readonly after?: object;
  readonly reason?: string;
}

type Work = (change: Change, handover: ShiftHandover, sides: Sides) => Promise<Outcome>;

/** What every command does: lock, version, whose turn it is by the roster as it is now, the move, the event. */
async function command(database: Database, actor: Actor, input: HandoverCommand, action: ShiftHandoverAction, work: Work): Promise<string> {
  requirePermission(actor, 'team.read');
  return database.change(actor, async (change) => {
    const handover = await change.em.findOne(ShiftHandoverEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!handover) throw new Refusal('NOT_FOUND', `There is no shift handover "${input.id.slice(0, 60)}".`, 'id');
    requirePermission(actor, 'team.read', { teamId: handover.teamId });
    const sides = await sidesOf(change.em, handover);
    requireMove(action, handover, sides, actor);
    requireVersion(handover, input.expectedVersion, 'shift handover');
    const { type, ...outcome } = await work(change, handover, sides);
    handover.state = MOVES[action].to ?? handover.state;
    handover.version += 1;
    tell(change, handover, type, outcome);
    return handover.id;
  });
}

function requireMove(action: ShiftHandoverAction, handover: ShiftHandover, sides: Sides, actor: Actor): void {
  const why = obstacle(action, handover, sides, actor.kind === 'person' ? actor.id : '');
  if (why === null) return;
  if (why === 'leaving' || why === 'coming') throw notYours(why);
  if (why === 'own') throw new Refusal('MOVE_NOT_ALLOWED', 'You signed this handover: somebody else takes it over.', 'id');
  throw new Refusal('MOVE_NOT_ALLOWED', `A handover that is "${handover.state}" cannot be changed by "${action}"; that is possible when it is ${MOVES[action].from.join(' or ')}.`, 'id');
}

function notYours(side: 'leaving' | 'coming'): Refusal {
  return new Refusal('FORBIDDEN', side === 'leaving' ? 'Only the leader of the shift that ends may do this.' : "Only the leader of the next shift, or the team's lead, may do this.");
}

function tell({ emit }: Change, { id, teamId, endsAt }: ShiftHandover, type: Outcome['type'], { told, occurredAt, after, reason }: Omit<Outcome, 'type'>): void {
  emit({
    type: `shift-handover.${type}`, subjectKind: 'shift-handover', subjectId: id, teamIds: [teamId], occurredAt, reason: reason ?? null, after: { teamId, shiftEndsAt: toIso(endsAt), told, ...after },
  });
}

/** The lines as they stand now, notes kept by what they are about. Answers how many. */
async function drawLines({ em, now }: Change, handover: ShiftHandover, { coming }: Sides): Promise<number> {
  const shifts = await shiftsAround(em, handover.teamId, handover.endsAt, handover.endsAt);
  const next = shifts.filter(({ personId, endsAt }) => coming.includes(personId) && endsAt > handover.endsAt).map(({ endsAt }) => endsAt);
  const until = Math.min(...next, handover.endsAt + DRAWN_UNTIL);
  const before = new Map((await linesIn(em, handover.id)).map((line) => [`${line.section} ${line.subjectId}`, line]));
  const drawn = await drawnLines(em, { teamId: handover.teamId, now: await now(), until });
  for (const [position, { section, ticketId, subjectId, facts }] of drawn.entries()) {
    const line = before.get(`${section} ${subjectId}`);
    before.delete(`${section} ${subjectId}`);
    if (line) Object.assign(line, { position, facts });
    else em.create(ShiftHandoverLineEntity, { id: newId(), handoverId: handover.id, section, position, ticketId, subjectId, facts, note: null });
  }
  for (const gone of before.values()) em.remove(gone);
  return drawn.length;
}

function linesIn(em: Em, handoverId: string): Promise<ShiftHandoverLine[]> {
  return em.find(ShiftHandoverLineEntity, { handoverId }, { orderBy: { position: 'asc', id: 'asc' } });
}

function digestOf({ teamId, startsAt, endsAt, notes, question, signedById, signedBy }: ShiftHandover, lines: readonly ShiftHandoverLine[]): string {
  const content = { teamId, startsAt, endsAt, notes, question, signedById, signedBy, lines: lines.map(({ section, ticketId, subjectId, facts, note }) => ({ section, ticketId, subjectId, facts, note })) };
  return createHash('sha256').update(canonical(content)).digest('hex');
}

/** JSON with sorted keys: the database keeps an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part);
}
