import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confirm, recordCab, steer } from '../../server/src/features/change/change-approve.service.ts';
import { changeCategory, edit } from '../../server/src/features/change/change-edit.service.ts';
import { accept, askApproval, cancel, refuse, submit } from '../../server/src/features/change/change-life.service.ts';
import { agreePreAuthorised, endPreAuthorised } from '../../server/src/features/change/change-pre-authorised.service.ts';
import { start } from '../../server/src/features/change/change-implement.service.ts';
import { close } from '../../server/src/features/change/change-review.service.ts';
import { reschedule, schedule } from '../../server/src/features/change/change-schedule.service.ts';
import { sendTasks } from '../../server/src/features/change/change-task.service.ts';
import { listChanges } from '../../server/src/features/change/change.queries.ts';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { cisOfTicket } from '../../server/src/features/ticket/ticket-history.service.ts';
import { linksOf } from '../../server/src/features/ticket/ticket-link.service.ts';
import { addCi } from '../support/desk-story.ts';
import { ChangeStory } from '../support/change-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

let story: ChangeStory;
beforeAll(async () => { story = await ChangeStory.start(); });
beforeEach(() => { story.at('2026-03-02 10:00'); });
afterAll(() => story.desk.open.close());

describe('from draft to closed', () => {
  test('CHG-04 CHG-10 a major change needs every approval and all three papers, and is closed by its implementer', async () => {
    const change = await story.inReview('major');
    await change.writeUp();
    await change.paper('change-plan');
    await change.paper('implementation-application');
    expect(await change.refusal('implementer', close, {})).toBe('MISSING_FIELD: Attach the completion report 变更完成报告.');
    await change.paper('completion-report');
    expect(await change.refusal('owner', close, {})).toBe('FORBIDDEN: Only the implementer may do this.');
    await change.tell('implementer', close, {});
    const [ticket, facts] = [await change.ticket(), await change.facts()];
    expect(ticket.title).toBe('【重大变更】Replace the mail relay');
    expect(ticket.number).toMatch(/^CHG-\d{7}$/);
    expect([facts.state, facts.outcome, facts.expectedResultMet, facts.businessSatisfaction, facts.stability]).toEqual(['closed', 'successful', true, 5, 'Stable for a day.']);
    expect(inShanghai(ticket.closedAt)).toBe('2026-03-07 23:30');
    expect(await story.desk.auditProblems()).toEqual([]);
  });

  test('CHG-04 the way of a major change is on record, step by step', async () => {
    const change = await story.inReview('major');
    const said = (await change.events()).map((line) => line.split(' @ ')[0]?.replace('change.', '')).filter((type) => !type?.startsWith('conflict'));
    expect(said).toEqual([
      'raised', 'submitted', 'accepted', 'planningBegan', 'planEdited', 'assessed', 'ownersAsked', 'taskPlanned', 'approvalRequested', 'approved', 'approved', 'approved', 'scheduled', 'tasksSent', 'started', 'implemented',
    ]);
  });

  test('CHG-01 the owner refuses with a reason; that is the response, and an end', async () => {
    const change = await story.raise({ category: 'general' });
    await change.tell('requester', submit, {});
    expect(await change.refusal('owner', refuse, { reason: ' ' })).toBe('MISSING_FIELD: "reason" must be given: 1–2000 characters.');
    await story.at('2026-03-03 09:00');
    await change.tell('owner', refuse, { reason: 'No need for it.' });
    const facts = await change.facts();
    expect([facts.state, facts.response, facts.responseReason, inShanghai(facts.respondedAt), facts.outcome]).toEqual(['refused', 'refused', 'No need for it.', '2026-03-03 09:00', null]);
    expect((await change.ticket()).closedAt).not.toBeNull();
    expect(await change.refusal('owner', accept, {})).toContain('MOVE_NOT_ALLOWED');
  });

  test('CHG-04 cancelled before its start, with a reason; never afterwards', async () => {
    const waiting = await story.scheduled('general');
    await waiting.tell('owner', cancel, { reason: 'Replaced by another.' });
    expect([await waiting.state(), (await waiting.facts()).endReason]).toEqual(['cancelled', 'Replaced by another.']);
    const begun = await story.started('general');
    expect(await begun.refusal('owner', cancel, { reason: 'Too late.' })).toBe('MOVE_NOT_ALLOWED: "cancel" is not possible while the change is implementing. Allowed from here: rollBack, conclude.');
  });

  test('CHG-04 a no of an approver sends it back to planning; what was said in that round counts no more', async () => {
    const change = await story.inApproval('major');
    await change.tell('departmentManager', steer, { approved: true });
    expect(await change.refusal('manager', recordCab, { approved: false })).toBe('MISSING_FIELD: A rejection needs its reason in "note".');
    await change.tell('manager', recordCab, { approved: false, note: 'Rollback not convincing.' });
    expect(await change.state()).toBe('planning');
    await change.tell('owner', askApproval, {});
    expect((await change.facts()).approvalRound).toBe(2);
    expect(await change.refusal('manager', recordCab, { approved: true })).toBe('APPROVAL_NEEDED: First comes the steering authorisation.');
  });

  test('CHG-10 the customer\'s word may be entered by the owner only with the signed paper or mail', async () => {
    const change = await story.inApproval('major');
    await change.tell('departmentManager', steer, { approved: true });
    await change.tell('manager', recordCab, { approved: true });
    expect(await change.refusal('owner', confirm, { approved: true })).toContain('INVALID_INPUT: "given" must be one of signature, mail');
    expect(await change.refusal('owner', confirm, { approved: true, given: 'signature', personName: 'Dr Gu' })).toBe('MISSING_FIELD: Attach the signed paper or the mail, and name it here.');
    await change.paper('implementation-application');
    const [file] = await story.database.em.execute<{ id: string }[]>('select id from attachment where ticket_id = ?', [change.id]);
    await change.tell('owner', confirm, { approved: true, given: 'signature', personName: 'Dr Gu', attachmentId: file!.id });
    const rows = await story.database.em.execute<object[]>(`select step, given, person_name, recorded_by, attachment_id from change_approval where ticket_id = ? and step = 'customer'`, [change.id]);
    expect(rows).toEqual([{ step: 'customer', given: 'signature', person_name: 'Dr Gu', recorded_by: 'owner', attachment_id: file!.id }]);
  });
});

