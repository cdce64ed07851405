import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, openApi, START } from '../support/open-api.ts';
import { putChange } from '../support/metric-story.ts';

let api: Awaited<ReturnType<typeof openApi>>;
beforeAll(async () => {
  api = await openApi();
  await api.person('manager', 'change-manager');
  const iso = (days: number): string => new Date(START + days * DAY).toISOString();
  for (const [name, outcome] of [['Acme', 'successful'], ['Acme', 'failed'], ['Borealis', 'successful']] as const) {
    await putChange(api.database, {
      customerId: api.ids[name] ?? '', submitted: iso(-20), due: iso(-15), responded: iso(-19), started: iso(-12), ended: iso(-12), closed: iso(-10), outcome,
    });
  }
});
afterAll(() => api.close());

const VALUES = 'figures { key name { zh en } definition { zh en } overall { values { period numerator denominator value reason } } parts { key label { zh en } values { value met target { abovePercent } } } }';

describe('MET-01 the figures over the API', () => {
  test('MET-01 D-12 without a period: the quarter that runs; 2 March 2026 is in the first', async () => {
    const { data, errors } = await api.ask('auditor', `{ metrics(section: CHANGES, periods: 2) { timeZone asOf period { key from to } periods { key } ${VALUES} } }`);
    expect(errors).toBeUndefined();
    const { figures, ...page } = data.metrics;
    expect(page).toEqual({
      timeZone: 'Asia/Shanghai', asOf: '2026-03-02T01:00:00Z', period: { key: '2026-Q1', from: '2025-12-31T16:00:00Z', to: '2026-03-31T16:00:00Z' }, periods: [{ key: '2025-Q4' }, { key: '2026-Q1' }],
    });
    const success = figures.find(({ key }: { key: string }) => key === 'change-success');
    expect(success.overall.values).toEqual([
      { period: '2025-Q4', numerator: 0, denominator: 0, value: null, reason: 'NOTHING_TO_DIVIDE_BY' }, { period: '2026-Q1', numerator: 2, denominator: 3, value: 66.67, reason: null },
    ]);
    expect(success.parts[2]).toEqual({ key: 'general', label: { zh: '一般变更', en: 'General' }, values: [{ value: null, met: null, target: { abovePercent: 90 } }, { value: 66.67, met: false, target: { abovePercent: 90 } }] });
    expect(success.definition.en).toContain('Refused and cancelled ones are not counted.');
  });

  test('MET-01 per customer, and the records behind, page by page', async () => {
    const { data } = await api.ask('auditor', `{ metricBreakdown(figure: "change-success", by: CUSTOMER, period: "2026-Q1", periods: 1) { figures { dimension parts { key values { numerator denominator } } } } }`);
    expect(data.metricBreakdown.figures).toEqual([{ dimension: 'customer', parts: [
      { key: api.ids['Acme'], values: [{ numerator: 1, denominator: 2 }] }, { key: api.ids['Borealis'], values: [{ numerator: 1, denominator: 1 }] },
    ] }]);
    const read = async (after: string | null) => (await api.ask('auditor', `query($after: String) { metricRecords(figure: "change-success", period: "2026-02", first: 2, after: $after) { total hidden pageInfo { hasNextPage endCursor } records { id kind customerName } } }`, { after })).data.metricRecords;
    const one = await read(null);
    const two = await read(one.pageInfo.endCursor);
    expect([one.total, one.records.length, two.records.length, two.pageInfo.hasNextPage]).toEqual([3, 2, 1, false]);
    expect(new Set([...one.records, ...two.records].map(({ id }: { id: string }) => id)).size).toBe(3);
    const acme = await api.ask('auditor', `query($part: String) { metricRecords(figure: "change-success", period: "2026-02", split: CUSTOMER, overall: false, part: $part, side: MISSED) { total records { customerName hit kind } } }`, { part: api.ids['Acme'] });
    expect(acme.data.metricRecords).toEqual({ total: 1, records: [{ customerName: 'Acme', hit: false, kind: 'CHANGE' }] });
  });

  test('D-12 the server says which periods can be asked for', async () => {
    const { data } = await api.ask('auditor', '{ quarters: metricPeriods(length: QUARTER) { key } months: metricPeriods(length: MONTH) { key } }');
    expect([data.quarters.length, data.quarters[0].key, data.quarters[1].key, data.months.length, data.months[0].key]).toEqual([12, '2026-Q1', '2025-Q4', 24, '2026-03']);
  });

  test('ORG-03 not for those without metrics.read, a customer\'s own people least of all', async () => {
    for (const who of ['desk', 'contact', 'limited']) {
      expect((await api.ask(who, '{ metrics(section: CHANGES) { asOf } }')).errors).toEqual(['FORBIDDEN']);
      expect((await api.ask(who, '{ metricRecords(figure: "change-count") { total } }')).errors).toEqual(['FORBIDDEN']);
      expect((await api.ask(who, '{ changeReports { id } }')).errors).toEqual(['FORBIDDEN']);
    }
    expect((await api.ask(null, '{ metrics(section: CHANGES) { asOf } }')).errors).toEqual(['UNAUTHENTICATED']);
  });

  test('API-02 bad input is refused by name', async () => {
    for (const [query, code] of [
      ['{ metrics(section: CHANGES, period: "Q4") { asOf } }', 'INVALID_INPUT'], ['{ metrics(section: CHANGES, periods: 14) { asOf } }', 'OUT_OF_RANGE'],
      ['{ metrics(section: CHANGES, period: "2026-04") { asOf } }', 'OUT_OF_RANGE'], ['{ metricRecords(figure: "x") { total } }', 'INVALID_INPUT'], ['{ metricRecords(figure: "change-count", first: 101) { total } }', 'OUT_OF_RANGE'],
    ] as const) expect((await api.ask('auditor', query)).errors).toEqual([code]);
  });
});

