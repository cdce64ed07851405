import type { FaultRun } from './harness/fault-run.ts';
import { feedOrder } from './r13-feed-order.fault.ts';

/** The fault runs of `pnpm test:faults`, in the order in which they run. */
export const FAULT_RUNS: readonly FaultRun[] = [
  feedOrder,
];
