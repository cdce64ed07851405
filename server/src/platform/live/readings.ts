import type { Database } from '../db/database.ts';
import { type EventTailer, MOST_RESUMED } from './event-tailer.ts';
import { Gate } from './gate.ts';
import type { LiveView, Reading, ViewFamily } from './live-view.ts';
import { readEvents } from './log-reader.ts';
import type { LoggedEvent } from './logged-event.ts';
import { readTogether } from './read-together.ts';

/** Evaluations at once: the others of the pool's connections are for those who work. */
const AT_ONCE = 4;
/** Views of a family in one look: a statement with so many ids takes a few milliseconds. */
const MOST_TOGETHER = 1000;

/** A look at the database, with what a cohort needs to know there. */
export interface Look extends Reading {
  /** Events with `from` < seq ≤ the look's own that may concern the view; null when they are too many. */
  eventsSince(from: number, ticketId: string | null): Promise<readonly LoggedEvent[] | null>;
  evaluate(view: LiveView<unknown>, before: unknown, touched: ReadonlySet<string>): Promise<unknown>;
}

type Looker = (look: Look) => Promise<void>;

/** Looks at the database: few at once, and one for all views of a family that want one meanwhile. */
export class Readings {
  private readonly database: Database;
  private readonly tailer: EventTailer;
  private readonly gate = new Gate(AT_ONCE);
  private readonly enlisted = new Map<ViewFamily, { readonly lookers: Looker[]; readonly round: Promise<void> }>();

  constructor(database: Database, tailer: EventTailer) {
    this.database = database;
    this.tailer = tailer;
  }

  async look<T>({ family }: LiveView<unknown>, looker: (look: Look) => Promise<T>): Promise<T> {
    if (!family) return this.gate.run(() => readTogether(this.database, (reading) => looker(this.lookIn(reading, null))));
    const answer = Promise.withResolvers<T>();
    const round = this.enlist(family, (look) => looker(look).then(answer.resolve, answer.reject));
    // Where the transaction fails as a whole, nobody has been answered.
    round.catch(answer.reject);
    return answer.promise;
  }

  /** Joins the next look of the family: those who come while it waits for its turn are in it too. */
  private enlist(family: ViewFamily, looker: Looker): Promise<void> {
    const waiting = this.enlisted.get(family);
    if (waiting && waiting.lookers.length < MOST_TOGETHER) {
      waiting.lookers.push(looker);
      return waiting.round;
    }
    const lookers = [looker];
    const round = nextTurn().then(() => this.gate.run(() => {
      if (this.enlisted.get(family)?.lookers === lookers) this.enlisted.delete(family);
      return this.lookTogether(family, lookers);
    }));
    this.enlisted.set(family, { lookers, round });
    return round;
  }

  private async lookTogether(family: ViewFamily, lookers: readonly Looker[]): Promise<void> {
    await readTogether(this.database, async (reading) => {
      const look = this.lookIn(reading, family);
      await Promise.all(lookers.map((looker) => looker(look)));
    });
  }

  private lookIn(reading: Reading, family: ViewFamily | null): Look {
    const { tailer } = this;
    // Views that look together lack the same newest events.
    const read = remembered((from, to) => readEvents(reading.em, from, to, MOST_RESUMED));
    const together = family && evaluateTogether(family, reading);
    return {
      ...reading,
      eventsSince: (from, ticketId) => tailer.between(read, { from, to: reading.seq, ticketId }),
      evaluate: (view, before, touched) => (together ? together(view) : view.evaluate(reading, before, touched)),
    };
  }
}

/** When everybody whose timer or answer is due by now has had a turn. */
const nextTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

type ReadRange = (from: number, to: number) => Promise<LoggedEvent[]>;

function remembered(read: ReadRange): ReadRange {
  const kept = new Map<string, Promise<LoggedEvent[]>>();
  return (from, to) => {
    const key = `${from} ${to}`;
    const known = kept.get(key) ?? read(from, to);
    kept.set(key, known);
    return known;
  };
}

/** Gathers who wants to be evaluated until everybody had a turn, and asks for all of them at once. */
function evaluateTogether(family: ViewFamily, reading: Reading): (view: LiveView<unknown>) => Promise<unknown> {
  let gathering: { views: LiveView<unknown>[]; states: Promise<readonly unknown[]> } | null = null;
  return async (view) => {
    if (gathering === null) {
      const views: LiveView<unknown>[] = [];
      const states = nextTurn().then(() => {
        gathering = null;
        return family.evaluateAll(reading, views);
      });
      gathering = { views, states };
    }
    const { views, states } = gathering;
    const place = views.push(view) - 1;
    return (await states)[place];
  };
}
