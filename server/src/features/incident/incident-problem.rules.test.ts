import { describe, expect, test } from 'vitest';
import { CAST } from '../../../../test/support/story-world.ts';
import { incident, type IncidentStory } from '../../../../test/support/story.ts';
import { problemOnClosing } from './incident-problem.rules.ts';

const refusal = (work: () => unknown): { code: string; message: string } => {
  try {
    work();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
  throw new Error('It was not refused');
};

describe('INC-11 what closing makes a problem of', () => {
  test.each([
    ['LV1', 'successful', 'level'], ['LV2', 'successful', 'level'], ['LV3', 'successful', null], ['LV4', 'successful', null],
    ['LV3', 'workaround', 'workaround'], ['LV1', 'workaround', 'workaround'], ['LV2', 'no-answer', 'level'],
    ['LV1', 'duplicate', null], ['LV1', 'false-alarm', null], ['LV2', 'with-major', null], ['LV2', 'withdrawn', null],
  ] as const)('INC-11 D-41 an %s closed as %s: %s', (level, code, expected) => {
    expect(problemOnClosing(incident({ level }).kase, code)).toBe(expected);
  });

  test('D-42 the most severe confirmed level of its life counts, not the one it is closed with', () => {
    const story = incident({ level: 'LV2' }).regrade('LV3');
    expect([story.kase.incident.level, problemOnClosing(story.kase, 'successful')]).toEqual(['LV3', 'level']);
  });
});

/** An LV3 reported on Monday 10:00; its resolution is due after nine working days: Friday of next week, 10:00 (D-01). */
const late = (): IncidentStory => incident({ level: 'LV3', at: '2026-03-02 10:00' }).look('2026-03-13 10:01');

describe('INC-12 converting a late LV3 or LV4', () => {
  test('INC-12 not before its resolution target has passed, and not at that instant', () => {
    const due = incident({ level: 'LV3', at: '2026-03-02 10:00' });
    expect(due.clock('resolution').dueAt).toBe(Date.parse('2026-03-13T10:00:00+08:00'));
    due.look('2026-03-13 10:00');
    expect(refusal(() => due.convert(CAST.serviceManager)).message).toContain('has not passed');
    expect(late().convert(CAST.serviceManager).kase.incident.conversion.map(({ role }) => role)).toEqual(['service-manager']);
  });

  test('INC-12 an LV1 or LV2 is not converted: closing it makes the problem', () => {
    const story = incident({ level: 'LV2', at: '2026-03-02 10:00' }).look('2026-03-13 10:01');
    expect(refusal(() => story.convert(CAST.serviceManager)).message).toBe('Only an LV3 or LV4 is converted; this is LV2.');
  });

  test('D-42 both managers must say so: the same one twice, or an engineer, does not do', () => {
    const story = late().convert(CAST.serviceManager);
    expect(refusal(() => story.convert(CAST.serviceManager)).code).toBe('ALREADY_DONE');
    expect(refusal(() => story.convert(CAST.engineer)).code).toBe('FORBIDDEN');
    story.convert(CAST.technicalManager);
    expect(story.kase.incident.conversion.map(({ role, name }) => [role, name])).toEqual([['service-manager', CAST.serviceManager.name], ['technical-manager', CAST.technicalManager.name]]);
  });

  test('D-42 it stays open with its breach, in progress, and is converted once', () => {
    const story = late();
    const breachedAt = story.clock('resolution').breachedAt;
    story.start().convert(CAST.technicalManager).convert(CAST.serviceManager);
    expect([story.state, story.clock('resolution').breachedAt, story.clock('resolution').state]).toEqual(['in-progress', breachedAt, 'running']);
    expect(refusal(() => story.convert(CAST.incidentManager)).code).toBe('FORBIDDEN');
    expect(story.lacks('convertToProblem', CAST.serviceManager)).toEqual(['MOVE_NOT_ALLOWED']);
  });

  test('D-42 not while an open problem looks into it already', () => {
    const story = late().relate({ openProblem: { id: 'p', number: 'PRB-0000001' } });
    expect(refusal(() => story.convert(CAST.serviceManager)).message).toBe('PRB-0000001 looks into it already.');
  });
});

describe('INC-14 a change made while handling', () => {
  const solved = (): IncidentStory => incident({ level: 'LV2' }).start().propose().accept();

  test('INC-14 without one it closes', () => {
    expect(solved().close().state).toBe('closed');
  });

  test('INC-14 noted, it does not close until a change records it', () => {
    const story = incident({ level: 'LV2' }).start().noteChange().propose().accept();
    expect(refusal(() => story.close())).toEqual({ code: 'MISSING_FIELD', message: 'Something was changed while handling: record it as a change first.' });
    expect(story.relate({ changes: 1 }).close().state).toBe('closed');
  });

  test('CHG-06 what its change owes keeps it open, and is named beforehand', () => {
    const story = solved().relate({ changes: 1, blockers: [{ code: 'MISSING_FIELD', message: 'CHG-0000007 owes its test report.', field: 'changeId' }] });
    expect(story.lacks('closeIncident', CAST.desk)).toEqual(['MISSING_FIELD']);
    expect(refusal(() => story.close()).message).toBe('CHG-0000007 owes its test report.');
    expect(story.relate({ blockers: [] }).close().state).toBe('closed');
  });

  test('INC-14 it is noted once, and not when it is closed', () => {
    const story = incident({ level: 'LV2' }).start().noteChange();
    expect(refusal(() => story.noteChange()).code).toBe('MOVE_NOT_ALLOWED');
    expect(solved().close().lacks('noteChangeMade', CAST.engineer)).toEqual(['MOVE_NOT_ALLOWED']);
  });
});

describe('INC-16 major incidents', () => {
  test('INC-16 an open, confirmed LV1 is declared major, an LV2 is not', () => {
    expect(incident({ level: 'LV1' }).declareMajor().kase.ticket.major).toBe(true);
    expect(refusal(() => incident({ level: 'LV2' }).declareMajor()).message).toBe('Only a confirmed LV1 is declared major.');
    expect(incident({ level: 'LV1', assigned: false }).lacks('declareMajorIncident', CAST.incidentManager)).toEqual(['MOVE_NOT_ALLOWED']);
  });

  test('INC-16 the incident manager or a lead declares it, an engineer or the customer does not', () => {
    expect(incident({ level: 'LV1' }).lacks('declareMajorIncident', CAST.engineer)).toEqual(['FORBIDDEN']);
    expect(incident({ level: 'LV1' }).lacks('declareMajorIncident', CAST.customer)).toEqual(['FORBIDDEN']);
    expect(incident({ level: 'LV1' }).lacks('declareMajorIncident', CAST.incidentManager)).toEqual([]);
    expect(incident({ level: 'LV1' }).declareMajor().lacks('declareMajorIncident', CAST.incidentManager)).toEqual(['MOVE_NOT_ALLOWED']);
  });

  test('INC-16 a child goes on with its own clocks; it belongs to one major incident, and a major one to none', () => {
    const child = incident({ level: 'LV3' }).attachTo({ id: 'major', number: 'INC-0000009' });
    expect([child.state, child.clock('resolution').state, child.event('incident.childAttached').ticketId]).toEqual(['in-progress', 'running', 'major']);
    expect(refusal(() => child.attachTo({ id: 'major', number: 'INC-0000009' })).code).toBe('ALREADY_DONE');
    expect(refusal(() => child.attachTo({ id: 'other', number: 'INC-0000010' })).code).toBe('MOVE_NOT_ALLOWED');
    expect(refusal(() => incident({ level: 'LV1' }).declareMajor().attachTo({ id: 'other', number: 'INC-0000010' })).message).toBe('A major incident belongs to no other.');
  });
});
