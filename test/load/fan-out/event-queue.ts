/** What a simple publisher gives each subscriber: an async iterator over what is pushed. */
export class EventQueue<T> implements AsyncIterableIterator<T> {
  private readonly held: T[] = [];
  private taker: ((result: IteratorResult<T>) => void) | null = null;
  private readonly closed: () => void;

  constructor(closed: () => void) {
    this.closed = closed;
  }

  push(value: T): void {
    if (!this.taker) return void this.held.push(value);
    const take = this.taker;
    this.taker = null;
    take({ done: false, value });
  }

  next(): Promise<IteratorResult<T>> {
    if (this.held.length > 0) return Promise.resolve({ done: false, value: this.held.shift()! });
    return new Promise((done) => (this.taker = done));
  }

  return(): Promise<IteratorResult<T>> {
    this.closed();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
