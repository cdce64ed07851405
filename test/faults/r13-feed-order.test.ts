import { test } from 'vitest';
import { expectQuickForm } from './harness/quick-form.ts';
import { feedOrder } from './r13-feed-order.fault.ts';

test('LIV-02 32 writers with slow commits: the feed is the order of commits and skips nothing', { timeout: 120_000 }, () => expectQuickForm(feedOrder));
