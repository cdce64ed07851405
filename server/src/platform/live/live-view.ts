import type { Instant } from '../../kernel/instant.ts';
import type { Em } from '../db/orm.ts';
import type { LoggedEvent } from './logged-event.ts';

/** One consistent look at the database: every statement of `em` sees exactly the changes up to `seq`. */
export interface Reading {
  readonly em: Em;
  readonly now: Instant;
  readonly seq: number;
}

/** What every message of a stream tells about itself. */
export interface Frame {
  readonly epoch: string;
  readonly seq: number;
  readonly asOf: Instant;
  readonly serverTime: Instant;
  readonly version: string;
}

/** From the last seq sent on the stream, heartbeats included, to the one that this message leads to. */
export interface Step {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly asOf: Instant;
  /** The events in between that concern the view, in order. */
  readonly events: readonly LoggedEvent[];
}

/** Small views of one kind that are read in one statement, however many look at the same moment. */
export interface ViewFamily {
  /** The state of each, in their order. */
  evaluateAll(reading: Reading, views: readonly LiveView<unknown>[]): Promise<readonly unknown[]>;
}

/**
 * What a screen follows: how its state is read, and how states become messages. Messages are plain objects with
 * `__typename`, made once for all screens of a cohort. A feature writes views; it knows nothing of sockets.
 */
export interface LiveView<State> {
  /** Screens of one authority with equal keys share every evaluation. */
  readonly key: string;
  /** Set where only events of this ticket concern the view: of thousands of such views only those are asked that it is about. */
  readonly ticketId?: string | null;
  /** Set where the state is read together with others' and does not depend on the one before. */
  readonly family?: ViewFamily;
  /** May the event change what the view shows, or must eyes and ears get it? */
  concerns(event: LoggedEvent): boolean;
  /** May time alone have changed the state (counters, closing hours)? Then it is read again at this heartbeat. */
  changesByTime(state: State, now: Instant): boolean;
  /** Reads the state; `touched` are the tickets that changed since `before`, for views that need not read everything again. */
  evaluate(reading: Reading, before: State | null, touched: ReadonlySet<string>): Promise<State>;
  /** Reads beforehand what `resume` will need to know of these tickets. */
  recall?(em: Em, touched: ReadonlySet<string>): Promise<void>;
  snapshot(state: State, frame: Frame): object;
  /** Null when there is nothing to tell. */
  delta(before: State, after: State, step: Step): object | null;
  /** Has what is not a row changed, so that everybody needs a whole snapshot again? */
  renewed?(before: State, after: State): boolean;
  /** What a screen missed since its cursor: every touched record as upsert or removal. Null: better a fresh snapshot. */
  resume(state: State, touched: ReadonlySet<string>, step: Step): object | null;
  heartbeat(before: State, after: State, frame: Frame): object;
}
