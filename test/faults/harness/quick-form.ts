import { expect, inject } from 'vitest';
import '../../support/global-setup.ts';
import type { FaultRun } from './fault-run.ts';

/** What CI asks of every fault run: its quick volume without a finding, and each planted defect found. */
export async function expectQuickForm(fault: FaultRun): Promise<void> {
  const { url } = inject('testServer');
  const outcome = await fault.run(url, { from: 0, upTo: fault.quick, seed: 1, over: () => false, say: () => undefined });
  expect(outcome.findings).toEqual([]);
  expect(outcome.done).toBeGreaterThanOrEqual(fault.quick);
  const controls = await fault.controls(url);
  expect(controls.filter(({ findings }) => findings.length === 0).map(({ planted }) => planted)).toEqual([]);
  expect(controls.length).toBeGreaterThan(0);
}
