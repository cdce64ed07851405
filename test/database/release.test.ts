import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { alterCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { takeBaseline } from '../../server/src/features/cmdb/cmdb-baseline.service.ts';
import { createFreeze } from '../../server/src/features/change/change-freeze-edit.service.ts';
import { recordBaseline, rollBackTo, verifyRollback } from '../../server/src/features/release/release-baseline.service.ts';
import { addFeedback, cancel, close, confirmBusiness, deploy, finish, handPapers, report, schedule, tick, waiveRequirement, watch } from '../../server/src/features/release/release-deploy.service.ts';
import { comingDeployments, listReleases, releasesToday, yearPlan } from '../../server/src/features/release/release-list.service.ts';
import { RELEASE_PAPERS } from '../../server/src/features/release/release-plan.rules.ts';
import {
  carryChange, dropChange, editGoLivePlan, editPlan, editRelease, linkReleaseCi, nameReviewer, raiseRelease, setPackage, unlinkReleaseCi, withdrawReviewer,
} from '../../server/src/features/release/release-raise.service.ts';
import { accept, approve, approveGoLive, backToTests, readyEnvironment, recordTest, review, skip, submit, submitGoLive } from '../../server/src/features/release/release-stage.service.ts';
import { feedbackOf, releasesById } from '../../server/src/features/release/release.queries.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { PACKAGE, ReleaseStory, type ReleaseInDatabase } from '../support/release-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await ReleaseStory.start();
const { database, desk, people } = story;
afterAll(() => desk.open.close());
beforeEach(() => void desk.at('2026-03-02 10:00'));

const globex = await desk.customer('Globex').agreement().customerId();
const OTHER = 'b'.repeat(64);
let named = 0;
const newCi = (customerId?: string | null) => story.ci(`ci-${(named += 1)}`, customerId);
/** A release with a CI and a change in implementation. */
async function begun(): Promise<{ release: ReleaseInDatabase; ci: string; change: { id: string; number: string } }> {
  const ci = await newCi();
  const change = await story.change({ ciIds: [ci] });
  return { release: await story.release({ ciIds: [ci], changeIds: [change.id] }), ci, change };
}
/** What part of CHG-12 says of a CI. */
const recordCi = (changeId: string, ciId: string, at = '2026-03-02 10:00') =>
  database.em.execute(`insert into change_ci_result (id, ticket_id, ci_id, result, remark, recorded_at, recorded_by) values (?, ?, ?, 'altered', null, ?::timestamptz, 'story')`, [newId(), changeId, ciId, new Date(shanghai(at)).toISOString()]);
const everything = async (): Promise<string> => {
  const tables = ['ticket', 'ticket_ci', 'ticket_link', 'release', 'release_review', 'release_test', 'release_check', 'release_decision', 'release_cause', 'upgrade_feedback', 'event_log', 'idempotency_key'];
  const rows = await Promise.all(tables.map((table) => database.em.execute<{ rows: string }[]>(`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows from ${table} t`)));
  return rows.map(([row], index) => `${tables[index]} ${row!.rows}`).join('\n');
};

describe('REL-01 REL-09 what a release is', () => {
  test('REL-01 raised with CIs and changes it has a number, its links, and a trail on both sides', async () => {
    const { release, change } = await begun();
    expect(await release.ticket()).toMatchObject({ kind: 'release', title: 'ERP 4.2', customerId: story.customerId, holderId: people.owner.id, number: expect.stringMatching(/^REL-\d{7}$/) });
    expect(await release.events()).toEqual(['release.raised', 'release.ciLinked']);
    const rows = await database.em.execute<{ type: string }[]>('select type from event_log where ticket_id = ? order by seq desc limit 1', [change.id]);
    expect(rows).toEqual([{ type: 'change.carriedByRelease' }]);
  });

  test('REL-01 the same key raises it once; another customer\'s CI or change, an unknown customer and a wrong month are refused by field', async () => {
    const input = { customerId: story.customerId, title: 'Once', version: '1', idempotencyKey: 'release-0001' };
    const first = await raiseRelease(database, people.owner, input);
    expect(await raiseRelease(database, people.owner, input)).toBe(first);
    await expect(raiseRelease(database, people.owner, { ...input, title: 'Twice' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const foreign = await story.change({ customerId: globex });
    const before = await everything();
    for (const [more, field] of [[{ ciIds: [await newCi(globex)] }, 'ciId'], [{ changeIds: [foreign.id] }, 'changeId'], [{ customerId: newId() }, 'customerId'], [{ plannedMonth: '2026-00' }, 'plannedMonth'], [{ version: ' ' }, 'version'], [{ ownerId: newId() }, 'ownerId']] as const) {
      await expect(story.release(more)).rejects.toMatchObject({ field });
    }
    await expect(story.release({}, people.auditor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await everything()).toBe(before);
  });

  test('REL-01 REL-09 a change is carried by one release; two releases that take it at once: one is refused; dropped, it is free again', async () => {
    const [a, b] = [await story.release(), await story.release()];
    const change = await story.change();
    const results = await Promise.allSettled([a.tell('owner', carryChange, { changeId: change.id }), b.tell('owner', carryChange, { changeId: change.id })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'NOT_UNIQUE', field: 'changeId' } });
    const [taker, other] = results[0]!.status === 'fulfilled' ? [a, b] : [b, a];
    await taker.tell('owner', dropChange, { changeId: change.id, reason: 'Next month.' });
    await other.tell('owner', carryChange, { changeId: change.id });
    await other.tell('owner', cancel, { reason: 'No budget.' });
    await taker.tell('owner', carryChange, { changeId: change.id });
    expect(await desk.count('ticket_link', `kind = 'carries' and to_id = '${change.id}'`)).toBe(1);
  });

  test('REL-01 CIs come and go in planning only', async () => {
    const { release, ci } = await begun();
    await expect(release.tell('owner', linkReleaseCi, { ciId: ci })).rejects.toMatchObject({ code: 'NOT_UNIQUE' });
    const second = await newCi(null);
    await release.tell('owner', linkReleaseCi, { ciId: second });
    await release.tell('owner', unlinkReleaseCi, { ciId: ci });
    expect(await desk.count('ticket_ci', `ticket_id = '${release.id}'`)).toBe(1);
    await release.to('content-review');
    await expect(release.tell('owner', linkReleaseCi, { ciId: ci })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    await expect(release.tell('owner', editRelease, { version: '5' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'version' });
    await release.tell('owner', editRelease, { title: 'ERP 4.2 spring' });
    expect((await release.ticket()).title).toBe('ERP 4.2 spring');
  });
});

describe('REL-03 the whole way', () => {
  test('REL-02 REL-03 REL-07 REL-10 REL-12 REL-13 from planning to report, each step on the record', async () => {
    const { release, ci, change } = await begun();
    await release.to('cmdb-update');
    await recordCi(change.id, ci);
    await release.tell('tester', watch, { system: 'ERP', ok: true });
    await release.tell(story.contact, confirmBusiness, { text: 'Works for us.' });
    await expect(release.tell('owner', handPapers, { toPersonId: people.keeper.id })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'paper', detail: { missing: [{}, {}, {}, {}] } });
    await release.attach(...RELEASE_PAPERS);
    await expect(release.tell('owner', handPapers, { toPersonId: people.manager.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'toPersonId' });
    await expect(release.tell('manager', close, {})).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'papers' });
    await release.tell('owner', handPapers, { toPersonId: people.keeper.id });
    await expect(release.tell('owner', close, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await release.tell('manager', close, {});
    await release.tell('owner', report, { report: 'Went well.' });
    await release.tell(story.contact, addFeedback, { score: 5, text: 'Quick.' });
    expect((await release.facts()).state).toBe('reported');
    expect((await release.ticket()).closedAt).toBe(shanghai('2026-03-02 10:00'));
    expect((await releasesById(database.em, people.manager, [release.id])).get(release.id)).toMatchObject({ outcome: 'successful', businessConfirmedBy: 'customer', papersHandedTo: { name: 'keeper' } });
    expect((await feedbackOf(database.em, release.id)).map(({ givenBy, score }) => [givenBy, score])).toEqual([['customer', 5]]);
    expect((await release.events()).map((type) => type.replace('release.', ''))).toEqual([
      'raised', 'ciLinked', 'planEdited', 'goLivePlanEdited', 'reviewerNamed', 'contentSubmitted', 'contentReviewed', 'contentApproved', 'packageSet', 'testEnvironmentReady', 'tested',
      'accepted', 'trialRecorded', 'trialFinished', 'goLiveAdopted', 'noticeSent', 'trained', 'communicated', 'scheduled', 'baselineRecorded', 'checked', 'checked', 'checked', 'checked',
      'deploymentStarted', 'deployed', 'watched', 'businessConfirmed', 'fileAttached', 'fileAttached', 'fileAttached', 'fileAttached', 'papersHanded', 'closed', 'reported', 'feedbackAdded',
    ]);
    expect(await desk.auditProblems()).toEqual([]);
  });

  test('REL-02 REL-12 the content goes to review with a complete plan, and is approved with every named head\'s word', async () => {
    const { release } = await begun();
    await expect(release.tell('owner', submit, {})).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'background' });
    await expect(release.tell('owner', nameReviewer, { personId: people.owner.id, department: 'IT' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'personId' });
    await release.tell('owner', nameReviewer, { personId: people.secondHead.id, department: 'Sales' });
    await release.to('content-review');
    await release.tell('head', review, { agree: true });
    await expect(release.tell('secondHead', review, { agree: false })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'note' });
    await release.tell('secondHead', review, { agree: false, note: 'Not at quarter end.' });
    await expect(release.tell('manager', approve, {})).rejects.toMatchObject({ code: 'APPROVAL_NEEDED', message: 'secondHead (Sales) objects.' });
    await release.tell('secondHead', review, { agree: true });
    await expect(release.tell('otherOwner', approve, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await release.tell('manager', approve, {});
    expect(await release.facts()).toMatchObject({ state: 'test-environment', contentApprovedBy: 'manager' });
  });

  test('REL-12 a head who is withdrawn is not waited for', async () => {
    const { release } = await begun();
    await release.tell('owner', nameReviewer, { personId: people.secondHead.id, department: 'Sales' });
    await release.tell('owner', withdrawReviewer, { personId: people.secondHead.id });
    await expect(release.tell('owner', withdrawReviewer, { personId: people.secondHead.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await release.to('test-environment');
  });

  test('REL-03 REL-13 a go-live plan that says more than the review saw goes to approval; unextended it is approved already', async () => {
    const { release } = await begun();
    await release.to('go-live-plan');
    await release.tell('owner', editGoLivePlan, { steps: 'One step more.' });
    await release.tell('owner', submitGoLive, {});
    expect(await release.facts()).toMatchObject({ state: 'approval', goLiveApprovedAt: null });
    await release.tell('manager', approveGoLive, {});
    expect(await release.facts()).toMatchObject({ state: 'communication', goLiveApprovedBy: 'manager' });
  });

  test('REL-03 REL-11 a stage is skipped only by the release manager, with a reason, and the decision is kept', async () => {
    const { release } = await begun();
    await release.to('trial-run');
    await expect(release.tell('owner', skip, { reason: 'No time.' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(release.tell('manager', skip, { reason: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    await release.tell('manager', skip, { reason: 'One user only.' });
    expect(await release.facts()).toMatchObject({ state: 'go-live-plan', trialFindings: null });
    expect(await database.em.execute('select kind, subject, reason, decided_by from release_decision where release_id = ?', [release.id])).toEqual([{ kind: 'skip', subject: 'trial-run', reason: 'One user only.', decided_by: 'manager' }]);
    await expect(release.tell('manager', skip, { reason: 'x' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', detail: { allowed: ['submitGoLive', 'adoptGoLive', 'retest', 'replan', 'cancel'] } });
  });

  test('API-03 a stale version is refused with the current one; two who act on the same version: one of them', async () => {
    const release = await story.release();
    const { version } = await release.ticket();
    const edit = (background: string) => editPlan(database, people.owner, { id: release.id, expectedVersion: version, background });
    const results = await Promise.allSettled([edit('first'), edit('second')]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'STALE_VERSION', field: 'expectedVersion', detail: { version: version + 1 } } });
  });
});

describe('REL-04 what deploys is what was accepted', () => {
  test('REL-04 another checksum is refused at begin and end, and leaves nothing; the accepted one passes', async () => {
    const { release, change } = await begun();
    await release.to('deployment');
    await release.prepare();
    const before = await everything();
    await expect(release.tell('owner', deploy, { changeId: change.id, sha256: OTHER })).rejects.toMatchObject({ code: 'CHECKSUM_DIFFERS', field: 'sha256', detail: { accepted: PACKAGE } });
    expect(await everything()).toBe(before);
    await release.tell('owner', deploy, { changeId: change.id, sha256: PACKAGE });
    await expect(release.tell('owner', finish, { sha256: OTHER })).rejects.toMatchObject({ code: 'CHECKSUM_DIFFERS' });
    await release.tell('owner', finish, { sha256: PACKAGE.toUpperCase() });
    expect(await release.facts()).toMatchObject({ deployedSha256: PACKAGE, acceptedSha256: PACKAGE });
  });

  test('REL-04 after acceptance the package is fixed; taken back to testing it is tested and accepted anew', async () => {
    const { release } = await begun();
    await release.to('trial-run');
    const replace = () => release.tell('owner', setPackage, { name: 'erp-2.zip', sha256: OTHER, location: 'library/erp' });
    await expect(replace()).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    await release.tell('tester', backToTests, { reason: 'A defect.' });
    expect(await release.facts()).toMatchObject({ state: 'test-environment', acceptedSha256: null });
    await replace();
    await release.tell('owner', readyEnvironment, { environment: 'The same.' });
    await expect(release.tell('tester', accept, { sha256: OTHER })).rejects.toMatchObject({ code: 'MISSING_FIELD', message: 'The test report has no case for this package.' });
    await release.tell('tester', recordTest, { name: 'Posting', expected: 'e', actual: 'a', passed: true });
    await expect(release.tell('tester', accept, { sha256: PACKAGE })).rejects.toMatchObject({ code: 'CHECKSUM_DIFFERS' });
    await expect(release.tell('owner', accept, { sha256: OTHER })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await release.tell('tester', accept, { sha256: OTHER });
  });

  test('REL-03 REL-10 a deployment waits for its change to be implemented, and for every item of the checklist', async () => {
    const ci = await newCi();
    const change = await story.change({ ciIds: [ci], state: 'scheduled' });
    const release = await story.release({ ciIds: [ci], changeIds: [change.id] });
    await release.to('deployment');
    await release.prepare();
    const start = () => release.tell('owner', deploy, { changeId: change.id, sha256: PACKAGE });
    await expect(start()).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'changeId' });
    await database.em.execute(`update change set state = 'implementing' where ticket_id = ?`, [change.id]);
    await release.tell('owner', tick, { item: 'backup', ok: false, note: 'Tape broken.' });
    await expect(start()).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'item' });
    await expect(release.tell('owner', tick, { item: 'coffee', ok: true })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'item' });
    await release.tell('owner', tick, { item: 'backup', ok: true });
    await expect(release.tell('owner', deploy, { changeId: newId(), sha256: PACKAGE })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'changeId' });
    await start();
  });
});

describe('REL-05 rollback', () => {
  test('REL-05 back to the recorded baseline: verified by tests, and the register must be as it was or somebody says why', async () => {
    const { release, ci } = await begun();
    await release.to('deployment');
    await release.begin();
    const version = await database.em.execute<{ version: number }[]>('select version from ci where id = ?', [ci]);
    await database.change(SYSTEM('story'), (change) => alterCi(change, { ciId: ci, expectedVersion: version[0]!.version, patch: { model: 'ERP 4.2' }, authorisation: { kind: 'exception', reason: 'Story.' } }));
    await release.tell('owner', rollBackTo, { reason: 'Posting fails.' });
    expect(await release.facts()).toMatchObject({ state: 'rolled-back', rolledBackAt: shanghai('2026-03-02 10:00'), rollbackReason: 'Posting fails.', deployedAt: null });
    const [{ name } = { name: '' }] = await database.em.execute<{ name: string }[]>('select name from ci where id = ?', [ci]);
    await expect(release.tell('tester', verifyRollback, { verification: 'Posted.' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'acceptDifferences', detail: { differing: [name] } });
    await expect(release.tell('manager', close, {})).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'verification' });
    await release.tell('tester', verifyRollback, { verification: 'Posted with 4.1; the model is mended by CHG.', acceptDifferences: true });
    await release.attach(...RELEASE_PAPERS);
    await release.tell('owner', handPapers, { toPersonId: people.keeper.id });
    await release.tell('manager', close, {});
    expect((await releasesById(database.em, people.manager, [release.id])).get(release.id)).toMatchObject({ state: 'closed', outcome: 'rolled-back' });
  });

  test('REL-05 a baseline must hold every CI of the release; without one there is no deployment', async () => {
    const { release, ci, change } = await begun();
    const other = await newCi();
    await expect(release.tell('owner', recordBaseline, { baselineId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'baselineId' });
    const take = (ciIds: string[]) => database.change(SYSTEM('story'), (open) => takeBaseline(open, { name: 'Before', ciIds }));
    const { id: without } = await take([other]);
    await expect(release.tell('owner', recordBaseline, { baselineId: without })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'baselineId' });
    const { id: holding } = await take([other, ci]);
    await release.tell('owner', recordBaseline, { baselineId: holding });
    expect(await release.facts()).toMatchObject({ baselineId: holding, baselineName: 'Before' });
    await release.to('deployment');
    await database.em.execute('update release set baseline_id = null where ticket_id = ?', [release.id]);
    await expect(release.tell('owner', deploy, { changeId: change.id, sha256: PACKAGE })).rejects.toMatchObject({ code: 'MISSING_FIELD', detail: { missing: expect.arrayContaining([expect.objectContaining({ field: 'baselineId' })]) } });
  });
});

describe('REL-10 REL-12 after the deployment', () => {
  test('REL-10 without the business side\'s word it closes only by a recorded decision, and is not successful', async () => {
    const { release, ci, change } = await begun();
    await release.to('cmdb-update');
    await recordCi(change.id, ci);
    await release.tell('owner', watch, { system: 'ERP', ok: true });
    await release.attach(...RELEASE_PAPERS);
    await release.tell('owner', handPapers, { toPersonId: people.keeper.id });
    await expect(release.tell('manager', close, {})).rejects.toMatchObject({ code: 'APPROVAL_NEEDED', field: 'business-confirmation' });
    await expect(release.tell('owner', confirmBusiness, { text: 'By mail.' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'confirmedBy' });
    await expect(release.tell('owner', waiveRequirement, { what: 'business-confirmation', reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(release.tell('manager', waiveRequirement, { what: 'papers', reason: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'what' });
    await release.tell('manager', waiveRequirement, { what: 'business-confirmation', reason: 'The plant is closed.' });
    await release.tell('manager', close, {});
    expect((await releasesById(database.em, people.manager, [release.id])).get(release.id)?.outcome).toBe('not-confirmed');
  });

  test('REL-03 a CI is up to date only by what a carried change recorded since the deployment began', async () => {
    const { release, ci, change } = await begun();
    await recordCi(change.id, ci, '2026-03-02 09:59:59.999');
    await release.to('cmdb-update');
    await release.tell('owner', watch, { system: 'ERP', ok: true });
    await expect(release.tell('manager', close, {})).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'cmdb-update' });
    await database.em.execute('update change_ci_result set recorded_at = ? where ticket_id = ?', [new Date(shanghai('2026-03-02 10:00')).toISOString(), change.id]);
    await expect(release.tell('manager', close, {})).rejects.toMatchObject({ field: 'business-confirmation' });
  });

  test('REL-07 a feedback form has 1 to 5 points and a name; before the deployment there is none', async () => {
    const { release } = await begun();
    await expect(release.tell('owner', addFeedback, { givenBy: 'Li', score: 3 })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    await release.to('cmdb-update');
    for (const score of [0, 6, 2.5]) await expect(release.tell('owner', addFeedback, { givenBy: 'Li', score })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'score' });
    await expect(release.tell('owner', addFeedback, { score: 3 })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'givenBy' });
    for (const score of [1, 5]) await release.tell('owner', addFeedback, { givenBy: 'Li', department: 'Finance', score });
    expect(await desk.count('upgrade_feedback', `release_id = '${release.id}'`)).toBe(2);
  });
});

describe('FRZ-01 REL-08 when it comes', () => {
  test('FRZ-01 REL-08 a deployment is not planned into a freeze, to the millisecond; an override needs one who may, with a reason, and is kept', async () => {
    const ci = await newCi();
    const release = await story.release({ ciIds: [ci] });
    await createFreeze(database, SYSTEM('story'), {
      name: 'Year end', reason: 'Closing of the books', origin: 'business-peak', startsAt: shanghai('2026-04-01 00:00'), endsAt: shanghai('2026-04-03 00:00'), customerIds: [story.customerId], serviceIds: [], ciIds: [], allowedCategories: [],
    });
    const plan = (from: string, to: string, more = {}) => ({ windowStartAt: shanghai(from), windowEndAt: shanghai(to), ...more });
    await expect(release.tell('owner', schedule, plan('2026-04-02 23:59:59.999', '2026-04-03 02:00'))).rejects.toMatchObject({ code: 'FREEZE', message: expect.stringContaining('Year end') });
    await release.tell('owner', schedule, plan('2026-04-03 00:00', '2026-04-03 02:00'));
    await release.tell('owner', schedule, plan('2026-03-31 22:00', '2026-04-01 00:00'));
    const inside = plan('2026-04-02 01:00', '2026-04-02 02:00', { overrideReason: 'Law.' });
    await expect(release.tell('owner', schedule, inside)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const manager = { ...people.manager, grants: [...people.manager.grants, ...people.head.grants] };
    await release.tell(manager, schedule, inside);
    expect(await database.em.execute('select kind, subject, reason from release_decision where release_id = ?', [release.id])).toEqual([{ kind: 'freeze-override', subject: 'Year end', reason: 'Law.' }]);
    await expect(release.tell('owner', schedule, plan('2026-04-02 01:00', '2026-04-02 03:00'))).rejects.toMatchObject({ code: 'FREEZE' });
  });

  test('REL-08 the year\'s plan and the coming deployments are seen by the desk, in the organisation\'s zone, cancelled ones not', async () => {
    const at = async (plannedMonth: string | null, window: readonly [string, string] | null, title: string) => {
      const release = await story.release({ title, plannedMonth });
      if (window) await release.tell('owner', schedule, { windowStartAt: shanghai(window[0]), windowEndAt: shanghai(window[1]) });
      return release;
    };
    await at('2031-05', null, 'by month');
    await at('2031-05', ['2031-06-01 00:00', '2031-06-01 02:00'], 'by window');
    await at(null, ['2031-12-31 23:00', '2032-01-01 01:00'], 'last night');
    await at('2032-01', null, 'next year');
    await (await at('2031-07', null, 'cancelled')).tell('owner', cancel, { reason: 'x' });
    expect((await yearPlan(database, desk.people.desk, 2031)).map(({ month, title }) => `${month} ${title}`)).toEqual(['2031-05 by month', '2031-06 by window', '2031-12 last night']);
    const between = async (from: string, to: string) => (await comingDeployments(database, desk.people.desk, { from: shanghai(from), to: shanghai(to) })).map(({ title }) => title);
    expect(await between('2032-01-01 00:00', '2032-01-02 00:00')).toEqual(['last night']);
    expect(await between('2032-01-01 01:00', '2032-01-02 00:00')).toEqual([]);
    expect(await between('2031-05-31 00:00', '2031-06-01 00:00')).toEqual([]);
    desk.at('2031-06-01 08:00');
    expect((await releasesToday(database, desk.people.desk)).map(({ title }) => title)).toEqual(['by window']);
    await expect(yearPlan(database, people.auditor, 1999)).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'year' });
    await expect(comingDeployments(database, desk.people.desk, { from: HOUR, to: HOUR })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'to' });
  });

  test('ORG-03 REL-08 a customer sees their own releases only, in list, by id and in the plan', async () => {
    const theirs = await story.release({ title: 'Mine', plannedMonth: '2033-01' });
    const foreign = await story.release({ customerId: globex, title: 'Not mine', plannedMonth: '2033-01' });
    const titles = (await listReleases(database, story.contact, { filter: { text: 'mine' }, first: 100, after: null })).edges.map(({ node }) => node.title);
    expect(titles).toEqual(['Mine']);
    expect([...(await releasesById(database.em, story.contact, [theirs.id, foreign.id])).keys()]).toEqual([theirs.id]);
    expect((await yearPlan(database, story.contact, 2033)).map(({ title }) => title)).toEqual(['Mine']);
    await expect(foreign.tell(story.contact, addFeedback, { score: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('API-01 the list goes on after its cursor without gap or repetition', async () => {
    const all = (await listReleases(database, people.manager, { filter: null, first: 100, after: null })).edges.map(({ node }) => node.id);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await listReleases(database, people.manager, { filter: null, first: 7, after });
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all);
    await expect(listReleases(database, people.manager, { filter: null, first: 7, after: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
  });
});
