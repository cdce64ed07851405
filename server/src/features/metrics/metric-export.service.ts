import writeXlsxFile from 'write-excel-file/node';
import type { DownloadedFile } from '../../kernel/feature.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { writeCsv } from '../cmdb/cmdb-register-file.service.ts';
import { METRIC_SECTIONS, type MetricSection } from './metric-figure.rules.ts';
import { exportHead, exportRows, type Cell } from './metric-export.rules.ts';
import { metricsPage } from './metric-page.service.ts';
import { reportOf } from './metric-report.service.ts';

type Query = Readonly<Record<string, string>>;
type Locale = RequestContext['locale'];

/** `GET /downloads/metrics?section=changes&period=2026-Q4&format=xlsx&lang=en[&customer=ID][&team=ID]`: the page, to the last digit (MET-04). */
export async function exportMetrics(context: RequestContext, query: Query): Promise<DownloadedFile> {
  const section = sectionOf(query['section']);
  const page = await metricsPage(context.database, signedIn(context), section, { period: query['period'] ?? null, customerId: query['customer'] ?? null, teamId: query['team'] ?? null });
  const locale = localeOf(query['lang'], context.locale);
  const rows = page.figures.flatMap(({ definition, overall, parts }) =>
    [overall, ...parts].flatMap(({ key, label, values }) => values.map((value) => ({ ...definition, figure: definition.key, part: key, label, value, period: value.period }))));
  const about = [[exportHead(locale).asOf, toIso(page.asOf)], [exportHead(locale).timeZone, page.timeZone]];
  return fileOf(`metrics-${section}-${page.period.key}`, query['format'], [exportHead(locale).columns, ...exportRows(rows, locale)], about);
}

/** `GET /downloads/change-report?month=2026-11&format=xlsx`: an issued report as it was frozen, or the draft on live figures (CHG-19). */
export async function exportReport(context: RequestContext, query: Query): Promise<DownloadedFile> {
  const month = query['month'] ?? '';
  const report = await reportOf(context.database, signedIn(context), month);
  if (!report) throw new Refusal('NOT_FOUND', `There is no change report of "${month.slice(0, 20)}".`, 'month');
  const locale = localeOf(query['lang'], context.locale);
  const rows = report.figures.flatMap((figure) => figure.values.map(({ part, label, ...value }) => ({ ...figure, figure: figure.key, part, label, value, period: month })));
  const head = exportHead(locale);
  const about = [
    [head.state, report.state], [head.issuedAt, report.issuedAt === null ? '' : toIso(report.issuedAt)], [head.issuedBy, report.issuedBy ?? ''],
    [head.analysis, report.analysis], [head.actions, report.actions], ['SHA-256', report.sha256 ?? ''],
    ...report.notes.map(({ kind, text, recordedAt, recordedBy }) => [kind, `${toIso(recordedAt)} ${recordedBy}: ${text}`]),
  ];
  return fileOf(`change-report-${month}`, query['format'], [head.columns, ...exportRows(rows, locale)], about);
}

function sectionOf(text: string | undefined): MetricSection {
  const section = METRIC_SECTIONS.find((known) => known === text);
  if (section) return section;
  throw new Refusal('INVALID_INPUT', `"section" must be one of ${METRIC_SECTIONS.join(', ')}, got "${(text ?? '').slice(0, 40)}".`, 'section');
}

function localeOf(text: string | undefined, own: Locale): Locale {
  if (text === undefined) return own;
  if (text === 'zh-CN' || text === 'en') return text;
  throw new Refusal('INVALID_INPUT', `"lang" must be zh-CN or en, got "${text.slice(0, 20)}".`, 'lang');
}

/** CSV: the table alone, with a byte order mark. XLSX: numbers as numbers, and a second sheet that says what it is. */
async function fileOf(name: string, format: string | undefined, table: readonly (readonly Cell[])[], about: readonly (readonly string[])[]): Promise<DownloadedFile> {
  switch (format) {
    case undefined:
    case 'csv':
      return { fileName: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(table.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))) };
    case 'xlsx':
      return { fileName: `${name}.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: await workbook(name, table, about) };
    default:
      throw new Refusal('INVALID_INPUT', `"format" must be csv or xlsx, got "${format.slice(0, 20)}".`, 'format');
  }
}

const SHEET_NAME_LENGTH = 31;
const WIDTHS = [30, 16, 12, 12, 12, 12, 10, 10, 10, 12, 10, 22, 90];

function workbook(name: string, table: readonly (readonly Cell[])[], about: readonly (readonly string[])[]): Promise<Uint8Array> {
  const cell = (value: Cell, fontWeight?: 'bold') => (value === null || value === '' ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String, ...(fontWeight && { fontWeight }) });
  const data = table.map((row, index) => row.map((value) => cell(value, index === 0 ? 'bold' : undefined)));
  return writeXlsxFile([
    { data, sheet: name.slice(0, SHEET_NAME_LENGTH), columns: WIDTHS.map((width) => ({ width })), stickyRowsCount: 1 },
    { data: about.map((row) => row.map((value) => cell(value))), sheet: 'About', columns: [{ width: 20 }, { width: 90 }] },
  ]).toBuffer();
}
