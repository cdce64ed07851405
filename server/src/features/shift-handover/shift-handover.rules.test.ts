import { describe, expect, test } from 'vitest';
import { isHandedOver, isOverdue, obstacle, shiftToHandOver, sidesAt, type Shift } from './shift-handover.rules.ts';

const at = (local: string): number => Date.parse(`2026-03-02T${local}+08:00`);
const shift = (personId: string, from: string, to: string, leader = false): Shift => ({ personId, startsAt: at(from), endsAt: at(to), leader });
const DAY_SHIFT = [shift('li', '08:00:00', '20:00:00', true), shift('wang', '08:00:00', '20:00:00')];
const NIGHT = [shift('zhao', '20:00:00', '23:59:00', true), shift('qian', '20:00:00', '23:59:00')];

describe('ORG-06 who hands over to whom', () => {
  test('ORG-06 the leader of the shift that ends hands over to the leader of the one that begins at that instant', () => {
    expect(sidesAt([...DAY_SHIFT, ...NIGHT], at('20:00:00'), 'lead')).toEqual({ leaving: ['li'], coming: ['zhao'], leadId: 'lead' });
  });

  test('ORG-06 two leaders of a shift are both; without a leader everybody on the shift is; without a shift the team lead stands in', () => {
    const both = [shift('li', '08:00:00', '20:00:00', true), shift('wang', '08:00:00', '20:00:00', true)];
    expect(sidesAt([...both, ...NIGHT], at('20:00:00'), null).leaving).toEqual(['li', 'wang']);
    const none = [shift('li', '08:00:00', '20:00:00'), shift('wang', '08:00:00', '20:00:00')];
    expect(sidesAt([...none, ...NIGHT], at('20:00:00'), 'lead').leaving).toEqual(['li', 'wang']);
    expect(sidesAt(DAY_SHIFT, at('20:00:00'), 'lead').coming).toEqual(['lead']);
    expect(sidesAt(DAY_SHIFT, at('20:00:00'), null).coming).toEqual([]);
  });

  test('ORG-06 a swapped shift changes who takes over', () => {
    const swapped = [shift('sun', '20:00:00', '23:59:00', true)];
    expect(sidesAt([...DAY_SHIFT, ...swapped], at('20:00:00'), null).coming).toEqual(['sun']);
  });

  test('ORG-06 whoever leads on hands nothing over', () => {
    expect(isHandedOver({ leaving: ['li'], coming: ['zhao'], leadId: null })).toBe(true);
    expect(isHandedOver({ leaving: ['li'], coming: ['li', 'zhao'], leadId: null })).toBe(false);
  });

  test('ORG-06 the running shift is handed over; one that ended twelve hours ago is not any more', () => {
    expect(shiftToHandOver([...DAY_SHIFT, ...NIGHT], at('19:59:59'))?.endsAt).toBe(at('20:00:00'));
    expect(shiftToHandOver(DAY_SHIFT, at('20:00:00'))?.endsAt).toBe(at('20:00:00'));
    expect(shiftToHandOver([shift('li', '00:00:00', '08:00:00', true)], at('19:59:59'))?.endsAt).toBe(at('08:00:00'));
    expect(shiftToHandOver([shift('li', '00:00:00', '08:00:00', true)], at('20:00:00'))).toBeNull();
  });
});

describe('ORG-06 who may do what, and when', () => {
  const sides = { leaving: ['li'], coming: ['zhao'], leadId: 'lead' };
  const drafting = { state: 'drafting', signedById: null } as const;
  const signed = { state: 'signed', signedById: 'li' } as const;

  test('ORG-06 only the leaving leader completes and signs, only before it is signed', () => {
    expect([obstacle('sign', drafting, sides, 'li'), obstacle('sign', drafting, sides, 'zhao'), obstacle('sign', drafting, sides, 'lead')]).toEqual([null, 'leaving', 'leaving']);
    expect([obstacle('complete', signed, sides, 'li'), obstacle('sign', signed, sides, 'li')]).toEqual(['state', 'state']);
    expect(obstacle('sign', { state: 'questioned', signedById: null }, sides, 'li')).toBeNull();
  });

  test('ORG-06 only the coming leader or the lead takes over or asks, and nobody from oneself', () => {
    expect([obstacle('takeOver', signed, sides, 'zhao'), obstacle('takeOver', signed, sides, 'lead'), obstacle('takeOver', signed, sides, 'li')]).toEqual([null, null, 'coming']);
    expect(obstacle('takeOver', drafting, sides, 'zhao')).toBe('state');
    expect(obstacle('takeOver', { state: 'signed', signedById: 'lead' }, sides, 'lead')).toBe('own');
    expect(obstacle('sendBack', { state: 'taken-over', signedById: 'li' }, sides, 'zhao')).toBe('state');
  });

  test('ORG-06 it is late from the instant at which its shift ends, until it is taken over', () => {
    const ends = { state: 'signed', endsAt: at('20:00:00') } as const;
    expect([isOverdue(ends, at('19:59:59')), isOverdue(ends, at('20:00:00')), isOverdue({ ...ends, state: 'taken-over' }, at('20:00:00'))]).toEqual([false, true, false]);
  });
});
