import type { Actor } from '../../kernel/actor.ts';
import type { Followed } from './audience.ts';

/** Where a screen says that it is (LIV-02). */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/**
 * What a subscription field answers: not the messages themselves, but which cohort the socket joins. The socket's side
 * (`live-sender.ts`) then gets messages that were made once for everybody.
 */
export class LiveStream implements AsyncIterable<never> {
  readonly cohort: Followed;
  readonly actor: Actor;
  readonly after: Cursor | null;

  constructor(cohort: Followed, actor: Actor, after: Cursor | null) {
    this.cohort = cohort;
    this.actor = actor;
    this.after = after;
  }

  /** graphql asks for this shape; the messages never go this way. */
  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error('Must hold: live streams are read over the WebSocket only');
  }
}
