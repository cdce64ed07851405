import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricBreakdown, metricsPage, type MetricPart, type MetricsPage } from '../../server/src/features/metrics/metric-page.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { DeskStory } from '../support/desk-story.ts';
import { link, putChange, putIncident, type ChangeFacts } from '../support/metric-story.ts';

const TEST = SYSTEM('test');
/** Local time of the organisation, Shanghai. */
const cst = (local: string): string => `${local.replace(' ', 'T')}${local.length === 16 ? ':00' : ''}+08:00`;

let desk: DeskStory;
beforeAll(async () => {
  desk = await DeskStory.start('2026-11-20 12:00');
});
afterAll(() => desk.open.close());

/** A customer of its own for each case, so that cases do not count each other's changes. */
async function customer() {
  const customerId = await desk.customer().agreement().customerId();
  const page = (period = '2026-Q3'): Promise<MetricsPage> => metricsPage(desk.database, TEST, 'changes', { period, customerId });
  /** A figure's newest value, of one part or all together. */
  const value = async (figure: string, period = '2026-Q3', part: string | null = null): Promise<MetricPart['values'][number]> => {
    const found = (await page(period)).figures.find(({ definition }) => definition.key === figure)!;
    return (part === null ? found.overall : found.parts.find(({ key }) => key === part)!).values.at(-1)!;
  };
  return {
    customerId, page, value,
    put: (facts: Omit<ChangeFacts, 'customerId'>) => putChange(desk.database, { customerId, ...facts }),
    /** "numerator / denominator". */
    counts: async (figure: string, period?: string): Promise<string> => {
      const { numerator, denominator } = await value(figure, period);
      return `${numerator} / ${denominator}`;
    },
  };
}

const closedAs = (outcome: ChangeFacts['outcome'], closed = cst('2026-09-10 10:00')): Omit<ChangeFacts, 'customerId'> => ({
  submitted: cst('2026-09-01 09:00'), due: cst('2026-09-08 18:00'), responded: cst('2026-09-01 10:00'), started: cst('2026-09-09 20:00'), ended: cst('2026-09-09 22:00'), closed, outcome,
});

describe('D-09 success rate', () => {
  test('D-09 MET-01 successful with or without issues ÷ closed after implementation began', async () => {
    const { put, counts } = await customer();
    for (const outcome of ['successful', 'successful-with-issues', 'failed', 'rolled-back', 'terminated'] as const) await put(closedAs(outcome));
    expect(await counts('change-success')).toBe('2 / 5');
  });

  test('D-09 refused and cancelled ones are not counted', async () => {
    const { put, value } = await customer();
    await put({ submitted: cst('2026-09-01 09:00'), due: cst('2026-09-08 18:00'), responded: cst('2026-09-01 10:00'), response: 'refused', closed: cst('2026-09-01 10:00') });
    await put({ submitted: cst('2026-09-01 09:00'), due: cst('2026-09-08 18:00'), closed: cst('2026-09-02 10:00') });
    expect(await value('change-success')).toMatchObject({ denominator: 0, value: null, reason: 'NOTHING_TO_DIVIDE_BY', met: null });
  });

  test('D-12 closed at 23:59:59.999 of the last day in Shanghai belongs to that quarter, a millisecond later to the next', async () => {
    const { put, counts } = await customer();
    await put(closedAs('successful', '2026-09-30T23:59:59.999+08:00'));
    await put(closedAs('failed', '2026-10-01T00:00:00.000+08:00'));
    expect([await counts('change-success', '2026-Q3'), await counts('change-success', '2026-Q4')]).toEqual(['1 / 1', '0 / 1']);
    expect([await counts('change-success', '2026-09'), await counts('change-success', '2026-10')]).toEqual(['1 / 1', '0 / 1']);
  });

  test('D-11 90 % does not meet "> 90 %", 10 of 11 does', async () => {
    const { put, value } = await customer();
    for (let n = 0; n < 9; n += 1) await put(closedAs('successful'));
    await put(closedAs('failed'));
    expect(await value('change-success', '2026-Q3', 'general')).toMatchObject({ value: 90, target: { kind: 'above', percent: 90 }, met: false });
    await put(closedAs('successful'));
    expect(await value('change-success', '2026-Q3', 'general')).toMatchObject({ value: 90.91, met: true });
  });
});

