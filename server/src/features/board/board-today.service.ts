import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { ChangeState } from '../change/change-states.rules.ts';
import type { ReleaseState } from '../release/release-states.rules.ts';
import type { Board } from './board.entity.ts';
import type { MajorLine } from './board.queries.ts';
import { readToday, type PlannedLine } from './board-today.queries.ts';
import { changeStanding, dayOf, releaseStanding, type WorkStanding } from './planned-work.rules.ts';
import { visibleScope } from './visible-scope.rules.ts';

/** A change or deployment of today as a board shows it. */
export interface PlannedWork extends Omit<PlannedLine, 'state' | 'outcome' | 'started'> {
  readonly standing: WorkStanding;
}

/** Today in the board's zone. */
export interface BoardToday {
  readonly from: Instant;
  readonly to: Instant;
  readonly items: readonly PlannedWork[];
  readonly total: number;
}

/** What hangs over the whole board. New kinds are added here and in board-standing.types.ts; a screen that does not know one shows its title. */
export interface BoardBanner {
  readonly kind: 'freeze' | 'major-incident';
  readonly id: string;
  readonly title: string;
  readonly from: Instant;
  readonly to: Instant | null;
  readonly number: string | null;
  readonly incidentId: string | null;
}

export interface BoardStanding {
  readonly today: BoardToday;
  readonly banners: readonly BoardBanner[];
  /** Of all kinds, those included that are not sent. */
  readonly bannerCount: number;
}

/** Today's changes and releases of a board, and what hangs over it; `majors` come with the board's own statement (WBD-01). */
export async function readStanding(em: Em, input: { readonly board: Board; readonly actor: Actor; readonly now: Instant; readonly majors: readonly MajorLine[]; readonly majorCount: number }): Promise<BoardStanding> {
  const { board, actor, now, majors, majorCount } = input;
  const day = dayOf(now, board.timeZone);
  const { items, total, freezes, freezeCount } = await readToday(em, { board, scope: visibleScope(actor, 'board.read'), day, now });
  return {
    today: { ...day, items: items.map(shown), total },
    banners: [
      ...majors.map(({ id, number, title, since }) => ({ kind: 'major-incident' as const, id, title, from: since, to: null, number, incidentId: id })),
      ...freezes.map(({ id, name, startsAt, endsAt }) => ({ kind: 'freeze' as const, id, title: name, from: startsAt, to: endsAt, number: null, incidentId: null })),
    ],
    bannerCount: majorCount + freezeCount,
  };
}

function shown({ state, outcome, started, ...line }: PlannedLine): PlannedWork {
  const standing = line.kind === 'change' ? changeStanding(state as ChangeState, outcome) : releaseStanding(state as ReleaseState, started);
  return { ...line, standing };
}
