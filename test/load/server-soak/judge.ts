import { grows, trendOf } from '../../support/page-memory.ts';

/** What a server holds after a forced collection. */
export interface ServerHolding {
  readonly minute: number;
  readonly heapMb: number;
  readonly rssMb: number;
  readonly sockets: number;
  readonly timers: number;
  readonly connections: number;
}

/** Megabytes a minute: a month of a leak of this size is 4 GB. */
const MOST_MB_PER_MINUTE = 0.1;
/** Pages that the allocator keeps come and go by megabytes; what is in them is judged by the heap. */
const MOST_RSS_MB_PER_MINUTE = 0.5;
/** A screen that comes back has two sockets for a moment. */
const SURPLUS = 10;

/** What is wrong with a soak; nothing when memory is flat and everything counted stands still. */
export function faultsOf(samples: readonly ServerHolding[]): { readonly faults: readonly string[]; readonly says: string } {
  const slope = (value: (sample: ServerHolding) => number) => trendOf(samples.map((sample) => ({ minute: sample.minute, heapMb: value(sample), nodes: sample.timers, listeners: sample.sockets })));
  const heap = slope(({ heapMb }) => heapMb);
  const rss = slope(({ rssMb }) => rssMb);
  const counted = (['sockets', 'timers', 'connections'] as const).map((name) => ({ name, ...halvesOf(samples.map((sample) => sample[name])) }));
  const faults = [
    ...(grows(heap, MOST_MB_PER_MINUTE) ? ['the heap grows'] : []),
    ...(grows(rss, MOST_RSS_MB_PER_MINUTE) ? ['the resident memory grows'] : []),
    ...counted.filter(({ first, second }) => second > first * 1.01 + SURPLUS).map(({ name }) => `${name} grow`),
  ];
  const says = [
    `heap ${shown(heap)} MB/min`, `RSS ${shown(rss)} MB/min`, ...counted.map(({ name, first, second }) => `${name} ${first} → ${second}`),
  ].join('; ');
  return { faults, says };
}

/** The fewest in the first half and in the second, without the first fifth, in which code is compiled and pools fill. */
function halvesOf(values: readonly number[]): { readonly first: number; readonly second: number } {
  const kept = values.slice(Math.ceil(values.length / 5));
  const half = Math.floor(kept.length / 2);
  return { first: Math.min(...kept.slice(0, half)), second: Math.min(...kept.slice(half)) };
}

function shown({ mbPerMinute, error }: { readonly mbPerMinute: number; readonly error: number }): string {
  return `${mbPerMinute >= 0 ? '+' : ''}${mbPerMinute.toFixed(3)} ± ${error.toFixed(3)}`;
}
