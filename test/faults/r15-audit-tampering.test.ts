import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { auditTampering } from './r15-audit-tampering.fault.ts';

test('ORG-05 whatever is altered in the audit trail is found, with the place, and an honest trail is not accused', { timeout: 120_000 }, () => expectQuickForm(auditTampering));
