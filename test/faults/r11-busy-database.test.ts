import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { busyDatabase } from './r11-busy-database.fault.ts';

test('API-02 whoever meets a busy database is told so in time, with a code, and goes on as soon as it is free', { timeout: 120_000 }, () => expectQuickForm(busyDatabase));
