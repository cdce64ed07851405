/** Numbers by chance that come again with the same seed (mulberry32). */
export class Draw {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  pickOr<Item, Other>(items: readonly Item[], other: Other): Item | Other {
    return items.length === 0 ? other : this.pick(items);
  }

  /** By weight; all weights are positive. */
  weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item {
    const total = items.reduce((sum, item) => sum + weightOf(item), 0);
    let left = this.next() * total;
    for (const item of items) {
      left -= weightOf(item);
      if (left < 0) return item;
    }
    return this.pick(items);
  }

  /** What a person types; now and then nothing at all. */
  text(what: string): string {
    return this.chance(0.02) ? ' ' : `${what} ${this.whole(1, 999)}`;
  }

  /** A source of its own, so that what runs beside it draws the same whatever comes first. */
  fork(): Draw {
    return new Draw(Math.floor(this.next() * 4_294_967_296));
  }
}
