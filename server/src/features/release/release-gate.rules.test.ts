import { describe, expect, test } from 'vitest';
import { ACCEPTED, blankRelease, NOW, OTHER, RELEASE_CAST, readyRelease, releaseContext } from '../../../../test/support/release-case.ts';
import { acceptRelease, finishDeployment, requireWindow, startDeployment, submitGoLivePlan } from './release-decide.rules.ts';
import { GATES, gatesOf, outcomeOf } from './release-gate.rules.ts';
import { checksum, editedFields, GO_LIVE_FIELDS, PLAN_FIELDS, plannedMonth } from './release-plan.rules.ts';

const fieldsOf = (lacks: readonly { readonly field: string | null }[]) => lacks.map(({ field }) => field);

describe('REL-02 REL-12 the plan', () => {
  test('REL-02 every field of the release plan, a CI and a reviewing head are asked for before the content is submitted', () => {
    expect(fieldsOf(GATES.planning(blankRelease()))).toEqual([
      'background', 'impactScope', 'departments', 'communication', 'training', 'testSchedule', 'trainingSchedule', 'supportSchedule', 'deploymentSchedule', 'followUp', 'fallback',
      'foreseeableProblems', 'ciBaseline', 'ciId', 'personId',
    ]);
    expect(GATES.planning(readyRelease('planning'))).toEqual([]);
  });

  test('REL-02 a field that is left out stays, a blank one is emptied', () => {
    expect(editedFields(PLAN_FIELDS, { background: 'old', impactScope: 'all' }, { background: ' new ', impactScope: '  ' })).toEqual({ background: 'new' });
  });

  test('REL-12 each named head must agree; an objection and silence are told apart', () => {
    const kase = readyRelease('content-review');
    const head = kase.reviews[0]!;
    const asked = { ...kase, reviews: [head, { ...head, id: '2', personName: 'Li', department: 'IT', verdict: null }, { ...head, id: '3', personName: 'Wu', department: 'Sales', verdict: 'objected' as const }] };
    expect(GATES['content-review'](asked).map(({ message }) => message)).toEqual(['Li (IT) has not given their word.', 'Wu (Sales) objects.']);
  });
});

describe('REL-03 the way', () => {
  test('REL-03 the track shows what is behind, what is skipped, what is here and what is to come', () => {
    const kase = readyRelease('go-live-plan');
    const skip = { ...kase.decisions[0]!, id: 'skip', kind: 'skip' as const, subject: 'trial-run' };
    expect(gatesOf({ ...kase, decisions: [skip] }).map(({ stage, standing }) => `${stage} ${standing}`)).toEqual([
      'planning passed', 'content-review passed', 'test-environment passed', 'acceptance passed', 'trial-run skipped', 'go-live-plan here', 'approval ahead', 'communication ahead',
      'deployment ahead', 'cmdb-update ahead', 'closed ahead', 'reported ahead',
    ]);
    expect(gatesOf(readyRelease('rolled-back')).map(({ stage, standing }) => `${stage} ${standing}`).slice(-4)).toEqual(['deployment passed', 'rolled-back here', 'closed ahead', 'reported ahead']);
    expect(new Set(gatesOf(readyRelease('cancelled')).map(({ standing }) => standing))).toEqual(new Set(['not-reached']));
  });

  test('REL-03 the review of content approves a go-live plan that is not extended; one word more goes to approval', () => {
    const kase = readyRelease('go-live-plan');
    const context = releaseContext(RELEASE_CAST.owner);
    const approved = { contentApprovedAt: NOW - 5, contentApprovedBy: 'manager', reviewedGoLivePlan: kase.record.goLivePlan };
    const same = { ...kase, record: { ...kase.record, ...approved } };
    expect(submitGoLivePlan(same, context).record).toMatchObject({ state: 'communication', goLiveApprovedAt: NOW - 5, goLiveApprovedBy: 'manager' });
    const extended = { ...same, record: { ...same.record, goLivePlan: { ...same.record.goLivePlan, steps: 'One step more.' } } };
    expect(submitGoLivePlan(extended, context).record).toEqual({ state: 'approval' });
    const incomplete = { ...same, record: { ...same.record, reviewedGoLivePlan: { steps: 'x' } } };
    expect(submitGoLivePlan(incomplete, context).record).toEqual({ state: 'approval' });
  });

  test('REL-13 each field of the go-live plan is asked for', () => {
    expect(fieldsOf(GATES['go-live-plan'](blankRelease({ goLivePlan: { steps: 'x' } })))).toEqual(['expectedResult', 'timetable', 'workSplit', 'rollback']);
    expect([...GO_LIVE_FIELDS]).toEqual(['expectedResult', 'timetable', 'workSplit', 'steps', 'rollback']);
  });

  test('REL-11 a trial run ends with expectations and findings; REL-13 communication with the notice, and training', () => {
    expect(fieldsOf(GATES['trial-run'](blankRelease({ trialExpectations: 'x' })))).toEqual(['findings']);
    expect(fieldsOf(GATES['trial-run'](blankRelease()))).toEqual(['expectations', 'findings']);
    expect(fieldsOf(GATES.communication(blankRelease()))).toEqual(['notice', 'training']);
  });
});

