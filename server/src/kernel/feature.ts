/** What a feature gives to the whole; read by `app/features.ts` only. */
export interface FeatureManifest {
  readonly name: string;
  /** type-graphql resolver classes. */
  readonly resolvers?: readonly (new () => object)[];
  /** What `node(id)` can find. */
  readonly nodes?: readonly NodeKind[];
  /** Run by every server process when a row of `timer` with that purpose is due. */
  readonly timers?: readonly TimerHandler[];
  /** Done by every server process at its start and from time to time. */
  readonly chores?: readonly Chore[];
}

/** Work that no timer of a record asks for, e.g. looking for agreements that end. Several processes may do it at once. */
export interface Chore {
  readonly name: string;
  readonly everyMinutes: number;
  /** Given the `Database`. */
  run(database: object): Promise<unknown>;
}

/** How one kind of record is found by id: only those that the asker may see (ORG-03). */
export interface NodeKind {
  readonly typeName: string;
  /** Given the request's context; said loosely here because the kernel imports nothing. */
  find(context: object, ids: readonly string[]): Promise<ReadonlyMap<string, object>>;
}

/** Acts on a due ticket in a transaction of its own: locks the ticket, derives the state anew, moves or deletes the timer. */
export interface TimerHandler {
  readonly purpose: string;
  /** Given the `Database`. */
  handle(database: object, ticketId: string): Promise<void>;
}
