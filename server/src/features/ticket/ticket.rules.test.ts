import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TicketSpan } from './ticket.entity.ts';
import { entryInstant, heldAt, legsOf, turnSpan, type EntryTime, type SpanFacts } from './ticket.rules.ts';

let ids = 0;
const newId = (): string => `id-${(ids += 1)}`;
const facts = (more: Partial<SpanFacts & { ended: boolean }> = {}) => ({ ticketId: 't', state: 'in-progress', teamId: 'a', holderId: null, accepted: true, ended: false, ...more });

describe('SLA-04 HND-06 spans and legs', () => {
  test('SLA-04 nothing changed, no new span', () => {
    const spans: TicketSpan[] = [];
    expect(turnSpan(spans, facts(), 10, newId)).not.toBeNull();
    expect([turnSpan(spans, facts(), 20, newId), spans.length, spans[0]!.toAt]).toEqual([null, 1, null]);
  });

  test('HND-06 waiting for acceptance and worked are told apart, and both are the receiver\'s', () => {
    const spans: TicketSpan[] = [];
    turnSpan(spans, facts({ teamId: 'a' }), 0, newId);
    turnSpan(spans, facts({ teamId: 'b', accepted: false }), 100, newId);
    turnSpan(spans, facts({ teamId: 'b', holderId: 'bob' }), 130, newId);
    turnSpan(spans, facts({ teamId: 'b', holderId: 'bob', state: 'suspended' }), 150, newId);
    expect(legsOf(spans, 200)).toEqual([
      { teamId: 'a', from: 0, acceptedAt: 0, to: 100, waitingMs: 0, workedMs: 100 },
      { teamId: 'b', from: 100, acceptedAt: 130, to: null, waitingMs: 30, workedMs: 70 },
    ]);
  });

  test('HND-01 rejected: the wait was the receiver\'s, the time after it is the sender\'s again', () => {
    const spans: TicketSpan[] = [];
    turnSpan(spans, facts({ teamId: 'a', holderId: 'ann' }), 0, newId);
    turnSpan(spans, facts({ teamId: 'b', accepted: false }), 100, newId);
    turnSpan(spans, facts({ teamId: 'a', holderId: 'ann' }), 160, newId);
    turnSpan(spans, facts({ ended: true, state: 'closed' }), 200, newId);
    expect(legsOf(spans, 999).map(({ teamId, waitingMs, workedMs, acceptedAt }) => [teamId, waitingMs, workedMs, acceptedAt])).toEqual([['a', 0, 100, 0], ['b', 60, 0, null], ['a', 0, 40, 160]]);
  });

  test('SLA-14 who held it: half-open, and before the first span whoever held that one', () => {
    const spans: TicketSpan[] = [];
    turnSpan(spans, facts({ teamId: 'a', holderId: 'ann' }), 10, newId);
    turnSpan(spans, facts({ teamId: 'b', holderId: 'bob' }), 20, newId);
    expect([9, 19, 20].map((at) => heldAt(spans, at).holderId)).toEqual(['ann', 'ann', 'bob']);
    expect(heldAt([], 5)).toEqual({ teamId: null, holderId: null });
  });

  const change = fc.record({
    state: fc.constantFrom('awaiting-assignment', 'in-progress', 'suspended', 'awaiting-feedback'), teamId: fc.constantFrom('a', 'b', 'c', null),
    holderId: fc.constantFrom('ann', 'bob', null), accepted: fc.boolean(), afterMs: fc.integer({ min: 0, max: 5000 }),
  });

  test('HND-06 spans follow each other without gap, and the legs always add up to the ticket\'s total', () => {
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), fc.boolean(), fc.integer({ min: 0, max: 5000 }), (changes, closes, restMs) => {
      const spans: TicketSpan[] = [];
      let at = 1000;
      for (const { afterMs, ...next } of changes) {
        at += afterMs;
        turnSpan(spans, { ticketId: 't', ended: false, ...next }, at, newId);
      }
      const begun = spans[0]!.fromAt;
      const end = at + restMs;
      if (closes) turnSpan(spans, { ...facts({ ended: true, state: 'closed' }) }, end, newId);
      spans.forEach((span, index) => expect(span.toAt).toBe(spans[index + 1]?.fromAt ?? (closes ? end : null)));
      expect(spans.map(({ seq }) => seq)).toEqual(spans.map((_, index) => index + 1));
      const total = legsOf(spans, end).reduce((sum, { waitingMs, workedMs }) => sum + waitingMs + workedMs, 0);
      expect(total).toBe(end - begun);
    }), { numRuns: 300 });
  });

  test('D-19 a span never begins before the one that it follows', () => {
    const spans: TicketSpan[] = [];
    turnSpan(spans, facts({ teamId: 'a' }), 100, newId);
    turnSpan(spans, facts({ teamId: 'b' }), 50, newId);
    expect(spans.map(({ fromAt, toAt }) => [fromAt, toAt])).toEqual([[100, 100], [100, null]]);
  });
});

describe('INC-19 late entry', () => {
  const now = Date.parse('2026-03-02T04:00:00Z');
  const entry = (more: Partial<EntryTime> = {}): EntryTime => ({ now, occurredAt: null, lateReason: 'was on the phone', notBefore: 0, limitMinutes: 120, byLead: false, ...more });
  const HOURS = 3_600_000;
  const code = (more: Partial<EntryTime>): string => {
    try {
      return String(entryInstant(entry(more)));
    } catch (refusal) {
      return (refusal as { code: string }).code;
    }
  };

  test('INC-19 no time given, or now, is now and needs no reason', () => {
    expect([entryInstant(entry()), entryInstant(entry({ occurredAt: now, lateReason: null }))]).toEqual([now, now]);
  });

  test('INC-19 two hours back is in the bound, a millisecond more needs a lead', () => {
    expect([code({ occurredAt: now - 2 * HOURS }), code({ occurredAt: now - 2 * HOURS - 1 }), code({ occurredAt: now - 2 * HOURS - 1, byLead: true })])
      .toEqual([String(now - 2 * HOURS), 'APPROVAL_NEEDED', String(now - 2 * HOURS - 1)]);
  });

  test('INC-19 never in the future, not even by a millisecond', () => {
    expect([code({ occurredAt: now + 1 }), code({ occurredAt: now + 1, byLead: true })]).toEqual(['OUT_OF_RANGE', 'OUT_OF_RANGE']);
  });

  test('INC-19 never before the record\'s start or its last event of that kind, not even by a lead', () => {
    const notBefore = now - HOURS;
    expect([code({ occurredAt: notBefore, notBefore }), code({ occurredAt: notBefore - 1, notBefore }), code({ occurredAt: notBefore - 1, notBefore, byLead: true })])
      .toEqual([String(notBefore), 'OUT_OF_RANGE', 'OUT_OF_RANGE']);
  });

  test('INC-19 it needs a reason, and blanks are none', () => {
    expect([code({ occurredAt: now - 1, lateReason: null }), code({ occurredAt: now - 1, lateReason: '  ' }), code({ occurredAt: now - 1, lateReason: 'drove' })]).toEqual(['MISSING_FIELD', 'MISSING_FIELD', String(now - 1)]);
  });
});
