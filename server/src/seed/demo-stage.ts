import { permissionsOfRole } from '../features/access/access.rules.ts';
import { TicketEntity } from '../features/ticket/ticket.entity.ts';
import { calendarsFor, type CalendarBook } from '../features/calendar/calendar.service.ts';
import type { Actor } from '../kernel/actor.ts';
import { assert } from '../kernel/assert.ts';
import { DAY, HOUR, type Instant } from '../kernel/instant.ts';
import { Database } from '../platform/db/database.ts';
import { SetTime } from '../platform/time/time-source.ts';
import type { DemoWorld } from './demo-world.ts';
import { DEMO_PEOPLE } from './people.ts';

/** What every made-up record of the demo says of itself. */
export const SYNTHETIC = '（演示数据，系统生成）Synthetic demo record.';

type Command<Input> = (database: Database, actor: Actor, input: Input) => Promise<string>;
interface Aimed {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Thrown when a story has come to now: what comes after has not happened yet. */
class NotYet extends Error {}

/**
 * Where the demo's past is played through the services: its people with their own roles, and a clock that is turned to the instant
 * at which each thing happened. A story that reaches now stops there, so that records of every state are left.
 */
export class DemoStage {
  readonly database: Database;
  readonly world: DemoWorld;
  readonly now: Instant;
  readonly calendars: CalendarBook;
  private readonly time: SetTime;

  private constructor(database: Database, time: SetTime, rest: { world: DemoWorld; now: Instant; calendars: CalendarBook }) {
    this.database = database;
    this.time = time;
    this.world = rest.world;
    this.now = rest.now;
    this.calendars = rest.calendars;
  }

  static async open(of: Database, world: DemoWorld, now: Instant): Promise<DemoStage> {
    const time = new SetTime(now);
    const database = new Database(of.orm, time);
    return new DemoStage(database, time, { world, now, calendars: await calendarsFor(database, database.em) });
  }

  /** Turns the clock; ends the story when that lies ahead. */
  at(instant: Instant): this {
    if (instant > this.now) throw new NotYet();
    this.time.current = instant;
    return this;
  }

  /** Plays a story up to now. */
  async play(story: () => Promise<unknown>): Promise<void> {
    try {
      await story();
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
    }
  }

  /** One of the demo's people, with what their roles allow. */
  by(key: string): Actor {
    const person = DEMO_PEOPLE.find((one) => one.key === key);
    const id = this.world.people.get(key);
    assert(person && id, `the demo has a person "${key}"`);
    const customerId = person.customer === undefined ? null : this.world.customers.get(person.customer) ?? null;
    return {
      kind: 'person', id, name: person.name, customerId, teamIds: person.teams.flatMap((team) => this.world.teams.get(team) ?? []), origin: 'demo',
      grants: person.roles.map((role) => ({ role, permissions: permissionsOfRole(role), customerId, teamId: null })),
    };
  }

  id(key: string): string {
    return this.by(key).id;
  }

  customer(name: string): string {
    const id = this.world.customers.get(name);
    assert(id, `the demo has a customer "${name}"`);
    return id;
  }

  /** What the register has for a customer, always in the same order. */
  items(customer: string): readonly string[] {
    return this.world.items.get(this.customer(customer)) ?? [];
  }

  /** Gives a command on a work record as somebody who has just read it. */
  async tell<Input extends Aimed>(ticketId: string, by: string, command: Command<Input>, input: Omit<NoInfer<Input>, keyof Aimed>): Promise<void> {
    const { version } = await this.database.em.findOneOrFail(TicketEntity, { id: ticketId });
    await command(this.database, this.by(by), { ...input, id: ticketId, expectedVersion: version } as Input);
  }

  /** The first open instant of the office's hours from an instant on, some hours in. */
  office(from: Instant, hours = 0): Instant {
    return this.calendars.resolve(this.calendars.idByKey['5x8'] ?? '').addDuration(from, hours * HOUR);
  }

  /** 22:00 in Shanghai of the day so many days after an instant. */
  night(from: Instant, days: number): Instant {
    const midnight = Math.floor((from + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
    return midnight + days * DAY + 22 * HOUR;
  }
}

/** The beginnings of the organisation's quarters, six of them, the last one being the quarter of `now`; in Shanghai, which has no clock changes. */
export function lastQuarters(now: Instant): { readonly from: Instant; readonly to: Instant }[] {
  const local = new Date(now + 8 * HOUR);
  const index = local.getUTCFullYear() * 4 + Math.floor(local.getUTCMonth() / 3);
  const start = (quarter: number): Instant => Date.UTC(Math.floor(quarter / 4), (quarter % 4) * 3, 1) - 8 * HOUR;
  return Array.from({ length: 6 }, (_, step) => ({ from: start(index - 5 + step), to: start(index - 4 + step) }));
}

/** Numbers that are the same on every run: a small generator with a seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
