import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Frame, LiveView, Reading, Step } from '../../platform/live/live-view.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import { mayAcknowledge } from '../incident/incident-alarm.service.ts';
import type { BoardSort } from './board-order.rules.ts';
import { BoardEntity, type Board } from './board.entity.ts';
import { ticketNames } from './board.queries.ts';
import { MOST_CAUGHT_UP, readBoard, withReplay, type BoardRow, type BoardState } from './board.service.ts';
import { happeningOf } from './happening.rules.ts';

/** Names of tickets that happenings speak of, the latest of them; kept beside the state for screens that come back. */
const NAMES_KEPT = 5000;

interface ShownBoard extends BoardState {
  readonly board: Board;
  /** Where the board itself last changed; a screen from before that needs a whole snapshot. */
  readonly renewedSeq: number;
}

/** The board as a live view: its rows, counters and happenings (LIV-01, WBD-01). */
export class BoardView implements LiveView<ShownBoard> {
  readonly key: string;
  private readonly database: Database;
  private board: Board;
  private readonly actor: Actor;
  private readonly sort: BoardSort;
  private readonly names = new Map<string, { readonly number: string; readonly level: Level }>();

  constructor(database: Database, board: Board, actor: Actor, sort: BoardSort = 'due') {
    this.database = database;
    this.board = board;
    this.actor = actor;
    this.sort = sort;
    this.key = `board ${board.id} ${sort}`;
  }

  /** Within the board's scope as the event tells it; the rows themselves are judged by the database. */
  concerns({ ticketId, customerId, teamIds, subjectId, subjectKind }: LoggedEvent): boolean {
    // A freeze may concern everybody; there are few (FRZ-01).
    if (ticketId === null) return subjectId === this.board.id || subjectKind === 'freeze';
    const { customerIds, teamIds: shown } = this.board;
    if (customerIds.length > 0 && (customerId === null || !customerIds.includes(customerId))) return false;
    if (this.actor.customerId !== null && customerId !== this.actor.customerId) return false;
    return shown.length === 0 || teamIds.length === 0 || teamIds.some((id) => shown.includes(id));
  }

  /** Counters and closing hours move with the clock (D-28). */
  changesByTime(): boolean {
    return true;
  }

  async evaluate({ em, now, seq }: Reading, before: ShownBoard | null, touched: ReadonlySet<string>): Promise<ShownBoard> {
    const found = await em.findOne(BoardEntity, { id: this.board.id });
    this.board = found ? withReplay(found, now) : this.board;
    const state = await readBoard(this.database, em, { board: this.board, actor: this.actor, now, sort: this.sort });
    await this.recall(em, touched);
    const shown = { ...state, board: this.board, renewedSeq: before?.renewedSeq ?? 0 };
    return before && this.renewed(before, shown) ? { ...shown, renewedSeq: seq } : shown;
  }

  snapshot(state: ShownBoard, frame: Frame): object {
    const { board, rows, counters, onCall, alarms, today, banners, bannerCount } = state;
    return { __typename: 'BoardSnapshot', ...frame, board, rows, counters, onCall, alarms, today, banners, bannerCount, mayAcknowledge: mayAcknowledge(this.actor) };
  }

  delta(before: ShownBoard, after: ShownBoard, step: Step): object | null {
    const old = new Map(before.rows.map((row) => [row.id, faceOf(row)]));
    const upserts = after.rows.filter((row) => old.get(row.id) !== faceOf(row));
    const here = new Set(after.rows.map(({ id }) => id));
    const removals = before.rows.filter(({ id }) => !here.has(id)).map(({ id }) => id);
    const happenings = this.happenings(step);
    const parts = changedParts(before, after);
    // Counters that only time has changed travel with the heartbeat (D-28).
    const counted = step.events.length > 0 && JSON.stringify(before.counters) !== JSON.stringify(after.counters);
    if (upserts.length + removals.length + happenings.length === 0 && parts === null && !counted) return null;
    return { __typename: 'BoardDelta', ...range(step), upserts, removals, happenings, counters: after.counters, ...(parts ?? UNCHANGED) };
  }

  /** Its name, its size, or that a replay feeds it (D-27). */
  renewed(before: ShownBoard, after: ShownBoard): boolean {
    return JSON.stringify(before.board) !== JSON.stringify(after.board);
  }

  /** All rows again, and away with what was touched or pushed out: whatever the screen had, it then has the board. */
  resume(state: ShownBoard, touched: ReadonlySet<string>, step: Step): object | null {
    const renewed = step.fromSeq < state.renewedSeq || step.events.some(({ subjectId }) => subjectId === this.board.id);
    if (renewed || touched.size > MOST_CAUGHT_UP) return null;
    const here = new Set(state.rows.map(({ id }) => id));
    const removals = [...new Set([...touched, ...state.below])].filter((id) => !here.has(id));
    return { __typename: 'BoardDelta', ...range(step), upserts: state.rows, removals, happenings: this.happenings(step), ...wholeOf(state) };
  }

  heartbeat(before: ShownBoard, after: ShownBoard, frame: Frame): object {
    const changed = JSON.stringify(before.counters) !== JSON.stringify(after.counters);
    return { __typename: 'BoardHeartbeat', ...frame, counters: changed ? after.counters : null };
  }

  private happenings({ events }: Step): object[] {
    return events.flatMap((event) => {
      const happening = happeningOf(event);
      const name = this.names.get(event.ticketId ?? '');
      return happening ? [{ ...happening, number: name?.number ?? null, level: name?.level ?? null }] : [];
    });
  }

  /** Learns the names of tickets that happenings speak of. */
  async recall(em: Reading['em'], touched: ReadonlySet<string>): Promise<void> {
    if (touched.size === 0) return;
    for (const { id, number, level } of await ticketNames(em, touched)) {
      this.names.delete(id);
      this.names.set(id, { number, level });
    }
    for (const id of this.names.keys()) if (this.names.size > NAMES_KEPT) this.names.delete(id);
  }
}

/** What stands beside the rows; each is sent again as a whole, and only when it is another. */
type Parts = Pick<ShownBoard, 'onCall' | 'alarms' | 'today' | 'banners' | 'bannerCount'>;

const UNCHANGED = { onCall: null, alarms: null, today: null, banners: null, bannerCount: null };

function wholeOf({ counters, onCall, alarms, today, banners, bannerCount }: ShownBoard): object {
  return { counters, onCall, alarms, today, banners, bannerCount };
}

/** Those that are another than before; null when none is. */
function changedParts(before: Parts, after: Parts): object | null {
  const same = (part: keyof Parts): boolean => JSON.stringify(before[part]) === JSON.stringify(after[part]);
  const names: readonly (keyof Parts)[] = ['onCall', 'alarms', 'today', 'banners', 'bannerCount'];
  if (names.every(same)) return null;
  return Object.fromEntries(names.map((part) => [part, same(part) ? null : after[part]]));
}

function range({ fromSeq, toSeq, asOf }: Step): object {
  return { fromSeq, toSeq, asOf };
}

/** What of a row makes it worth sending again: not the seconds that every screen counts by itself (LIV-03). */
function faceOf(row: BoardRow): string {
  const { clock, ...rest } = row;
  const counting = clock !== null && clock.state === 'running' && !clock.outsideHours;
  return JSON.stringify({ ...rest, clock: counting ? { ...clock, remainingBusinessSeconds: null } : clock });
}
