import { expect, test } from 'vitest';
import { happeningOf, type HappeningEvent } from './happening.rules.ts';

const event: HappeningEvent = { seq: 7, type: 'clock.breached', ticketId: 't', occurredAt: 5, before: null, after: { clock: 'response', step: 'breach' }, reason: null, mark: null };

test('D-29 a breach is a happening of its own', () => {
  expect(happeningOf(event)).toEqual({ seq: 7, kind: 'breached', at: 5, incidentId: 't', text: 'response breach: clock breached' });
});

test('D-25 imported history rings nowhere', () => {
  expect(happeningOf({ ...event, mark: 'imported' })).toBeNull();
  expect(happeningOf({ ...event, mark: 'inferred' })).toBeNull();
});

test('D-29 an incident is a new LV1 once: when it becomes it, not when it is confirmed as what it was', () => {
  const confirmed = { ...event, type: 'incident.levelConfirmed', after: { level: 'LV1' } };
  expect(happeningOf({ ...confirmed, before: { level: 'LV2' } })?.kind).toBe('new-lv1');
  expect(happeningOf({ ...confirmed, before: { level: 'LV1' } })).toBeNull();
  expect(happeningOf({ ...event, type: 'incident.recorded', after: { level: 'LV1' } })?.kind).toBe('new-lv1');
  expect(happeningOf({ ...event, type: 'incident.recorded', after: { level: 'LV2' } })).toBeNull();
});

test('D-29 a work-log entry is none', () => {
  expect(happeningOf({ ...event, type: 'incident.logged' })).toBeNull();
});
