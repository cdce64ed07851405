import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { faultProxy } from './r7-fault-proxy.fault.ts';

test('LIV-02 WBD-02 API-03 connections that break in every way leave no gap, no lie, nothing lost or doubled, and nothing behind', { timeout: 300_000 }, () => expectQuickForm(faultProxy));
