import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricsPage, type MetricFigure } from '../../server/src/features/metrics/metric-page.service.ts';
import { metricRecords } from '../../server/src/features/metrics/metric-records.service.ts';
import type { MetricSection } from '../../server/src/features/metrics/metric-figure.rules.ts';
import { close } from '../../server/src/features/incident/incident-solve.service.ts';
import { escalate, handOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { addCi, DeskStory } from '../support/desk-story.ts';
import { link, putClock, putIncident, putProblem, putRelease, putReleaseCause } from '../support/metric-story.ts';

const TEST = SYSTEM('test');
const cst = (local: string): string => `${local.replace(' ', 'T')}${local.length === 16 ? ':00' : ''}+08:00`;

let desk: DeskStory;
beforeAll(async () => {
  desk = await DeskStory.start('2026-11-20 12:00');
});
afterAll(() => desk.open.close());

/** A customer of its own for each case. */
async function books() {
  const customerId = await desk.customer().agreement().customerId();
  const { database } = desk;
  const figure = async (key: string, section: MetricSection, period = '2026-Q3'): Promise<MetricFigure> =>
    (await metricsPage(database, TEST, section, { period, customerId })).figures.find(({ definition }) => definition.key === key)!;
  const newest = async (key: string, section: MetricSection, period?: string) => (await figure(key, section, period)).overall.values.at(-1)!;
  return {
    customerId, figure, newest,
    counts: async (key: string, section: MetricSection, period?: string): Promise<string> => {
      const { numerator, denominator } = await newest(key, section, period);
      return `${numerator} / ${denominator}`;
    },
    /** "part value" of the newest period, as listed; parts of nothing left out. */
    parts: async (key: string, section: MetricSection, period?: string): Promise<string[]> =>
      (await figure(key, section, period)).parts.flatMap((part) => (part.values.at(-1)?.numerator ? [`${part.key} ${part.values.at(-1)?.numerator}`] : [])),
    incident: (facts: Omit<Parameters<typeof putIncident>[1], 'customerId'>) => putIncident(database, { customerId, ...facts }),
    clock: (facts: Parameters<typeof putClock>[1]) => putClock(database, facts),
    sql: (text: string, values: unknown[] = []) => database.em.execute(text, values),
  };
}

describe('D-39 attainment', () => {
  test('MET-02 D-39 in time at the response, late at the due instant, each in its own quarter', async () => {
    const { incident, clock, counts } = await books();
    const facts = { reported: cst('2026-09-30 20:00') };
    const inTime = await incident(facts);
    await clock({ ticketId: inTime, kind: 'response', start: facts.reported, due: cst('2026-10-01 08:00'), met: cst('2026-10-01 07:00') });
    const late = await incident(facts);
    await clock({ ticketId: late, kind: 'response', start: facts.reported, due: cst('2026-09-30 23:59'), breached: cst('2026-09-30 23:59'), met: cst('2026-10-01 07:00') });
    expect([await counts('incident-response', 'incidents', '2026-Q3'), await counts('incident-response', 'incidents', '2026-Q4')]).toEqual(['0 / 1', '1 / 1']);
  });

  test('MET-02 D-08 a clock that runs is late only after its due instant, also before the timer has written it down', async () => {
    const { incident, clock, counts } = await books();
    const running = await incident({ reported: cst('2026-11-20 09:00') });
    await clock({ ticketId: running, kind: 'response', start: cst('2026-11-20 09:00'), due: cst('2026-11-20 12:00') });
    expect(await counts('incident-response', 'incidents', '2026-Q4')).toBe('0 / 0');
    desk.open.time.current += 1;
    expect(await counts('incident-response', 'incidents', '2026-Q4')).toBe('0 / 1');
    desk.open.time.current -= 1;
  });

  test('D-41 false alarms, duplicates and the like are left out of attainment, and stay in the volume', async () => {
    const { incident, clock, counts, newest } = await books();
    for (const code of ['successful', 'workaround', 'no-answer', 'false-alarm', 'duplicate', 'with-major', 'withdrawn', 'other-process']) {
      const id = await incident({ reported: cst('2026-09-01 09:00'), closed: cst('2026-09-02 09:00'), code });
      for (const kind of ['response', 'resolution'] as const) await clock({ ticketId: id, kind, start: cst('2026-09-01 09:00'), due: cst('2026-09-03 09:00'), met: cst('2026-09-01 10:00') });
    }
    expect([await counts('incident-response', 'incidents'), await counts('incident-resolution', 'incidents'), await counts('incident-first-line', 'incidents')]).toEqual(['3 / 3', '3 / 3', '3 / 3']);
    expect([(await newest('incident-count', 'incidents')).value, (await newest('incident-closed', 'incidents')).value]).toEqual([8, 8]);
  });

  test('MET-02 D-03 a resolution that waits for the customer\'s word is not decided yet', async () => {
    const { incident, clock, counts, sql } = await books();
    const id = await incident({ reported: cst('2026-09-01 09:00') });
    await clock({ ticketId: id, kind: 'resolution', start: cst('2026-09-01 09:00'), due: cst('2026-09-03 09:00'), met: cst('2026-09-01 12:00') });
    expect(await counts('incident-resolution', 'incidents')).toBe('0 / 0');
    await sql(`update incident set state = 'closed', closure_code = 'successful' where ticket_id = ?`, [id]);
    expect(await counts('incident-resolution', 'incidents')).toBe('1 / 1');
  });
});

describe('MET-02 times', () => {
  test('MET-02 MTTA and MTTR: mean, median and 90th percentile; wall, without pending, in service hours', async () => {
    const { incident, clock, newest, sql } = await books();
    // Resolved 60, 120, 180 and 600 minutes after the report; worked 30 minutes of service time each.
    for (const minutes of [60, 120, 180, 600]) {
      const met = new Date(Date.parse(cst('2026-09-01 09:00')) + minutes * 60_000).toISOString();
      const id = await incident({ reported: cst('2026-09-01 09:00'), closed: met });
      await clock({ ticketId: id, kind: 'resolution', start: cst('2026-09-01 09:00'), due: cst('2026-09-03 09:00'), met, targetMinutes: 480, workedMinutes: 30 });
      await clock({ ticketId: id, kind: 'response', start: cst('2026-09-01 09:00'), due: cst('2026-09-01 09:30'), met: cst('2026-09-01 09:12'), targetMinutes: 30, workedMinutes: 5 });
      // 40 minutes of waiting for the user, of which 10 after the 60 minutes of the first.
      await sql(`insert into suspension (id, ticket_id, category, from_at, to_at, suspended_by) values (?, ?, 'awaiting-user', '${cst('2026-09-01 09:30')}', '${cst('2026-09-01 10:10')}', 'x')`, [newId(), id]);
    }
    // 60 and 120, 180, 600: median between the middle two, the 90th percentile 0.7 of the way from 180 to 600.
    expect(await newest('incident-mttr', 'incidents')).toMatchObject({ denominator: 4, value: 240, median: 150, p90: 474 });
    expect(await newest('incident-mttr-net', 'incidents')).toMatchObject({ value: (30 + 80 + 140 + 560) / 4, median: 110 });
    expect(await newest('incident-mttr-business', 'incidents')).toMatchObject({ value: 30, median: 30, p90: 30 });
    expect(await newest('incident-mtta', 'incidents')).toMatchObject({ value: 12, median: 12 });
    expect(await newest('incident-mtta-business', 'incidents')).toMatchObject({ value: 5 });
    expect(await newest('incident-pending-share', 'incidents')).toMatchObject({ numerator: 150, denominator: 960, value: 15.63 });
    expect(await newest('incident-mttr', 'incidents', '2026-Q2')).toMatchObject({ value: null, reason: 'NOTHING_TO_DIVIDE_BY', median: null });
  });

  test('MET-02 pending by reason, the longest first, with its share', async () => {
    const { incident, figure, sql } = await books();
    const id = await incident({ reported: cst('2026-09-01 09:00'), closed: cst('2026-09-02 09:00') });
    for (const [category, from, to] of [['user-busy', '09:00', '09:30'], ['awaiting-vendor', '10:00', '11:30'], ['awaiting-vendor', '12:00', '12:30']] as const) {
      await sql(`insert into suspension (id, ticket_id, category, from_at, to_at, suspended_by) values (?, ?, ?, '${cst(`2026-09-01 ${from}`)}', '${cst(`2026-09-01 ${to}`)}', 'x')`, [newId(), id, category]);
    }
    const { parts } = await figure('incident-pending', 'incidents');
    expect(parts.map(({ key, label, values, sharePercent, cumulativePercent }) => [key, label.en, values.at(-1)?.value, sharePercent, cumulativePercent])).toEqual([
      ['awaiting-vendor', 'Awaiting vendor', 120, 80, 80], ['user-busy', 'User busy', 30, 20, 100],
    ]);
  });

  test('MET-02 backlog by age at the end of a quarter, each edge in the older part', async () => {
    const { incident, parts } = await books();
    const end = Date.parse(cst('2026-10-01 00:00'));
    const ago = (days: number, ms = 0): string => new Date(end - days * 86_400_000 + ms).toISOString();
    for (const reported of [ago(1, 1), ago(1), ago(3), ago(30, 1), ago(30), ago(200)]) await incident({ reported });
    await incident({ reported: ago(10), closed: ago(0) });
    await incident({ reported: ago(10), closed: ago(0, -1) });
    expect(await parts('incident-backlog', 'incidents', '2026-Q3')).toEqual(['under-1 1', '1-3 1', '3-7 1', '7-14 1', '14-30 1', 'over-30 2']);
    expect(await parts('incident-backlog', 'incidents', '2026-Q4')).toEqual(['over-30 6']);
  });
});

describe('MET-06 first-line resolution', () => {
  test('MET-06 no team but first line ever held it; the target is a band of 30–50 %', async () => {
    const { incident, newest, sql } = await books();
    const held = async (...teams: string[]): Promise<void> => {
      const id = await incident({ reported: cst('2026-09-01 09:00'), closed: cst('2026-09-02 09:00') });
      for (const [seq, teamId] of teams.entries()) {
        await sql(`insert into ticket_span (id, ticket_id, seq, from_at, to_at, state, team_id, accepted) values (?, ?, ?, '${cst('2026-09-01 09:00')}', '${cst('2026-09-01 10:00')}', 'in-progress', ?, true)`, [newId(), id, seq + 1, teamId]);
      }
    };
    const { desk: first, engineers, seniors, managers } = desk.teams;
    await held(first);
    await held(first, engineers);
    await held(first, seniors);
    // Came back to first line: others have had it.
    await held(first, managers, first);
    expect(await newest('incident-first-line', 'incidents')).toMatchObject({ numerator: 2, denominator: 4, value: 50, target: { kind: 'within', fromPercent: 30, toPercent: 50 }, met: true });
    await held(first);
    expect(await newest('incident-first-line', 'incidents')).toMatchObject({ value: 60, met: false });
  });
});

describe('MET-02 through the services', () => {
  test('MET-02 reassignments, reopen-as-new, escalations, top CIs and causes of incidents that were really worked', async () => {
    const agreement = desk.customer('Real').agreement();
    const customerId = await agreement.customerId();
    const ciId = await addCi(desk, customerId, 'core switch');
    const first = await agreement.incident({ level: 'LV3', ciId });
    await first.tell('desk', handOver, { toTeamId: desk.teams.seniors, reason: 'Not ours', tried: 'All', requestedAction: 'Look' });
    await first.tell('desk', escalate, { step: 'manual', reason: 'The customer waits', to: [] });
    const closed = await agreement.incident({ level: 'LV3' });
    await closed.tell('desk', close, { closureCode: 'false-alarm', reason: 'Nothing was wrong', causeClass: 'unknown' });
    await agreement.incident({ level: 'LV3', recurrenceOfId: closed.id });
    const { figures } = await metricsPage(desk.database, TEST, 'incidents', { period: '2026-Q4', customerId, periods: 1 });
    const newest = (key: string) => figures.find(({ definition }) => definition.key === key)!;
    const parts = (key: string) => newest(key).parts.flatMap(({ label, values }) => (values[0]?.numerator ? [`${label.en} ${values[0].numerator}`] : []));
    expect(newest('incident-count').overall.values[0]?.value).toBe(3);
    expect(newest('incident-recurred').overall.values[0]).toMatchObject({ numerator: 1, denominator: 3, value: 33.33 });
    expect(parts('incident-cis')).toEqual(['core switch 1']);
    expect(parts('incident-escalations')).toEqual(['Raised by hand 1']);
    expect(parts('incident-causes')).toEqual(['Not found 1']);
    expect(newest('incident-reassigned').overall.values[0]).toMatchObject({ numerator: 0, denominator: 1 });
    await desk.database.em.execute(`update incident set state = 'closed', closure_code = 'successful' where ticket_id = ?`, [first.id]);
    await desk.database.em.execute(`update ticket set closed_at = ?::timestamptz where id = ?`, [cst('2026-11-20 12:00'), first.id]);
    const after = await metricsPage(desk.database, TEST, 'incidents', { period: '2026-Q4', customerId, periods: 1 });
    const value = (key: string) => after.figures.find(({ definition }) => definition.key === key)!.overall.values[0];
    expect(value('incident-reassigned')).toMatchObject({ numerator: 1, denominator: 2, value: 50 });
    expect(value('incident-handoffs')).toMatchObject({ value: 1 });
  });
});

describe('D-45 releases', () => {
  const good = { started: cst('2026-09-10 20:00'), deployed: cst('2026-09-10 21:00'), accepted: cst('2026-09-05 10:00'), confirmed: cst('2026-09-11 10:00'), closed: cst('2026-09-12 10:00') };

  test('D-45 REL-07 deployed, accepted, confirmed and not rolled back ÷ all closed after deployment began', async () => {
    const { customerId, counts } = await books();
    const put = (facts: Omit<Parameters<typeof putRelease>[1], 'customerId'>) => putRelease(desk.database, { customerId, ...facts });
    await put(good);
    await put({ ...good, confirmed: null });
    await put({ ...good, accepted: null });
    await put({ ...good, rolledBack: cst('2026-09-11 12:00') });
    await put({ ...good, deployed: null, rolledBack: cst('2026-09-10 20:30') });
    // Never deployed, and closed after the quarter.
    await put({ started: null, deployed: null, closed: cst('2026-09-12 10:00') });
    await put({ ...good, closed: cst('2026-10-01 00:00') });
    expect(await counts('release-success', 'releases')).toBe('1 / 5');
    expect(await counts('release-success', 'releases', '2026-Q4')).toBe('1 / 1');
    expect(await counts('release-count', 'releases')).toBe('6 / null');
  });

  test('D-45 REL-07 release-caused: confirmed links only, in the quarter of the deployment; suggestions beside; time to the first', async () => {
    const { customerId, newest } = await books();
    const release = await putRelease(desk.database, { customerId, ...good });
    const incident = (reported: string, occurred: string | null = null) => putIncident(desk.database, { customerId, reported, occurred });
    // The second one occurred first, two hours after the deployment, and was reported later.
    await putReleaseCause(desk.database, release, await incident(cst('2026-10-01 03:00')), 'confirmed');
    await putReleaseCause(desk.database, release, await incident(cst('2026-10-02 09:00'), cst('2026-09-10 23:00')), 'confirmed');
    await putReleaseCause(desk.database, release, await incident(cst('2026-09-10 21:05')), 'suggested');
    await putReleaseCause(desk.database, release, await incident(cst('2026-09-10 21:01')), 'rejected');
    await putReleaseCause(desk.database, release, await putProblem(desk.database, { customerId, opened: cst('2026-09-20 09:00') }), 'confirmed');
    const value = async (key: string, period?: string) => (await newest(key, 'releases', period)).value;
    expect([await value('release-caused-incidents'), await value('release-suggested-incidents'), await value('release-caused-problems')]).toEqual([2, 1, 1]);
    expect([await value('release-caused-incidents', '2026-Q4'), await value('release-first-incident')]).toEqual([0, 120]);
    expect((await metricRecords(desk.database, TEST, { figure: 'release-caused-incidents', period: '2026-Q3', customerId })).records.map(({ kind }) => kind)).toEqual(['incident', 'incident']);
  });
});

describe('MET-02 problems', () => {
  test('MET-02 opened, closed, known errors, time to resolve, recurrence and backlog', async () => {
    const { customerId, newest, counts, parts, figure } = await books();
    const put = (facts: Omit<Parameters<typeof putProblem>[1], 'customerId'>) => putProblem(desk.database, { customerId, ...facts });
    const resolved = await put({ opened: cst('2026-08-01 09:00'), known: cst('2026-08-02 09:00'), resolved: cst('2026-08-03 09:00'), closed: cst('2026-09-03 09:00'), severity: 'L2' });
    await put({ opened: cst('2026-09-01 09:00'), resolved: cst('2026-09-01 11:00'), severity: 'L3' });
    await put({ opened: cst('2026-06-30 23:59') });
    const linked = (reported: string) => putIncident(desk.database, { customerId, reported });
    await link(desk.database, resolved, await linked(cst('2026-08-03 09:00')), 'problem-of');
    expect(await counts('problem-recurred', 'problems')).toBe('0 / 2');
    await link(desk.database, resolved, await linked('2026-08-03T09:00:00.001+08:00'), 'problem-of');
    expect(await counts('problem-recurred', 'problems')).toBe('1 / 2');
    const value = async (key: string) => (await newest(key, 'problems')).value;
    expect([await value('problem-opened'), await value('problem-closed'), await value('problem-known-errors'), await value('problem-time')]).toEqual([2, 1, 1, (2880 + 120) / 2]);
    expect((await figure('problem-opened', 'problems')).parts.map(({ label, values }) => `${label.en} ${values.at(-1)?.value}`)).toEqual(['L1 Critical 0', 'L2 High 1', 'L3 Medium 1', 'L4 Low 0']);
    expect(await parts('problem-backlog', 'problems')).toEqual(['14-30 1', 'over-30 1']);
  });
});
