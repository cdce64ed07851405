import type { Actor } from '../../kernel/actor.ts';
import { processNow } from '../time/time-source.ts';
import { Audience, type Followed } from './audience.ts';
import { authorityKey } from './authority.ts';
import { Cohort, type CohortParts } from './cohort.ts';
import { Gate } from './gate.ts';
import type { LiveMessage } from './live-message.ts';
import { LiveStream, type Cursor } from './live-stream.ts';
import type { LiveView } from './live-view.ts';
import type { LoggedEvent } from './logged-event.ts';

/** Silence for longer than this is a fault, and screens say so (reference to D-28). */
const HEARTBEAT_MS = 5000;
const EVALUATIONS_AT_ONCE = 4;
/** A cohort without members is kept so long: after a restart all screens of a room come back within seconds. */
const IDLE_MS = 30_000;
/** Different documents over one view; those that nobody follows any more are then forgotten. */
const MOST_DOCUMENTS = 50;

/** All live views of this process. */
export class LiveHub {
  private readonly parts: CohortParts;
  private readonly cohorts = new Map<string, Cohort>();
  private readonly audiences = new WeakMap<Followed, Map<string, Audience>>();
  private readonly stops: (() => void)[];
  private readonly clock: NodeJS.Timeout;
  constructor(parts: Omit<CohortParts, 'gate'>, heartbeatMs = HEARTBEAT_MS) {
    this.parts = { ...parts, gate: new Gate(EVALUATIONS_AT_ONCE) };
    this.stops = [
      parts.tailer.onEvents((events) => this.hear(events)),
      parts.tailer.onReset(() => this.endAll()),
      // Screens that show their age need not wait for the next turn.
      parts.tailer.onBack(() => this.beat()),
    ];
    this.clock = setInterval(() => this.beat(), heartbeatMs);
  }

  /** The stream that a subscription field answers with; the caller has checked the permission and put the scope into the view. */
  open<State>(view: LiveView<State>, actor: Actor, after: Cursor | null): LiveStream {
    const key = `${authorityKey(actor)} ${view.key}`;
    let cohort = this.cohorts.get(key);
    if (!cohort) {
      // A view is only ever given back the states that it made itself.
      cohort = new Cohort(view as LiveView<unknown>, this.parts);
      this.cohorts.set(key, cohort);
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
  }

  private hear(events: readonly LoggedEvent[]): void {
    for (const cohort of this.cohorts.values()) cohort.hear(events);
  }

  private beat(): void {
    for (const [key, cohort] of this.cohorts) {
      if (cohort.members === 0 && processNow() - cohort.idleSince > IDLE_MS) this.cohorts.delete(key);
      else void cohort.beat();
    }
  }

  private endAll(): void {
    for (const cohort of this.cohorts.values()) cohort.end();
  }
}
