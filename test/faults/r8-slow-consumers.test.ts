import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { slowConsumers } from './r8-slow-consumers.fault.ts';

// It compares delays of healthy boards with and without slow clients: once more tells a late machine from a fault.
test('LIV-06 clients that stop reading or send by drops cost bounded memory, slow nobody, are ended and may come back', { timeout: 300_000, retry: 1 }, () => expectQuickForm(slowConsumers));