describe('D-10 response rate', () => {
  test('D-10 in time counts at the response, late at the due instant, each once', async () => {
    const { put, counts } = await customer();
    // Answered in time in the fourth quarter though submitted in the third.
    await put({ submitted: cst('2026-09-30 17:00'), due: cst('2026-10-13 18:00'), responded: cst('2026-10-08 09:00') });
    // Due in the third, answered in the fourth.
    await put({ submitted: cst('2026-09-20 17:00'), due: cst('2026-09-28 18:00'), responded: cst('2026-10-08 09:00') });
    expect([await counts('change-response', '2026-Q3'), await counts('change-response', '2026-Q4')]).toEqual(['0 / 1', '1 / 1']);
  });

  test('D-10 D-08 at the due instant is in time, a millisecond later is not', async () => {
    const { put, counts } = await customer();
    await put({ submitted: cst('2026-09-01 09:00'), due: cst('2026-09-08 18:00'), responded: '2026-09-08T18:00:00.000+08:00' });
    await put({ submitted: cst('2026-09-01 09:00'), due: cst('2026-09-08 18:00'), responded: '2026-09-08T18:00:00.001+08:00' });
    expect(await counts('change-response')).toBe('1 / 2');
  });

  test('D-10 what is not decided is shown beside the rate, and decided when its due instant has passed', async () => {
    const { put, counts, value } = await customer();
    await put({ submitted: cst('2026-11-19 09:00'), due: cst('2026-11-20 12:00') });
    const undecided = async () => [await counts('change-response', '2026-Q4'), (await value('change-undecided', '2026-Q4')).numerator];
    expect(await undecided()).toEqual(['0 / 0', 1]);
    desk.open.time.current += 1;
    expect(await undecided()).toEqual(['0 / 1', 0]);
    desk.open.time.current -= 1;
  });

  test('D-10 an earlier quarter shows what was undecided at its end', async () => {
    const { put, value } = await customer();
    await put({ submitted: cst('2026-09-30 17:00'), due: cst('2026-10-13 18:00'), responded: cst('2026-10-08 09:00') });
    expect([(await value('change-undecided', '2026-Q3')).numerator, (await value('change-undecided', '2026-Q4')).numerator]).toEqual([1, 0]);
  });

  test('D-10 cancelled before it was due counts for neither side, cancelled after it as late; a draft not at all', async () => {
    const { put, counts } = await customer();
    await put({ submitted: cst('2026-09-01 09:00'), due: cst('2026-09-08 18:00'), closed: cst('2026-09-08 18:00') });
    expect(await counts('change-response')).toBe('0 / 0');
    await put({ submitted: cst('2026-09-01 09:00'), due: cst('2026-09-08 18:00'), closed: cst('2026-09-08 18:01') });
    await put({});
    expect([await counts('change-response'), await counts('change-count')]).toEqual(['0 / 1', '2 / null']);
  });

  test('CHG-14 the target is that of each category: 98 % for emergencies, 95 % for major ones', async () => {
    const { value } = await customer();
    const target = async (part: string | null) => (await value('change-response', '2026-Q3', part)).target;
    expect([await target('emergency'), await target('major'), await target('general'), await target(null)]).toEqual([
      { kind: 'above', percent: 98 }, { kind: 'above', percent: 95 }, { kind: 'above', percent: 90 }, null,
    ]);
  });
});