describe('CHG-19 the report over the API', () => {
  test('CHG-19 saved, refused before the month is over, issued after it, read with its digest', async () => {
    const REPORT = 'report { month state version unaltered sha256 figures { figure part value { numerator denominator } } } userErrors { code field }';
    const save = `mutation { saveChangeReport(input: { month: "2026-02", analysis: "One of three failed.", actions: "Look at it." }) { ${REPORT} } }`;
    const saved = (await api.ask('manager', save)).data.saveChangeReport;
    expect(saved.report).toMatchObject({ state: 'DRAFT', version: 1, sha256: null, unaltered: true });
    expect((await api.ask('manager', save)).data.saveChangeReport).toEqual({ report: null, userErrors: [{ code: 'STALE_VERSION', field: 'expectedVersion' }] });
    const { report } = (await api.ask('manager', `mutation { issueChangeReport(input: { month: "2026-02", expectedVersion: 1 }) { ${REPORT} } }`)).data.issueChangeReport;
    expect(report).toMatchObject({ state: 'ISSUED', version: 2, unaltered: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(report.figures.find(({ figure, part }: { figure: string; part: string | null }) => figure === 'change-success' && part === null).value).toEqual({ numerator: 2, denominator: 3 });
    expect((await api.ask('auditor', '{ changeReport(month: "2026-02") { state unaltered } }')).data.changeReport).toEqual({ state: 'ISSUED', unaltered: true });
    expect((await api.ask('auditor', `mutation { issueChangeReport(input: { month: "2026-02", expectedVersion: 2 }) { userErrors { code } } }`)).errors).toEqual(['FORBIDDEN']);
    const running = (await api.ask('manager', `mutation { saveChangeReport(input: { month: "2026-03", analysis: "x", actions: "x" }) { ${REPORT} } }`)).data.saveChangeReport;
    expect(running.userErrors).toEqual([]);
    expect((await api.ask('manager', `mutation { issueChangeReport(input: { month: "2026-03", expectedVersion: 1 }) { ${REPORT} } }`)).data.issueChangeReport.userErrors).toEqual([{ code: 'MOVE_NOT_ALLOWED', field: 'month' }]);
  });
});
