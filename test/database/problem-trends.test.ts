import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { knownErrorsFor } from '../../server/src/features/problem/problem-known-error.service.ts';
import { acceptTrend, dismissTrend, lookForTrends } from '../../server/src/features/problem/problem-trend.service.ts';
import { assignProblem, beginInvestigation, recordKnownError } from '../../server/src/features/problem/problem-work.service.ts';
import { withdrawProblem } from '../../server/src/features/problem/problem-outcome.service.ts';
import { openProblemFor } from '../../server/src/features/problem/problem-open.service.ts';
import { listProblems, trendsIn } from '../../server/src/features/problem/problem.queries.ts';
import { ProblemTrendEntity, type ProblemTrend } from '../../server/src/features/problem/problem.entity.ts';
import { linkCi } from '../../server/src/features/incident/incident-work.service.ts';
import { addCi, DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { ProblemInDatabase, problemPeople } from '../support/problem-story.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));

const { database } = story;
const { owner, manager, deliveryManager, auditor } = await problemPeople(story);
type Report = NonNullable<Parameters<Customer['incident']>[0]>;
type Customer = ReturnType<ReturnType<DeskStory['customer']>['agreement']>;

async function reports(customer: Customer, count: number, input: Report): Promise<IncidentInDatabase[]> {
  const made: IncidentInDatabase[] = [];
  for (let n = 0; n < count; n += 1) made.push(await customer.incident(input));
  return made;
}
const trends = async (customer: Customer, state = 'proposed'): Promise<ProblemTrend[]> =>
  database.em.find(ProblemTrendEntity, { customerId: await customer.customerId(), state: state as ProblemTrend['state'] }, { orderBy: { dimension: 'asc', value: 'asc' } });
const labels = async (customer: Customer): Promise<string[]> => (await trends(customer)).map(({ dimension, label, incidentIds }) => `${dimension} ${label} ${incidentIds.length}`);

describe('PRB-05 trends', () => {
  test('PRB-05 two incidents with one symptom are no trend, three are; two customers are not added up', async () => {
    const [acme, globex] = [story.customer().agreement(), story.customer().agreement()];
    await reports(acme, 2, { symptom: 'Slow login' });
    await reports(globex, 1, { symptom: 'Slow login' });
    await lookForTrends(database);
    expect([await labels(acme), await labels(globex)]).toEqual([[], []]);
    await reports(acme, 1, { symptom: ' slow LOGIN ' });
    expect(await lookForTrends(database)).toBe(1);
    expect(await labels(acme)).toEqual(['symptom Slow login 3']);
    expect(await lookForTrends(database)).toBe(0);
  });

  test('PRB-05 by CI, by class from 8, by customer from 15', async () => {
    const acme = story.customer('Busy').agreement();
    const ciId = await addCi(story, await acme.customerId(), 'core-01');
    for (const incident of await reports(acme, 3, { technicalClass: 'network' })) await incident.tell('desk', linkCi, { ciId, cause: false });
    await reports(acme, 4, { technicalClass: 'network' });
    await reports(acme, 7, { technicalClass: 'hardware' });
    await lookForTrends(database);
    expect(await labels(acme)).toEqual(['ci core-01 3']);
    await reports(acme, 1, { technicalClass: 'network' });
    await lookForTrends(database);
    expect(await labels(acme)).toEqual(['category network 8', 'ci core-01 3', 'customer Busy 15']);
  });

  test('PRB-05 the window is 30 days: an incident at its first instant is out, a moment later in', async () => {
    const acme = story.customer().agreement();
    await reports(acme, 1, { symptom: 'Old' });
    story.at('2026-03-20 10:00');
    await reports(acme, 2, { symptom: 'Old' });
    story.at('2026-04-01 10:00');
    await lookForTrends(database);
    expect(await labels(acme)).toEqual([]);
    story.open.time.current -= 1;
    await lookForTrends(database);
    expect(await labels(acme)).toEqual(['symptom Old 3']);
  });

  test('PRB-05 false alarms, and incidents that have an open problem, are no evidence', async () => {
    const acme = story.customer().agreement();
    const [first, second] = await reports(acme, 4, { symptom: 'Beep' });
    await database.em.execute(`update incident set closure_code = 'false-alarm' where ticket_id = ?`, [first!.id]);
    await lookForTrends(database);
    expect(await labels(acme)).toEqual(['symptom Beep 3']);
    await database.change(manager, (change) => openProblemFor(database, change, { incidentId: second!.id, title: 'Beep', reason: 'test' }));
    const [trend] = await trends(acme);
    await dismissTrend(database, manager, { id: trend!.id, expectedVersion: trend!.version, reason: 'Known' });
    await reports(acme, 2, { symptom: 'Beep' });
    await lookForTrends(database);
    expect(await labels(acme)).toEqual([]);
  });

  test('PRB-05 dismissed with a reason it is not proposed again for the same incidents, but for as many new ones', async () => {
    const acme = story.customer().agreement();
    await reports(acme, 3, { symptom: 'Paper jam' });
    await lookForTrends(database);
    const [trend] = await trends(acme);
    await expect(dismissTrend(database, manager, { id: trend!.id, expectedVersion: trend!.version, reason: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    await expect(dismissTrend(database, owner, { id: trend!.id, expectedVersion: trend!.version, reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await dismissTrend(database, manager, { id: trend!.id, expectedVersion: trend!.version, reason: 'Printer is replaced next week' });
    await lookForTrends(database);
    await reports(acme, 2, { symptom: 'Paper jam' });
    await lookForTrends(database);
    expect(await labels(acme)).toEqual([]);
    await reports(acme, 1, { symptom: 'Paper jam' });
    await lookForTrends(database);
    expect(await labels(acme)).toEqual(['symptom Paper jam 3']);
  });

  test('PRB-05 accepted it becomes one problem with its incidents, its CI and the reason; twice at once makes one', async () => {
    const acme = story.customer().agreement();
    const ciId = await addCi(story, await acme.customerId(), 'array-07');
    const made = await reports(acme, 3, { technicalClass: 'hardware' });
    for (const incident of made) await incident.tell('desk', linkCi, { ciId, cause: false });
    await lookForTrends(database);
    const [trend] = await trends(acme);
    const input = { id: trend!.id, expectedVersion: trend!.version, title: 'Array fails', description: 'Three times in a week', severity: 'L2' as const };
    await expect(acceptTrend(database, auditor, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => acceptTrend(database, manager, input)));
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(done).toHaveLength(1);
    const problem = new ProblemInDatabase(story, done[0]!);
    expect(await problem.facts()).toMatchObject({ source: 'trend', severity: 'L2', class: 'hardware', stage: 'logged' });
    expect((await problem.incidents()).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    expect(await story.count('ticket_ci', `ticket_id = '${problem.id}' and ci_id = '${ciId}'`)).toBe(1);
    expect((await trends(acme, 'accepted'))[0]).toMatchObject({ problemId: problem.id, decidedBy: 'technicalManager' });
    await lookForTrends(database);
    expect(await labels(acme)).toEqual([]);
  });

  test('PRB-05 several processes that look at once propose a trend once', async () => {
    const acme = story.customer().agreement();
    await reports(acme, 3, { symptom: 'Fan noise' });
    await Promise.all(Array.from({ length: 4 }, () => lookForTrends(database)));
    expect(await labels(acme)).toEqual(['symptom Fan noise 3']);
  });
});

describe('PRB-03 known errors at intake', () => {
  async function knownError(customer: Customer, facts: { title: string; symptom: string; ciId?: string }): Promise<ProblemInDatabase> {
    const incident = await customer.incident({ title: facts.title, ...(facts.ciId ? { ciId: facts.ciId } : {}) });
    const problem = new ProblemInDatabase(story, await database.change(manager, (change) => openProblemFor(database, change, { incidentId: incident.id, title: facts.title, reason: 'test' })));
    await problem.tell(deliveryManager, assignProblem, { ownerId: owner.id });
    await problem.tell(owner, beginInvestigation, {});
    return problem.tell(owner, recordKnownError, { symptom: facts.symptom, workaround: `Workaround for ${facts.title}` });
  }

  test('PRB-03 found by CI, by symptom and by what was written in either language, most alike first; others not', async () => {
    const acme = story.customer().agreement();
    const customerId = await acme.customerId();
    const ciId = await addCi(story, customerId, 'vpn-gw-1');
    const vpn = await knownError(acme, { title: 'VPN gateway drops tunnels', symptom: 'tunnel drops', ciId });
    const print = await knownError(acme, { title: '打印服务假死', symptom: '打印队列不动' });
    const find = async (query: object): Promise<string[]> => (await knownErrorsFor(database.em, manager, { customerId, ...query, first: 10 })).map(({ problemId, matches }) => `${problemId === vpn.id ? 'vpn' : problemId === print.id ? 'print' : '?'} ${matches.join()}`);
    expect(await find({ ciId })).toEqual(['vpn ci,customer']);
    expect(await find({ symptom: 'Tunnel drops' })).toEqual(['vpn symptom,customer']);
    expect(await find({ text: '打印队列' })).toEqual(['print text,customer']);
    expect(await find({ text: 'The VPN tunnels drop every hour', symptom: '打印队列不动' })).toEqual(['print symptom,customer', 'vpn text,customer']);
    expect(await find({ text: 'keyboard broken' })).toEqual([]);
    expect((await find({})).toSorted()).toEqual(['print customer', 'vpn customer']);
  });

  test('PRB-03 no longer offered once the problem is withdrawn or resolved; never to whom may not read it', async () => {
    const acme = story.customer().agreement();
    const problem = await knownError(acme, { title: 'Unique flicker', symptom: 'unique flicker' });
    const find = async (by = manager): Promise<number> => (await knownErrorsFor(database.em, by, { symptom: 'unique flicker', first: 10 })).length;
    expect([await find(), await find(story.contactOf(await acme.customerId()))]).toEqual([1, 0]);
    await database.em.execute(`update problem set state = 'resolved', stage = 'resolved' where ticket_id = ?`, [problem.id]);
    expect(await find()).toBe(0);
    await database.em.execute(`update problem set state = 'unresolved', stage = 'investigating', known_error_at = null where ticket_id = ?`, [problem.id]);
    await problem.tell(manager, withdrawProblem, { reason: 'x' });
    expect(await find()).toBe(0);
    await expect(knownErrorsFor(database.em, manager, { first: 101 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'first' });
  });
});

describe('PRB-05 shown', () => {
  test('PRB-05 ORG-03 proposals are listed with their customer and number of incidents, those with most first, for whoever may read them', async () => {
    const acme = story.customer('Shown').agreement();
    await reports(acme, 3, { symptom: 'Flicker' });
    await reports(acme, 4, { symptom: 'Echo' });
    await lookForTrends(database);
    const customerId = await acme.customerId();
    const shown = (await trendsIn(database.em, manager, 'proposed', 100)).filter(({ customer }) => customer.id === customerId);
    expect(shown.map(({ label, count, incidentIds, problemNumber }) => [label, count, incidentIds.length, problemNumber])).toEqual([['Echo', 4, 4, null], ['Flicker', 3, 3, null]]);
    const elsewhere = { ...manager, grants: manager.grants.map((grant) => ({ ...grant, customerId: 'c0000000-0000-4000-8000-000000000000' })) };
    expect(await trendsIn(database.em, elsewhere, 'proposed', 100)).toEqual([]);
  });

  test('PRB-01 ORG-03 the list of problems: filters, pages, and nothing of customers that one may not see', async () => {
    const acme = story.customer('Listed').agreement();
    const customerId = await acme.customerId();
    for (let n = 0; n < 3; n += 1) {
      story.open.time.current += 1000;
      const incident = await acme.incident({ level: n === 0 ? 'LV1' : 'LV3' });
      await database.change(manager, (change) => openProblemFor(database, change, { incidentId: incident.id, title: `Listed ${n} 100%`, reason: 'test' }));
    }
    const list = async (filter: object, page: { first: number; after: string | null } = { first: 10, after: null }, by = manager) => {
      const { edges, totalCount, pageInfo } = await listProblems(database.em, by, { customerId, ...filter }, page);
      return { titles: edges.map(({ node }) => node.title), totalCount, after: pageInfo.hasNextPage ? pageInfo.endCursor : null };
    };
    const first = await list({}, { first: 2, after: null });
    expect(first).toMatchObject({ titles: ['Listed 2 100%', 'Listed 1 100%'], totalCount: 3 });
    expect(await list({}, { first: 2, after: first.after })).toEqual({ titles: ['Listed 0 100%'], totalCount: 3, after: null });
    expect((await list({ severities: ['L1'] })).titles).toEqual(['Listed 0 100%']);
    expect((await list({ text: '1 100%' })).titles).toEqual(['Listed 1 100%']);
    expect((await list({ stages: ['investigating'] })).totalCount).toBe(0);
    expect((await list({ unassigned: true, state: 'unresolved' })).totalCount).toBe(3);
    expect((await list({ knownError: true })).totalCount).toBe(0);
    const elsewhere = { ...manager, grants: manager.grants.map((grant) => ({ ...grant, customerId: 'c0000000-0000-4000-8000-000000000000' })) };
    expect((await list({}, { first: 10, after: null }, elsewhere)).totalCount).toBe(0);
    await expect(list({}, { first: 10, after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
    await expect(list({}, { first: 101, after: null })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'first' });
  });
});