describe('CHG-14 the other figures of changes', () => {
  test('CHG-14 share of major changes completed inside the planned window, both ends included', async () => {
    const { put, counts } = await customer();
    const window = [cst('2026-09-09 20:00'), cst('2026-09-09 22:00')] as const;
    const major = { ...closedAs('successful'), category: 'major', window } as const;
    await put(major);
    await put({ ...major, ended: '2026-09-09T22:00:00.001+08:00' });
    await put({ ...major, started: '2026-09-09T19:59:59.999+08:00' });
    await put({ ...major, outcome: 'rolled-back' });
    await put({ ...closedAs('successful'), category: 'important', window });
    expect(await counts('change-in-plan')).toBe('1 / 4');
  });

  test('CHG-14 emergency share of what was submitted, count by category', async () => {
    const { put, counts, page } = await customer();
    for (const category of ['emergency', 'general', 'general', 'important'] as const) await put({ category, submitted: cst('2026-09-01 09:00') });
    expect(await counts('change-emergency-share')).toBe('1 / 4');
    const parts = (await page()).figures.find(({ definition }) => definition.key === 'change-count')!.parts;
    expect(parts.map(({ key, values }) => `${key} ${values.at(-1)?.value}`)).toEqual(['major 0', 'important 1', 'general 2', 'emergency 1']);
  });

  test('CHG-14 CHG-09 outage minutes of the changes closed in the quarter', async () => {
    const { put, value } = await customer();
    await put({ ...closedAs('failed'), outage: 25 });
    await put({ ...closedAs('successful'), outage: 17 });
    await put({ ...closedAs('successful', cst('2026-10-02 10:00')), outage: 100 });
    expect(await value('change-outage')).toMatchObject({ value: 42, denominator: null });
  });

  test('CHG-14 changes that missed the expected result, of those whose review says so', async () => {
    const { put, counts } = await customer();
    await put({ ...closedAs('successful'), expected: true });
    await put({ ...closedAs('successful-with-issues'), expected: false });
    await put(closedAs('failed'));
    expect(await counts('change-missed-result')).toBe('1 / 2');
  });

  test('CHG-14 CHG-13 changes that caused incidents: each once, also when the link is made later, and taken back with it', async () => {
    const { put, counts, customerId } = await customer();
    const guilty = await put(closedAs('successful'));
    await put(closedAs('successful'));
    expect(await counts('change-caused-incident')).toBe('0 / 2');
    const incidents = [await putIncident(desk.database, { customerId, reported: cst('2026-10-10 09:00') }), await putIncident(desk.database, { customerId, reported: cst('2026-10-10 09:00') })];
    for (const incident of incidents) await link(desk.database, incident, guilty, 'caused-by');
    expect(await counts('change-caused-incident')).toBe('1 / 2');
    await desk.database.em.execute(`delete from ticket_link where to_id = ?`, [guilty]);
    expect(await counts('change-caused-incident')).toBe('0 / 2');
  });
});

describe('MET-01 earlier quarters, customers and teams', () => {
  test('MET-01 six quarters, oldest first, the last one is asked for', async () => {
    const { page, put } = await customer();
    await put(closedAs('successful', cst('2025-12-31 23:59')));
    const { periods, figures } = await page('2026-Q4');
    expect(periods.map(({ key }) => key)).toEqual(['2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
    expect(figures.find(({ definition }) => definition.key === 'change-success')!.overall.values.map(({ denominator }) => denominator)).toEqual([0, 1, 0, 0, 0, 0]);
  });

  test('MET-01 per customer and per team, which follow the record', async () => {
    const one = await customer();
    const other = await customer();
    const id = await one.put({ ...closedAs('successful'), teamId: desk.teams.engineers });
    await other.put(closedAs('failed'));
    const split = async (by: 'customer' | 'team') => {
      const { figures } = await metricBreakdown(desk.database, TEST, { figure: 'change-success', by, period: '2026-Q3', periods: 1 });
      return new Map(figures[0]!.parts.map(({ key, values }) => [key, `${values[0]?.numerator} / ${values[0]?.denominator}`]));
    };
    const customers = await split('customer');
    expect([customers.get(one.customerId), customers.get(other.customerId)]).toEqual(['1 / 1', '0 / 1']);
    expect((await split('team')).get(desk.teams.engineers)).toBe('1 / 1');
    await desk.database.em.execute('update ticket set team_id = ? where id = ?', [desk.teams.seniors, id]);
    const teams = await split('team');
    expect([teams.get(desk.teams.engineers), teams.get(desk.teams.seniors)]).toEqual([undefined, '1 / 1']);
  });

  test('API-02 a period that is none, or has not begun, is refused by name', async () => {
    const { page } = await customer();
    await expect(page('2026')).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'period' });
    await expect(page('2027-Q1')).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'period' });
  });
});
