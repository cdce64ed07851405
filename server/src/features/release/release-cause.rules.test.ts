import { describe, expect, test } from 'vitest';
import { readyRelease, RELEASE_CAST, releaseContext } from '../../../../test/support/release-case.ts';
import { shanghai } from '../../../../test/support/story-world.ts';
import { decideCause } from './release-decide.rules.ts';
import { inWatchWindow, suspect, type Suspicion } from './release-cause.rules.ts';

const deployedAt = shanghai('2026-03-02 10:00');

describe('REL-06 suspicion', () => {
  test('REL-06 the watch window is seven days, both ends included, to the millisecond', () => {
    const end = shanghai('2026-03-09 10:00');
    expect([deployedAt - 1, deployedAt, end, end + 1].map((at) => inWatchWindow(deployedAt, at, 7))).toEqual([false, true, true, false]);
  });

  const base: Suspicion = {
    deployedAt, incidentAt: shanghai('2026-03-03 16:30'), watchDays: 7, releaseCiIds: new Set(['db']), nameOf: (id) => id.toUpperCase(),
    reached: [{ ciId: 'portal', path: ['portal'] }, { ciId: 'app', path: ['portal', 'app'] }, { ciId: 'db', path: ['portal', 'app', 'db'] }],
  };

  test('REL-06 an incident whose CI rests on one of the release is suspected, with CI, path and hours', () => {
    expect(suspect(base)).toEqual({
      ciId: 'portal', ciName: 'PORTAL', releaseCiId: 'db', releaseCiName: 'DB', path: ['PORTAL', 'APP', 'DB'], hoursAfterDeployment: 30.5, watchDays: 7,
    });
  });

  test('REL-06 a CI of the release itself comes before one further away; without either, or too early, nothing is suspected', () => {
    expect(suspect({ ...base, releaseCiIds: new Set(['db', 'portal']) })).toMatchObject({ releaseCiId: 'portal', path: ['PORTAL'] });
    expect(suspect({ ...base, releaseCiIds: new Set(['mail']) })).toBeNull();
    expect(suspect({ ...base, incidentAt: deployedAt - 1 })).toBeNull();
  });

  test('REL-06 a person confirms or rejects; a rejection and its reversal say why; the same word twice is refused', () => {
    const kase = readyRelease('closed');
    const context = releaseContext(RELEASE_CAST.engineer);
    expect(decideCause(kase, { causeId: 'cause', confirm: true, reason: null }, context).patches?.[0]?.values).toMatchObject({ state: 'confirmed', decidedBy: 'engineer', reason: null });
    expect(() => decideCause(kase, { causeId: 'cause', confirm: false, reason: null }, context)).toThrow(expect.objectContaining({ code: 'MISSING_FIELD', field: 'reason' }));
    const rejected = { ...kase, causes: [{ ...kase.causes[0]!, state: 'rejected' as const, decidedBy: 'head' }] };
    expect(() => decideCause(rejected, { causeId: 'cause', confirm: false, reason: 'x' }, context)).toThrow(expect.objectContaining({ code: 'ALREADY_DONE' }));
    expect(() => decideCause(rejected, { causeId: 'cause', confirm: true, reason: null }, context)).toThrow(expect.objectContaining({ code: 'MISSING_FIELD' }));
    expect(() => decideCause(kase, { causeId: 'nothing', confirm: true, reason: null }, context)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});
