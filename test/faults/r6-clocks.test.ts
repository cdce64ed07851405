import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { clocks } from './r6-clocks.fault.ts';

test('SLA-02 D-19 LIV-03 whatever clocks do, nothing fires early, twice or never, and screens count down right', { timeout: 300_000 }, () => expectQuickForm(clocks));
