import type { Database } from '../db/database.ts';
import { log } from '../log/log.ts';
import { processNow } from '../time/time-source.ts';
import { MOST_RESUMED, type EventTailer } from './event-tailer.ts';
import type { Cursor } from './live-stream.ts';
import type { Frame, LiveView, Step } from './live-view.ts';
import { readEvents } from './log-reader.ts';
import type { LoggedEvent } from './logged-event.ts';
import { Pace } from './pace.ts';
import type { Look, Readings } from './readings.ts';

const SNAPSHOT_SHARED_MS = 100;
/** Screens hear a heartbeat that late at most, whatever the database does. */
const BEAT_PATIENCE_MS = 1000;

/** A message for everybody who joined before `ordinal`. */
export interface Broadcast {
  readonly ordinal: number;
  readonly message: object;
}

/** What a new member gets first, and from which broadcast on it listens. */
export interface Welcome extends Broadcast {
  readonly kind: 'snapshot' | 'resume';
}

export interface CohortParts {
  readonly database: Database;
  readonly tailer: EventTailer;
  readonly version: string;
  readonly readings: Readings;
}

interface Known {
  readonly state: unknown;
  /** Which evaluation of the cohort read it. */
  readonly evaluation: number;
  /** The last seq sent: where the members are. */
  readonly sentSeq: number;
  /** The last seq looked at; nothing between the two concerned this view. */
  readonly seenSeq: number;
  readonly asOf: number;
  /** This process's clock when `asOf` was read, to tell the server's time later without asking again. */
  readonly measuredAt: number;
}

/** What a screen has missed, up to the state of then. */
interface Missed {
  readonly events: readonly LoggedEvent[];
  readonly upTo: number;
}

type Looked = Omit<Known, 'evaluation'> & { readonly events: readonly LoggedEvent[] };
type Occasion = 'events' | 'heartbeat';

/** All screens that see the same: one state, evaluated once, told to all in one order. */
export class Cohort {
  readonly view: LiveView<unknown>;
  private readonly parts: CohortParts;
  private readonly listeners = new Set<(broadcast: Broadcast) => void>();
  private readonly endListeners = new Set<() => void>();
  private known: Known | null = null;
  private ordinal = 0;
  private turn: Promise<void> = Promise.resolve();
  private planned: NodeJS.Timeout | null = null;
  private pending: { occasion: Occasion; readonly done: Promise<void> } | null = null;
  private evaluating = false;
  private begun = 0;
  /** A burst becomes one delta, with every happening of it (D-29). */
  private readonly pace = new Pace();
  private joining = 0;
  private snapshot: Welcome | null = null;
  private snapshotUntil = 0;
  /** For tests and metrics: how often the database was asked. */
  evaluations = 0;
  /** When the last member left, or the cohort was made. */
  idleSince = processNow();

  constructor(view: LiveView<unknown>, parts: CohortParts) {
    this.view = view;
    this.parts = parts;
  }

  get members(): number {
    return this.listeners.size;
  }

  /** Joins at the current state: the first message and every broadcast after it are without gap and without overlap. */
  async join(after: Cursor | null, listener: (broadcast: Broadcast) => void, ended: () => void, joined: (welcome: Welcome) => void): Promise<void> {
    // From now on events are heard, also while nobody has joined yet.
    this.joining += 1;
    try {
      let welcome: Welcome | null = null;
      while (!welcome) {
        await this.bringUpTo(after);
        const missed = after && this.known ? await this.missedSince(after) : null;
        // From here on nothing is awaited: the state that is told is the state that is joined.
        welcome = this.welcome(after, missed);
      }
      this.listeners.add(listener);
      this.endListeners.add(ended);
      joined(welcome);
    } finally {
      this.joining -= 1;
    }
  }

  /** Null when the state is another one than a moment ago: then what is missing is asked for again. */
  private welcome(after: Cursor | null, missed: Missed | null): Welcome | null {
    if (!this.known || (missed && missed.upTo !== this.known.sentSeq)) return null;
    return (after && missed && this.resumed(after, missed.events)) ?? this.currentSnapshot();
  }

  leave(listener: (broadcast: Broadcast) => void, ended: () => void): void {
    this.listeners.delete(listener);
    this.endListeners.delete(ended);
    if (this.listeners.size === 0) this.idleSince = processNow();
  }

