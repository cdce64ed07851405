declare module 'autocannon' {
  interface Settings {
    readonly url: string;
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
  }
  interface Result {
    readonly errors: number;
    readonly non2xx: number;
    readonly timeouts: number;
  }
  interface Instance extends Promise<Result> {
    on(event: 'response', listener: (client: unknown, status: number) => void): void;
  }
  const start: (settings: Settings) => Instance;
  export = start;
}
