import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { drawCause, addNote, assignProblem, beginInvestigation, describeProblem, linkIncident, recordKnownError, reportInvestigation, setKey } from '../../server/src/features/problem/problem-work.service.ts';
import { openProblem, openProblemFor } from '../../server/src/features/problem/problem-open.service.ts';
import { closeProblem, confirmSolved, decide, propose, settle, withdrawProblem } from '../../server/src/features/problem/problem-outcome.service.ts';
import { draftProblemArticle, nameArticle, raiseProblemChange } from '../../server/src/features/problem/problem-follow.service.ts';
import { linkCi, linkTicket } from '../../server/src/features/incident/incident-work.service.ts';
import { addCi, DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { eventsOf, ProblemInDatabase, problemPeople, problemsCatchUp } from '../support/problem-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));

const { database } = story;
const { owner, colleague, manager, projectManager, deliveryManager, auditor } = await problemPeople(story);
const acme = story.customer('Acme').agreement();
const globex = story.customer('Globex').agreement();
await database.em.execute('update agreement set service_delivery_manager_id = ? where customer_id = ?', [deliveryManager.id, await acme.customerId()]);

const problemFor = async (incident: IncidentInDatabase): Promise<ProblemInDatabase> => new ProblemInDatabase(
  story, await database.change(manager, (change) => openProblemFor(database, change, { incidentId: incident.id, title: 'Mail fails again and again', reason: 'Closed with a workaround' })),
);
const WHYS = { effect: 'Mail queue stops', whys: [{ because: 'The disk is full' }, { because: 'Old logs are never removed' }] };
const SOLUTION = { solution: 'Rotate the logs.', minutes: 90, effect: 'The disk stays below 60 %.', prevention: 'Watch the disk.', altersCi: false };

async function owned(): Promise<ProblemInDatabase> {
  const problem = await problemFor(await acme.incident({ symptom: 'queue stops' }));
  return problem.tell(deliveryManager, assignProblem, { ownerId: owner.id });
}
async function investigated(): Promise<ProblemInDatabase> {
  const problem = await (await owned()).tell(owner, beginInvestigation, {});
  await problem.tell(owner, describeProblem, { scope: '40 people at headquarters' });
  await problem.tell(owner, reportInvestigation, { investigation: 'Looked at the disk for a week.', rootCause: 'Logs are never removed' });
  return problem.tell(owner, drawCause, { method: 'five-whys', body: WHYS });
}
async function resolved(solution: Partial<typeof SOLUTION> = {}): Promise<ProblemInDatabase> {
  const problem = await (await investigated()).tell(owner, propose, { ...SOLUTION, ...solution });
  await problem.tell(manager, decide, { approve: true });
  return problem.tell(owner, settle, {});
}

describe('INC-11 D-42 opening', () => {
  test('INC-11 PRB-01 a problem of an incident takes severity, class, symptom and CIs from it and waits with the service delivery manager', async () => {
    const incident = await acme.incident({ level: 'LV2', symptom: 'queue stops' });
    const ciId = await addCi(story, await acme.customerId(), 'mail-01');
    await incident.tell('desk', linkCi, { ciId, cause: true });
    const problem = await problemFor(incident);
    expect(await problem.facts()).toMatchObject({ state: 'unresolved', stage: 'logged', source: 'incident', severity: 'L2', class: 'software', symptom: 'queue stops', handedToId: deliveryManager.id, assignedAt: null });
    expect(await story.count('ticket_ci', `ticket_id = '${problem.id}' and ci_id = '${ciId}' and cause`)).toBe(1);
    expect((await eventsOf(story, incident.id, 'incident.problemOpened')).map(({ reason }) => reason)).toEqual(['Closed with a workaround']);
    expect((await problem.ticket()).number).toMatch(/^PRB-\d{7}$/);
  });

  test('D-42 an open problem is taken again, a closed one is followed by a new one', async () => {
    const incident = await acme.incident();
    const first = await problemFor(incident);
    expect((await problemFor(incident)).id).toBe(first.id);
    expect(await eventsOf(story, first.id, 'problem.askedForAgain')).toHaveLength(1);
    await first.tell(manager, withdrawProblem, { reason: 'Nothing in it' });
    expect((await problemFor(incident)).id).not.toBe(first.id);
  });

  test('D-42 both triggers at once open one problem', async () => {
    const incident = await acme.incident();
    const problems = await Promise.all(Array.from({ length: 8 }, () => problemFor(incident)));
    expect(new Set(problems.map(({ id }) => id)).size).toBe(1);
    expect(await story.count('ticket_link', `to_id = '${incident.id}' and kind = 'problem-of'`)).toBe(1);
  });

  test('D-42 an incident of an open problem cannot be linked to another; a foreign customer\'s not at all', async () => {
    const incident = await acme.incident();
    const first = await problemFor(incident);
    const { number } = await first.ticket();
    const second = await problemFor(await acme.incident());
    await expect(second.tell(owner, linkIncident, { incidentId: incident.id })).rejects.toMatchObject({ code: 'ALREADY_DONE', field: 'incidentId', message: expect.stringContaining(number) });
    await expect(second.tell(owner, linkIncident, { incidentId: (await globex.incident()).id })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'incidentId' });
    await second.tell(owner, linkIncident, { incidentId: (await acme.incident()).id });
    expect(await second.incidents()).toHaveLength(2);
  });

  test('PRB-01 by hand: from a customer, or from the incidents named; an unknown class is refused with those that there are', async () => {
    const input = { customerId: await acme.customerId(), title: 'Slow', description: 'Since May', class: 'database', severity: 'L3' as const };
    const told = new ProblemInDatabase(story, await openProblem(database, owner, input));
    expect((await told.facts()).source).toBe('customer');
    const incident = await acme.incident();
    expect((await new ProblemInDatabase(story, await openProblem(database, owner, { ...input, incidentIds: [incident.id] })).facts()).source).toBe('incident');
    await expect(openProblem(database, owner, { ...input, incidentIds: [incident.id] })).rejects.toMatchObject({ code: 'ALREADY_DONE', field: 'incidentIds' });
    await expect(openProblem(database, owner, { ...input, class: 'weather' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'class', message: expect.stringContaining('hardware, software') });
    await expect(openProblem(database, auditor, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('INC-11 unassigned it ages: nothing at 13:59:59.999, a reminder at 14:00, the next after 24 h, none once it is assigned', async () => {
    const problem = await problemFor(await acme.incident());
    expect(await problem.timerDue()).toBe('2026-03-02 14:00');
    await problem.look('2026-03-02 14:00', 1);
    expect((await problem.facts()).ageingStep).toBe(0);
    await problem.look('2026-03-02 14:00');
    await problem.look('2026-03-02 14:00');
    expect((await problem.facts()).ageingStep).toBe(1);
    expect(await problem.timerDue()).toBe('2026-03-03 10:00');
    await problem.look('2026-03-03 10:00');
    expect((await eventsOf(story, problem.id, 'problem.unassignedAged')).map(({ after }) => [after['step'], after['handedToId']])).toEqual([[1, deliveryManager.id], [2, deliveryManager.id]]);
    await problem.tell(deliveryManager, assignProblem, { ownerId: owner.id });
    expect(await problem.timerDue()).toBeNull();
    await problem.look('2026-03-09 10:00');
    expect((await problem.facts()).ageingStep).toBe(2);
  });

  test('INC-11 only whom it was handed to or a manager assigns, and only to somebody who works on problems', async () => {
    const problem = await problemFor(await acme.incident());
    await expect(problem.tell(owner, assignProblem, { ownerId: owner.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(problem.tell(deliveryManager, assignProblem, { ownerId: auditor.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'ownerId' });
    await problem.tell(deliveryManager, assignProblem, { ownerId: owner.id });
    await expect(problem.tell(deliveryManager, assignProblem, { ownerId: owner.id })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    expect((await problem.ticket()).holderId).toBe(owner.id);
  });
});

describe('PRB-02 PRB-04 PRB-07 to a solution', () => {
  test('PRB-01 PRB-02 PRB-07 each step says what it lacks', async () => {
    const problem = await owned();
    await expect(problem.tell(owner, reportInvestigation, { investigation: 'x' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    await problem.tell(owner, beginInvestigation, {});
    await expect(problem.tell(owner, propose, SOLUTION)).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'method', detail: { missing: [{ field: 'method' }, { field: 'rootCause' }] } });
    await problem.tell(owner, drawCause, { method: 'five-whys', body: WHYS });
    await expect(problem.tell(owner, propose, SOLUTION)).rejects.toMatchObject({ field: 'rootCause' });
    await problem.tell(owner, reportInvestigation, { investigation: 'Looked.', rootCause: 'Logs' });
    await expect(problem.tell(owner, propose, { ...SOLUTION, minutes: 0 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'minutes' });
    await problem.tell(owner, propose, SOLUTION);
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ code: 'APPROVAL_NEEDED', detail: { missing: [{ field: 'solution' }, { field: 'scope' }] } });
    await problem.tell(manager, decide, { approve: true });
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'scope' });
    await problem.tell(owner, describeProblem, { scope: 'Headquarters' });
    await problem.tell(owner, settle, {});
    expect(await problem.stage()).toBe('resolved resolved');
  });

  test('PRB-04 nobody approves their own solution; refusing needs a reason and asks for another', async () => {
    const problem = await investigated();
    await problem.tell(manager, propose, SOLUTION);
    await expect(problem.tell(manager, decide, { approve: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(problem.tell(owner, decide, { approve: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(problem.tell(projectManager, decide, { approve: false })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    await problem.tell(projectManager, decide, { approve: false, reason: 'Too dear' });
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' });
    await problem.tell(owner, propose, { ...SOLUTION, solution: 'Cheaper' });
    await problem.tell(manager, decide, { approve: true });
    // A new proposal takes the approval of the old one away.
    await problem.tell(owner, propose, { ...SOLUTION, solution: 'Cheaper still' });
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' });
  });

  test('PRB-04 a solution that alters a CI is resolved only by a change that was carried out', async () => {
    const problem = await (await investigated()).tell(owner, propose, { ...SOLUTION, altersCi: true });
    const raising = { category: 'general', type: 'system', risk: 'low' };
    await expect(problem.tell(owner, raiseProblemChange, raising)).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' });
    await problem.tell(manager, decide, { approve: true });
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'change', message: expect.stringContaining('none is under way') });
    await problem.tell(owner, raiseProblemChange, raising);
    expect(await problem.stage()).toBe('unresolved change-raised');
    const [change] = await database.em.execute<{ id: string; number: string }[]>(`select t.id, t.number from ticket_link l join ticket t on t.id = l.from_id where l.to_id = ? and l.kind = 'change-for'`, [problem.id]);
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ field: 'change', message: expect.stringContaining(`${change!.number} is not closed`) });
    const ended = async (outcome: string): Promise<unknown> => {
      await database.em.execute(`update change set outcome = ?, state = 'closed' where ticket_id = ?`, [outcome, change!.id]);
      return database.em.execute('update ticket set closed_at = now() where id = ?', [change!.id]);
    };
    await ended('failed');
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ field: 'change' });
    await ended('successful-with-issues');
    await problem.tell(owner, settle, {});
  });

  test('PRB-04 no change is raised for a solution that alters no CI; a refused change leaves the problem as it was', async () => {
    const problem = await (await investigated()).tell(owner, propose, { ...SOLUTION, altersCi: true });
    await problem.tell(manager, decide, { approve: true });
    await expect(problem.tell(owner, raiseProblemChange, { category: 'general', type: 'no-such-type', risk: 'low' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'type' });
    expect([await problem.stage(), await story.count('ticket_link', `to_id = '${problem.id}' and kind = 'change-for'`)]).toEqual(['unresolved investigating', 0]);
    await problem.tell(owner, propose, SOLUTION);
    await problem.tell(manager, decide, { approve: true });
    await expect(problem.tell(owner, raiseProblemChange, { category: 'general', type: 'system', risk: 'low' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  test('PRB-02 every drawing is a version; a Pareto counts the linked incidents itself', async () => {
    const problem = await (await owned()).tell(owner, beginInvestigation, {});
    const [a, b] = [await addCi(story, await acme.customerId(), 'core-switch'), await addCi(story, await acme.customerId(), 'edge-switch')];
    for (const ciId of [a, a, b]) {
      const incident = await acme.incident();
      await incident.tell('desk', linkCi, { ciId, cause: false });
      await problem.tell(owner, linkIncident, { incidentId: incident.id });
    }
    await problem.tell(owner, drawCause, { method: 'pareto', body: { by: 'ci', conclusion: 'The core switch' } });
    await problem.tell(owner, drawCause, { method: 'pareto', body: { by: 'ci', conclusion: 'Still the core switch' } });
    await problem.tell(owner, drawCause, { method: 'five-whys', body: WHYS });
    const charts = await database.em.execute<{ method: string; version: number; body: Record<string, unknown> }[]>('select method, version, body from problem_chart where problem_id = ? order by method, version', [problem.id]);
    expect(charts.map(({ method, version }) => `${method} ${version}`)).toEqual(['five-whys 1', 'pareto 1', 'pareto 2']);
    expect(charts[1]!.body).toEqual({
      by: 'ci', conclusion: 'The core switch', total: 4,
      bars: [{ value: a, label: 'core-switch', count: 2, cumulativePercent: 50 }, { value: b, label: 'edge-switch', count: 1, cumulativePercent: 75 }, { value: '', label: '—', count: 1, cumulativePercent: 100 }],
    });
  });

  test('PRB-07 management is told of every step of a key problem, and of no other', async () => {
    const plain = await investigated();
    expect(await eventsOf(story, plain.id, 'problem.managementTold')).toEqual([]);
    const key = await owned();
    await expect(key.tell(owner, setKey, { key: true, reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await key.tell(manager, setKey, { key: true, reason: 'The customer\'s board asks' });
    await key.tell(owner, beginInvestigation, {});
    expect((await eventsOf(story, key.id, 'problem.managementTold')).map(({ after }) => [after['stage'], after['to']])).toEqual([
      ['logged', ['service-manager: serviceManager', 'service-delivery-manager: deliveryManager', 'department-manager', 'executive']],
      ['investigating', ['service-manager: serviceManager', 'service-delivery-manager: deliveryManager', 'department-manager', 'executive']],
    ]);
  });

  test('WBD-13 a note names its whole text, however long, so that who is mentioned at its end is told', async () => {
    const problem = await owned();
    await problem.tell(owner, addNote, { text: `${'Looked at the disk. '.repeat(20)}@${manager.name}` });
    const [noted] = await eventsOf(story, problem.id, 'problem.noted');
    expect(await story.count('work_log_entry', `id = '${String(noted?.after['entryId'])}' and text like '%@${manager.name}'`)).toBe(1);
  });

  test('API-03 PRB-01 a stale version is refused and nothing changes; retries with one key have one effect', async () => {
    const problem = await owned();
    const { version } = await problem.ticket();
    await problem.tell(owner, beginInvestigation, {});
    await expect(addNote(database, owner, { id: problem.id, expectedVersion: version, text: 'x' })).rejects.toMatchObject({ code: 'STALE_VERSION', detail: { version: version + 1 } });
    const note = { id: problem.id, expectedVersion: version + 1, text: 'Looked at the disk', idempotencyKey: 'note-once-1' };
    await Promise.all(Array.from({ length: 10 }, () => addNote(database, owner, note)));
    expect(await story.count('work_log_entry', `ticket_id = '${problem.id}'`)).toBe(1);
  });
});

describe('PRB-06 the watch', () => {
  test('PRB-06 verified at the end of 30 days, not a moment before; linked incidents are told', async () => {
    const problem = await resolved();
    const [incidentId] = await problem.incidents();
    expect(await problem.timerDue()).toBe('2026-04-01 10:00');
    await problem.look('2026-04-01 10:00', 1);
    expect((await problem.facts()).verifiedAt).toBeNull();
    await problem.look('2026-04-01 10:07');
    expect((await problem.facts()).verifiedAt).toBe(shanghai('2026-04-01 10:00'));
    expect(await problem.timerDue()).toBeNull();
    const told = await eventsOf(story, incidentId!, 'incident.toldOfProblem');
    expect(told.map(({ after, at }) => [after['news'], at])).toEqual([['resolved', '2026-03-02 10:00'], ['verified', '2026-04-01 10:00']]);
  });

  test('PRB-06 the same symptom on the same CI within the watch brings it back; another symptom, CI or customer does not', async () => {
    const problem = await resolved();
    const ciId = await addCi(story, await acme.customerId(), 'mail-02');
    await database.em.execute('insert into ticket_ci (id, ticket_id, ci_id, cause) values (gen_random_uuid(), ?, ?, true)', [problem.id, ciId]);
    story.at('2026-03-20 09:00');
    const report = async (facts: { symptom: string }, ci: string): Promise<IncidentInDatabase> => {
      const incident = await acme.incident(facts);
      return incident.tell('desk', linkCi, { ciId: ci, cause: false });
    };
    await report({ symptom: 'screen is dark' }, ciId);
    await report({ symptom: 'queue stops' }, await addCi(story, await acme.customerId(), 'mail-03'));
    await problemsCatchUp(story);
    expect(await problem.stage()).toBe('resolved resolved');
    const again = await report({ symptom: 'Queue stops' }, ciId);
    await problemsCatchUp(story);
    await problemsCatchUp(story);
    expect(await problem.facts()).toMatchObject({ state: 'unresolved', stage: 'investigating', recurrences: 1, solutionState: 'none', resolvedAt: null, watchEndsAt: null });
    expect(await problem.incidents()).toContain(again.id);
    expect(await problem.timerDue()).toBeNull();
    await expect(problem.tell(owner, settle, {})).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' });
  });

  test('PRB-06 an incident recorded as recurrence of a linked one brings it back', async () => {
    const problem = await resolved();
    const [incidentId] = await problem.incidents();
    story.at('2026-03-05 09:00');
    const again = await acme.incident({ symptom: 'quite another' });
    await again.tell('desk', linkTicket, { otherId: incidentId!, kind: 'recurrence-of' });
    await problemsCatchUp(story);
    expect((await problem.facts()).recurrences).toBe(1);
  });

  test.each([['2026-03-02 10:00', 1], ['2026-04-01 09:59', 1], ['2026-04-01 10:00', 0], ['2026-03-02 09:59', 0]])('PRB-06 linked by hand, an incident that opened at %s is a recurrence: %i', async (local, recurrences) => {
    const problem = await resolved();
    const incident = await acme.incident();
    await database.em.execute('update ticket set opened_at = ?::timestamptz where id = ?', [new Date(shanghai(local)).toISOString(), incident.id]);
    await problem.tell(owner, linkIncident, { incidentId: incident.id });
    expect((await problem.facts()).recurrences).toBe(recurrences);
  });
});

describe('KNW-08 closing', () => {
  async function confirmed(): Promise<ProblemInDatabase> {
    const problem = await resolved();
    await problem.look('2026-04-01 10:00');
    return problem.tell(projectManager, confirmSolved, {});
  }
  const articleState = async (problem: ProblemInDatabase, state: string): Promise<unknown> =>
    database.em.execute('update knowledge_article set state = ? where id = (select article_id from problem where ticket_id = ?)', [state, problem.id]);

  test('KNW-08 PRB-06 it does not close unverified, unconfirmed or without article, and says all three', async () => {
    const problem = await resolved();
    await expect(problem.tell(owner, closeProblem, {})).rejects.toMatchObject({ detail: { missing: [{ field: 'verifiedAt' }, { field: 'confirmedAt' }, { field: 'articleId' }] } });
    await expect(problem.tell(manager, confirmSolved, {})).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'Only a project manager may do this.' });
    await expect(problem.tell(owner, draftProblemArticle, {})).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    await problem.tell(projectManager, confirmSolved, {});
    await expect(problem.tell(owner, closeProblem, {})).rejects.toMatchObject({ field: 'verifiedAt' });
  });

  test('KNW-08 the owner drafts the article from what the problem knows; closed once it is submitted', async () => {
    const problem = await confirmed();
    await expect(problem.tell(manager, draftProblemArticle, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await problem.tell(owner, draftProblemArticle, {});
    const [article] = await database.em.execute<Record<string, unknown>[]>('select state, source, symptom, cause, solution, prevention, problem_id as "problemId" from knowledge_article where problem_id = ?', [problem.id]);
    expect(article).toEqual({ state: 'draft', source: 'problem', symptom: 'queue stops', cause: 'Logs are never removed', solution: 'Rotate the logs.', prevention: 'Watch the disk.', problemId: problem.id });
    await expect(problem.tell(owner, closeProblem, {})).rejects.toMatchObject({ field: 'articleId', message: expect.stringContaining('has not been submitted') });
    await articleState(problem, 'submitted');
    await problem.tell(owner, closeProblem, {});
    expect([await problem.stage(), (await problem.ticket()).closedAt]).toEqual(['resolved closed', shanghai('2026-04-01 10:00')]);
    await expect(problem.tell(owner, addNote, { text: 'late' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  test('KNW-08 already known: only a published article can be named', async () => {
    const first = await confirmed();
    await first.tell(owner, draftProblemArticle, {});
    const [{ number } = { number: '' }] = await database.em.execute<{ number: string }[]>('select number from knowledge_article where problem_id = ?', [first.id]);
    story.at('2026-03-02 10:00');
    const second = await confirmed();
    await expect(second.tell(owner, nameArticle, { articleNumber: number })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'articleNumber' });
    await expect(second.tell(owner, nameArticle, { articleNumber: 'KNW-9999999' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await articleState(first, 'published');
    await second.tell(owner, nameArticle, { articleNumber: number.toLowerCase() });
    await second.tell(manager, closeProblem, {});
    expect((await second.facts()).articleKnown).toBe(true);
  });

  test('PRB-06 a recurrence takes the confirmation and the verification away', async () => {
    const problem = await confirmed();
    const [incidentId] = await problem.incidents();
    story.at('2026-03-25 09:00');
    await (await acme.incident()).tell('desk', linkTicket, { otherId: incidentId!, kind: 'recurrence-of' });
    story.at('2026-04-01 10:05');
    await problemsCatchUp(story);
    expect(await problem.facts()).toMatchObject({ confirmedAt: null, verifiedAt: null, state: 'unresolved', stage: 'investigating' });
  });

  test('PRB-03 PRB-06 a known error is told to those with a linked incident', async () => {
    const problem = await investigated();
    const [incidentId] = await problem.incidents();
    await expect(problem.tell(colleague, recordKnownError, { symptom: 'queue stops', workaround: 'Delete logs by hand' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await problem.tell(owner, recordKnownError, { symptom: 'queue stops', workaround: 'Delete logs by hand' });
    expect(await problem.stage()).toBe('unresolved known-error');
    expect((await eventsOf(story, incidentId!, 'incident.toldOfProblem')).map(({ after }) => [after['news'], after['workaround']])).toEqual([['known-error', 'Delete logs by hand']]);
  });
});

test('the trail of all this holds together', async () => {
  expect(await story.auditProblems()).toEqual([]);
});