describe('REL-04 what deploys is what was accepted', () => {
  test('REL-01 REL-04 acceptance asks for the package, and for a test report on that very package whose last results are good', () => {
    expect(fieldsOf(GATES.acceptance(blankRelease()))).toEqual(['packageName', 'packageSha256', 'packageLocation']);
    const kase = readyRelease('acceptance');
    expect(GATES.acceptance(kase)).toEqual([]);
    const passed = kase.tests[0]!;
    expect(GATES.acceptance({ ...kase, tests: [{ ...passed, packageSha256: OTHER }] }).map(({ message }) => message)).toEqual(['The test report has no case for this package.']);
    expect(GATES.acceptance({ ...kase, tests: [passed, { ...passed, id: '2', passed: false }] }).map(({ message }) => message)).toEqual(['The case "Posting" failed last.']);
    expect(GATES.acceptance({ ...kase, tests: [{ ...passed, passed: false }, { ...passed, id: '2' }] })).toEqual([]);
  });

  test('REL-04 acceptance freezes the checksum of the tested package and no other', () => {
    const context = releaseContext(RELEASE_CAST.tester);
    expect(acceptRelease(readyRelease('acceptance'), { packageSha256: ACCEPTED }, context).record).toEqual({ state: 'trial-run', acceptedSha256: ACCEPTED, acceptedAt: NOW, acceptedBy: 'tester' });
    expect(() => acceptRelease(readyRelease('acceptance'), { packageSha256: OTHER }, context)).toThrow(expect.objectContaining({ code: 'CHECKSUM_DIFFERS', field: 'packageSha256' }));
  });

  test('REL-04 another checksum neither begins nor ends a deployment', () => {
    const context = releaseContext(RELEASE_CAST.owner);
    const begin = (sha256: string) => startDeployment(readyRelease('deployment'), { changeId: 'change', sha256 }, context);
    expect(begin(ACCEPTED).record).toEqual({ deploymentStartedAt: NOW, deploymentChangeId: 'change' });
    expect(() => begin(OTHER)).toThrow(expect.objectContaining({ code: 'CHECKSUM_DIFFERS', field: 'sha256', detail: { accepted: ACCEPTED } }));
    expect(() => finishDeployment(readyRelease('deployment', { started: true }), OTHER, context)).toThrow(expect.objectContaining({ code: 'CHECKSUM_DIFFERS' }));
  });

  test('REL-04 a checksum is 64 hexadecimal digits, in either case', () => {
    expect(checksum(` ${'AB'.repeat(32)} `, 'sha256')).toBe('ab'.repeat(32));
    for (const wrong of ['', 'a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64)]) expect(() => checksum(wrong, 'sha256')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', field: 'sha256' }));
  });
});

