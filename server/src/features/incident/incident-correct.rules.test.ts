import { describe, expect, test } from 'vitest';
import { incident, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST, inShanghai, shanghai } from '../../../../test/support/story-world.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { openSuspension } from './incident-case.rules.ts';

const spells = (told: IncidentStory) => told.kase.suspensions.map(({ fromAt, toAt, correctedAt }) => [inShanghai(fromAt), inShanghai(toAt), correctedAt !== null]);
/** Suspended 11:00–12:00 by mistake, seen at 13:00. LV1: resolution due at 18:00, with the pause at 19:00. */
const mistaken = (): IncidentStory => incident({ level: 'LV1' }).at('2026-03-02 11:00').suspend().at('2026-03-02 12:00').resume().at('2026-03-02 13:00');
const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'not refused';
};

describe('INC-22 a lead corrects', () => {
  test('INC-22 a suspension that never was: the clocks are recomputed, the first entry is still there', () => {
    const told = mistaken();
    expect(inShanghai(told.clock('resolution').dueAt)).toBe('2026-03-02 19:00');
    told.correct({});
    expect(inShanghai(told.clock('resolution').dueAt)).toBe('2026-03-02 18:00');
    expect([spells(told), told.kase.suspensions[0]?.correctedBy, told.kase.suspensions[0]?.correctedReason]).toEqual([[['2026-03-02 11:00', '2026-03-02 12:00', true]], 'lead', 'Wrong button']);
    expect(told.kase.book.facts.filter(({ withdrawnAt }) => withdrawnAt !== null).map(({ body, withdrawnReason }) => [body.fact, withdrawnReason])).toEqual([['paused', 'Wrong button'], ['resumed', 'Wrong button']]);
    expect(told.event('incident.corrected')).toMatchObject({ reason: 'Wrong button', before: { entry: 'suspension', at: shanghai('2026-03-02 11:00') }, after: { at: null } });
  });

  test('INC-22 a suspension that began later, or a resume that came earlier', () => {
    expect(inShanghai(mistaken().correct({ at: shanghai('2026-03-02 11:45') }).clock('resolution').dueAt)).toBe('2026-03-02 18:15');
    const resumed = mistaken().correct({ kind: 'resume', at: shanghai('2026-03-02 11:10') });
    expect(inShanghai(resumed.clock('resolution').dueAt)).toBe('2026-03-02 18:10');
    expect(spells(resumed)).toEqual([['2026-03-02 11:00', '2026-03-02 12:00', true], ['2026-03-02 11:00', '2026-03-02 11:10', false]]);
  });

  test('INC-22 the corrected entry can be corrected again', () => {
    const told = mistaken().correct({ at: shanghai('2026-03-02 11:45') }).correct({ at: shanghai('2026-03-02 11:30') });
    expect([inShanghai(told.clock('resolution').dueAt), spells(told).map(([, , corrected]) => corrected)]).toEqual(['2026-03-02 18:30', [true, true, false]]);
  });

  test('INC-22 the beginning of an open suspension moves, and it stays open', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 11:00').suspend().at('2026-03-02 12:00').correct({ at: shanghai('2026-03-02 10:30') });
    expect([told.state, inShanghai(openSuspension(told.kase)?.fromAt ?? null), told.clock('resolution').remainingMs]).toEqual(['suspended', '2026-03-02 10:30', 450 * 60_000]);
    expect(inShanghai(told.resume().clock('resolution').dueAt)).toBe('2026-03-02 19:30');
  });

  test('INC-22 a response that never was: the clock runs on, and the next one counts', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:05').respond().at('2026-03-02 10:20').correct({ kind: 'response' });
    expect([told.clock('response').outcome, inShanghai(told.clock('response').breachedAt), inShanghai(told.clock('response').announcedAt), told.kase.incident.respondedAt]).toEqual(['none', '2026-03-02 10:10', '2026-03-02 10:20', null]);
    expect(told.at('2026-03-02 10:30').respond().clock('response').outcome).toBe('met');
  });

  test('INC-22 a response at another time', () => {
    const told = incident({ level: 'LV1' }).at('2026-03-02 10:15').respond().correct({ kind: 'response', at: shanghai('2026-03-02 10:08') });
    expect([inShanghai(told.clock('response').metAt), told.clock('response').breachedAt, inShanghai(told.kase.incident.respondedAt)]).toEqual(['2026-03-02 10:08', null, '2026-03-02 10:08']);
  });

  test('INC-22 D-05 the response of a monitoring incident is taken back alone; work has started all the same', () => {
    const told = incident({ category: 'monitoring' }).at('2026-03-02 10:15').start().at('2026-03-02 10:20').correct({ kind: 'response' });
    expect([told.clock('response').outcome, told.clock('start-of-work').outcome, inShanghai(told.clock('start-of-work').metAt)]).toEqual(['none', 'met', '2026-03-02 10:15']);
  });
});

describe('INC-22 what cannot be corrected', () => {
  test('INC-22 only by a lead', () => {
    expect(mistaken().lacks('correctEntry', CAST.engineer)).toEqual(['FORBIDDEN']);
  });

  test('INC-22 not into the future, not before the report, not to an end before its beginning', () => {
    expect([
      code(() => mistaken().correct({ at: shanghai('2026-03-02 13:00:00.001') })), code(() => mistaken().correct({ at: shanghai('2026-03-02 09:59:59.999') })),
      code(() => mistaken().correct({ at: shanghai('2026-03-02 12:00:00.001') })), code(() => mistaken().correct({ kind: 'resume', at: shanghai('2026-03-02 10:59:59.999') })),
      code(() => mistaken().correct({ at: shanghai('2026-03-02 12:00') })),
    ]).toEqual(['OUT_OF_RANGE at', 'OUT_OF_RANGE at', 'OUT_OF_RANGE at', 'OUT_OF_RANGE at', 'not refused']);
  });

  test('INC-22 not into another suspension', () => {
    const told = (): IncidentStory => mistaken().suspend().at('2026-03-02 14:00').resume().at('2026-03-02 15:00');
    const [first, second] = told().kase.suspensions;
    expect(code(() => told().correct({ suspensionId: second!.id, at: shanghai('2026-03-02 11:59') }))).toBe('OUT_OF_RANGE at');
    expect(code(() => told().correct({ suspensionId: second!.id, at: shanghai('2026-03-02 12:00') }))).toBe('not refused');
    expect(code(() => told().correct({ kind: 'resume', suspensionId: first!.id, at: shanghai('2026-03-02 13:01') }))).toBe('OUT_OF_RANGE at');
    expect(code(() => told().correct({ kind: 'resume', suspensionId: first!.id, at: shanghai('2026-03-02 13:00') }))).toBe('not refused');
  });

  test('INC-22 nothing that is not there', () => {
    expect([
      code(() => incident().correct({ kind: 'response' })), code(() => incident().correct({ suspensionId: 'x' })), code(() => incident().suspend().correct({})),
      code(() => incident().suspend().correct({ kind: 'resume', at: shanghai('2026-03-02 10:00') })), code(() => mistaken().correct({ kind: 'resume', at: null })),
    ]).toEqual(['NOT_FOUND kind', 'NOT_FOUND suspensionId', 'MOVE_NOT_ALLOWED suspensionId', 'MOVE_NOT_ALLOWED suspensionId', 'MISSING_FIELD at']);
  });
});
