import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportMetrics, exportReport } from '../../server/src/features/metrics/metric-export.service.ts';
import { metricsPage } from '../../server/src/features/metrics/metric-page.service.ts';
import { isUnaltered, issueReport, listReports, noteReport, reportOf, saveReport } from '../../server/src/features/metrics/metric-report.service.ts';
import { MetricReportEntity } from '../../server/src/features/metrics/metrics.entity.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import type { RequestContext } from '../../server/src/platform/graphql/context.ts';
import { DeskStory } from '../support/desk-story.ts';
import { putChange } from '../support/metric-story.ts';

const cst = (local: string): string => `${local.replace(' ', 'T')}:00+08:00`;

let desk: DeskStory;
let manager: Actor;
let customerId: string;
beforeAll(async () => {
  desk = await DeskStory.start('2026-11-20 12:00');
  customerId = await desk.customer('=SUM(1)').agreement().customerId();
  manager = { ...desk.people.serviceManager, grants: [{ role: 'change-manager', permissions: permissionsOfRole('change-manager'), customerId: null, teamId: null }] };
  await put('successful');
  await put('failed');
});
afterAll(() => desk.open.close());

const put = (outcome: 'successful' | 'failed', closed = cst('2026-10-10 10:00')) => putChange(desk.database, {
  customerId, category: 'important', submitted: cst('2026-10-05 09:00'), due: cst('2026-10-09 18:00'), responded: cst('2026-10-05 10:00'), started: cst('2026-10-09 20:00'), ended: cst('2026-10-09 21:00'), closed, outcome, outage: 30,
});
const october = { month: '2026-10', analysis: 'One of two failed.', actions: 'Rehearse rollbacks.' };
const success = async () => (await reportOf(desk.database, manager, '2026-10'))!.figures.find(({ key }) => key === 'change-success')!.values[0]!;

