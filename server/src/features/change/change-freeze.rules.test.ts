import { describe, expect, test } from 'vitest';
import { freezeRefusal, isOverridden, stops, type Freeze, type WantedWindow } from './change-freeze.rules.ts';

const at = (time: string): number => Date.parse(`2026-03-${time}:00Z`);
const freeze = (more: Partial<Freeze> = {}): Freeze => ({
  id: 'f1', name: 'Two Sessions', reason: 'Safeguard', startsAt: at('03T00:00'), endsAt: at('13T00:00'), customerIds: [], serviceIds: [], ciIds: [], allowedCategories: ['emergency'], cancelledAt: null, ...more,
});
const wanted = (more: Partial<WantedWindow> = {}): WantedWindow => ({
  window: { from: at('04T22:00'), to: at('05T02:00') }, category: 'general', customerIds: new Set(['acme']), serviceIds: new Set(['mail']), ciIds: new Set(['srv-1']), ...more,
});
const during = (from: string, to: string): boolean => stops(freeze(), wanted({ window: { from: at(from), to: at(to) } }));

describe('FRZ-01 when', () => {
  test('FRZ-01 a window inside is stopped, and one that only reaches into it', () => {
    expect([during('04T22:00', '05T02:00'), during('02T22:00', '03T00:01'), during('12T23:59', '13T02:00'), during('01T00:00', '20T00:00')]).toEqual([true, true, true, true]);
  });

  test('FRZ-01 the span is half-open: ending when it begins and beginning when it ends are free', () => {
    expect([during('02T22:00', '03T00:00'), during('13T00:00', '13T02:00')]).toEqual([false, false]);
    expect(stops(freeze(), wanted({ window: { from: at('02T22:00'), to: at('03T00:00') + 1 } }))).toBe(true);
    expect(stops(freeze(), wanted({ window: { from: at('13T00:00') - 1, to: at('13T02:00') } }))).toBe(true);
  });

  test('FRZ-01 a category that is allowed goes on; a freeze that was called off stops nothing', () => {
    expect([stops(freeze(), wanted({ category: 'emergency' })), stops(freeze({ cancelledAt: at('02T00:00') }), wanted())]).toEqual([false, false]);
  });
});

describe('FRZ-01 whom', () => {
  test.each([
    ['nothing named stops all', {}, true],
    ['its customer', { customerIds: ['acme'] }, true], ['another customer', { customerIds: ['globex'] }, false],
    ['its service', { serviceIds: ['mail'] }, true], ['another service', { serviceIds: ['erp'] }, false],
    ['its CI', { ciIds: ['srv-1'] }, true], ['another CI', { ciIds: ['srv-2'] }, false],
    ['a service or a CI: one is enough', { serviceIds: ['erp'], ciIds: ['srv-1'] }, true],
    ['the customer narrows: the CI alone is not enough', { customerIds: ['globex'], ciIds: ['srv-1'] }, false],
    ['the customer narrows: customer and CI', { customerIds: ['acme'], ciIds: ['srv-1'] }, true],
    ['the customer without the CI', { customerIds: ['acme'], ciIds: ['srv-2'] }, false],
  ])('FRZ-01 %s', (_, scope, expected) => {
    expect(stops(freeze(scope), wanted())).toBe(expected);
  });
});

test('FRZ-01 an override holds for the window that was decided on and any inside it, not for one minute more', () => {
  const overrides = [{ freezeId: 'f1', windowStartAt: at('04T22:00'), windowEndAt: at('05T02:00') }];
  const held = (from: string, to: string, id = 'f1'): boolean => isOverridden(id, { from: at(from), to: at(to) }, overrides);
  expect([held('04T22:00', '05T02:00'), held('04T23:00', '05T01:00')]).toEqual([true, true]);
  expect([held('04T21:59', '05T02:00'), held('04T22:00', '05T02:01'), held('04T22:00', '05T02:00', 'f2')]).toEqual([false, false, false]);
});

test('FRZ-01 the refusal names every window and who may override', () => {
  const refusal = freezeRefusal([freeze(), freeze({ id: 'f2', name: 'Year end' })]);
  expect(refusal.code).toBe('FREEZE');
  expect(refusal.message).toContain('"Two Sessions" (2026-03-03T00:00:00Z to 2026-03-13T00:00:00Z: Safeguard), "Year end"');
  expect(refusal.message).toContain('a department manager or the change manager');
  expect(refusal.detail).toMatchObject({ freezes: [{ id: 'f1' }, { id: 'f2' }], permission: 'freeze.override' });
});
