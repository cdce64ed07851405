import writeXlsxFile from 'write-excel-file/node';
import type { DownloadedFile, StreamedFile } from '../../kernel/feature.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { figuresOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { writeCsv } from '../cmdb/cmdb-register-file.service.ts';
import { METRIC_SECTIONS, type MetricSection } from './metric-figure.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { vocabularyOf } from '../service-level/vocabulary.rules.ts';
import { customerReport } from './customer-report.service.ts';
import { definitionOf } from './metric-catalog.rules.ts';
import { METRIC_SPLITS } from './metric-counts.queries.ts';
import { exportHead, exportRows, missedRows, recordHead, recordRow, type Cell } from './metric-export.rules.ts';
import { METRIC_SIDES, type ListedRecord } from './metric-records.queries.ts';
import { metricRecordRows, type BarRequest } from './metric-records.service.ts';
import { metricsPage } from './metric-page.service.ts';
import { reportOf } from './metric-report.service.ts';

type Query = Readonly<Record<string, string>>;
type Locale = RequestContext['locale'];

/** `GET /downloads/metrics?section=changes&period=2026-Q4&format=xlsx&lang=en[&customer=ID][&team=ID]`: the page, to the last digit (MET-04). */
export async function exportMetrics(context: RequestContext, query: Query): Promise<DownloadedFile> {
  const section = sectionOf(query['section']);
  const actor = signedIn(context);
  const request = { period: query['period'] ?? null, customerId: query['customer'] ?? null, teamId: query['team'] ?? null };
  const page = await figuresOf(context).read((database) => metricsPage(database, actor, section, request));
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

/** `GET /downloads/customer-report?customer=ID&period=2026-Q4&format=xlsx`: figures and missed promises, as the page shows them (SLM-06). */
export async function exportCustomerReport(context: RequestContext, query: Query): Promise<DownloadedFile> {
  const actor = signedIn(context);
  const report = await figuresOf(context).read((database) => customerReport(database, actor, { customerId: query['customer'] ?? '', period: query['period'] ?? null }));
  const locale = localeOf(query['lang'], context.locale);
  const { key } = report.period;
  const rows = report.figures.flatMap((figure) => figure.values.map(({ part, label, ...value }) => ({ ...figure, figure: figure.key, part, label, value, period: key })));
  const { policies } = await policiesAt(context.database, context.database.em, report.asOf);
  const head = exportHead(locale);
  const table: readonly (readonly Cell[])[] = [head.columns, ...exportRows(rows, locale)];
  const missed: readonly (readonly Cell[])[] = missedRows(report.missed, vocabularyOf(policies), locale);
  const about = [
    [head.customer, report.customerName], [head.asOf, toIso(report.asOf)], [head.timeZone, report.timeZone], [head.state, report.issued === null ? 'live' : 'issued'],
    [head.issuedAt, report.issued === null ? '' : toIso(report.issued.issuedAt)], [head.issuedBy, report.issued?.issuedBy ?? ''], [head.remark, report.issued?.remark ?? ''], ['SHA-256', report.issued?.sha256 ?? ''],
    ...(report.issued?.notes ?? []).map(({ kind, text, recordedAt, recordedBy }) => [kind, `${toIso(recordedAt)} ${recordedBy}: ${text}`]),
  ];
  return fileOf(`service-report-${key}`, query['format'], [...table, [], ...missed], about);
}

/** `GET /downloads/metric-records?figure=change-count&period=2026-Q4[&split&part&side&customer&team&lang]`: the records behind a bar as CSV, however many (W17). */
export async function exportRecords(context: RequestContext, query: Query): Promise<StreamedFile> {
  const locale = localeOf(query['lang'], context.locale);
  const figure = definitionOf(query['figure'] ?? '');
  const actor = signedIn(context);
  const request: BarRequest = {
    figure: figure.key, period: query['period'] ?? null, customerId: query['customer'] ?? null, teamId: query['team'] ?? null,
    split: oneOf('split', query['split'], METRIC_SPLITS, 'part'), side: oneOf('side', query['side'], METRIC_SIDES, 'all'), ...(query['part'] === undefined ? {} : { part: query['part'] === '-' ? null : query['part'] }),
  };
  const { timeZone, period, batches } = await figuresOf(context).read((database) => metricRecordRows(database, actor, request));
  return { fileName: `${figure.key}-${period}.csv`, mediaType: 'text/csv; charset=utf-8', pieces: recordLines(batches, { timeZone, locale }) };
}

async function* recordLines(batches: AsyncIterable<readonly ListedRecord[]>, { timeZone, locale }: { readonly timeZone: string; readonly locale: Locale }): AsyncGenerator<string> {
  yield writeCsv([[...recordHead(locale)]]);
  // The mark of the byte order stands at the beginning of a file, and only there.
  for await (const rows of batches) yield writeCsv(rows.map((row) => recordRow(row, { timeZone, locale }))).slice(1);
}

function oneOf<Word extends string>(field: string, text: string | undefined, known: readonly Word[], usual: Word): Word {
  if (text === undefined) return usual;
  const word = known.find((one) => one === text);
  if (word) return word;
  throw new Refusal('INVALID_INPUT', `"${field}" must be one of ${known.join(', ')}, got "${text.slice(0, 40)}".`, field);
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
