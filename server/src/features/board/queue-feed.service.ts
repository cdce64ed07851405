import type { Actor } from '../../kernel/actor.ts';
import { MINUTE, type Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Frame, LiveView, Reading, Step } from '../../platform/live/live-view.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { orderKey } from './board-order.rules.ts';
import { movesWithTime, type IncidentFilter } from './incident-filter.rules.ts';
import { countIncidents, MOST_QUEUED, queueLines, type QueueLine, type QueueShape } from './incident-list.queries.ts';
import { conditionFor } from './incident-list.service.ts';

interface QueueKey extends Pick<QueueLine, 'id' | 'version' | 'group' | 'dueAt' | 'breached'> {
  readonly order: string;
}

/** Which incidents, in which order, in which groups. */
export interface QueueQuestion extends QueueShape {
  readonly filter: IncidentFilter;
}

interface QueueState {
  readonly keys: ReadonlyMap<string, QueueKey>;
  readonly total: number;
  readonly readFullyAt: Instant;
  /** Up to here something moved that no event told of; a screen from before it starts anew. */
  readonly silentSeq: number;
}

/** What no event tells (a calendar's edit moves due instants) is found so often. */
const READ_FULLY_EVERY = MINUTE;
/** A screen that missed more than this starts anew. */
const MOST_CAUGHT_UP = 2000;

/** A queue as ordered ids with sort keys and versions; the screen asks for the bodies of the rows that it shows (WBD-04). */
export class QueueView implements LiveView<QueueState> {
  readonly key: string;
  private readonly database: Database;
  private readonly filter: IncidentFilter;
  private readonly shape: QueueShape;
  private readonly actor: Actor;

  constructor(database: Database, { filter, sort, group }: QueueQuestion, actor: Actor) {
    this.database = database;
    this.filter = filter;
    this.shape = { sort, group };
    this.actor = actor;
    this.key = `queue ${sort} ${group ?? ''} ${JSON.stringify(filter)}`;
  }

  concerns({ ticketId, customerId }: LoggedEvent): boolean {
    return ticketId !== null && (this.actor.customerId === null || customerId === this.actor.customerId);
  }

  /** A filter by clock or age moves rows in and out as time goes by. */
  changesByTime({ readFullyAt }: QueueState, now: Instant): boolean {
    return movesWithTime(this.filter) || now - readFullyAt >= READ_FULLY_EVERY;
  }

  async evaluate(reading: Reading, before: QueueState | null, touched: ReadonlySet<string>): Promise<QueueState> {
    if (before === null || this.changesByTime(before, reading.now) || before.total > MOST_QUEUED) return this.readFully(reading, before, touched);
    const lines = await queueLines(reading.em, await this.condition(reading), this.shape, touched);
    const keys = new Map(before.keys);
    for (const id of touched) keys.delete(id);
    for (const line of lines) keys.set(line.id, this.keyOf(line));
    return { keys, total: keys.size, readFullyAt: before.readFullyAt, silentSeq: before.silentSeq };
  }

  snapshot({ keys, total }: QueueState, frame: Frame): object {
    return { __typename: 'QueueSnapshot', ...frame, rows: [...keys.values()].sort(byOrder), total };
  }

  delta(before: QueueState, after: QueueState, { fromSeq, toSeq, asOf }: Step): object | null {
    if (before === after) return null;
    const upserts = [...after.keys.values()].filter((key) => !isSame(before.keys.get(key.id), key));
    const removals = [...before.keys.keys()].filter((id) => !after.keys.has(id));
    if (upserts.length + removals.length === 0 && before.total === after.total) return null;
    return { __typename: 'QueueDelta', fromSeq, toSeq, asOf, upserts, removals, total: after.total };
  }

  resume({ keys, total, silentSeq }: QueueState, touched: ReadonlySet<string>, { fromSeq, toSeq, asOf }: Step): object | null {
    // Of a queue that time changes nobody can tell what else moved meanwhile.
    if (touched.size > MOST_CAUGHT_UP || fromSeq < silentSeq || movesWithTime(this.filter) || total > MOST_QUEUED) return null;
    const upserts = [...touched].flatMap((id) => keys.get(id) ?? []);
    return { __typename: 'QueueDelta', fromSeq, toSeq, asOf, upserts, removals: [...touched].filter((id) => !keys.has(id)), total };
  }

  heartbeat(_before: QueueState, _after: QueueState, frame: Frame): object {
    return { __typename: 'QueueHeartbeat', ...frame };
  }

  private async readFully(reading: Reading, before: QueueState | null, touched: ReadonlySet<string>): Promise<QueueState> {
    const condition = await this.condition(reading);
    const lines = await queueLines(reading.em, condition, this.shape, null);
    const total = lines.length < MOST_QUEUED ? lines.length : await countIncidents(reading.em, condition);
    const keys = new Map(lines.map((line) => [line.id, this.keyOf(line)]));
    const silent = before !== null && [...keys.values()].some((key) => !touched.has(key.id) && !isSame(before.keys.get(key.id), key));
    return { keys, total, readFullyAt: reading.now, silentSeq: silent ? reading.seq : (before?.silentSeq ?? 0) };
  }

  private keyOf(line: QueueLine): QueueKey {
    const { id, version, group, dueAt, breached, suspended } = line;
    return { id, version, group, dueAt: suspended ? null : dueAt, breached, order: orderKey(this.shape.sort, { ...line, remainingMs: null }) };
  }

  private condition({ em, now }: Reading) {
    return conditionFor(this.database, em, { filter: this.filter, actor: this.actor, now });
  }
}

function isSame(before: QueueKey | undefined, now: QueueKey): boolean {
  return before !== undefined && before.order === now.order && before.version === now.version && before.group === now.group
    && before.dueAt === now.dueAt && before.breached === now.breached;
}

function byOrder(a: QueueKey, b: QueueKey): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
