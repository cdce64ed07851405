import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { alterByChange } from '../../server/src/features/change/change-alter.service.ts';
import { approve, consent, excuse } from '../../server/src/features/change/change-approve.service.ts';
import { authorise } from '../../server/src/features/change/change-authority.service.ts';
import { changeBlockers } from '../../server/src/features/change/change-block.service.ts';
import { CHANGE_KIND } from '../../server/src/features/change/change-case.service.ts';
import { edit } from '../../server/src/features/change/change-edit.service.ts';
import { complete, fail, recordOutage, retry, rollBack, start, stop, verify } from '../../server/src/features/change/change-implement.service.ts';
import { accept, submit } from '../../server/src/features/change/change-life.service.ts';
import { assess, editPlan } from '../../server/src/features/change/change-plan.service.ts';
import { close, keepCi, linkCaused, review } from '../../server/src/features/change/change-review.service.ts';
import { ChangeAttemptEntity, ChangeDebtEntity } from '../../server/src/features/change/change-work.entity.ts';
import { ChangeDecisionEntity } from '../../server/src/features/change/change-paper.entity.ts';
import { PAPERS_CONSUMER } from '../../server/src/features/change/change-papers.consumer.ts';
import { editCalendar } from '../../server/src/features/calendar/calendar.service.ts';
import { CalendarEntity, CalendarVersionEntity } from '../../server/src/features/calendar/calendar.entity.ts';
import { CiEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { availableRecordActions } from '../../server/src/features/ticket/ticket-record.service.ts';
import { linksOf } from '../../server/src/features/ticket/ticket-link.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { addCi } from '../support/desk-story.ts';
import { ChangeStory, type ChangeInDatabase } from '../support/change-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

let story: ChangeStory;
beforeAll(async () => { story = await ChangeStory.start(); });
beforeEach(() => { story.at('2026-03-02 10:00'); });
afterAll(() => story.desk.open.close());

const debts = async ({ id }: ChangeInDatabase): Promise<string[]> =>
  (await story.database.em.find(ChangeDebtEntity, { ticketId: id }, { orderBy: { item: 'asc' } })).map(({ item, paidAt }) => `${item}${paidAt === null ? '' : ' paid'}`);
/** What follows from attached papers. */
const settlePapers = async (): Promise<void> => {
  while (await consumeOnce(story.database, PAPERS_CONSUMER)) { /* until it has caught up */ }
};

/** An emergency that began at 10:00 on oral consent. */
async function emergency(): Promise<ChangeInDatabase> {
  const change = await story.accepted('emergency');
  await change.tell('owner', consent, { approved: true, personId: story.people.departmentManager.id, note: 'By telephone.' });
  return change.tell('implementer', start, {});
}

describe('an emergency', () => {
  test('CHG-06 consent is a department manager\'s or above, named, and never that of whoever it belongs to', async () => {
    const change = await story.accepted('emergency');
    expect(await change.refusal('implementer', start, {})).toBe('APPROVAL_NEEDED: It lacks the recorded oral consent of a department manager or above.');
    expect(await change.refusal('owner', consent, { approved: true })).toBe('MISSING_FIELD: Say who gave the consent: a department manager or above.');
    expect(await change.refusal('owner', consent, { approved: true, personId: story.people.requester.id })).toContain('APPROVAL_NEEDED: Consent is given by a department manager or above');
    await change.tell('owner', consent, { approved: true, personId: story.people.director.id });
    const rows = await story.database.em.execute<object[]>('select step, given, person_name, recorded_by from change_approval where ticket_id = ?', [change.id]);
    expect(rows).toEqual([{ step: 'consent', given: 'oral', person_name: 'director', recorded_by: 'owner' }]);
    await change.tell('implementer', start, {});
    expect(await change.state()).toBe('implementing');
  });

  test('CHG-06 D-44 what was left out becomes a debt list, due two working days after the end; each is paid by the thing itself', async () => {
    const change = await emergency();
    expect(await debts(change)).toEqual(['approval', 'assessment', 'change-plan', 'completion-report', 'plan']);
    story.at('2026-03-02 11:30');
    await change.tell('implementer', complete, { remark: 'Switched over.' });
    expect(inShanghai((await change.facts()).debtDueAt)).toBe('2026-03-04 18:00');
    await change.tell('manager', approve, { approved: true });
    expect(await debts(change)).toEqual(['approval paid', 'assessment', 'change-plan', 'completion-report', 'plan']);
    await change.assess('after');
    await change.tell('owner', editPlan, PLAN);
    expect(await debts(change)).toEqual(['approval paid', 'assessment paid', 'change-plan', 'completion-report', 'plan paid']);
    await change.tell('implementer', keepCi, { ciId: story.ciId, remark: 'Same entry.' });
    await change.tell('owner', review, REVIEW);
    expect(await change.refusal('implementer', close, {})).toBe('MISSING_FIELD: The emergency still owes: paper: change plan 变更方案.');
    await change.paper('change-plan');
    await change.paper('completion-report');
    await settlePapers();
    expect(await debts(change)).toEqual(['approval paid', 'assessment paid', 'change-plan paid', 'completion-report paid', 'plan paid']);
    expect((await change.facts()).debtPaidAt).not.toBeNull();
    await change.tell('implementer', close, {});
    expect(await change.state()).toBe('closed');
  });

  test('CHG-06 papers that were attached a moment ago count at closing, before the log has been followed', async () => {
    const change = await emergency();
    await change.tell('implementer', complete, { remark: 'Done.' });
    await change.tell('manager', approve, { approved: true });
    await change.tell('owner', editPlan, PLAN);
    await change.writeUp();
    await change.paper('change-plan');
    await change.paper('completion-report');
    await change.tell('implementer', close, {});
    expect((await debts(change)).every((line) => line.endsWith(' paid'))).toBe(true);
    expect((await change.facts()).debtPaidAt).not.toBeNull();
  });

  test('CHG-06 INC-14 its incident waits for it: until it is carried out, and until its debts are paid', async () => {
    const customer = story.desk.customer('Zeta').agreement();
    const incident = await customer.incident({ level: 'LV1' });
    const customerId = await customer.customerId();
    const change = await story.accepted('emergency', { customerId, forTicketId: incident.id, ciIds: null });
    const number = (await change.ticket()).number;
    const why = async () => (await changeBlockers(story.database.em, incident.id)).map(({ message }) => message);
    expect(await why()).toEqual([`${number} is accepted: the emergency change must be carried out and recorded first.`]);
    await change.tell('owner', consent, { approved: true, personId: story.people.departmentManager.id });
    await change.tell('implementer', start, {});
    await change.tell('implementer', complete, { remark: 'Done.' });
    expect(await why()).toEqual([`${number} still owes 6 steps of its debt list: pay them first.`]);
    await change.tell('manager', approve, { approved: true });
    expect(await why()).toEqual([`${number} still owes 5 steps of its debt list: pay them first.`]);
    await payRest(change, await addCi(story.desk, customerId, 'srv-zeta'));
    expect(await why()).toEqual([]);
  });

  test('INC-14 done while handling and recorded afterwards: its times are those of then, for an incident only', async () => {
    const customer = story.desk.customer('Eta').agreement();
    const incident = await customer.incident({ level: 'LV1' });
    const input = { customerId: await customer.customerId(), recordedAfterwards: 'No time at night.', ciIds: null };
    await expect(story.raise({ category: 'emergency', recordedAfterwards: 'x' })).rejects.toThrow('Only an emergency change for an incident or problem is recorded afterwards.');
    story.at('2026-03-02 14:00');
    const change = await story.accepted('emergency', { ...input, forTicketId: incident.id });
    await change.tell('owner', consent, { approved: true, personId: story.people.departmentManager.id, givenAt: shanghai('2026-03-02 10:05') });
    await change.tell('implementer', start, { occurredAt: shanghai('2026-03-02 10:10') });
    expect(await change.refusal('implementer', complete, { remark: 'x', occurredAt: shanghai('2026-03-02 10:09') })).toContain('OUT_OF_RANGE');
    expect(await change.refusal('implementer', complete, { remark: 'x', occurredAt: shanghai('2026-03-02 14:01') })).toContain('OUT_OF_RANGE');
    await change.tell('implementer', complete, { remark: 'Switched over.', occurredAt: shanghai('2026-03-02 10:40') });
    const facts = await change.facts();
    expect([facts.recordedAfterwards, inShanghai(facts.implementationStartedAt), inShanghai(facts.implementationEndedAt), facts.implementationMissedAt]).toEqual([true, '2026-03-02 10:10', '2026-03-02 10:40', null]);
    expect(await story.database.em.count(ChangeDecisionEntity, { ticketId: change.id, kind: 'recorded-afterwards', reason: 'No time at night.' })).toBe(1);
    const ordinary = await emergency();
    expect(await ordinary.refusal('implementer', complete, { remark: 'x', occurredAt: shanghai('2026-03-02 13:00') })).toBe('INVALID_INPUT: "occurredAt" is for changes that are recorded afterwards.');
  });
});

describe('failure', () => {
  const attempts = async ({ id }: ChangeInDatabase) => (await story.database.em.find(ChangeAttemptEntity, { ticketId: id }, { orderBy: { number: 'asc' } }))
    .map(({ number, result, rolledBackAt, verifiedBy, followedBy }) => [number, result, rolledBackAt !== null, verifiedBy, followedBy]);

  test('CHG-08 rolled back, verified by tests, tried again: each attempt is on record', async () => {
    const change = await story.started('general');
    await change.tell('implementer', rollBack, { remark: 'Mails were lost.' });
    expect(await change.refusal('implementer', retry, {})).toContain('MOVE_NOT_ALLOWED: "retry" is not possible while the change is rolled-back. Allowed from here: verify.');
    await change.tell('implementer', verify, { passed: false, tests: 'Two of ten mails missing.' });
    expect(await change.state()).toBe('rolled-back');
    await change.tell('implementer', verify, { passed: true, tests: 'Ten of ten mails.' });
    await change.tell('implementer', retry, {});
    await change.tell('implementer', complete, { remark: 'Second time lucky.' });
    expect(await attempts(change)).toEqual([[1, 'failed', true, 'implementer', 'retry'], [2, 'succeeded', false, null, null]]);
    expect(await change.state()).toBe('review');
  });

  test('CHG-08 a new change follows: raised with the same content, linked, and the first is reviewed as rolled back', async () => {
    const change = await story.started('general', { expectedResult: 'Mails flow.' });
    await change.tell('implementer', rollBack, { remark: 'Wrong model.' });
    await change.tell('implementer', verify, { passed: true, tests: 'Ten mails.' });
    await change.tell('owner', stop, { followedBy: 'new-change', reason: 'Other model needed.' });
    const [next] = await linksOf(story.database.em, story.people.manager, change.id);
    expect(next).toMatchObject({ recordKind: 'change', kind: 'related', outgoing: false, title: '【一般变更】Replace the mail relay', open: true });
    expect(await change.refusal('owner', review, { ...REVIEW, expectedResultMet: false })).toBe('INVALID_INPUT: "outcome" must be one of rolled-back: that is what the attempts on record say; got "successful".');
    await change.tell('owner', review, { ...REVIEW, outcome: 'rolled-back', expectedResultMet: false });
    await finish(change);
    expect([await change.state(), (await change.facts()).outcome]).toEqual(['closed', 'rolled-back']);
  });

  test('CHG-08 CHG-13 terminated: it ends as terminated, after its review and with everything written up', async () => {
    const change = await story.started('general');
    await change.tell('implementer', fail, { remark: 'Nothing to be done.' });
    expect(await change.refusal('implementer', complete, { remark: 'x' })).toContain('MOVE_NOT_ALLOWED: No attempt is running.');
    await change.tell('owner', stop, { followedBy: 'terminate', reason: 'Vendor withdrew the product.' });
    expect(await story.database.em.count(ChangeDecisionEntity, { ticketId: change.id, kind: 'no-rollback' })).toBe(1);
    expect(await change.refusal('implementer', close, {})).toContain('MISSING_FIELD: Review it first');
    await change.tell('owner', review, { ...REVIEW, outcome: 'terminated', expectedResultMet: false });
    await finish(change);
    expect([await change.state(), (await change.facts()).outcome]).toEqual(['terminated', 'terminated']);
  });

  test('CHG-13 a result that was not met is no success, and a success needs an attempt that succeeded', async () => {
    const change = await story.inReview('general');
    expect(await change.refusal('owner', review, { ...REVIEW, outcome: 'failed' })).toBe('INVALID_INPUT: A change that ended "failed" has not met its expected result.');
    expect(await change.refusal('owner', review, { ...REVIEW, outcome: 'terminated', expectedResultMet: false })).toContain('"outcome" must be one of successful, successful-with-issues, failed');
    await change.tell('owner', review, { ...REVIEW, outcome: 'successful-with-issues', expectedResultMet: false });
    expect((await change.facts()).expectedResultMet).toBe(false);
  });

  test('CHG-20 satisfaction of the business side is 1 to 5', async () => {
    const change = await story.inReview('general');
    for (const businessSatisfaction of [0, 6, 2.5]) expect(await change.refusal('owner', review, { ...REVIEW, businessSatisfaction })).toContain('OUT_OF_RANGE: "businessSatisfaction" must be 1–5');
    for (const businessSatisfaction of [1, 5]) await change.tell('owner', review, { ...REVIEW, businessSatisfaction });
    expect((await change.facts()).businessSatisfaction).toBe(5);
  });
});

describe('what it did', () => {
  test('CHG-09 outages by system, in minutes, add up', async () => {
    const change = await story.inReview('general');
    await change.tell('owner', recordOutage, { system: 'Mail', minutes: 12, keySystem: true });
    await change.tell('implementer', recordOutage, { system: 'Fax', minutes: 3 });
    expect((await change.facts()).outageMinutes).toBe(15);
    for (const minutes of [0, -1, 1.5, 50_000]) expect(await change.refusal('owner', recordOutage, { system: 'Mail', minutes })).toContain('OUT_OF_RANGE');
    const stranger = await addCi(story.desk, story.customerId, 'not-touched');
    expect(await change.refusal('owner', recordOutage, { system: 'Mail', minutes: 1, ciId: stranger })).toContain('NOT_FOUND');
  });

  test('CHG-12 CMDB-06 a controlled CI is altered through the change that names it, while it is carried out, and not otherwise', async () => {
    const ciId = await addCi(story.desk, story.customerId, 'relay-02');
    const change = await story.started('general', { ciIds: [ciId] });
    await change.tell('implementer', complete, { remark: 'Done.' });
    const other = await addCi(story.desk, story.customerId, 'relay-03');
    expect(await change.refusal('implementer', alterByChange, { ciId: other, expectedCiVersion: 1, patch: { model: 'X' } })).toBe('NOT_FOUND: This change does not name that CI.');
    expect(await change.refusal('implementer', alterByChange, { ciId, expectedCiVersion: 7, patch: { model: 'X' } })).toContain('STALE_VERSION');
    await change.tell('implementer', alterByChange, { ciId, expectedCiVersion: 1, patch: { model: 'Relay 9', location: null } });
    const ci = await story.database.em.findOneOrFail(CiEntity, { id: ciId });
    const number = (await change.ticket()).number;
    expect([ci.model, ci.version, ci.authority?.kind, ci.authority?.number]).toEqual(['Relay 9', 2, 'change', number]);
    const rows = await story.database.em.execute<object[]>('select ci_id, result, recorded_by from change_ci_result where ticket_id = ?', [change.id]);
    expect(rows).toEqual([{ ci_id: ciId, result: 'altered', recorded_by: 'implementer' }]);
    expect(await change.refusal('implementer', keepCi, { ciId, remark: 'Same' })).toContain('ALREADY_DONE');
  });

  test('CHG-12 a change that has not begun, or is over, authorises nothing', async () => {
    const waiting = await story.scheduled('general');
    await expect(authorise(story.database.em, waiting.id)).rejects.toThrow('is scheduled: CIs are altered through a change while it is carried out or reviewed.');
    const begun = await story.started('general');
    expect(await authorise(story.database.em, begun.id)).toEqual({ kind: 'change', ticketId: begun.id, number: (await begun.ticket()).number, ciIds: [story.ciId] });
  });

  test('CHG-13 incidents that it caused are linked by a person, once', async () => {
    const change = await story.inReview('general');
    const own = story.desk.customer('Theta').agreement();
    const foreign = await own.incident();
    expect(await change.refusal('owner', linkCaused, { ticketId: foreign.id })).toBe('NOT_FOUND: This customer has no such incident or problem.');
    story.at('2026-03-02 10:00');
    const theirs = await story.inReview('general', { customerId: await own.customerId(), ciIds: [await addCi(story.desk, await own.customerId(), 'srv-theta')] });
    await theirs.tell('owner', linkCaused, { ticketId: foreign.id });
    expect(await theirs.refusal('owner', linkCaused, { ticketId: foreign.id })).toContain('ALREADY_DONE');
    expect(await linksOf(story.database.em, story.people.manager, theirs.id)).toMatchObject([{ id: foreign.id, kind: 'caused-by', outgoing: false }]);
  });

  test('REL-09 software without a release: only the change manager\'s recorded exception lets it close', async () => {
    const change = await story.inReview('general', { software: true });
    await change.writeUp();
    expect(await change.refusal('implementer', close, {})).toBe('APPROVAL_NEEDED: It alters software: a release must carry it, or the change manager records an exception.');
    expect(await change.refusal('owner', excuse, { reason: 'Firmware of a relay.' })).toContain('FORBIDDEN');
    await change.tell('manager', excuse, { reason: 'Firmware of a relay.' });
    await change.tell('implementer', close, {});
    expect(await change.state()).toBe('closed');
  });

  test('API-03 what is offered is what the command does: closing lists everything that is missing', async () => {
    const change = await story.inReview('major');
    const offered = await availableRecordActions(story.database, story.people.implementer, CHANGE_KIND, change.id);
    const closing = offered.find(({ action }) => action === 'closeChange');
    expect(closing?.allowed).toBe(false);
    expect(closing?.lacks.map(({ field }) => field)).toEqual([
      'review', 'paper.change-plan', 'paper.implementation-application', 'paper.completion-report', 'ciResults', 'tasks',
      ...['capacity', 'availability', 'continuity', 'sla', 'cost'].map((section) => `assessment.after.${section}`),
    ]);
  });
});

describe('the clocks', () => {
  test('CHG-01 the response is warned of and missed once, over any number of looks; a late answer is on record as late', async () => {
    const change = await story.raise({ category: 'general' });
    await change.tell('requester', submit, {});
    expect(await change.timerDue()).toBe('2026-03-09 17:00');
    await change.look('2026-03-09 17:00');
    await change.look('2026-03-09 18:00');
    expect(await change.timerDue()).toBe('2026-03-09 18:00:00.001');
    story.desk.open.time.current = shanghai('2026-03-09 18:00') + 1;
    await Promise.all([change.look(), change.look(), change.look()]);
    await change.look('2026-03-10 09:00');
    await change.tell('owner', accept, {});
    expect((await change.events()).filter((line) => line.includes('response'))).toEqual(['change.responseDue @ 2026-03-09 17:00', 'change.responseMissed @ 2026-03-09 18:00:00.001']);
    expect(await change.timerDue()).toBeNull();
    expect(inShanghai((await change.facts()).responseMissedAt)).toBe('2026-03-09 18:00:00.001');
  });

  test('CHG-01 an answer that came late is recorded as missed even when no timer looked before', async () => {
    const change = await story.raise({ category: 'general' });
    await change.tell('requester', submit, {});
    story.at('2026-03-10 09:00');
    await change.tell('owner', accept, {});
    expect(inShanghai((await change.facts()).responseMissedAt)).toBe('2026-03-09 18:00:00.001');
  });

  test('D-43 the 4 h of an emergency are missed when it is not over, and not when it was', async () => {
    const quick = await emergency();
    story.at('2026-03-02 14:00');
    await quick.tell('implementer', complete, { remark: 'Done at the last moment.' });
    await quick.look('2026-03-02 15:00');
    expect((await quick.facts()).implementationMissedAt).toBeNull();
    story.at('2026-03-02 10:00');
    const slow = await emergency();
    await slow.look('2026-03-02 14:30');
    expect((await slow.events()).filter((line) => line.includes('Missed'))).toEqual(['change.implementationMissed @ 2026-03-02 14:00:00.001']);
  });

  test('CHG-06 D-44 overdue debts are told once', async () => {
    const change = await emergency();
    await change.tell('implementer', complete, { remark: 'Done.' });
    await change.look('2026-03-04 18:00');
    expect((await change.facts()).debtMissedAt).toBeNull();
    await change.look('2026-03-05 09:00');
    await change.look('2026-03-05 10:00');
    expect((await change.events()).filter((line) => line.includes('debtMissed'))).toEqual(['change.debtMissed @ 2026-03-04 18:00:00.001']);
  });

  test('D-22 an edited calendar moves the due instant of an open change, not of an answered one', async () => {
    const [open, answered] = [await story.raise({ category: 'major' }), await story.raise({ category: 'major' })];
    for (const change of [open, answered]) await change.tell('requester', submit, {});
    await answered.tell('owner', accept, {});
    const office = await story.database.em.findOneOrFail(CalendarEntity, { key: '5x8' });
    const { source } = await story.database.em.findOneOrFail(CalendarVersionEntity, { calendarId: office.id, version: office.version });
    if (source === '24x7') throw new Error('The office has hours.');
    const exceptions = [...source.exceptions, { date: '2026-03-04', hours: [], name: 'Closed' }];
    await editCalendar(story.database, SYSTEM('test'), { id: office.id, expectedVersion: office.version, source: { ...source, exceptions }, validFrom: null });
    expect(await open.timerDue()).toBe('1970-01-01 08:00');
    await open.look();
    await answered.look();
    expect([inShanghai((await open.facts()).responseDueAt), inShanghai((await answered.facts()).responseDueAt)]).toEqual(['2026-03-06 18:00', '2026-03-05 18:00']);
    expect([await open.timerDue(), await answered.timerDue()]).toEqual(['2026-03-06 17:00', null]);
  });
});

const PLAN = {
  planType: 'Failover', background: 'Outage', presentEnvironment: 'Two hosts', dataBackup: 'None needed', steps: 'Switch', schedule: 'At once', riskAndRollback: 'Switch back', testSteps: 'Log in',
  implementationPlan: 'Switch', testPlan: 'Log in', rollbackPlan: 'Switch back',
};
const REVIEW = { outcome: 'successful', expectedResultMet: true, text: 'As planned.', stability: 'Stable.', businessSatisfaction: 4 };

/** Everything but review and papers, then closing. */
async function finish(change: ChangeInDatabase): Promise<void> {
  await change.endTasks();
  await change.tell('implementer', keepCi, { ciId: story.ciId, remark: 'Same entry.' });
  await change.assess('after');
  await change.tell('implementer', close, {});
}

async function payRest(change: ChangeInDatabase, ciId: string): Promise<void> {
  await change.tell('owner', edit, { ciIds: [ciId], businessSystems: ['ERP'], departments: ['Finance'] });
  await change.tell('owner', editPlan, PLAN);
  await change.tell('owner', assess, { phase: 'after', sections: ['capacity', 'availability', 'continuity', 'sla', 'cost'].map((section) => ({ section, text: 'None.' })) });
  await change.paper('change-plan');
  await change.paper('completion-report');
  await settlePapers();
}

test('CHG-18 where nobody was named, whoever begins it is its implementer and the only one who closes it', async () => {
  const change = await story.raise({ category: 'emergency' });
  await change.tell('projectManager', submit, {});
  await change.tell('owner', accept, {});
  await change.tell('owner', consent, { approved: true, personId: story.people.director.id });
  await change.tell('requester', start, {});
  expect((await change.facts()).implementerId).toBe(story.people.requester.id);
  expect(await change.refusal('implementer', complete, { remark: 'x' })).toBe('FORBIDDEN: Only the implementer may do this.');
  await change.tell('requester', complete, { remark: 'Done.' });
});