  /** New events of the log: evaluates soon if one of them matters here. */
  hear(events: readonly LoggedEvent[]): void {
    if (this.listeners.size + this.joining === 0) return;
    const first = events.find((event) => this.view.concerns(event));
    if (!first || this.planned) return;
    this.skipTo(first.seq - 1);
    this.planned = setTimeout(() => {
      this.planned = null;
      void this.advance('events').catch((error: unknown) => this.failed(error));
    }, this.pace.wait(processNow()));
  }

  /** Nothing before concerned us: an evaluation need not look through it. While nobody was here we did not hear it. */
  private skipTo(seq: number): void {
    const { known } = this;
    if (!known || known.seenSeq >= seq || this.listeners.size === 0 || this.pending || this.evaluating) return;
    this.known = { ...known, seenSeq: seq };
  }

  /**
   * Tells everybody that we are there, how old the data is, and what time alone has changed. While the database is slow or
   * away the beat goes on with the age growing: a screen must not take a living server for living data (WBD-02).
   */
  async beat(): Promise<void> {
    if (this.listeners.size === 0) return;
    if (this.nothingToRead()) return this.tellAlive();
    const slow = setTimeout(() => this.tellAge(), BEAT_PATIENCE_MS);
    await this.advance('heartbeat').catch((error: unknown) => {
      this.failed(error);
      this.tellAge();
    });
    clearTimeout(slow);
  }

  /** The tailer has read the log up to its head, and nothing of it was for us. */
  private nothingToRead(): boolean {
    const { known, parts, planned, pending } = this;
    if (!known || planned || pending || this.evaluating || !parts.tailer.healthy) return false;
    return parts.tailer.head.seq >= known.seenSeq && !this.view.changesByTime(known.state, nowBy(known));
  }

  private tellAlive(): void {
    const known = this.known!;
    const { head: { seq }, toldUpTo } = this.parts.tailer;
    // Nothing is claimed beyond what the tailer has read, and it is dated by the database's clock, not by ours.
    const { asOf, measuredAt } = toldUpTo.at > known.measuredAt ? { asOf: toldUpTo.asOf, measuredAt: toldUpTo.at } : known;
    this.known = { ...known, sentSeq: seq, seenSeq: seq, asOf, measuredAt };
    this.snapshot = null;
    this.tellAge();
  }

  private tellAge(): void {
    const { known } = this;
    if (known) this.broadcast(this.view.heartbeat(known.state, known.state, this.frame(known)));
  }

  /** The log is another one: members must come back and start anew. */
  end(): void {
    if (this.planned) clearTimeout(this.planned);
    this.known = null;
    this.snapshot = null;
    const members = [...this.endListeners];
    for (const ended of members) ended();
  }

  private failed(error: unknown): void {
    log.warn({ err: error, view: this.view.key }, 'a live view could not be evaluated; its screens show their age');
  }

  /** A cohort that nobody followed, or a cursor from another process that is ahead of us: look again before joining. */
  private async bringUpTo(after: Cursor | null): Promise<void> {
    const stale = this.known === null || this.listeners.size === 0 || (after !== null && after.seq > this.known.sentSeq);
    if (!stale) return;
    const { begun } = this;
    await this.inTurn(async () => {
      // Two hundred screens may ask at once after a restart; the first evaluation serves all of them. One that was under way before we listened
      // does not: what came after its look and before us was heard by nobody.
      const fresh = this.known !== null && this.known.evaluation > begun && (after === null || after.seq <= this.known.sentSeq);
      if (!fresh) await this.evaluate('heartbeat');
    });
  }

  private async missedSince(after: Cursor): Promise<Missed | null> {
    const upTo = this.known!.sentSeq;
    if (after.epoch !== this.parts.tailer.head.epoch || after.seq > upTo) return null;
    const em = this.parts.database.em;
    const read = (from: number, to: number) => readEvents(em, from, to, MOST_RESUMED);
    const all = await this.parts.tailer.between(read, { from: after.seq, to: upTo, ticketId: this.view.ticketId ?? null });
    const events = all?.filter((event) => this.view.concerns(event)) ?? null;
    if (events) await this.view.recall?.(em, touchedBy(events));
    return events && { events, upTo };
  }

  private resumed(after: Cursor, events: readonly LoggedEvent[]): Welcome | null {
    const known = this.known!;
    const step = { fromSeq: after.seq, toSeq: known.sentSeq, asOf: known.asOf, events };
    const message = events.length === 0 && after.seq === known.sentSeq
      ? this.view.heartbeat(known.state, known.state, this.frame(known))
      : this.view.resume(known.state, touchedBy(events), step);
    return message && { kind: 'resume', ordinal: this.ordinal, message };
  }

