import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { killDatabase } from './r2-kill-database.fault.ts';

test('LIV-04 PostgreSQL killed under load loses nothing that was acknowledged, and the servers find it again by themselves', { timeout: 300_000 }, () => expectQuickForm(killDatabase));
