import { expect, test } from 'vitest';
import { EventRing } from './event-ring.ts';
import type { LoggedEvent } from './logged-event.ts';

function event(seq: number, ticketId: string | null): LoggedEvent {
  return { seq, type: 'incident.logged', subjectKind: 'incident', subjectId: 's', ticketId, customerId: null, teamIds: [], occurredAt: 0, after: null, before: null, reason: null, mark: null };
}

const seqs = (events: readonly LoggedEvent[] | null): readonly number[] | null => events && events.map(({ seq }) => seq);

function ringOf(most: number): EventRing {
  const ring = new EventRing(most);
  ring.push([event(11, 'a'), event(12, 'b'), event(13, null), event(14, 'a'), event(15, 'b')]);
  return ring;
}

test('LIV-02 events after a position up to another, of all or of one ticket', () => {
  const ring = ringOf(5);
  expect(seqs(ring.between(11, 14, null))).toEqual([12, 13, 14]);
  expect(seqs(ring.between(10, 14, 'a'))).toEqual([11, 14]);
  expect(seqs(ring.between(11, 15, 'a'))).toEqual([14]);
  expect(seqs(ring.between(15, 15, null))).toEqual([]);
  expect(seqs(ring.between(20, 15, null))).toEqual([]);
  expect(seqs(ring.between(10, 15, 'c'))).toEqual([]);
});

test('LIV-02 what was forgotten is not taken for nothing', () => {
  const ring = ringOf(3);
  expect(ring.between(11, 15, null)).toBeNull();
  expect(ring.between(11, 15, 'a')).toBeNull();
  expect(seqs(ring.between(12, 15, null))).toEqual([13, 14, 15]);
  expect(seqs(ring.between(12, 15, 'a'))).toEqual([14]);
  ring.clear();
  expect(ring.between(15, 15, null)).toBeNull();
});
