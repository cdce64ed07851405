/** What a feature gives to the whole; read by `app/features.ts` only. */
export interface FeatureManifest {
  readonly name: string;
  /** type-graphql resolver classes. */
  readonly resolvers?: readonly (new () => object)[];
  /** What `node(id)` can find. */
  readonly nodes?: readonly NodeKind[];
  /** Fields of Query that one statement may answer (`JsonRoot`), and how rows of a type are read for them (`JsonShape`); see platform/graphql. */
  readonly jsonRoots?: readonly object[];
  readonly jsonShapes?: readonly object[];
  /** Run by every server process when a row of `timer` with that purpose is due. */
  readonly timers?: readonly TimerHandler[];
  /** Done by every server process at its start and from time to time. */
  readonly chores?: readonly Chore[];
  /** What follows from events of lower features; done once each, in order, soon after the commit. */
  readonly consumers?: readonly Consumer[];
  /** Files made on demand: `GET /downloads/NAME?…`. */
  readonly downloads?: readonly Download[];
  /** Files that are more than an attachment: `POST /uploads/NAME?…` with the bytes as body. */
  readonly uploads?: readonly Upload[];
}

/** Takes a file, e.g. a register to compare, from whoever is signed in; answers JSON. */
export interface Upload {
  readonly name: string;
  /** Given the request's context, the query's texts and the bytes; checks rights itself (ORG-03). */
  take(context: object, query: Readonly<Record<string, string>>, content: Uint8Array): Promise<object>;
}

/** A file made from records, e.g. an export: `GET /downloads/NAME?…` by whoever is signed in. */
export interface Download {
  readonly name: string;
  /** Given the request's context and the query's texts; checks rights itself (ORG-03). */
  make(context: object, query: Readonly<Record<string, string>>): Promise<DownloadedFile | StreamedFile>;
}

export interface DownloadedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Uint8Array | string;
}

/** A file too long to be held: its pieces are sent as they are made, no faster than they are read. */
export interface StreamedFile extends Omit<DownloadedFile, 'content'> {
  readonly pieces: AsyncIterable<string>;
}

/** Follows the event log: what travels up from a lower feature, and may come a moment later. */
export interface Consumer {
  /** For ever: its position in the log is kept under this name. */
  readonly name: string;
  /** Types of events that it gets, e.g. `incident.recorded`. */
  readonly types: readonly string[];
  /** Given the `Database`, the open unit of work (`Change`) and the events (`LoggedEvent[]`), oldest first. */
  consume(database: object, change: object, events: readonly object[]): Promise<void>;
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
  /** The same for several in one transaction, where that is quicker. If it fails nothing has happened, and each is handled alone. */
  handleMany?(database: object, ticketIds: readonly string[]): Promise<void>;
}
