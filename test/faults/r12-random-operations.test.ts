import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { randomOperations } from './r12-random-operations.fault.ts';

test('API-03 INC-02 64 clients on 50 incidents: one order of all operations explains every answer', { timeout: 120_000 }, () => expectQuickForm(randomOperations));
