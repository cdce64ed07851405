import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { timers } from './r5-timers.fault.ts';

test('SLA-02 with a process killed every 5 s each timer fires exactly once and in time', { timeout: 300_000 }, () => expectQuickForm(timers));
