/** Who does the firing in a round: armed beforehand, started when all is armed, stopped when all has fired. */
export interface Firing {
  readonly key: string;
  /** Arms `count` timers, due one after the other within `spreadMs` from `firstDue` (ms since 1970), and says each one's due instant. */
  arm(count: number, firstDue: number, spreadMs: number): Promise<ReadonlyMap<string, number>>;
  /** Begins to fire; told of each when its effect is committed. */
  start(fired: (name: string) => void): Promise<void>;
  stop(): Promise<void>;
  /** Effects in the database for these timers: each must have exactly one. */
  effects(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface Fired {
  readonly lateMs: readonly number[];
  readonly lost: number;
  readonly doubled: number;
}

/** Between the beginning of arming and the first due instant; a cloned incident is some 60 rows, and 100,000 clocks stand there already. */
const LEAD_MS = 15_000;
const PATIENCE_MS = 60_000;
/** A second firing of the same timer would come within this. */
const AFTER_MS = 300;

/** Milliseconds since 1970 with fractions, by this machine's clock, which is PostgreSQL's too. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

/** Arms, waits and counts; lateness is from the due instant to when the worker knows that the effect is committed. */
export async function fireRound(firing: Firing, count: number, spreadMs: number): Promise<Fired> {
  const firstDue = Math.ceil(preciseNow()) + LEAD_MS;
  const due = await firing.arm(count, firstDue, spreadMs);
  const lateMs: number[] = [];
  const all = Promise.withResolvers<void>();
  if (preciseNow() > firstDue - 500) throw new Error(`${firing.key}: arming took longer than the lead; the round would say nothing`);
  await firing.start((name) => {
    const at = due.get(name);
    if (at === undefined) return;
    lateMs.push(preciseNow() - at);
    if (lateMs.length === count) all.resolve();
  });
  const patience = setTimeout(all.resolve, PATIENCE_MS);
  await all.promise;
  clearTimeout(patience);
  await new Promise((done) => setTimeout(done, AFTER_MS));
  await firing.stop();
  const effects = await firing.effects([...due.keys()]);
  const counts = [...due.keys()].map((name) => effects.get(name) ?? 0);
  return { lateMs, lost: counts.filter((found) => found === 0).length, doubled: counts.filter((found) => found > 1).length };
}
