/** States what must hold; a failure is a programmer's mistake, never a user's. */
export function assert(condition: unknown, whatMustHold: string): asserts condition {
  if (!condition) throw new Error(`Must hold: ${whatMustHold}`);
}

/** Makes a `switch` over a union exhaustive: the compiler refuses a forgotten case. */
export function assertNever(value: never): never {
  throw new Error(`Must hold: every case is handled, got ${JSON.stringify(value)}`);
}