describe('CHG-19 the monthly change report', () => {
  test('CHG-19 a draft shows live figures; issued, it reads the same whatever happens to the records', async () => {
    await saveReport(desk.database, manager, october);
    expect(await success()).toMatchObject({ numerator: 1, denominator: 2 });
    await put('successful');
    expect(await success()).toMatchObject({ numerator: 2, denominator: 3, value: 66.67 });
    await issueReport(desk.database, manager, { month: '2026-10', expectedVersion: 1 });
    const issued = await reportOf(desk.database, manager, '2026-10');
    await put('failed');
    await desk.database.em.execute(`update change set outcome = 'failed', outage_minutes = 500`);
    desk.at('2027-03-01 09:00');
    const again = await reportOf(desk.database, manager, '2026-10');
    expect(again).toEqual(issued);
    expect(await success()).toMatchObject({ numerator: 2, denominator: 3, value: 66.67 });
    const live = await metricsPage(desk.database, manager, 'changes', { period: '2026-10', periods: 1 });
    expect(live.figures.find(({ definition }) => definition.key === 'change-success')!.overall.values[0]).toMatchObject({ numerator: 0, denominator: 4 });
    desk.at('2026-11-20 12:00');
  });

  test('CHG-19 SLM-06 what is issued is neither saved nor issued again; what is said later stands beside it', async () => {
    await expect(saveReport(desk.database, manager, { ...october, expectedVersion: 2 })).rejects.toMatchObject({ code: 'ALREADY_DONE', field: 'month' });
    await expect(issueReport(desk.database, manager, { month: '2026-10', expectedVersion: 2 })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    await noteReport(desk.database, manager, { month: '2026-10', kind: 'correction', text: 'CHG-12 was in truth rolled back.' });
    const report = (await reportOf(desk.database, manager, '2026-10'))!;
    expect(report.notes.map(({ kind, text, recordedBy }) => [kind, text, recordedBy])).toEqual([['correction', 'CHG-12 was in truth rolled back.', 'serviceManager']]);
    expect(report.analysis).toBe('One of two failed.');
    expect(await desk.auditProblems()).toEqual([]);
    const events = await desk.database.em.execute<{ type: string }[]>(`select type from event_log where subject_kind = 'metric-report' order by seq`);
    expect(events.map(({ type }) => type)).toEqual(['metric-report.saved', 'metric-report.issued', 'metric-report.noted']);
  });

  test('CHG-19 SLM-06 a stored report that somebody altered is told from what was issued', async () => {
    const stored = await desk.database.em.findOneOrFail(MetricReportEntity, { month: '2026-10' });
    expect(isUnaltered(stored)).toBe(true);
    expect(isUnaltered({ ...stored, analysis: 'All went well.' })).toBe(false);
    expect(isUnaltered({ ...stored, figures: stored.figures!.map((figure) => ({ ...figure, values: figure.values.map((value) => ({ ...value, numerator: value.numerator + 1 })) })) })).toBe(false);
  });

  test('CHG-19 a month is issued after it is over, not before; a stale or empty draft is refused', async () => {
    await expect(saveReport(desk.database, manager, { month: '2026-11', analysis: ' ', actions: 'x' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'analysis' });
    await expect(saveReport(desk.database, manager, { month: '2026-12', analysis: 'x', actions: 'x' })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'month' });
    await expect(saveReport(desk.database, manager, { month: '2026-Q4', analysis: 'x', actions: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'month' });
    await saveReport(desk.database, manager, { month: '2026-11', analysis: 'x', actions: 'x' });
    await expect(saveReport(desk.database, manager, { month: '2026-11', analysis: 'y', actions: 'x' })).rejects.toMatchObject({ code: 'STALE_VERSION', field: 'expectedVersion' });
    desk.open.time.current = Date.parse('2026-11-30T23:59:59.999+08:00');
    await expect(issueReport(desk.database, manager, { month: '2026-11', expectedVersion: 1 })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'month' });
    desk.open.time.current += 1;
    await issueReport(desk.database, manager, { month: '2026-11', expectedVersion: 1 });
    expect((await listReports(desk.database, manager)).map(({ month, state }) => `${month} ${state}`)).toEqual(['2026-11 issued', '2026-10 issued']);
    desk.at('2026-12-05 12:00');
  });

  test('CHG-19 ORG-03 who may not issue, or sees one customer only, is refused', async () => {
    const auditor: Actor = { ...manager, grants: [{ role: 'auditor', permissions: permissionsOfRole('auditor'), customerId: null, teamId: null }] };
    await expect(saveReport(desk.database, auditor, { month: '2026-12', analysis: 'x', actions: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await reportOf(desk.database, auditor, '2026-10'))?.state).toBe('issued');
    for (const limit of [{ customerId, teamId: null }, { customerId: null, teamId: desk.teams.desk }]) {
      const limited: Actor = { ...manager, grants: [{ role: 'change-manager', permissions: permissionsOfRole('change-manager'), ...limit }] };
      await expect(reportOf(desk.database, limited, '2026-10')).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(saveReport(desk.database, limited, { month: '2026-12', analysis: 'x', actions: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  test('API-03 the same key saves once', async () => {
    const input = { month: '2026-12', analysis: 'x', actions: 'x', idempotencyKey: 'a-key-of-its-own' };
    expect(await saveReport(desk.database, manager, input)).toBe(await saveReport(desk.database, manager, input));
    expect((await reportOf(desk.database, manager, '2026-12'))?.version).toBe(1);
  });
});

describe('MET-04 exports', () => {
  const context = (): RequestContext => ({ database: desk.database, actor: manager, locale: 'en' }) as RequestContext;
  const textOf = (content: Uint8Array | string): string => (typeof content === 'string' ? content : Buffer.from(content).toString());
  const query = { section: 'changes', period: '2026-10', lang: 'en' };

  test('MET-03 MET-04 CSV and XLSX hold every number of the page', async () => {
    const page = await metricsPage(desk.database, manager, 'changes', { period: '2026-10' });
    const shown = page.figures.flatMap(({ definition, overall, parts }) => [overall, ...parts].flatMap(({ key, values }) =>
      values.map(({ period, numerator, denominator, value }) => `${definition.key} ${key ?? ''} ${period} ${numerator} ${denominator ?? ''} ${value ?? ''}`)));
    expect(shown.length).toBeGreaterThan(200);
    const csv = textOf((await exportMetrics(context(), query)).content);
    expect(csv.startsWith('\uFEFFFigure,Part,Period,')).toBe(true);
    // Definitions may hold commas in quotes; numbers and keys do not.
    const rows = csv.trim().split('\r\n').slice(1).map((line) => line.replaceAll(/"[^"]*"/g, 'quoted').split(','));
    expect(rows.map((cells) => `${cells[13]} ${cells[14]} ${cells[2]} ${cells[3]} ${cells[4]} ${cells[5]}`)).toEqual(shown);
    const xlsx = await exportMetrics(context(), { ...query, format: 'xlsx' });
    const [sheet] = await readXlsxFile(Buffer.from(xlsx.content as Uint8Array));
    expect(sheet!.data.slice(1).map((cells) => [13, 14, 2, 3, 4, 5].map((index) => cells[index] ?? '').join(' '))).toEqual(shown);
    expect(typeof sheet!.data[1]![3]).toBe('number');
    expect(xlsx.fileName).toBe('metrics-changes-2026-10.xlsx');
  });

  test('MET-03 an undefined rate is empty and says why, in both languages', async () => {
    const english = textOf((await exportMetrics(context(), { ...query, section: 'releases' })).content);
    const chinese = textOf((await exportMetrics(context(), { ...query, section: 'releases', lang: 'zh-CN' })).content);
    expect(english).toMatch(/Release success rate,All,2026-10,0,0,,%,,,,,nothing to divide by,/);
    expect(chinese).toMatch(/发布成功率,合计,2026-10,0,0,,%,,,,,无可计算的记录,/);
  });

  test('CHG-19 the exported report holds what was frozen', async () => {
    const csv = textOf((await exportReport(context(), { month: '2026-10', lang: 'en' })).content);
    expect(csv).toMatch(/Change success rate,All,2026-10,2,3,66\.67,%/);
    await expect(exportReport(context(), { month: '2026-01' })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'month' });
  });

  test('API-02 what is asked for wrongly is refused by name, and nobody exports what they may not see', async () => {
    for (const [wrong, field] of [[{ section: 'luck' }, 'section'], [{ format: 'pdf' }, 'format'], [{ lang: 'fr' }, 'lang'], [{ period: 'x' }, 'period'], [{ customer: 'x' }, 'customerId']] as const) {
      await expect(exportMetrics(context(), { ...query, ...wrong })).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
    }
    await expect(exportMetrics({ ...context(), actor: desk.people.engineer }, query)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(exportMetrics({ ...context(), actor: null }, query)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(exportMetrics({ ...context(), actor: SYSTEM('x') }, query)).resolves.toMatchObject({ fileName: 'metrics-changes-2026-10.csv' });
  });
});
