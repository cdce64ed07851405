import type { Actor } from '../../kernel/actor.ts';
import { assert } from '../../kernel/assert.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import type { Instant } from '../../kernel/instant.ts';
import { appendEvents } from '../event-log/append.ts';
import { databaseTime, type TimeSource } from '../time/time-source.ts';
import type { Em, Orm } from './orm.ts';
import { statement } from './statement.ts';

/** An open unit of work: one transaction, one actor, one "now", one list of events. */
export interface Change {
  readonly em: Em;
  readonly actor: Actor;
  /** The database's clock, read once per command, after the row lock (D-19). */
  now(): Promise<Instant>;
  /** Remembers events; they are written as the transaction's last act. */
  emit(...events: readonly DomainEvent[]): void;
}

/** The one door to PostgreSQL: `read` for questions, `change` for commands. */
export class Database {
  readonly orm: Orm;
  readonly time: TimeSource;
  private readonly listeners = new Set<(seq: number) => void>();
  private readonly references = new Map<string, { revision: string; value: Promise<unknown> }>();

  constructor(orm: Orm, time: TimeSource = databaseTime) {
    this.orm = orm;
    this.time = time;
  }

  /** A fresh entity manager outside any transaction. */
  get em(): Em {
    return this.orm.em.fork();
  }

  /** Runs a command: its rows and its events are one transaction, or nothing happened. Only the outermost service calls this. */
  async change<T>(actor: Actor, work: (change: Change) => Promise<T>): Promise<T> {
    let committed: number | null = null;
    const result = await this.em.transactional(async (em) => {
      const change = new OpenChange(em, actor, this.time);
      const value = await work(change);
      await em.flush();
      if (change.events.length > 0) committed = await appendEvents(em, actor, await change.now(), change.events);
      return value;
    });
    if (committed !== null) for (const listener of this.listeners) listener(committed);
    return result;
  }

  async now(): Promise<Instant> {
    return this.time.read(this.em);
  }

  /** Told the newest seq after each commit of this process: a wake-up hint for the live feed and the timers. */
  onCommit(listener: (seq: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Slow-changing reference data (policies, compiled calendars), kept per process and loaded again when an edit
   * in any process has counted the revision up (`touchReferences`).
   */
  async reference<T>(em: Em, name: string, load: (em: Em) => Promise<T>): Promise<T> {
    const revision = READ.get(em)?.revision ?? (await referenceRevision(em));
    const kept = this.references.get(name);
    // What this transaction has edited itself may still be rolled back: it is read, but not kept.
    if (TOUCHED.has(em)) return load(em);
    if (kept && kept.revision === revision) return kept.value as Promise<T>;
    const value = load(em);
    this.references.set(name, { revision, value });
    value.catch(() => this.references.delete(name));
    return value;
  }
}

/** Entity managers whose transaction has edited reference data. */
const TOUCHED = new WeakSet<Em>();

/** What a statement of this transaction has read with other things, so that it is not asked for again. */
const READ = new WeakMap<Em, { readonly revision: string; readonly now: Instant }>();

/** The transaction goes on by the policies and calendars of that revision; `now` is its instant unless it has one already. */
export function alreadyRead(em: Em, read: { readonly revision: string; readonly now: Instant }): void {
  READ.set(em, read);
}

/** Counts the edits of policies and calendars. */
export async function referenceRevision(em: Em): Promise<string> {
  const rows = await statement<{ revision: string }>(em, 'select revision from reference_revision where id = 1', []);
  return rows[0]!.revision;
}

/** To be called in the same transaction by every edit of policies, calendars and customers' dates. */
export async function touchReferences(em: Em): Promise<void> {
  TOUCHED.add(em);
  READ.delete(em);
  await em.execute('update reference_revision set revision = revision + 1 where id = 1');
}

class OpenChange implements Change {
  readonly em: Em;
  readonly actor: Actor;
  readonly events: DomainEvent[] = [];
  private readonly time: TimeSource;
  private instant: Promise<Instant> | null = null;

  constructor(em: Em, actor: Actor, time: TimeSource) {
    this.em = em;
    this.actor = actor;
    this.time = time;
  }

  // Arrow functions, so that a command may take the parts it needs: `({ em, emit, now }) => …`.
  readonly now = (): Promise<Instant> => {
    const read = READ.get(this.em);
    this.instant ??= read ? Promise.resolve(read.now) : this.time.read(this.em);
    return this.instant;
  };

  readonly emit = (...events: readonly DomainEvent[]): void => {
    for (const event of events) assert(event.subjectId, `event ${event.type} has a subject`);
    this.events.push(...events);
  };
}
