import { setImmediate as letOthersWork } from 'node:timers/promises';
import { log } from '../log/log.ts';
import type { Broadcast, Cohort } from './cohort.ts';
import type { LiveMessage } from './live-message.ts';
import type { Cursor } from './live-stream.ts';

/** Sends in a row; then whoever else waits has a turn. */
const SENT_IN_A_ROW = 1000;

/** Where an audience hears its messages: a cohort. */
export type Followed = Pick<Cohort, 'view' | 'join' | 'leave'>;

/** One screen's end of a stream. */
export interface Member {
  /** Whole messages, in order; `first` is its own snapshot or catch-up. */
  deliver(message: LiveMessage, first: boolean): void;
  /** The stream is over; the screen comes back by itself. */
  end(): void;
}

interface Place {
  /** Broadcasts up to this one are in its first message already. */
  readonly since: number;
  /** What came while the first message was still being made. */
  held: LiveMessage[] | null;
}

/** The members of a cohort that sent the same document: each message is executed and serialised once for all of them. */
export class Audience {
  private readonly cohort: Followed;
  private readonly serialise: (message: object) => Promise<LiveMessage>;
  private readonly places = new Map<Member, Place>();
  private readonly firstMessages = new WeakMap<object, Promise<LiveMessage>>();
  private turn: Promise<void> = Promise.resolve();
  private joining = 0;
  /** For tests and metrics. */
  serialisations = 0;

  constructor(cohort: Followed, serialise: (message: object) => Promise<LiveMessage>) {
    this.cohort = cohort;
    this.serialise = serialise;
  }

  get size(): number {
    return this.places.size;
  }

  /** Gives the member its first message and everything after it, without gap and in order. */
  async add(member: Member, after: Cursor | null, stillWanted: () => boolean): Promise<void> {
    let first: Promise<LiveMessage> | null = null;
    this.joining += 1;
    try {
      await this.cohort.join(after, this.hear, this.ended, (welcome) => {
        this.places.set(member, { since: welcome.ordinal, held: [] });
        first = this.firstMessage(welcome.message);
      });
    } finally {
      this.joining -= 1;
    }
    const message = await first!;
    if (!stillWanted()) return this.remove(member);
    this.begin(member, message);
  }

  private begin(member: Member, first: LiveMessage): void {
    const place = this.places.get(member);
    if (!place) return;
    member.deliver(first, true);
    for (const message of place.held ?? []) member.deliver(message, false);
    place.held = null;
  }

  remove(member: Member): void {
    this.places.delete(member);
    if (this.places.size === 0 && this.joining === 0) this.cohort.leave(this.hear, this.ended);
  }

  private readonly hear = ({ ordinal, message }: Broadcast): void => {
    this.turn = this.turn.then(async () => {
      await this.tell(ordinal, await this.once(message));
    }).catch((error: unknown) => {
      log.error({ err: error, view: this.cohort.view.key }, 'a live message could not be made; its screens start anew');
      this.ended();
    });
  };

  private async tell(ordinal: number, message: LiveMessage): Promise<void> {
    let sent = 0;
    for (const [member, place] of this.places) {
      // Whoever joins while others work here has this message in its first one.
      if (ordinal <= place.since) continue;
      if (place.held) place.held.push(message);
      else member.deliver(message, false);
      sent += 1;
      if (sent % SENT_IN_A_ROW === 0) await letOthersWork();
    }
  }

  private readonly ended = (): void => {
    const members = [...this.places.keys()];
    for (const member of members) {
      this.remove(member);
      member.end();
    }
  };

  /** Many screens that join at the same moment get the same snapshot object. */
  private firstMessage(message: object): Promise<LiveMessage> {
    const kept = this.firstMessages.get(message);
    if (kept) return kept;
    const made = this.once(message);
    this.firstMessages.set(message, made);
    return made;
  }

  private once(message: object): Promise<LiveMessage> {
    this.serialisations += 1;
    return this.serialise(message);
  }
}
