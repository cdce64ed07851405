/**
 * Preloaded into a server process: its wall clock can be set and made to run wrong while it serves, as somebody or NTP does it on a
 * machine. Timers and the monotonic clock go on as they do there. Told by its parent: `{ shiftMs, partsPerMillion }`.
 */
const right = Date.now.bind(Date);
let shiftMs = 0;
let partsPerMillion = 0;
let since = right();

const now = (): number => Math.floor(right() + shiftMs + ((right() - since) * partsPerMillion) / 1_000_000);

process.on('message', (told: unknown) => {
  if (typeof told !== 'object' || told === null || !('shiftMs' in told) || !('partsPerMillion' in told)) return;
  shiftMs = Number(told.shiftMs);
  partsPerMillion = Number(told.partsPerMillion);
  since = right();
});
// The channel alone must not keep the process.
process.channel?.unref();

globalThis.Date = new Proxy(Date, {
  construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now()] : given, self),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
