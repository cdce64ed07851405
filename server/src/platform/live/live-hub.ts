import { setImmediate as letOthersWork } from 'node:timers/promises';
import type { Actor } from '../../kernel/actor.ts';
import { processNow } from '../time/time-source.ts';
import { Audience, type Followed } from './audience.ts';
import { authorityKey } from './authority.ts';
import { Cohort, type CohortParts } from './cohort.ts';
import type { LiveMessage } from './live-message.ts';
import { LiveStream, type Cursor } from './live-stream.ts';
import type { LiveView } from './live-view.ts';
import type { LoggedEvent } from './logged-event.ts';
import { Readings } from './readings.ts';

/** Silence for longer than this is a fault, and screens say so (reference to D-28). */
const HEARTBEAT_MS = 5000;
/** Heartbeats in a row; then whoever else waits has a turn. */
const BEATS_IN_A_ROW = 100;
/** A cohort without members is kept so long: after a restart all screens of a room come back within seconds. */
const IDLE_MS = 30_000;
/** Different documents over one view; those that nobody follows any more are then forgotten. */
const MOST_DOCUMENTS = 50;

/** All live views of this process. */
export class LiveHub {
  private readonly parts: CohortParts;
  private readonly cohorts = new Map<string, Cohort>();
  /** Those that only one ticket concerns, by the ticket; and all others. */
  private readonly byTicket = new Map<string, Set<Cohort>>();
  private readonly others = new Set<Cohort>();
  private readonly audiences = new WeakMap<Followed, Map<string, Audience>>();
  private readonly stops: (() => void)[];
  private readonly clock: NodeJS.Timeout;
  private beating = false;

  constructor(parts: Omit<CohortParts, 'readings'>, heartbeatMs = HEARTBEAT_MS) {
    this.parts = { ...parts, readings: new Readings(parts.database, parts.tailer) };
    this.stops = [
      parts.tailer.onEvents((events) => this.hear(events)),
      parts.tailer.onReset(() => this.endAll()),
      // Screens that show their age need not wait for the next turn.
      parts.tailer.onBack(() => void this.beat()),
    ];
    this.clock = setInterval(() => void this.beat(), heartbeatMs);
  }

  /** The stream that a subscription field answers with; the caller has checked the permission and put the scope into the view. */
  open<State>(view: LiveView<State>, actor: Actor, after: Cursor | null): LiveStream {
    const key = `${authorityKey(actor)} ${view.key}`;
    let cohort = this.cohorts.get(key);
    if (!cohort) {
      // A view is only ever given back the states that it made itself.
      cohort = new Cohort(view as LiveView<unknown>, this.parts);
      this.keep(key, cohort);
    }
    cohort.idleSince = processNow();
    return new LiveStream(cohort, actor, after);
  }

  /** Those of a cohort who sent the same document share its execution. */
  audienceOf(cohort: Followed, documentKey: string, serialise: (message: object) => Promise<LiveMessage>): Audience {
    const kept = this.audiences.get(cohort) ?? new Map<string, Audience>();
    this.audiences.set(cohort, kept);
    if (kept.size >= MOST_DOCUMENTS) for (const [key, { size }] of kept) if (size === 0) kept.delete(key);
    const audience = kept.get(documentKey) ?? new Audience(cohort, serialise);
    kept.set(documentKey, audience);
    return audience;
  }

  /** Of the wallboard that is served: screens load themselves anew when it changes. */
  get version(): string {
    return this.parts.version;
  }

  /** Figures for tests and metrics. */
  figures(): { readonly cohorts: number; readonly evaluations: number; readonly serialisations: number } {
    const cohorts = [...this.cohorts.values()];
    const audiences = cohorts.flatMap((cohort) => [...(this.audiences.get(cohort)?.values() ?? [])]);
    return {
      cohorts: cohorts.length,
      evaluations: cohorts.reduce((sum, { evaluations }) => sum + evaluations, 0),
      serialisations: audiences.reduce((sum, { serialisations }) => sum + serialisations, 0),
    };
  }

  close(): void {
    clearInterval(this.clock);
    for (const stop of this.stops) stop();
    this.endAll();
    this.cohorts.clear();
    this.others.clear();
    this.byTicket.clear();
  }

  private keep(key: string, cohort: Cohort): void {
    this.cohorts.set(key, cohort);
    const { ticketId } = cohort.view;
    if (ticketId == null) return void this.others.add(cohort);
    const sharing = this.byTicket.get(ticketId) ?? new Set();
    this.byTicket.set(ticketId, sharing.add(cohort));
  }

  private forget(key: string, cohort: Cohort): void {
    this.cohorts.delete(key);
    this.others.delete(cohort);
    const { ticketId } = cohort.view;
    if (ticketId == null) return;
    const sharing = this.byTicket.get(ticketId);
    sharing?.delete(cohort);
    if (sharing?.size === 0) this.byTicket.delete(ticketId);
  }

  /** Of 5,000 pages of one ticket each, a change concerns one: it is found, not asked for. */
  private hear(events: readonly LoggedEvent[]): void {
    for (const cohort of this.others) cohort.hear(events);
    if (this.byTicket.size === 0) return;
    for (const event of events) {
      if (event.ticketId !== null) for (const cohort of this.byTicket.get(event.ticketId) ?? []) cohort.hear([event]);
    }
  }

  private async beat(): Promise<void> {
    if (this.beating) return;
    this.beating = true;
    let beaten = 0;
    for (const [key, cohort] of this.cohorts) {
      if (cohort.members === 0 && processNow() - cohort.idleSince > IDLE_MS) this.forget(key, cohort);
      else void cohort.beat();
      beaten += 1;
      if (beaten % BEATS_IN_A_ROW === 0) await letOthersWork();
    }
    this.beating = false;
  }

  private endAll(): void {
    for (const cohort of this.cohorts.values()) cohort.end();
  }
}
