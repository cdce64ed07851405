import type { FaultRun } from './harness/fault-run.ts';

/** The fault runs of `pnpm test:faults`, in the order in which they run. */
export const FAULT_RUNS: readonly FaultRun[] = [];