describe('raising', () => {
  test('CHG-01 CHG-18 it comes from anywhere; a third party and a customer are named', async () => {
    expect(await refused(() => story.raise({ category: 'general', source: 'third-party' }))).toBe('MISSING_FIELD: A change from "third-party" says who asked for it.');
    expect((await (await story.raise({ category: 'general', source: 'third-party', askedBy: 'Carrier' })).facts()).askedBy).toBe('Carrier');
    expect((await (await story.raise({ category: 'general', source: 'customer', askedBy: 'Ms Li' }, story.desk.people.desk)).facts()).source).toBe('customer');
    for (const source of ['capacity', 'continuity'] as const) expect((await (await story.raise({ category: 'general', source })).facts()).source).toBe(source);
    expect(await refused(() => story.raise({ category: 'general', source: 'whim' }))).toContain('INVALID_INPUT: "source" must be one of incident, problem, release');
  });

  test('CHG-18 an emergency is raised by a project or service manager, by nobody else', async () => {
    expect(await refused(() => story.raise({ category: 'emergency' }, story.people.requester))).toBe('FORBIDDEN: An emergency change is raised by a project or service manager ("change.raiseEmergency").');
    expect(await refused(() => story.raise({ category: 'emergency' }, story.people.owner))).toContain('FORBIDDEN');
    expect(await (await story.raise({ category: 'emergency' }, story.people.projectManager)).state()).toBe('draft');
    expect(await (await story.raise({ category: 'emergency' }, story.desk.people.serviceManager)).state()).toBe('draft');
    const general = await story.raise({ category: 'general' });
    expect(await general.refusal('requester', changeCategory, { category: 'emergency', reason: 'Hurry' })).toContain('FORBIDDEN');
  });

  test('CHG-01 raised from an incident it is linked to it and takes its CIs over', async () => {
    const beta = story.desk.customer('Beta').agreement();
    const customerId = await beta.customerId();
    const ciId = await addCi(story.desk, customerId, 'srv-incident');
    const incident = await beta.incident({ ciId });
    expect(await refused(() => story.raise({ category: 'general', forTicketId: incident.id }))).toBe('NOT_FOUND: This customer has no such incident or problem.');
    const change = await story.raise({ category: 'general', customerId, forTicketId: incident.id, ciIds: null });
    expect((await change.facts()).source).toBe('incident');
    expect(await cisOfTicket(story.database.em, story.people.manager, change.id)).toMatchObject([{ id: ciId, name: 'srv-incident' }]);
    expect(await linksOf(story.database.em, story.people.manager, incident.id)).toMatchObject([{ id: change.id, kind: 'change-for', outgoing: false }]);
  });

  test('CHG-02 another customer\'s CI is none; words are the policy\'s', async () => {
    const beta = await story.desk.customer('Gamma').agreement().customerId();
    const foreign = await addCi(story.desk, beta, 'srv-foreign');
    expect(await refused(() => story.raise({ category: 'general', ciIds: [foreign] }))).toBe(`NOT_FOUND: This customer has no CI ${foreign}.`);
    expect(await refused(() => story.raise({ category: 'general', type: 'odd' }))).toBe('INVALID_INPUT: "type" must be one of system, business, management, got "odd".');
  });

  test('CHG-02 the impact set is computed from the CMDB when it is submitted, and anew with other CIs', async () => {
    const [base, app] = [await addCi(story.desk, story.customerId, 'db-01'), await addCi(story.desk, story.customerId, 'erp')];
    await story.database.change(story.people.configurationManager, (change) => relateCis(change, { sourceId: app, type: 'depends_on', targetId: base, authorisation: { kind: 'exception', reason: 'Story' } }));
    const change = await story.raise({ category: 'general', ciIds: [base] });
    await change.tell('requester', submit, {});
    expect((await change.facts()).impact?.nodes).toEqual([{ ciId: app, depth: 1, path: [base, app] }]);
    await change.tell('requester', edit, { ciIds: [story.ciId] });
    expect((await change.facts()).impact?.nodes).toEqual([]);
  });

  test('API-03 the same key answers with the same change; another body is refused', async () => {
    const first = await story.raise({ category: 'general', idempotencyKey: 'raise-key-1' });
    expect((await story.raise({ category: 'general', idempotencyKey: 'raise-key-1' })).id).toBe(first.id);
    expect(await refused(() => story.raise({ category: 'general', title: 'Other', idempotencyKey: 'raise-key-1' }))).toContain('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('pre-authorised', () => {
  test('CHG-04 an agreed item goes straight from accepted to execution, until the customer\'s agreement ends', async () => {
    const item = { customerId: story.customerId, title: 'Monthly patch', servicePlan: 'Patch, reboot, check.', agreedBy: 'Dr Gu', agreedAt: shanghai('2026-03-01 10:00') };
    expect(await refused(() => agreePreAuthorised(story.database, story.people.owner, item))).toContain('FORBIDDEN');
    const preAuthorisedId = await agreePreAuthorised(story.database, story.people.manager, item);
    const quick = await story.accepted('general', { preAuthorisedId });
    await quick.tell('implementer', start, {});
    expect(await quick.state()).toBe('implementing');
    const late = await story.accepted('general', { preAuthorisedId });
    await endPreAuthorised(story.database, story.people.manager, { id: preAuthorisedId, expectedVersion: 1, reason: 'Contract changed.' });
    expect(await late.refusal('implementer', start, {})).toBe('MOVE_NOT_ALLOWED: It must be planned and approved first.');
    expect(await refused(() => story.raise({ category: 'general', preAuthorisedId }))).toBe('NOT_FOUND: This customer has not agreed to such a change, or no longer.');
  });

  test('CHG-04 another customer\'s agreement, and one for another category, do not count', async () => {
    const beta = await story.desk.customer('Delta').agreement().customerId();
    const preAuthorisedId = await agreePreAuthorised(story.database, story.people.manager, { customerId: beta, title: 'Patch', servicePlan: 'Patch.', agreedBy: 'X', agreedAt: shanghai('2026-03-01 10:00') });
    expect(await refused(() => story.raise({ category: 'general', preAuthorisedId }))).toContain('NOT_FOUND');
    expect(await refused(() => story.raise({ category: 'important', preAuthorisedId }))).toBe('INVALID_INPUT: Only a general change is pre-authorised.');
  });
});

describe('two at once', () => {
  test('API-03 of two answers on the same version one is carried out, the other told to read again', async () => {
    const change = await story.raise({ category: 'general' });
    await change.tell('requester', submit, {});
    const { version } = await change.ticket();
    const both = await Promise.allSettled([
      accept(story.database, story.people.owner, { id: change.id, expectedVersion: version }), refuse(story.database, story.people.manager, { id: change.id, expectedVersion: version, reason: 'No.' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const rejected = both.find((one) => one.status === 'rejected');
    expect(String(rejected?.reason)).toContain(`The change is at version ${version + 1}, the command was based on ${version}`);
    expect((await change.events()).filter((line) => line.includes('accepted') || line.includes('refused'))).toHaveLength(1);
  });

  test('CHG-15 moving the window of a scheduled change: no window in the past, none that ends before it begins', async () => {
    const change = await story.inApproval('general');
    await change.approveAll('general');
    const windows = [['2026-03-02 08:00', '2026-03-02 09:00'], ['2026-03-07 22:00', '2026-03-07 22:00'], ['2026-03-07 22:00', '2026-04-20 22:00']] as const;
    for (const [from, to] of windows) expect(await change.refusal('owner', schedule, { windowStartAt: shanghai(from), windowEndAt: shanghai(to) })).toContain('OUT_OF_RANGE');
    await change.tell('owner', schedule, { windowStartAt: shanghai('2026-03-07 22:00'), windowEndAt: shanghai('2026-03-08 02:00') });
    await change.tell('owner', sendTasks, {});
    expect(await change.refusal('implementer', start, {})).toBe('MOVE_NOT_ALLOWED: Its window has not begun; move the window first.');
    await change.tell('owner', reschedule, { windowStartAt: shanghai('2026-03-02 10:00'), windowEndAt: shanghai('2026-03-02 12:00'), reason: 'Sooner' });
    await change.tell('implementer', start, {});
    expect(await change.state()).toBe('implementing');
  });
});

describe('reading', () => {
  test('ORG-03 a customer sees their own changes, another customer\'s are not there', async () => {
    const change = await story.raise({ category: 'general', title: 'Only Acme sees this' });
    const own = await listChanges(story.database.em, story.contact, { text: 'Only Acme' }, { first: 10, after: null });
    expect(own.edges.map(({ node }) => node.id)).toEqual([change.id]);
    const stranger = story.desk.contactOf(await story.desk.customer('Epsilon').agreement().customerId());
    expect((await listChanges(story.database.em, stranger, { text: 'Only Acme' }, { first: 10, after: null })).totalCount).toBe(0);
    expect(await refused(() => accept(story.database, stranger, { id: change.id, expectedVersion: 1 }))).toBe(`NOT_FOUND: There is no change ${change.id}.`);
  });

  test('WBD-04 the list of changes filters by state, category and window, half-open, and pages without gap', async () => {
    const change = await story.scheduled('important', { title: 'Window hunt' });
    const found = async (filter: Parameters<typeof listChanges>[2]) => (await listChanges(story.database.em, story.people.manager, { text: 'Window hunt', ...filter }, { first: 10, after: null })).edges.map(({ node }) => node.id);
    expect(await found({ states: ['scheduled'], categories: ['important'] })).toEqual([change.id]);
    expect(await found({ categories: ['major'] })).toEqual([]);
    expect(await found({ windowFrom: shanghai('2026-03-08 01:59'), windowTo: shanghai('2026-03-09 00:00') })).toEqual([change.id]);
    expect(await found({ windowFrom: shanghai('2026-03-08 02:00') })).toEqual([]);
    expect(await found({ windowTo: shanghai('2026-03-07 22:00') })).toEqual([]);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listChanges>> = await listChanges(story.database.em, story.people.manager, { ended: true }, { first: 3, after });
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await story.desk.count('change'));
    expect(await refused(() => listChanges(story.database.em, story.people.manager, {}, { first: 3, after: 'x' }))).toContain('INVALID_INPUT');
  });
});

async function refused(command: () => Promise<unknown>): Promise<string> {
  try {
    await command();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return `${String(error.code)}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}