  private currentSnapshot(): Welcome {
    const known = this.known!;
    // Kept for a moment only, because it tells the server's time.
    if (this.snapshot && processNow() < this.snapshotUntil) return this.snapshot;
    this.snapshot = { kind: 'snapshot', ordinal: this.ordinal, message: this.view.snapshot(known.state, this.frame(known)) };
    this.snapshotUntil = processNow() + SNAPSHOT_SHARED_MS;
    return this.snapshot;
  }

  /** One evaluation may wait for its turn, not more: while the database is slow, occasions become one. */
  private advance(occasion: Occasion): Promise<void> {
    if (this.pending) {
      if (occasion === 'heartbeat') this.pending.occasion = 'heartbeat';
      return this.pending.done;
    }
    const pending: { occasion: Occasion; done: Promise<void> } = { occasion, done: Promise.resolve() };
    this.pending = pending;
    pending.done = this.inTurn(() => {
      this.pending = null;
      return this.evaluate(pending.occasion);
    });
    return pending.done;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.turn.then(work);
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private async evaluate(occasion: Occasion): Promise<void> {
    this.pace.began(processNow());
    const before = this.known;
    const evaluation = (this.begun += 1);
    this.evaluating = true;
    let next: Looked | null;
    try {
      next = await this.parts.readings.look(this.view, (look) => this.lookAt(before, occasion, look));
    } finally {
      // From here to what is told nothing is awaited: nobody may move on from `before` in between.
      this.evaluating = false;
    }
    if (this.known !== before) return;
    // So far behind that happenings would be missed: members come back with their cursors.
    if (next) this.tell(before, { ...next, evaluation }, occasion);
    else this.end();
  }

  private async lookAt(before: Known | null, occasion: Occasion, look: Look): Promise<Looked | null> {
    // Before anything else is awaited: a database that stands still meanwhile must not set the clock back.
    const measuredAt = processNow();
    const { view } = this;
    const all = before ? await look.eventsSince(before.seenSeq, view.ticketId ?? null) : [];
    if (all === null) return null;
    const events = all.filter((event) => view.concerns(event));
    const needed = before === null || events.length > 0 || (occasion === 'heartbeat' && view.changesByTime(before.state, look.now));
    if (needed) this.evaluations += 1;
    const state = needed ? await look.evaluate(view, before?.state ?? null, touchedBy(events)) : before.state;
    this.pace.took(processNow() - measuredAt);
    return { state, events, sentSeq: look.seq, seenSeq: look.seq, asOf: look.now, measuredAt };
  }

  private tell(before: Known | null, next: Looked & Known, occasion: Occasion): void {
    const { events, ...known } = next;
    if (before === null) {
      this.known = known;
      return;
    }
    const step: Step = { fromSeq: before.sentSeq, toSeq: next.seenSeq, asOf: next.asOf, events };
    const delta = this.view.delta(before.state, next.state, step);
    const renewed = this.view.renewed?.(before.state, next.state) ?? false;
    // Without a message the members stay where they are; a newcomer must join them there.
    this.known = { ...known, sentSeq: delta || renewed || occasion === 'heartbeat' ? next.seenSeq : before.sentSeq };
    this.snapshot = null;
    if (delta) this.broadcast(delta);
    if (renewed) this.broadcast(this.view.snapshot(next.state, this.frame(this.known)));
    if (occasion === 'heartbeat') {
      const counted = delta ? next.state : before.state;
      this.broadcast(this.view.heartbeat(counted, next.state, this.frame(this.known)));
    }
  }

  private broadcast(message: object): void {
    this.ordinal += 1;
    for (const listener of this.listeners) listener({ ordinal: this.ordinal, message });
  }

  private frame(known: Known): Frame {
    const { tailer, version } = this.parts;
    return { epoch: tailer.head.epoch, seq: known.sentSeq, asOf: known.asOf, serverTime: nowBy(known), version };
  }
}

/** The database's clock, as it must be by now. */
function nowBy({ asOf, measuredAt }: Known): number {
  return asOf + processNow() - measuredAt;
}

function touchedBy(events: readonly LoggedEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ ticketId }) => (ticketId ? [ticketId] : [])));
}