describe('REL-10 before and after the deployment', () => {
  test('REL-03 REL-05 REL-10 a deployment asks for window, carried change in implementation, baseline and the whole checklist', () => {
    expect(fieldsOf(GATES.deployment(blankRelease()))).toEqual(['windowStartAt', 'changeId', 'baselineId', 'item', 'item', 'item', 'item']);
    const kase = readyRelease('deployment');
    expect(GATES.deployment(kase)).toEqual([]);
    expect(GATES.deployment({ ...kase, changes: [{ ...kase.changes[0]!, state: 'scheduled' }] }).map(({ message }) => message)).toEqual(['None of the carried changes is being implemented: CHG-0000001 is scheduled.']);
  });

  test('REL-10 a tick counts for the accepted package only, and a later "not well" takes it back', () => {
    const kase = readyRelease('deployment');
    const old = { ...kase, record: { ...kase.record, acceptedAt: NOW + 1 } };
    expect(GATES.deployment(old)).toHaveLength(4);
    const untick = { ...kase.checks[1]!, id: 'later', ok: false, at: NOW + 1 };
    expect(GATES.deployment({ ...kase, checks: [...kase.checks, untick] }).map(({ message }) => message)).toEqual(['"backup" of the checklist is not ticked (REL-10).']);
  });

  test('REL-10 REL-12 closing asks for CMDB, a good watch, the business side\'s word, the four papers and their handing over', () => {
    const kase = readyRelease('cmdb-update');
    const bare = { ...kase, decisions: [], checks: [], papers: ['release-plan'], cis: [{ id: 'ci', name: 'erp-db', customerId: 'acme', updated: false }] };
    expect(fieldsOf(GATES['cmdb-update'](bare))).toEqual(['cmdb-update', 'watch', 'business-confirmation', 'paper', 'paper', 'paper']);
    const unhanded = { ...kase, record: { ...kase.record, papersHandedAt: null } };
    expect(fieldsOf(GATES['cmdb-update'](unhanded))).toEqual(['papers']);
    const unwell = { ...kase, checks: [...kase.checks, { ...kase.checks[4]!, id: 'later', ok: false }] };
    expect(GATES['cmdb-update'](unwell).map(({ message }) => message)).toEqual(['"ERP" was not well when it was watched last.']);
    expect(GATES['cmdb-update'](kase)).toEqual([]);
  });

  test('REL-10 D-45 successful: closed, deployed, accepted, confirmed by the business side, not rolled back', () => {
    const good = { closedAt: 4, deployedAt: 2, acceptedAt: 1, businessConfirmedAt: 3, rolledBackAt: null };
    expect(outcomeOf(good)).toBe('successful');
    expect(outcomeOf({ ...good, businessConfirmedAt: null })).toBe('not-confirmed');
    expect(outcomeOf({ ...good, acceptedAt: null })).toBe('not-confirmed');
    expect(outcomeOf({ ...good, rolledBackAt: 3 })).toBe('rolled-back');
    expect(outcomeOf({ ...good, closedAt: null })).toBe('open');
    expect(outcomeOf({ ...good, deployedAt: null })).toBe('cancelled');
  });

  test('REL-08 a planned window ends after it begins and has not passed; a planned month is a month', () => {
    requireWindow({ from: NOW, to: NOW + 1 }, NOW);
    expect(() => requireWindow({ from: NOW, to: NOW }, NOW)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE', field: 'windowEndAt' }));
    expect(() => requireWindow({ from: NOW - 9, to: NOW }, NOW)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE', field: 'windowEndAt' }));
    expect([plannedMonth('2026-12'), plannedMonth(' ')]).toEqual(['2026-12', null]);
    expect(() => plannedMonth('2026-13')).toThrow(expect.objectContaining({ field: 'plannedMonth' }));
  });
});
