import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { stopAndGo } from './r3-stop.fault.ts';

test('WBD-02 SLA-02 while a server or its database stands still boards show their age; afterwards nothing has happened twice', { timeout: 300_000 }, () => expectQuickForm(stopAndGo));
