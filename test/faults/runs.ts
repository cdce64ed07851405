import type { FaultRun } from './harness/fault-run.ts';
import { killApp } from './r1-kill-app.fault.ts';
import { busyDatabase } from './r11-busy-database.fault.ts';
import { randomOperations } from './r12-random-operations.fault.ts';
import { feedOrder } from './r13-feed-order.fault.ts';
import { killDatabase } from './r2-kill-database.fault.ts';
import { stopAndGo } from './r3-stop.fault.ts';
import { timers } from './r5-timers.fault.ts';
import { clocks } from './r6-clocks.fault.ts';
import { faultProxy } from './r7-fault-proxy.fault.ts';
import { slowConsumers } from './r8-slow-consumers.fault.ts';
import { auditTampering } from './r15-audit-tampering.fault.ts';

/** The fault runs of `pnpm test:faults`, in the order in which they run. */
export const FAULT_RUNS: readonly FaultRun[] = [
  killApp,
  killDatabase,
  stopAndGo,
  timers,
  clocks,
  faultProxy,
  slowConsumers,
  busyDatabase,
  randomOperations,
  feedOrder,
  auditTampering,
];
