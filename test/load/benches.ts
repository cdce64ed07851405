/** The benchmarks of `pnpm bench NAME`, each in `NAME.bench.ts`. */
export const BENCHES: readonly string[] = [
  'business-time',
  'commit-to-socket',
  'fan-out',
  'idle-sockets',
  'live-views',
  'processes',
  'queue-page',
  'scale',
  'ticket-page',
  'timers',
  'writes',
];
