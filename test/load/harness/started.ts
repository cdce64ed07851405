type End = () => unknown;

/** What a benchmark has started: ended when the work is over, last first, also when somebody interrupts it. */
export interface Started {
  /** Remembers how to end something, and gives it back. */
  ends<T>(thing: T, end: (thing: T) => unknown): T;
}

export async function withStarted<T>(work: (started: Started) => Promise<T>): Promise<T> {
  const ends: End[] = [];
  const endAll = async (): Promise<void> => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  const interrupted = (): void => void endAll().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await work({
      ends: (thing, end) => {
        ends.push(() => end(thing));
        return thing;
      },
    });
  } finally {
    await endAll();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}
