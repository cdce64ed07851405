import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { SECOND, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { readTogether } from '../../platform/live/read-together.ts';
import { calendarsFor, type CalendarBook } from '../calendar/calendar.service.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { BoardEntity, type Board } from './board.entity.ts';
import { boardOrder, boardRiskOrder, type BoardSort } from './board-order.rules.ts';
import { boardOnCall, boardScope, readLines, type AlarmLine, type BoardCounts, type BoardLine, type ClockLine, type OnCallLine } from './board.queries.ts';
import { readStanding, type BoardBanner, type BoardToday } from './board-today.service.ts';
import { mayAcknowledge } from '../incident/incident-alarm.service.ts';
import { sortFor } from './incident-filter.rules.ts';
import { visibleScope } from './visible-scope.rules.ts';

export interface BoardRow extends Omit<BoardLine, 'clock' | 'suspension'> {
  readonly clock: BoardClock | null;
  readonly suspension: (NonNullable<BoardLine['suspension']> & { readonly categoryZh: string; readonly categoryEn: string }) | null;
  readonly order: string;
}

export interface BoardClock extends Pick<ClockLine, 'kind' | 'state' | 'dueAt' | 'breachedAt'> {
  readonly remainingSeconds: number | null;
  readonly outsideHours: boolean;
  readonly resumesAt: Instant | null;
  readonly remainingBusinessSeconds: number | null;
  readonly targetSeconds: number;
}

/** What a board shows at an instant. */
export interface BoardState {
  readonly asOf: Instant;
  readonly rows: readonly BoardRow[];
  readonly counters: BoardCounts;
  readonly onCall: readonly OnCallLine[];
  readonly alarms: readonly AlarmLine[];
  readonly today: BoardToday;
  readonly banners: readonly BoardBanner[];
  readonly bannerCount: number;
  /** Ids just below the last row: where rows that were pushed out are now. */
  readonly below: readonly string[];
}

/** A screen that missed more tickets than this gets a snapshot instead: that is smaller. */
export const MOST_CAUGHT_UP = 200;

/** The boards that the actor may open; a screen has its own. */
export async function listBoards(database: Database, actor: Actor): Promise<Board[]> {
  requirePermission(actor, 'board.read');
  const em = database.em;
  const boards = await em.find(BoardEntity, actor.boardIds === undefined ? {} : { id: { $in: [...actor.boardIds] } }, { orderBy: { position: 'asc', id: 'asc' }, limit: 100 });
  const now = await database.time.read(em);
  return boards.map((board) => withReplay(board, now));
}

/** @throws Refusal NOT_FOUND also for a board that a screen's token is not for (ORG-03) */
export async function findBoard(database: Database, actor: Actor, id: string): Promise<Board> {
  requirePermission(actor, 'board.read');
  const visible = actor.boardIds?.includes(id) ?? true;
  const board = visible && UUID.test(id) ? await database.em.findOne(BoardEntity, { id }) : null;
  if (!board) throw new Refusal('NOT_FOUND', `There is no board "${id}" that you may open.`, 'id');
  return withReplay(board, await database.now());
}

/** What a board says of a replay: nothing at speed 1, and nothing of one that has fallen silent. */
export function withReplay(board: Board, now: Instant): Board {
  const replaySpeed = board.replaySpeed === 1 || (board.replayUntil ?? 0) <= now ? null : board.replaySpeed ?? null;
  return { ...board, replaySpeed, replayUntil: null };
}

/** A replay that is silent for longer than this has ended. */
const REPLAY_SILENCE = 90 * SECOND;

/** An integrator that replays a log says at which speed; at other than 1 the boards tell that figures are distorted (D-27). */
export async function announceReplay(database: Database, actor: Actor, speed: number): Promise<void> {
  requirePermission(actor, 'act.onBehalfOf');
  if (!(speed > 0 && speed <= 1_000_000)) throw new Refusal('OUT_OF_RANGE', `"speed" must be above 0 and at most 1000000, got ${speed}.`, 'speed');
  await database.change(actor, async ({ em, emit, now }) => {
    const boards = await em.find(BoardEntity, {}, { orderBy: { id: 'asc' } });
    for (const board of boards) {
      const before = withReplay(board, await now()).replaySpeed;
      board.replaySpeed = speed;
      board.replayUntil = (await now()) + REPLAY_SILENCE;
      const after = withReplay(board, await now()).replaySpeed;
      if (before !== after) emit({ type: 'board.replayed', subjectKind: 'board', subjectId: board.id, occurredAt: await now(), before: { speed: before }, after: { speed: after } });
    }
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A board once, with the cursor from which a subscription may go on. */
export async function boardSnapshot(database: Database, actor: Actor, { id, version, sort: asked }: { readonly id: string; readonly version: string; readonly sort: BoardSort }): Promise<object> {
  const board = await findBoard(database, actor, id);
  const sort = sortFor(asked, actor);
  return readTogether(database, async ({ em, now, seq, epoch }) => {
    const state = await readBoard(database, em, { board, actor, now, sort });
    return { ...state, epoch, seq, serverTime: now, version, board, mayAcknowledge: mayAcknowledge(actor) };
  });
}

/** Reads a board's rows, counters and who is on call, as of `now`, within one reading of the database. */
export async function readBoard(database: Database, em: Em, input: { readonly board: Board; readonly actor: Actor; readonly now: Instant; readonly sort?: BoardSort }): Promise<BoardState> {
  const { board, actor, now, sort = 'due' } = input;
  const scope = boardScope(board, visibleScope(actor, 'board.read'));
  const { lines, below, counts, alarms, majors, majorCount } = await readLines(em, { scope, limit: board.rowLimit, below: MOST_CAUGHT_UP, now, sort });
  const standing = await readStanding(em, { board, actor, now, majors, majorCount });
  return { asOf: now, below, rows: await finishLines(database, em, lines, { now, sort }), counters: counts, onCall: await boardOnCall(em, board, now), alarms, ...standing };
}

/** Adds what the statement cannot know: hours of the clock's calendar, words of the policy, the order key. */
async function finishLines(database: Database, em: Em, lines: readonly BoardLine[], { now, sort }: { readonly now: Instant; readonly sort: BoardSort }): Promise<BoardRow[]> {
  if (lines.length === 0) return [];
  const calendars = await calendarsFor(database, em);
  const needWords = lines.some(({ suspension }) => suspension !== null);
  const reasons = needWords ? (await policiesAt(database, em, now)).policies.suspension.reasons : [];
  const words = (category: string): { categoryZh: string; categoryEn: string } => {
    const reason = reasons.find(({ key }) => key === category);
    return { categoryZh: reason?.zh ?? category, categoryEn: reason?.en ?? category };
  };
  const rows = lines.map((line) => ({
    ...line,
    clock: line.clock && finishClock(line.clock, calendars, now),
    suspension: line.suspension && { ...line.suspension, ...words(line.suspension.category) },
    order: (sort === 'risk' ? boardRiskOrder : boardOrder)({
      ...line, suspended: line.state === 'suspended', dueAt: line.clock?.state === 'running' ? line.clock.dueAt : null, remainingMs: line.clock?.remainingMs ?? null,
      breached: (line.clock?.breachedAt ?? null) !== null,
    }),
  }));
  return rows.sort((a, b) => (a.order === b.order ? (a.id < b.id ? -1 : 1) : a.order < b.order ? -1 : 1));
}

/** SLA-12: a running clock outside its hours stands still and says when it goes on; that is not a suspension. */
function finishClock(clock: ClockLine, calendars: CalendarBook, now: Instant): BoardClock {
  const { kind, state, dueAt, breachedAt, remainingMs, targetMs, calendarRef } = clock;
  const facts = { kind, state, breachedAt, targetSeconds: Math.round(targetMs / SECOND) };
  if (state !== 'running' || dueAt === null) {
    const remainingSeconds = remainingMs === null ? null : Math.round(remainingMs / SECOND);
    return { ...facts, dueAt: null, remainingSeconds, outsideHours: false, resumesAt: null, remainingBusinessSeconds: remainingSeconds };
  }
  const calendar = calendars.resolve(calendarRef);
  const outsideHours = !calendar.isOpen(now);
  const left = dueAt >= now ? calendar.elapsed(now, dueAt) : -calendar.elapsed(dueAt, now);
  return {
    ...facts, dueAt, remainingSeconds: null, outsideHours, resumesAt: outsideHours ? calendar.nextOpen(now) : null,
    remainingBusinessSeconds: Math.floor(left / SECOND),
  };
}
