import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { killApp } from './r1-kill-app.fault.ts';

test('SLA-13 API-03 the server killed under load loses and doubles nothing that it acknowledged', { timeout: 300_000 }, () => expectQuickForm(killApp));
